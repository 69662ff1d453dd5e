// Probability mass functions for closed forms, summed in the plainest way.
#pragma once

#include <cmath>
#include <vector>

namespace restock::testing {

/// p[k] = P(X = k).
using Masses = std::vector<double>;

inline Masses poisson_masses(double mean) {
  Masses p{std::exp(-mean)};
  while (static_cast<double>(p.size()) < mean || p.back() > 1e-18)
    p.push_back(p.back() * mean / static_cast<double>(p.size()));
  return p;
}

inline Masses sum_of(const Masses& a, const Masses& b) {
  Masses p(a.size() + b.size() - 1);
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < b.size(); ++j) p[i + j] += a[i] * b[j];
  return p;
}

/// X with the given probability, otherwise 0.
inline Masses sometimes(double probability, Masses x) {
  for (double& mass : x) mass *= probability;
  x[0] += 1 - probability;
  return x;
}

/// E (level − X)⁺.
inline double expected_left(double level, const Masses& x) {
  double sum = 0;
  for (std::size_t k = 0; k < x.size() && static_cast<double>(k) < level; ++k)
    sum += (level - static_cast<double>(k)) * x[k];
  return sum;
}

/// E (X − level)⁺.
inline double expected_short(double level, const Masses& x) {
  double sum = 0;
  for (std::size_t k = 0; k < x.size(); ++k) {
    const double beyond = static_cast<double>(k) - level;
    if (beyond > 0) sum += beyond * x[k];
  }
  return sum;
}

/// P(X <= level).
inline double at_most(std::size_t level, const Masses& x) {
  double sum = 0;
  for (std::size_t k = 0; k <= level && k < x.size(); ++k) sum += x[k];
  return sum;
}

/// Loss probability of `servers` servers under `load` erlangs (Erlang's B formula, by its recursion).
inline double erlang_b(int servers, double load) {
  double blocked = 1;
  for (int n = 1; n <= servers; ++n) blocked = load * blocked / (n + load * blocked);
  return blocked;
}

}  // namespace restock::testing
