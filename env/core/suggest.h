// Words for messages about names that a person typed.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace restock {

/// ", did you mean 'x'?" with the most similar of the names, or "" where none is similar. Similar: few
/// insertions, deletions, replacements and swaps of neighbours (Damerau 1964), or a shortened form; case does
/// not count and '-' equals '_'.
std::string did_you_mean(std::string_view got, std::span<const std::string_view> names);

/// What a person wrote, for a message: in quotes, cut after 60 bytes, control characters as \xNN so that no
/// file can play tricks on a terminal.
std::string in_quotes(std::string_view text);

}  // namespace restock
