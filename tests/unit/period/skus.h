// SKUs for the kernel itself, without a scenario around them.
#pragma once

#include "env/core/laws/law.h"
#include "env/period/run.h"

namespace restock::testing {

inline period::DrawTable quantity_table(const LawSpec& law) {
  return period::DrawTable(QuantileTable::rounded_half_up(*make_law(law)));
}
inline period::DrawTable days_table(const LawSpec& law) {
  return period::DrawTable(QuantileTable::rounded_up(*make_law(law)));
}

/// Zipkin 2008: lost sales, Poisson 5, lead time 4, base-stock 29 with orders up to 5.
inline period::Sku lost_sales_example() {
  period::Sku sku;
  sku.days = 500;
  sku.warm_up_days = 50;
  sku.demand.push_back(quantity_table({"poisson", {{"mean", {5}}}}));
  sku.lead_time.push_back(days_table(LawSpec::constant(4)));
  sku.rule = period::OrderUpTo<Quantity>{29, 5};
  return sku;
}

/// Zheng and Federgruen 1991: backlog, Poisson 10, no lead time, (6, 40).
inline period::Sku backlog_example() {
  period::Sku sku = lost_sales_example();
  sku.loses_sales = false;
  sku.demand = {quantity_table({"poisson", {{"mean", {10}}}})};
  sku.lead_time = {days_table(LawSpec::constant(0))};
  sku.rule = period::ReorderUpTo<Quantity>{6, 40};
  return sku;
}

/// Lead times of 0, 2 or 7 days, a review every other day, packs of 6.
inline period::Sku crossing_example() {
  period::Sku sku = backlog_example();
  sku.lead_time = {days_table({"discrete", {{"values", {0, 2, 7}}, {"weights", {1, 2, 2}}}})};
  sku.reviews.period = 2;
  sku.pack_size = 6;
  sku.rule = period::ReorderMultiple<Quantity>{60, 10};
  return sku;
}

}  // namespace restock::testing
