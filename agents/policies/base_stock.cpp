// Base-stock and capped base-stock: order min(S − position, r) at every review.
//
// Base-stock is optimal with backlog and no fixed cost (Karlin and Scarf 1958). With lost sales the largest
// order r matters: it keeps the pipeline from filling after a stockout (capped base-stock: Xin 2021,
// Operations Research 69(1)). Both take the same parameters; base_stock has no largest order unless one is
// given, capped_base_stock looks for the best one.
#include <algorithm>
#include <cmath>

#include "agents/policies/position_policy.h"
#include "agents/policies/registry.h"

namespace restock::policies {

PolicyDescription base_stock();
PolicyDescription capped_base_stock();

namespace {

struct Rule {
  static period::OrderUpTo<Quantity> of(const RowParameters::Values& values) {
    return {units(values[0]), largest_order(values[1])};
  }
};

ParameterSpace space_of_level(const PlannedSku& sku, std::span<const double>) {
  return {.axes = {{0, highest_level(sku.figures), search_step(sku.figures.interval_deviation / 2)}},
          .starts = {{newsvendor_level(sku.figures)}},
          .values = [](const SearchPoint& point) {
            return std::vector<double>{static_cast<double>(point[0]), 0};
          }};
}

/// Whether a largest order can help at all: with backlog, fixed lead times and stock that keeps it cannot.
bool cap_can_help(const PlannedSku& sku) {
  return sku.figures.loses_sales || sku.figures.lead_time_varies || sku.resolved().shelf_life_days > 0;
}

/// The largest order worth a look, in packs; one more stands for none.
std::int64_t largest_cap(const SkuFigures& sku) {
  const double reviews = std::max(1.0, sku.review_period_days);
  const double most =
      sku.mean_demand_per_day * reviews + 5 * std::sqrt(sku.demand_variance_per_day * reviews);
  return static_cast<std::int64_t>(std::ceil(most / static_cast<double>(sku.pack_size))) + 1;
}

ParameterSpace space_of_both(const PlannedSku& planned_sku, std::span<const double>) {
  const SkuFigures& sku = planned_sku.figures;
  const bool helps = cap_can_help(planned_sku);
  const std::int64_t none = largest_cap(sku) + 1;
  const std::int64_t mean_order = std::llround(sku.demand_per_review() / static_cast<double>(sku.pack_size));
  const Quantity level = newsvendor_level(sku);
  ParameterSpace space;
  space.axes.push_back({0, highest_level(sku), search_step(sku.interval_deviation / 2)});
  space.axes.push_back({helps ? 1 : none, none, search_step(static_cast<double>(none) / 8)});
  space.starts = {{level, none}};
  if (helps) space.starts.push_back({level, mean_order + 1});
  space.values = [none, pack = sku.pack_size](const SearchPoint& point) {
    return std::vector<double>{static_cast<double>(point[0]),
                               point[1] == none ? 0.0 : static_cast<double>(point[1] * pack)};
  };
  return space;
}

std::vector<PolicyParameter> parameters() {
  return {{.name = "order_up_to_level", .unit = "units", .meaning = "the position aimed at"},
          {.name = "maximum_order", .unit = "units", .meaning = "largest order; 0: no limit"}};
}

}  // namespace

PolicyDescription base_stock() {
  return {.name = "base_stock",
          .meaning =
              "at each review, order what lifts the inventory position to a level; a largest order may be "
              "given, but is not looked for",
          .parameters = parameters(),
          .space = space_of_level,
          .make = [](const PolicyParameters& values) -> std::unique_ptr<Policy> {
            return std::make_unique<PositionPolicy<Rule>>("base_stock", values);
          }};
}

PolicyDescription capped_base_stock() {
  return {.name = "capped_base_stock",
          .meaning =
              "at each review, order what lifts the inventory position to a level, at most the largest order",
          .parameters = parameters(),
          .space = space_of_both,
          .make = [](const PolicyParameters& values) -> std::unique_ptr<Policy> {
            return std::make_unique<PositionPolicy<Rule>>("capped_base_stock", values);
          }};
}

}  // namespace restock::policies
