#include "scenarios/yaml_text.h"

#include <fmt/format.h>

#include <cstdint>

namespace restock::scenarios {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_continuation(char c) noexcept {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// Length and smallest code point by the first byte; {0, 0} where it can start nothing.
struct Lead {
  std::size_t length;
  std::uint32_t smallest;
};

Lead lead_of(unsigned char byte) noexcept {
  if (byte < 0x80U) return {1, 0};
  if (byte >= 0xC2U && byte <= 0xDFU) return {2, 0x80};
  if (byte >= 0xE0U && byte <= 0xEFU) return {3, 0x800};
  if (byte >= 0xF0U && byte <= 0xF4U) return {4, 0x10000};
  return {0, 0};
}

/// C0 but tab and line ends, DEL, and C1, which is 0xC2 0x80 to 0xC2 0x9F.
bool is_control(std::string_view rest) noexcept {
  const auto byte = static_cast<unsigned char>(rest[0]);
  if (byte == 0x7F) return true;
  if (byte == 0xC2) return rest.size() > 1 && static_cast<unsigned char>(rest[1]) < 0xA0U;
  return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
}

/// Walks through the text, one character after the other.
class TextCheck {
 public:
  explicit TextCheck(std::string_view text) : text_(text) {}

  std::optional<TextProblem> run() {
    while (at_ < text_.size()) {
      const std::string_view rest = text_.substr(at_);
      const std::size_t length = utf8_length(rest);
      if (length == 0) return problem(fmt::format("byte 0x{:02x}, expected text in UTF-8", byte()));
      if (is_control(rest)) return problem(control_message());
      if (rest[0] == '\r' && (rest.size() < 2 || rest[1] != '\n'))
        return problem(
            "a carriage return without a line feed, expected lines that end as on Unix or Windows");
      if (rest[0] == '\t' && in_indentation_) return problem("a tab in the indentation, expected spaces");
      if (rest[0] == ',' || rest[0] == '[' || rest[0] == '{') ++flow_marks_;
      if (flow_marks_ > 2 * kMaximumYamlNodes)
        return problem(
            fmt::format("more than {} commas and brackets, expected fewer values", 2 * kMaximumYamlNodes));
      advance(length);
    }
    return std::nullopt;
  }

 private:
  unsigned byte() const noexcept { return static_cast<unsigned char>(text_[at_]); }

  std::string control_message() const {
    return fmt::format("control character 0x{:02x}, expected text", byte() == 0xC2 ? 0x80U : byte());
  }

  void advance(std::size_t length) noexcept {
    const char c = text_[at_];
    at_ += length;
    ++column_;
    if (c == '\n') {
      ++line_;
      column_ = 1;
      in_indentation_ = true;
    } else if (c != ' ') {
      in_indentation_ = false;
    }
  }

  TextProblem problem(std::string message) const { return {line_, column_, std::move(message)}; }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t column_ = 1;
  std::size_t flow_marks_ = 0;
  bool in_indentation_ = true;
};

}  // namespace

std::size_t utf8_length(std::string_view text) noexcept {
  if (text.empty()) return 0;
  const auto first = static_cast<unsigned char>(text[0]);
  const Lead lead = lead_of(first);
  if (lead.length == 0 || text.size() < lead.length) return 0;
  std::uint32_t code = lead.length == 1 ? first : first & (0xFFU >> (lead.length + 1));
  for (std::size_t i = 1; i < lead.length; ++i) {
    if (!is_continuation(text[i])) return 0;
    code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  return code < lead.smallest || code > 0x10FFFF || is_surrogate ? 0 : lead.length;
}

std::string_view without_byte_order_mark(std::string_view text) noexcept {
  return text.starts_with(kByteOrderMark) ? text.substr(kByteOrderMark.size()) : text;
}

std::optional<TextProblem> find_unreadable_text(std::string_view text) {
  if (text.size() > kMaximumYamlBytes)
    return TextProblem{0, 0, fmt::format("{} bytes, expected at most {}", text.size(), kMaximumYamlBytes)};
  return TextCheck(without_byte_order_mark(text)).run();
}

}  // namespace restock::scenarios
