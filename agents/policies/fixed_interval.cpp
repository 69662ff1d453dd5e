// (R, S): order up to S at the first review of every interval of R days (Hadley and Whitin 1963, chapter 5).
// Intervals are counted from day 0, so SKUs with the same R order on the same days; joint_fixed_interval
// gives all SKUs of a supplier one R, so that they share its set-ups and trucks (periodic joint
// replenishment: Atkins and Iyogun 1988).
#include <algorithm>
#include <cmath>
#include <map>

#include "agents/policies/joint_figures.h"
#include "agents/policies/registry.h"
#include "agents/policies/row_parameters.h"
#include "env/decision_process.h"

namespace restock::policies {

PolicyDescription fixed_interval();
PolicyDescription joint_fixed_interval();

namespace {

constexpr double kMostDays = 365;

class FixedInterval final : public Policy {
 public:
  FixedInterval(std::string_view name, const PolicyParameters& parameters)
      : name_(name), values_(parameters) {}
  std::string_view name() const override { return name_; }
  std::size_t memory_size() const override { return 1; }  ///< the first day of the next interval
  bool needs_forecast() const override { return values_.needs_forecast(); }
  void decide(const DecisionBatch& batch, PolicyMemory& memory, OrderBatch& orders) const override {
    for (std::size_t row = 0; row < batch.rows; ++row) {
      const auto values = values_.of(batch, row);
      double& next = memory.values[static_cast<std::size_t>(batch.sku[row])];
      const auto day = static_cast<double>(batch.day[row]);
      orders.quantity[row] = 0;
      if (day < next) continue;
      next = (std::floor(day / values[0]) + 1) * values[0];
      orders.quantity[row] = std::max<Quantity>(0, units(values[1]) - batch.inventory_position(row));
    }
  }

 private:
  std::string_view name_;
  RowParameters values_;
};

/// Coordinates: the interval in reviews, and what S is above mean demand over lead time and interval; so a
/// longer interval brings a higher S with it.
struct Grid {
  SkuFigures figures;
  double days_a_review = 1;
  Quantity least = 0;  ///< mean demand over the longest interval: keeps the second coordinate above 0

  double days(std::int64_t reviews) const { return static_cast<double>(reviews) * days_a_review; }
  Quantity mean(std::int64_t reviews) const {
    return std::llround(figures.mean_demand_per_day * (figures.lead_time_days + days(reviews)));
  }
  SearchPoint start(std::int64_t reviews) const {
    const SkuFigures longer = figures.with(figures.lead_time_days, days(reviews));
    return {reviews, newsvendor_level(longer) - mean(reviews) + least};
  }
  std::vector<double> values(const SearchPoint& point) const {
    const Quantity level = std::max<Quantity>(0, mean(point[0]) + point[1] - least);
    return {days(point[0]), static_cast<double>(level)};
  }
};

ParameterSpace space_for(const PlannedSku& sku, std::span<const double> given, double economic_days) {
  Grid grid{sku.figures, std::max(1.0, sku.figures.review_period_days), 0};
  const auto most = std::max<std::int64_t>(
      1, static_cast<std::int64_t>(std::min({kMostDays, std::max(8 * economic_days, 14.0)}) /
                                   grid.days_a_review));
  const auto economic = std::clamp<std::int64_t>(std::llround(economic_days / grid.days_a_review), 1, most);
  ParameterSpace space;
  space.axes = {{1, most, search_step(static_cast<double>(economic) / 4)},
                {0, 1, search_step(sku.figures.interval_deviation / 2)}};
  if (!std::isnan(given[0])) {
    const auto reviews = std::max<std::int64_t>(1, std::llround(given[0] / grid.days_a_review));
    space.axes[0] = {reviews, reviews, 1};
  }
  grid.least = grid.mean(space.axes[0].maximum);
  space.axes[1].maximum = grid.least + 2 * highest_level(sku.figures);
  for (const double share : {1.0, 0.5, 2.0})
    space.starts.push_back(grid.start(std::clamp<std::int64_t>(
        std::llround(share * static_cast<double>(economic)), space.axes[0].minimum, space.axes[0].maximum)));
  space.values = [grid](const SearchPoint& point) { return grid.values(point); };
  return space;
}

ParameterSpace space_of(const PlannedSku& sku, std::span<const double> given) {
  const double economic = static_cast<double>(economic_order_quantity(sku.figures));
  return space_for(sku, given, economic / std::max(sku.figures.mean_demand_per_day, 1e-9));
}

ParameterSpace space_of_joint(const PlannedSku& sku, std::span<const double> given) {
  ParameterSpace space =
      space_for(sku, given, joint_interval_days(sku.model, sku.resolved().regular().supplier));
  space.shared_axes = 1;
  return space;
}

std::vector<PolicyParameter> parameters() {
  return {{.name = "order_interval",
           .unit = "days",
           .meaning = "one order in each interval of so many days, counted from day 0",
           .minimum = 1,
           .maximum = 3650},
          {.name = "order_up_to_level", .unit = "units", .meaning = "the position aimed at"}};
}

}  // namespace

PolicyDescription fixed_interval() {
  return {.name = "fixed_interval",
          .meaning = "at the first review of each interval, order what lifts the position to a level: (R, S)",
          .parameters = parameters(),
          .space = space_of,
          .make = [](const PolicyParameters& values) -> std::unique_ptr<Policy> {
            return std::make_unique<FixedInterval>("fixed_interval", values);
          }};
}

PolicyDescription joint_fixed_interval() {
  return {.name = "joint_fixed_interval",
          .meaning =
              "at the first review of each interval, the same for all SKUs of a supplier, order what lifts "
              "positions to their levels",
          .joins_skus = true,
          .parameters = parameters(),
          .space = space_of_joint,
          .obstacle = obstacle_to_joint_orders,
          .make = [](const PolicyParameters& values) -> std::unique_ptr<Policy> {
            return std::make_unique<FixedInterval>("joint_fixed_interval", values);
          }};
}

}  // namespace restock::policies
