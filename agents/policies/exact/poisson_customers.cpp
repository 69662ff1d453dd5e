#include "agents/policies/exact/poisson_customers.h"

#include <fmt/format.h>

#include <cmath>

#include "agents/policies/exact/checklist.h"

namespace restock::exact {

namespace {

/// Whether the masses are those of a Poisson law: neighbours have the ratio mean / k.
bool is_poisson(const Masses& p, double mean) {
  constexpr double kNoticeable = 1e-9;
  for (std::size_t k = 1; k < p.size(); ++k)
    if (std::abs(p[k] - p[k - 1] * mean / static_cast<double>(k)) > kNoticeable) return false;
  return mean > 0;
}

}  // namespace

std::optional<PoissonCustomers> poisson_customers(const SkuModel& sku, Reasons& reasons) {
  const Masses number = masses_of(sku.demand.front());
  const double mean = mean_of(number);
  if (!is_poisson(number, mean)) {
    reasons.push_back(reason(fmt::format("skus.{}.demand", sku.id), "customers a day that are not Poisson",
                             "{law: poisson}"));
    return std::nullopt;
  }
  return PoissonCustomers{mean,
                          sku.order_size.empty() ? Masses{0.0, 1.0} : masses_of(sku.order_size.front())};
}

}  // namespace restock::exact
