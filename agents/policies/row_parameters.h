// Which values of a policy's parameters hold for a row of a decision: the one place that knows of weekdays
// and of multiples of the forecast.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "agents/policies/parameters.h"

namespace restock::policies {

class RowParameters {
 public:
  /// More parameters no policy has.
  static constexpr std::size_t kMost = 4;
  using Values = std::array<double, kMost>;

  /// The parameters have been checked.
  explicit RowParameters(const PolicyParameters& parameters);

  std::size_t skus() const noexcept { return changes_.size(); }
  /// Whether rows must come with forecasts.
  bool needs_forecast() const noexcept { return needs_forecast_; }
  /// Whether the same values always hold for a SKU: those that constant() gives.
  bool is_constant(std::size_t sku) const noexcept { return changes_[sku] == 0; }
  const Values& constant(std::size_t sku) const noexcept { return by_weekday_[sku * kWeekdays]; }

  Values of(const DecisionBatch& batch, std::size_t row) const {
    const auto sku = static_cast<std::size_t>(batch.sku[row]);
    return is_constant(sku) ? constant(sku) : changing(batch, row, sku);
  }

 private:
  static constexpr std::size_t kWeekdays = 7;
  /// Of a parameter; one that is counted in units is rounded and kept within its range once it has been
  /// multiplied.
  struct Range {
    double minimum = 0;
    double maximum = 0;
    bool whole_number = true;
  };

  Values changing(const DecisionBatch& batch, std::size_t row, std::size_t sku) const;

  std::vector<Range> ranges_;            ///< by parameter
  std::vector<Values> by_weekday_;       ///< [SKUs × 7]
  std::vector<std::uint8_t> changes_;    ///< by SKU
  std::vector<std::uint8_t> multiples_;  ///< by SKU: bit p is set where parameter p is a multiple
  bool needs_forecast_ = false;
};

/// A quantity among the values, which is whole.
inline Quantity units(double value) noexcept {
  return static_cast<Quantity>(value);
}

}  // namespace restock::policies
