// Customers who come one by one (arrivals: orders) as a Poisson process: the number a day is Poisson, and
// their times are uniform over the day.
#pragma once

#include <optional>

#include "agents/policies/exact/masses.h"
#include "agents/policies/exact/problem.h"

namespace restock::exact {

struct PoissonCustomers {
  double per_day = 0;
  Masses size;  ///< units that one takes
};

/// Adds a reason and gives nothing where the number of customers a day is not Poisson.
std::optional<PoissonCustomers> poisson_customers(const SkuModel& sku, Reasons& reasons);

}  // namespace restock::exact
