// How good forecasts from one origin were, series by series, and what many of them come to.
//
// Definitions are those of accuracy.h. From an origin, steps 1 … H are forecast at once; each is scored by
// its mean (MASE, RMSSE, bias) and by its quantiles (SPL, WQL, CRPS, coverage), sums over the first L steps
// by their quantiles. Scales are taken from what came before the origin. Averages give every series and
// origin the same weight; WQL, bias and the loss of sums weigh by volume.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "forecasting/accuracy.h"
#include "forecasting/evaluation/pit_histogram.h"
#include "forecasting/panel.h"

namespace restock::forecasting {

/// What is forecast from each origin.
struct ForecastTask {
  std::size_t horizon = 28;
  std::size_t gap = 0;  ///< steps between the origin and the first that is scored
  std::size_t season = 7;
  std::vector<std::size_t> sums{7, 14};  ///< steps; scored without a gap only, and up to the horizon
  std::vector<double> levels{0.5, 0.9, 0.95, 0.99};
};

/// One series seen from one origin. NaN where a score has no meaning.
struct SeriesScore {
  std::size_t series = 0;
  std::size_t origin = 0;  ///< steps that were known
  double mase = 0, rmsse = 0, crps = 0, bias = 0;
  std::vector<double> spl;  ///< by level
};

struct LevelScores {
  double level = 0;
  double spl = 0;                                     ///< of single steps only
  double wql = 0;                                     ///< 2 Σ pinball / Σ |y|
  double below = 0, at_or_below = 0, randomised = 0;  ///< coverage
};

struct SumScores {
  std::size_t steps = 0;
  double weighted_error = 0;  ///< Σ |S − mean| / Σ S
  std::vector<LevelScores> levels;
  PitHistogram pit;
};

/// Sums up forecasts of one model. Scores of different origins may be added in any grouping, always in the
/// same order.
class ScoreSheet {
 public:
  explicit ScoreSheet(const ForecastTask& task);

  /// Truth and forecast of one series; quantiles [steps × levels] of `grid` increasing levels that hold those
  /// of the task, or none. `history`: NaN where it is not demand.
  struct Steps {
    std::span<const float> history, actual, mean, quantiles;
    std::span<const double> grid;
    bool counted = false;  ///< demand is counted in units
  };
  void add_steps(std::size_t series, std::size_t origin, const Steps& steps);
  struct Sum {
    std::size_t index = 0;  ///< among the task's sums
    double actual = 0, mean = 0;
    std::span<const float> quantiles;
    std::span<const double> grid;
    bool counted = false;
  };
  void add_sum(const Sum& sum);
  void add(const ScoreSheet& other);

  double mase() const { return mase_.value(); }
  double rmsse() const { return rmsse_.value(); }
  double crps() const { return crps_.value(); }  ///< scaled as SPL is
  double bias() const { return bias_.value(); }
  std::vector<LevelScores> levels() const;
  std::vector<SumScores> sums() const;
  const std::vector<SeriesScore>& series() const noexcept { return series_; }
  /// Of all single steps.
  const PitHistogram& pit() const noexcept { return pit_; }
  /// Mean over series of squared errors, scaled as RMSSE is, of each step from each origin, origins in order;
  /// NaN where no series has one.
  std::vector<double> squared_errors() const;

 private:
  struct Level {
    RunningMean spl;
    WeightedQuantileLoss wql;
    Coverage coverage;
  };
  struct SumLevels {
    double error = 0, volume = 0;
    std::vector<Level> levels;
    PitHistogram pit;
  };
  void add_quantiles(const Steps& steps, double scale, SeriesScore& score);
  LevelScores scores_of(std::size_t q, const Level& level) const;

  ForecastTask task_;
  RunningMean mase_, rmsse_, crps_;
  Bias bias_;
  std::vector<Level> levels_;
  std::vector<SumLevels> sums_;
  std::vector<SeriesScore> series_;
  PitHistogram pit_;
  std::map<std::size_t, std::vector<RunningMean>> squares_;  ///< by origin and step
};

/// Levels at which forecasters are asked, so that a law is known well enough: a fixed grid and those given.
std::vector<double> fine_levels(std::span<const double> levels);

/// Sales of a series with NaN on steps that ended with an empty shelf or lie before the item was offered.
std::vector<float> known_demand(const Panel& panel, std::size_t series);

}  // namespace restock::forecasting
