// Probability mass functions on 0, 1, 2, …: the laws as the simulator draws them, so that an exact cost is
// the cost of the very scenario that is simulated.
#pragma once

#include <cstddef>
#include <vector>

#include "env/core/laws/table.h"

namespace restock::exact {

/// p[k] = P(X = k); the last element is positive.
using Masses = std::vector<double>;

/// What a table draws: tails with less than 2^-50 are cut, as they are in the simulation.
Masses masses_of(const QuantileTable& table);
/// X_1 + X_2, independent.
Masses sum_of(const Masses& a, const Masses& b);
/// X_1 + … + X_n of the same law; n = 0 gives the mass at 0. Tails below 1e-18 are cut.
Masses sum_of(const Masses& a, std::size_t n);
/// A Poisson number of terms of the law (compound Poisson), the tail cut where less than 1e-15 lies beyond.
Masses poisson_sum(double mean_number, const Masses& term);
/// The smallest k with P(X <= k) >= u; the largest value where rounding leaves less than u.
std::size_t quantile(const Masses& x, double u);
double mean_of(const Masses& x);
/// tail[k] = P(X >= k) for k in [0, x.size()]; tail[x.size()] = 0.
std::vector<double> tails_of(const Masses& x);
/// E (level − X)⁺ and E (X − level)⁺.
double expected_left(std::int64_t level, const Masses& x);
double expected_short(std::int64_t level, const Masses& x);

}  // namespace restock::exact
