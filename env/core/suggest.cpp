#include "env/core/suggest.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace restock {

namespace {

constexpr std::size_t kLongestName = 100;
constexpr std::size_t kShortestAbbreviation = 4;
constexpr std::size_t kLongestQuote = 60;

/// Of UTF-8: a byte that no letter starts with.
bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

std::string folded(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '-') c = '_';
  }
  return result;
}

/// Edits from `a` to each prefix of `b`: element j is for the first j characters. Neighbours may be swapped
/// once (optimal string alignment).
std::vector<std::size_t> edits_to_prefixes(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before_last.swap(last);
    last.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row;
}

/// Edits, where cutting off the end of a name counts as one.
std::size_t difference(std::string_view got, std::string_view name) {
  const std::vector<std::size_t> edits = edits_to_prefixes(got, name);
  if (got.size() < kShortestAbbreviation) return edits.back();
  return std::min(edits.back(), *std::min_element(edits.begin(), edits.end()) + 1);
}

}  // namespace

std::string did_you_mean(std::string_view got, std::span<const std::string_view> names) {
  if (got.empty() || got.size() > kLongestName) return "";
  const std::string mine = folded(got);
  std::size_t least = std::max<std::size_t>(1, mine.size() / 3) + 1;
  std::string_view best;
  for (const std::string_view name : names) {
    const std::size_t edits = difference(mine, folded(name));
    if (edits >= least || edits >= std::max(mine.size(), name.size())) continue;
    least = edits;
    best = name;
  }
  return best.empty() ? "" : fmt::format(", did you mean '{}'?", best);
}

std::string in_quotes(std::string_view text) {
  std::size_t end = std::min(text.size(), kLongestQuote);
  while (end < text.size() && end > 0 && is_continuation(text[end])) --end;
  std::string result = "'";
  for (const char c : text.substr(0, end)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
      result += fmt::format("\\x{:02x}", byte);
    } else {
      result += c;
    }
  }
  return result + (end < text.size() ? "…'" : "'");
}

}  // namespace restock
