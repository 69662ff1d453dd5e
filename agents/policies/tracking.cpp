// Tracking: order what sold, so that the position stays where it was (chase demand: Lee, Padmanabhan and
// Whang 1997 call it demand signal processing); with exponential smoothing of what sold (Brown 1959).
//
// What sold is what the position has fallen by since the last review, and so the policy sees sales, not
// demand: with lost sales nothing is ordered for customers who found nothing, and the position does not
// recover by itself from a level that is too low. Quantities that the supplier rounds or that expire are
// made up for at the next review, because they too show in the position.
#include <algorithm>
#include <cmath>

#include "agents/policies/registry.h"
#include "agents/policies/row_parameters.h"

namespace restock::policies {

PolicyDescription tracking();

namespace {

constexpr double kSmoothingSteps = 20;  ///< of the tuning grid

class Tracking final : public Policy {
 public:
  explicit Tracking(const PolicyParameters& parameters) : values_(parameters) {}
  std::string_view name() const override { return "tracking"; }
  std::size_t memory_size() const override { return 4; }
  bool needs_forecast() const override { return values_.needs_forecast(); }
  void decide(const DecisionBatch& batch, PolicyMemory& memory, OrderBatch& orders) const override {
    for (std::size_t row = 0; row < batch.rows; ++row) {
      double* state = memory.values.data() + 4 * static_cast<std::size_t>(batch.sku[row]);
      orders.quantity[row] = wanted(batch, row, state);
      state[kExpected] = static_cast<double>(batch.inventory_position(row) + orders.quantity[row]);
    }
  }

 private:
  /// Places in the memory of a SKU: reviews so far (up to 2), position after the last order, smoothed sales
  /// of a review, units owed.
  enum Place { kReviews, kExpected, kSmoothed, kOwed };

  Quantity wanted(const DecisionBatch& batch, std::size_t row, double* state) const {
    const auto values = values_.of(batch, row);
    const Quantity position = batch.inventory_position(row);
    if (state[kReviews] == 0) {
      state[kReviews] = 1;
      return std::max<Quantity>(0, units(values[0]) - position);
    }
    const double sold = state[kExpected] - static_cast<double>(position);
    state[kSmoothed] = state[kReviews] == 1 ? sold : state[kSmoothed] + values[1] * (sold - state[kSmoothed]);
    state[kReviews] = 2;
    state[kOwed] += state[kSmoothed];
    const auto order = static_cast<Quantity>(std::max(0.0, std::floor(state[kOwed] + 1e-9)));
    state[kOwed] -= static_cast<double>(order);
    return order;
  }

  RowParameters values_;
};

ParameterSpace space_of(const PlannedSku& sku, std::span<const double>) {
  return {.axes = {{0, highest_level(sku.figures), search_step(sku.figures.interval_deviation / 2)},
                   {1, static_cast<std::int64_t>(kSmoothingSteps), 4}},
          .starts = {{newsvendor_level(sku.figures), static_cast<std::int64_t>(kSmoothingSteps)}},
          .values = [](const SearchPoint& point) {
            return std::vector<double>{static_cast<double>(point[0]),
                                       static_cast<double>(point[1]) / kSmoothingSteps};
          }};
}

}  // namespace

PolicyDescription tracking() {
  return {.name = "tracking",
          .meaning = "order up to a level once, then what sold since the last review, smoothed",
          .parameters = {{.name = "starting_level", .unit = "units", .meaning = "the position aimed at once"},
                         {.name = "smoothing",
                          .unit = "",
                          .meaning = "weight of the latest sales; 1: order exactly what sold",
                          .minimum = 0.001,
                          .maximum = 1,
                          .whole_number = false}},
          .space = space_of,
          .make = [](const PolicyParameters& parameters) -> std::unique_ptr<Policy> {
            return std::make_unique<Tracking>(parameters);
          }};
}

}  // namespace restock::policies
