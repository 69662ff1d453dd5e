#include "env/sim/customer_kinds.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "env/core/check.h"
#include "env/core/error.h"

namespace restock {

namespace {

/// Products that the law of the sum is made of.
constexpr double kMostProducts = 1e9;

std::vector<double> masses_of(const QuantileTable& table) {
  RESTOCK_CHECK(table.minimum() >= 0, "a law of demand from {}", table.minimum());
  std::vector<double> masses(static_cast<std::size_t>(table.minimum()), 0.0);
  for (std::size_t k = 0; k < table.thresholds().size(); ++k) masses.push_back(table.mass(k));
  return masses;
}

}  // namespace

CustomerKinds::CustomerKinds(const QuantileTable& oldest, const QuantileTable& freshest, double probability)
    : oldest_(masses_of(oldest)), freshest_(masses_of(freshest)), probability_(probability) {
  if (static_cast<double>(oldest_.size()) * static_cast<double>(freshest_.size()) > kMostProducts)
    throw InputError(
        fmt::format("issuing: by_customer: demands of up to {} and {} units a day, expected smaller ones",
                    most_oldest(), most_freshest()));
  const double mean = oldest.mean() + freshest.mean();
  if (mean > 0) share_of_oldest_ = oldest.mean() / mean;
}

QuantileTable CustomerKinds::total() const {
  std::vector<double> weights(oldest_.size() + freshest_.size() - 1, 0.0);
  for (Quantity o = 0; o <= most_oldest(); ++o)
    for (Quantity f = 0; f <= most_freshest(); ++f) weights[static_cast<std::size_t>(o + f)] += mass(o, f);
  return QuantileTable::from_weights(0, weights);
}

Quantity CustomerKinds::freshest_of(Quantity total, double u) const noexcept {
  const Quantity first = std::max<Quantity>(0, total - most_oldest());
  const Quantity last = std::min(total, most_freshest());
  double sum = 0;
  for (Quantity f = first; f <= last; ++f) sum += mass(total - f, f);
  if (!(sum > 0))
    return total - static_cast<Quantity>(std::floor(static_cast<double>(total) * share_of_oldest_ + 0.5));
  double below = 0;
  for (Quantity f = first; f < last; ++f)
    if ((below += mass(total - f, f)) >= u * sum) return f;
  return last;
}

}  // namespace restock
