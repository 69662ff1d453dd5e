// Base-stock, optionally with a largest order: order min(S − position, r) at every review.
//
// Optimal with backlog and no fixed cost. With lost sales the largest order r matters: it keeps the pipeline
// from filling after a stockout ("capped base-stock": Xin 2021, Operations Research 69(1)).
#include <algorithm>
#include <cmath>

#include "agents/policies/registry.h"

namespace restock::policies {

PolicyDescription base_stock();

namespace {

class BaseStock final : public Policy {
 public:
  explicit BaseStock(const PolicyParameters& parameters) {
    for (const std::vector<double>& values : parameters.values)
      rules_.push_back({std::llround(values[0]), values[1] > 0 ? std::llround(values[1]) : kMaximumQuantity});
  }
  std::string_view name() const override { return "base_stock"; }
  void decide(const DecisionBatch& batch, PolicyMemory&, OrderBatch& orders) const override {
    for (std::size_t row = 0; row < batch.rows; ++row) {
      const auto& rule = rules_[static_cast<std::size_t>(batch.sku[row])];
      orders.quantity[row] = rule(batch.inventory_position(row));
    }
  }
  std::optional<period::OrderRule> order_rule(std::int32_t sku) const override {
    return rules_[static_cast<std::size_t>(sku)];
  }

 private:
  std::vector<period::OrderUpTo<Quantity>> rules_;
};

/// Whether a largest order can help at all: with backlog, fixed lead times and no fixed cost it cannot.
bool cap_can_help(const SkuFigures& sku) {
  return sku.loses_sales || sku.lead_time_varies;
}

/// The largest order worth a look, in packs; one more stands for none.
std::int64_t largest_cap(const SkuFigures& sku) {
  const double reviews = std::max(1.0, sku.review_period_days);
  const double most =
      sku.mean_demand_per_day * reviews + 5 * std::sqrt(sku.demand_variance_per_day * reviews);
  return static_cast<std::int64_t>(std::ceil(most / static_cast<double>(sku.pack_size))) + 1;
}

ParameterSpace space_of(const SkuFigures& sku, std::span<const double>) {
  const std::int64_t none = largest_cap(sku) + 1;
  const std::int64_t mean_order = std::llround(sku.demand_per_review() / static_cast<double>(sku.pack_size));
  const Quantity level = newsvendor_level(sku);
  const auto step = [](double x) { return std::max<std::int64_t>(1, std::llround(x)); };
  ParameterSpace space;
  space.axes.push_back({0, highest_level(sku), step(sku.interval_deviation / 2)});
  space.axes.push_back({cap_can_help(sku) ? 1 : none, none, step(static_cast<double>(none) / 8)});
  space.starts = {{level, none}};
  if (cap_can_help(sku)) space.starts.push_back({level, mean_order + 1});
  space.values = [none, pack = sku.pack_size](const SearchPoint& point) {
    return std::vector<double>{static_cast<double>(point[0]),
                               point[1] == none ? 0.0 : static_cast<double>(point[1] * pack)};
  };
  return space;
}

}  // namespace

PolicyDescription base_stock() {
  return {.name = "base_stock",
          .meaning =
              "at each review, order what lifts the inventory position to a level, at most the largest order",
          .needs_forecast = false,
          .parameters = {{.name = "order_up_to_level", .unit = "units", .meaning = "the position aimed at"},
                         {.name = "maximum_order", .unit = "units", .meaning = "largest order; 0: no limit"}},
          .space = space_of,
          .problem = [](std::span<const double>) { return std::string(); },
          .make = [](const PolicyParameters& parameters) -> std::unique_ptr<Policy> {
            return std::make_unique<BaseStock>(parameters);
          }};
}

}  // namespace restock::policies
