// Constant order: the same quantity at every review, whatever the stock (Reiman 2004, "A new and simple
// policy for the continuous review lost sales inventory model"). With lost sales it becomes optimal as lead
// times grow (Goldberg, Katz-Rogozhnikov, Lu, Sharma and Squillante 2016). The quantity is a real average:
// orders alternate between whole numbers of packs so that the average is right.
#include <algorithm>
#include <cmath>

#include "agents/policies/registry.h"
#include "agents/policies/row_parameters.h"
#include "agents/policies/whole_orders.h"
#include "env/decision_process.h"

namespace restock::policies {

PolicyDescription constant_order();

namespace {

constexpr std::int64_t kStepsToMean = 100;  ///< of the tuning grid

class ConstantOrder final : public Policy {
 public:
  explicit ConstantOrder(const PolicyParameters& parameters)
      : values_(parameters), whole_(parameters.skus.size()) {
    for (std::size_t sku = 0; parameters.model && sku < whole_.size(); ++sku)
      whole_[sku] = WholeOrders(parameters.model->warehouse->skus[sku].regular());
  }
  std::string_view name() const override { return "constant_order"; }
  std::size_t memory_size() const override { return 1; }  ///< units owed
  bool needs_forecast() const override { return values_.needs_forecast(); }
  void decide(const DecisionBatch& batch, PolicyMemory& memory, OrderBatch& orders) const override {
    for (std::size_t row = 0; row < batch.rows; ++row) {
      const auto sku = static_cast<std::size_t>(batch.sku[row]);
      orders.quantity[row] = whole_[sku].take(memory.values[sku], values_.of(batch, row)[0]);
    }
  }

 private:
  RowParameters values_;
  std::vector<WholeOrders> whole_;
};

ParameterSpace space_of(const PlannedSku& sku, std::span<const double>) {
  const double mean = sku.figures.mean_demand_per_day * std::max(1.0, sku.figures.review_period_days);
  return {
      .axes = {{0, 3 * kStepsToMean / 2, 8}},
      .starts = {{80}, {95}, {60}},
      .values = [mean](const SearchPoint& point) {
        return std::vector<double>{mean * static_cast<double>(point[0]) / static_cast<double>(kStepsToMean)};
      }};
}

/// Something must give way where more is ordered than is asked for, or less.
std::optional<std::string> obstacle_in(const DecisionModel& model) {
  if (model.warehouse->review == Review::continuous)
    return "review is continuous, and orders at every event would follow demand; expected review: periodic";
  for (const SkuModel& sku : model.warehouse->skus)
    if (sku.unmet_demand == UnmetDemand::backlog && sku.backlog_share == 1 && sku.patience_days == 0)
      return "the backlog of SKU '" + sku.id +
             "' waits for ever, so that stock or backlog would grow without bound; expected lost sales";
  return std::nullopt;
}

}  // namespace

PolicyDescription constant_order() {
  return {.name = "constant_order",
          .meaning = "order the same quantity at every review; a fraction is made up by alternating",
          .parameters = {{.name = "order_per_review",
                          .unit = "units",
                          .meaning = "average quantity of an order",
                          .whole_number = false}},
          .space = space_of,
          .obstacle = obstacle_in,
          .make = [](const PolicyParameters& parameters) -> std::unique_ptr<Policy> {
            return std::make_unique<ConstantOrder>(parameters);
          }};
}

}  // namespace restock::policies
