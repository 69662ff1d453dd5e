#include "experiments/report/number_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

namespace restock::experiments {

namespace {

constexpr int kMostDecimals = 6;

/// Decimals so that `value` shows `digits` significant digits.
int significant(double value, int digits) {
  if (!std::isfinite(value) || value == 0) return 1;
  return std::clamp(digits - 1 - static_cast<int>(std::floor(std::log10(std::fabs(value)))), 0,
                    kMostDecimals);
}

/// "1234567.8" → "1,234,567.8".
std::string grouped(std::string digits) {
  std::size_t end = digits.find('.');
  if (end == std::string::npos) end = digits.size();
  while (end > 3) {
    end -= 3;
    digits.insert(end, 1, ',');
  }
  return digits;
}

bool continues_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

}  // namespace

std::string number_text(double value, int decimals) {
  if (!std::isfinite(value)) return std::string(kDash);
  std::string digits = fmt::format("{:.{}f}", std::fabs(value), decimals);
  const bool is_zero = digits.find_first_not_of("0.") == std::string::npos;
  return fmt::format("{}{}", value < 0 && !is_zero ? "−" : "", grouped(std::move(digits)));
}

std::string signed_text(double value, int decimals) {
  std::string text = number_text(value, decimals);
  const bool is_zero = text.find_first_not_of("0.") == std::string::npos;
  return std::isfinite(value) && value > 0 && !is_zero ? fmt::format("+{}", text) : text;
}

std::string percent_text(double share, int decimals) {
  return std::isfinite(share) ? number_text(100 * share, decimals) + " %" : std::string(kDash);
}

std::string estimate_text(const Estimate& estimate, int decimals) {
  if (!std::isfinite(estimate.mean) || !std::isfinite(estimate.half_width))
    return number_text(estimate.mean, decimals);
  return number_text(estimate.mean, decimals) + " ± " + number_text(estimate.half_width, decimals);
}

int decimals_for(double value) {
  return significant(value, 4);
}

int decimals_for(const Estimate& estimate) {
  if (std::isfinite(estimate.half_width) && estimate.half_width > 0)
    return significant(estimate.half_width, 2);
  return decimals_for(estimate.mean);
}

int decimals_for(std::span<const Estimate> estimates) {
  int most = 0;
  for (const Estimate& estimate : estimates)
    if (std::isfinite(estimate.mean) && estimate.mean != 0) most = std::max(most, decimals_for(estimate));
  return most;
}

int kpi_decimals(const KpiColumn& column, const Estimate& estimate) {
  if (column.unit != "share") return decimals_for(estimate);
  const Estimate percent{100 * estimate.mean, 100 * estimate.half_width};
  return std::isfinite(percent.half_width) && percent.half_width > 0 ? decimals_for(percent) : 1;
}

std::string kpi_text(const KpiColumn& column, const Estimate& estimate, int decimals) {
  if (column.unit != "share") return estimate_text(estimate, decimals);
  if (!std::isfinite(estimate.mean)) return std::string(kDash);
  return estimate_text({100 * estimate.mean, 100 * estimate.half_width}, decimals) + " %";
}

std::string title_of(std::string_view name) {
  std::string title(name);
  std::ranges::replace(title, '_', ' ');
  if (!title.empty()) title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(title[0])));
  return title;
}

std::size_t display_width(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return !continues_character(c); }));
}

std::string shortened(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  std::size_t end = 0;
  for (std::size_t shown = 0; end < text.size(); ++end) {
    if (continues_character(text[end])) continue;
    if (++shown == width) break;
  }
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace restock::experiments
