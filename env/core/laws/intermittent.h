// Intermittent demand (Croston 1972, "Forecasting and Stock Control for Intermittent Demands"): on a day
// there is demand with a given probability, and then its size follows a law; on all other days it is 0.
#pragma once

#include <memory>

#include "env/core/laws/law.h"

namespace restock {

/// X with the given probability in [0, 1], else 0: P(Y <= x) = 1 − p + p · P(X <= x) for x >= 0. One uniform
/// draws both.
std::unique_ptr<Law> intermittent(double probability, std::unique_ptr<Law> size);

}  // namespace restock
