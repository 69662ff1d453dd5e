// What the laws' files share: reading parameters that make_law has checked.
#pragma once

#include <string_view>

#include "env/core/laws/law.h"

namespace restock {

/// The one value of a parameter that is there.
double value_of(const LawSpec& spec, std::string_view parameter);

/// Largest mean that a law of quantities may have.
inline constexpr double kMaximumLawMean = 1e6;

}  // namespace restock
