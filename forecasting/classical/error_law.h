// The law of demand around a forecast, learned from what the same forecaster would have said in the past.
//
// Errors are divided by spread(F, d) = sqrt(F + d·m/10), F the forecast of d steps and m the mean of a step,
// which makes fast and slow steps alike, as for counts. Kept are, for each series,
//
// - of sums over d <= 28 steps: quantiles of (S − F) / spread(F, d), for each d. Sums of which there are too
// few
//   take the size of the errors from those of one step.
// - of a single step h ahead: quantiles of (y − F) / spread(F, 1) / r_h by the phase of the step in the
// season,
//   where every phase has enough of them, and r_h, how much wider errors are h steps ahead than on the
//   average.
//
// Few errors say little about the tail. Beside the quantile of a series' own errors therefore stands that of
// the errors of all series, each divided by the mean size of its own, times that size; the own one weighs n /
// (n + 3), n the number of independent own errors beyond the level.
//
// Steps and sums with a stockout or an unknown value are left out: their sales are not demand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "forecasting/level_grid.h"
#include "forecasting/tensor_file.h"

namespace restock::forecasting {

class ErrorLaw {
 public:
  static constexpr std::size_t kLeadsPerOrigin = 7;  ///< single steps that are taken from each past origin
  static constexpr std::size_t kMaximumSteps = 28;   ///< longer sums and leads take the law of these

  ErrorLaw(std::size_t series, std::size_t season);

  /// Errors of one series while its past is replayed.
  class Errors {
   public:
    Errors(double mean_sales, std::size_t season)
        : mean_sales_(mean_sales), season_(season), sums_(kMaximumSteps) {}
    /// `path`: means of the next steps; `truth`: what came, NaN where it is not demand, at most as many;
    /// `clock` of the first of them.
    void add(std::int64_t clock, std::span<const float> path, std::span<const float> truth);

   private:
    friend class ErrorLawFit;
    struct Single {
      std::size_t lead, phase;
      float error;
    };
    double mean_sales_;
    std::size_t season_;
    std::vector<std::vector<float>> sums_;  ///< [steps − 1]
    std::vector<Single> singles_;
    std::vector<double> squares_ = std::vector<double>(kMaximumSteps), counts_ = squares_;
  };

  struct Law {
    std::size_t series = 0;
    float forecast = 0;
    float mean_sales = 0;
  };
  /// Quantiles of demand summed over `steps` >= 1, and of the step at `clock` that lies `lead` >= 1 ahead; at
  /// least 0.
  void quantiles_of_sum(const Law& law, std::size_t steps, std::span<const LevelGrid::Place> levels,
                        std::span<float> out) const;
  void quantiles_of_step(const Law& law, std::size_t lead, std::int64_t clock,
                         std::span<const LevelGrid::Place> levels, std::span<float> out) const;
  const LevelGrid& grid() const noexcept { return grid_; }
  void save(TensorFile& file) const;
  /// Throws InputError; nothing is allocated that the file does not hold.
  static ErrorLaw load(const TensorFile& file, std::size_t series, std::size_t season);

 private:
  friend class ErrorLawFit;
  void write(std::span<const LevelGrid::Place> levels, std::span<const float> quantiles, float forecast,
             float width, std::span<float> out) const;

  LevelGrid grid_;
  std::size_t series_, season_;
  std::vector<float> sums_;    ///< [series × steps × levels]
  std::vector<float> steps_;   ///< [series × season × levels]
  std::vector<float> widths_;  ///< [series × steps]: r
};

}  // namespace restock::forecasting
