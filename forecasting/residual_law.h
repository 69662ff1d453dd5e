// The law of demand summed over d days around a point forecast F, learned from what the same forecaster would
// have said in the past: quantiles of (S − F) / sqrt(F + d·m/10), m the mean daily sales. Dividing by the
// root makes fast and slow days alike, as for counts. Windows with a stockout are left out: their sales are
// not demand.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "env/core/forecaster.h"
#include "forecasting/level_grid.h"
#include "forecasting/panel.h"
#include "forecasting/tensor_file.h"

namespace restock::forecasting {

class ResidualLaw {
 public:
  static constexpr std::size_t kMaximumDays = 28;  ///< longer intervals use the quantiles of this many days

  ResidualLaw()
      : grid_({0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99, 0.995}) {}
  /// Replays `forecaster`, whose day 0 is the panel's first day, and collects its errors over the panel.
  void fit(const Forecaster& forecaster, const Panel& panel, std::span<const float> mean_sales);
  /// Quantiles [levels] of demand summed over `days`, at least 0.
  void quantiles(std::size_t series, std::int32_t days, float forecast, float mean_sales,
                 std::span<const LevelGrid::Place> levels, std::span<float> out) const;
  const LevelGrid& grid() const noexcept { return grid_; }
  void save(TensorFile& file, std::size_t series) const;
  void load(const TensorFile& file, std::size_t series);

 private:
  std::vector<std::size_t> shape(std::size_t series) const { return {series, kMaximumDays, grid_.size()}; }
  LevelGrid grid_;
  std::vector<float> table_;  ///< [series × days × levels]
};

}  // namespace restock::forecasting
