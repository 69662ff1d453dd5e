// Student's t: how far a mean of few observations may lie from the truth.
#pragma once

namespace restock {

/// 0.975 quantile at so many degrees of freedom (≥ 1, whole numbers; above 30 by the expansion of Cornish and
/// Fisher, Abramowitz and Stegun 26.7.5). Within 1e-5.
double student_t_quantile_975(double degrees);

}  // namespace restock
