// Numbers as people read them: grouped thousands, a true minus sign, as many digits as mean something, a dash
// for what has no meaning. Files for machines (JSON, CSV) never go through this.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "env/evaluation.h"

namespace restock::experiments {

inline constexpr std::string_view kDash = "–";

/// "−1,234.5"; a dash where the value is not finite. Never "−0".
std::string number_text(double value, int decimals);
/// Like number_text with a sign: "+1.5", "−1.5", "0.0".
std::string signed_text(double value, int decimals);
/// "97.2 %" of a share.
std::string percent_text(double share, int decimals = 1);
/// "6.9123 ± 0.0012"; without the second part where there is no half-width.
std::string estimate_text(const Estimate& estimate, int decimals);

/// Decimals that show four significant digits: 0 … 6.
int decimals_for(double value);
/// Decimals that show two significant digits of the half-width, or decimals_for(mean) where there is none.
int decimals_for(const Estimate& estimate);
/// The most decimals that any of the estimates asks for: a column whose points stand below each other.
int decimals_for(std::span<const Estimate> estimates);

/// An indicator in its unit: shares as percentages. `decimals` counts those of the number that is printed.
std::string kpi_text(const KpiColumn& column, const Estimate& estimate, int decimals);
int kpi_decimals(const KpiColumn& column, const Estimate& estimate);

/// "cost_per_period" → "Cost per period".
std::string title_of(std::string_view name);

/// Characters that a terminal shows (code points).
std::size_t display_width(std::string_view text);
/// Cut to `width` characters, the last of them "…" where something was cut.
std::string shortened(std::string_view text, std::size_t width);

}  // namespace restock::experiments
