#include "agents/policies/exact/masses.h"

#include <algorithm>
#include <cmath>

#include "env/core/check.h"

namespace restock::exact {

namespace {

constexpr double kNegligible = 1e-18;

void cut_tail(Masses& x) {
  while (x.size() > 1 && x.back() < kNegligible) x.pop_back();
}

}  // namespace

Masses masses_of(const QuantileTable& table) {
  RESTOCK_CHECK(table.minimum() >= 0, "a law that draws {}", table.minimum());
  Masses p(static_cast<std::size_t>(table.minimum()), 0.0);
  for (std::size_t k = 0; k < table.thresholds().size(); ++k) p.push_back(table.mass(k));
  cut_tail(p);
  return p;
}

Masses sum_of(const Masses& a, const Masses& b) {
  Masses p(a.size() + b.size() - 1);
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < b.size(); ++j) p[i + j] += a[i] * b[j];
  cut_tail(p);
  return p;
}

Masses sum_of(const Masses& a, std::size_t n) {
  Masses p{1.0};
  for (std::size_t i = 0; i < n; ++i) p = sum_of(p, a);
  return p;
}

Masses poisson_sum(double mean_number, const Masses& term) {
  constexpr double kBeyond = 1e-15;
  const double none = term.empty() ? 1.0 : std::exp(-mean_number * (1 - term[0]));
  Masses p{none};
  // Panjer's recursion: k p(k) = mean Σ j f(j) p(k − j)
  for (double total = none; 1 - total > kBeyond && p.size() < kMaximumLawValues;) {
    const std::size_t k = p.size();
    double sum = 0;
    for (std::size_t j = 1; j < term.size() && j <= k; ++j)
      sum += static_cast<double>(j) * term[j] * p[k - j];
    p.push_back(mean_number * sum / static_cast<double>(k));
    total += p.back();
    if (p.back() < kNegligible && static_cast<double>(k) > mean_number * mean_of(term)) break;
  }
  return p;
}

std::size_t quantile(const Masses& x, double u) {
  double total = 0;
  for (std::size_t k = 0; k < x.size(); ++k) {
    total += x[k];
    if (total >= u) return k;
  }
  return x.size() - 1;
}

double mean_of(const Masses& x) {
  double sum = 0;
  for (std::size_t k = 0; k < x.size(); ++k) sum += static_cast<double>(k) * x[k];
  return sum;
}

std::vector<double> tails_of(const Masses& x) {
  std::vector<double> tail(x.size() + 1, 0.0);
  for (std::size_t k = x.size(); k-- > 0;) tail[k] = tail[k + 1] + x[k];
  return tail;
}

double expected_left(std::int64_t level, const Masses& x) {
  double sum = 0;
  for (std::size_t k = 0; k < x.size() && static_cast<std::int64_t>(k) < level; ++k)
    sum += static_cast<double>(level - static_cast<std::int64_t>(k)) * x[k];
  return sum;
}

double expected_short(std::int64_t level, const Masses& x) {
  double sum = 0;
  for (auto k = static_cast<std::size_t>(std::max<std::int64_t>(level, 0)); k < x.size(); ++k)
    sum += static_cast<double>(static_cast<std::int64_t>(k) - level) * x[k];
  return sum;
}

}  // namespace restock::exact
