// What a text has to be before YAML is looked for in it: UTF-8 of bounded size without control characters,
// indented with spaces. yaml-cpp takes byte 4 for the end of the text, keeps everything between two brackets
// in memory, and says little of use about tabs; nothing of that reaches it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace restock::scenarios {

/// 2,000 SKUs with every key written out take a quarter of it.
inline constexpr std::size_t kMaximumYamlBytes = std::size_t{4} << 20;
inline constexpr std::size_t kMaximumYamlDepth = 32;
inline constexpr std::size_t kMaximumYamlNodes = 400'000;
inline constexpr std::size_t kMaximumYamlScalarBytes = std::size_t{64} << 10;

/// The text without a byte order mark.
std::string_view without_byte_order_mark(std::string_view text) noexcept;

struct TextProblem {
  std::size_t line = 0;    ///< 1-based; 0: the text as a whole
  std::size_t column = 0;  ///< 1-based, in characters
  std::string message;
};

/// The first thing that keeps the text from being read; nullopt where there is none.
std::optional<TextProblem> find_unreadable_text(std::string_view text);

/// Bytes of the UTF-8 character at the start of the text (RFC 3629); 0 where none stands there.
std::size_t utf8_length(std::string_view text) noexcept;

}  // namespace restock::scenarios
