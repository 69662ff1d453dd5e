// Student's t: how far a mean of few observations may lie from the truth.
#pragma once

#include <cstddef>

namespace restock {

/// 0.975 quantile at so many degrees of freedom (≥ 1, whole numbers; above 30 by the expansion of Cornish and
/// Fisher, Abramowitz and Stegun 26.7.5). Within 1e-5.
double student_t_quantile_975(double degrees);

/// P(|T| >= |t|) at so many degrees of freedom (≥ 1), exactly: the finite series of Abramowitz and
/// Stegun 26.7.3 and 26.7.4.
double student_t_two_sided(double t, std::size_t degrees);

}  // namespace restock
