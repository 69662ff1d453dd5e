// Base-stock for goods that expire, corrected for the waste that is to be expected (EWA: Broekmeulen and van
// Donselaar 2009, Computers and Operations Research 36(11)): order S − (position − W), where W is what of
// today's stock and of the orders under way will expire before an order of the next review can arrive, if
// every day's demand is the mean.
#include <algorithm>
#include <cmath>

#include "agents/policies/expected_waste.h"
#include "agents/policies/registry.h"
#include "agents/policies/row_parameters.h"
#include "env/decision_process.h"

namespace restock::policies {

PolicyDescription base_stock_ewa();

namespace {

/// What is known of a SKU in advance.
struct Perishable {
  std::size_t shelf_life_days = 0;
  std::int64_t lead_days = 0;
  std::int64_t interval_days = 1;
  double mean_demand_per_day = 0;
  double fifo_share = 1;
};

class BaseStockEwa final : public Policy {
 public:
  explicit BaseStockEwa(const PolicyParameters& parameters) : values_(parameters) {
    for (std::size_t index = 0; index < parameters.skus.size(); ++index) {
      const PlannedSku sku = planned(*parameters.model, index);
      const SkuModel& model = sku.resolved();
      skus_.push_back({static_cast<std::size_t>(model.shelf_life_days), model.regular().lead_time_days,
                       std::max(1, model.regular().protection_interval_days), sku.figures.mean_demand_per_day,
                       model.fifo_share});
    }
  }
  std::string_view name() const override { return "base_stock_ewa"; }
  bool needs_pipeline() const override { return true; }
  bool needs_forecast() const override { return values_.needs_forecast(); }
  void decide(const DecisionBatch& batch, PolicyMemory&, OrderBatch& orders) const override {
    WasteOutlook outlook;
    for (std::size_t row = 0; row < batch.rows; ++row) {
      const Quantity level = units(values_.of(batch, row)[0]);
      const double waste = expected_waste_of(batch, row, outlook);
      orders.quantity[row] =
          std::max<Quantity>(0, level - batch.inventory_position(row) + std::llround(waste));
    }
  }

 private:
  double expected_waste_of(const DecisionBatch& batch, std::size_t row, WasteOutlook& outlook) const {
    const Perishable& sku = skus_[static_cast<std::size_t>(batch.sku[row])];
    if (sku.shelf_life_days == 0) return 0;
    outlook.by_life.assign(sku.shelf_life_days, 0.0);
    outlook.receipts.assign(static_cast<std::size_t>(sku.interval_days), 0.0);
    const auto stock = batch.stock_by_remaining_life.subspan(row * batch.life_width, batch.life_width);
    for (std::size_t life = 0; life < sku.shelf_life_days; ++life)
      outlook.by_life[life] = static_cast<double>(stock[life]);
    const auto ages = batch.pipeline_by_age.subspan(row * batch.pipeline_width, batch.pipeline_width);
    for (std::size_t age = 0; age < ages.size(); ++age) {
      const std::int64_t days = sku.lead_days - static_cast<std::int64_t>(age) - 1;  // until it arrives
      if (days < sku.interval_days)
        outlook.receipts[static_cast<std::size_t>(std::max<std::int64_t>(days, 0))] +=
            static_cast<double>(ages[age]);
    }
    return expected_waste(outlook, sku.mean_demand_per_day, sku.fifo_share);
  }

  RowParameters values_;
  std::vector<Perishable> skus_;
};

ParameterSpace space_of(const PlannedSku& sku, std::span<const double>) {
  const auto fresh = static_cast<double>(sku.resolved().shelf_life_days) * sku.figures.mean_demand_per_day;
  const Quantity level = newsvendor_level(sku.figures);
  ParameterSpace space;
  space.axes = {{0, highest_level(sku.figures), search_step(sku.figures.interval_deviation / 2)}};
  space.starts = {{level}};
  const Quantity before_waste = std::llround(fresh + sku.figures.interval_mean());
  if (fresh > 0 && before_waste < level) space.starts.push_back({before_waste});
  space.values = [](const SearchPoint& point) { return std::vector<double>{static_cast<double>(point[0])}; };
  return space;
}

std::optional<std::string> obstacle_in(const DecisionModel& model) {
  if (model.warehouse->review == Review::continuous)
    return "expected waste is counted from review to review; expected review: periodic";
  for (const SkuModel& sku : model.warehouse->skus)
    if (sku.shelf_life_days > 0) return std::nullopt;
  return "no SKU has a shelf life, so nothing expires; use base_stock";
}

}  // namespace

PolicyDescription base_stock_ewa() {
  return {.name = "base_stock_ewa",
          .meaning =
              "order up to a level, not counting the stock that will expire before the next order arrives if "
              "demand is its mean",
          .needs_model = true,
          .parameters = {{.name = "order_up_to_level",
                          .unit = "units",
                          .meaning = "the position aimed at, without expected waste"}},
          .space = space_of,
          .obstacle = obstacle_in,
          .make = [](const PolicyParameters& parameters) -> std::unique_ptr<Policy> {
            return std::make_unique<BaseStockEwa>(parameters);
          }};
}

}  // namespace restock::policies
