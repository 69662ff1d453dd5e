// Wagner–Whitin and Silver–Meal with a rolling horizon: at every review the net requirements of the coming
// periods are planned anew, and the first lot is ordered (Silver, Pyke and Thomas 2017, chapter 5;
// lot_sizing.h).
//
// A period is the time between two reviews. The position, less expected demand over the lead time and a
// safety stock, is what covers demand from then on; an order is due where it does not cover the first period.
// Expected demand follows the calendar of the demand law (weekdays, seasons, promotions); where there are
// forecasts, it is scaled so that the protection interval's is the forecast mean. The safety stock is
// `safety_factor` deviations of demand over the protection interval, scaled by the root of the same ratio.
#include <algorithm>
#include <cmath>

#include "agents/policies/lot_sizing.h"
#include "agents/policies/registry.h"
#include "agents/policies/row_parameters.h"
#include "env/decision_process.h"

namespace restock::policies {

PolicyDescription wagner_whitin();
PolicyDescription silver_meal();

namespace {

constexpr std::int64_t kMostPeriods = 104;
constexpr double kFactorStep = 1.0 / 16;

/// Expected demand by day, and what else is known of a SKU in advance.
class Outlook {
 public:
  explicit Outlook(const PlannedSku& sku)
      : period_days_(std::max<std::int64_t>(1, std::llround(sku.figures.review_period_days))),
        lead_days_(sku.resolved().regular().lead_time_days),
        deviation_(sku.figures.interval_deviation),
        flat_(sku.figures.mean_demand_per_day),
        costs_{sku.figures.fixed_per_order,
               sku.figures.holding_per_unit_day * static_cast<double>(period_days_)} {
    const SkuModel& model = sku.resolved();
    if (sku.model.paths || model.demand_of_day.empty()) return;
    const double size = model.order_size.empty() ? 1.0 : model.order_size.front().mean();
    for (const std::uint16_t table : model.demand_of_day) means_.push_back(model.demand[table].mean() * size);
  }

  std::int64_t period_days() const noexcept { return period_days_; }
  std::int64_t lead_days() const noexcept { return lead_days_; }
  double deviation() const noexcept { return deviation_; }
  LotCosts costs() const noexcept { return costs_; }
  /// Mean demand of the days [first, first + days); beyond the horizon the last week goes on.
  double expected(std::int64_t first, std::int64_t days) const noexcept {
    if (means_.empty()) return flat_ * static_cast<double>(days);
    const auto known = static_cast<std::int64_t>(means_.size());
    double sum = 0;
    for (std::int64_t day = first; day < first + days; ++day) {
      const std::int64_t place = day < known ? day : std::max<std::int64_t>(0, known - 7) + (day - known) % 7;
      sum += means_[static_cast<std::size_t>(std::min(place, known - 1))];
    }
    return sum;
  }

 private:
  std::int64_t period_days_;
  std::int64_t lead_days_;
  double deviation_;
  double flat_;
  LotCosts costs_;
  std::vector<double> means_;
};

using FirstLot = std::size_t (*)(std::span<const double>, LotCosts, LotWorkspace&);

class PlannedLots final : public Policy {
 public:
  PlannedLots(std::string_view name, const PolicyParameters& parameters, FirstLot first_lot)
      : name_(name),
        values_(parameters),
        first_lot_(first_lot),
        reads_forecast_(parameters.model->forecaster != nullptr) {
    for (std::size_t sku = 0; sku < parameters.skus.size(); ++sku)
      outlooks_.emplace_back(planned(*parameters.model, sku));
  }
  std::string_view name() const override { return name_; }
  bool needs_forecast() const override { return reads_forecast_; }
  void decide(const DecisionBatch& batch, PolicyMemory&, OrderBatch& orders) const override {
    Workspace work;
    for (std::size_t row = 0; row < batch.rows; ++row) orders.quantity[row] = wanted(batch, row, work);
  }

 private:
  struct Workspace {
    std::vector<double> net;
    LotWorkspace lots;
  };

  /// What forecasts say against what was known before.
  double ratio(const DecisionBatch& batch, std::size_t row, const Outlook& outlook) const {
    if (!reads_forecast_) return 1;
    const double before = outlook.expected(batch.day[row], outlook.lead_days() + outlook.period_days());
    return before > 0 ? std::max(0.0, static_cast<double>(batch.forecast_mean[row])) / before : 1.0;
  }

  Quantity wanted(const DecisionBatch& batch, std::size_t row, Workspace& work) const {
    const Outlook& outlook = outlooks_[static_cast<std::size_t>(batch.sku[row])];
    const auto values = values_.of(batch, row);
    const double scale = ratio(batch, row, outlook);
    const std::int64_t first_day = batch.day[row] + outlook.lead_days();
    double available = static_cast<double>(batch.inventory_position(row)) -
                       scale * outlook.expected(batch.day[row], outlook.lead_days()) -
                       values[0] * outlook.deviation() * std::sqrt(scale);
    work.net.clear();
    for (std::int64_t period = 0; period < std::llround(values[1]); ++period) {
      const double demand =
          scale * outlook.expected(first_day + period * outlook.period_days(), outlook.period_days());
      work.net.push_back(std::max(0.0, demand - available));
      available = std::max(0.0, available - demand);
      if (period == 0 && work.net.front() <= 0) return 0;
    }
    const std::size_t periods = first_lot_(work.net, outlook.costs(), work.lots);
    double lot = 0;
    for (std::size_t i = 0; i < periods; ++i) lot += work.net[i];
    return std::llround(lot);
  }

  std::string_view name_;
  RowParameters values_;
  FirstLot first_lot_;
  bool reads_forecast_;
  std::vector<Outlook> outlooks_;
};

/// The factor alone is looked for: it starts where the reorder point of the economic order quantity is.
ParameterSpace space_of(const PlannedSku& planned_sku, std::span<const double>) {
  const SkuFigures& sku = planned_sku.figures;
  const Quantity economic = economic_order_quantity(sku);
  const double above = static_cast<double>(reorder_point_for(sku, economic)) - sku.interval_mean();
  const double factor = std::clamp(above / std::max(sku.interval_deviation, 1e-6), -4.0, 4.0);
  const auto periods = std::clamp<std::int64_t>(
      std::llround(5 * static_cast<double>(economic) / sku.demand_per_review()), 8, kMostPeriods);
  return {
      .axes = {{-80, 96, 8}},
      .starts = {{std::llround(factor / kFactorStep)}},
      .values = [periods](const SearchPoint& point) {
        return std::vector<double>{static_cast<double>(point[0]) * kFactorStep, static_cast<double>(periods)};
      }};
}

std::optional<std::string> obstacle_in(const DecisionModel& model) {
  if (model.warehouse->review == Review::continuous)
    return "lots are planned from review to review; expected review: periodic";
  for (const SkuModel& sku : model.warehouse->skus)
    if (!sku.downstream.empty())
      return "SKU '" + sku.id + "' delivers to other locations, whose orders nobody forecasts";
  return std::nullopt;
}

template <FirstLot first_lot>
PolicyDescription describe(std::string_view name, std::string_view meaning) {
  return {.name = name,
          .meaning = meaning,
          .needs_forecast = true,
          .forecasts_are_optional = true,
          .needs_model = true,
          .parameters = {{.name = "safety_factor",
                          .unit = "deviations",
                          .meaning = "safety stock, in deviations of demand over the protection interval",
                          .minimum = -10,
                          .maximum = 10,
                          .whole_number = false},
                         {.name = "planning_periods",
                          .unit = "reviews",
                          .meaning = "how far ahead lots are planned",
                          .minimum = 1,
                          .maximum = static_cast<double>(kMostPeriods)}},
          .space = space_of,
          .obstacle = obstacle_in,
          .make = [](const PolicyParameters& parameters) -> std::unique_ptr<Policy> {
            return std::make_unique<PlannedLots>(find_policy(parameters.policy).name, parameters, first_lot);
          }};
}

}  // namespace

PolicyDescription wagner_whitin() {
  return describe<first_lot_of_wagner_whitin>(
      "wagner_whitin",
      "plan the cheapest lots for expected demand, order the first, plan anew at each review");
}

PolicyDescription silver_meal() {
  return describe<first_lot_of_silver_meal>(
      "silver_meal",
      "plan a lot for as many periods as its cost a period falls, order it, plan anew at each review");
}

}  // namespace restock::policies
