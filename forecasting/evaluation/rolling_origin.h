// Rolling-origin evaluation (Tashman 2000, IJF 16(4)): models are judged from several origins that end with
// the history, each as if nothing later were known. The seasonal naive always stands beside them, and what a
// model differs from it comes with an interval from a paired bootstrap over series.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "env/core/description.h"
#include "env/core/json_writer.h"
#include "forecasting/evaluation/diebold_mariano.h"
#include "forecasting/evaluation/scores.h"
#include "forecasting/model.h"

namespace restock::forecasting {

struct EvaluationConfig {
  std::int64_t horizon = 28;
  std::int64_t origins = 3;
  std::int64_t spacing = 0;  ///< steps between two origins; 0: the horizon
  std::int64_t gap = 0;
  std::int64_t season = 0;  ///< of MASE; 0: season_of the panel
  bool refit = true;        ///< at every origin, or once at the first
  std::vector<std::int64_t> sums{7, 14};
  std::vector<double> levels{0.5, 0.9, 0.95, 0.99};
};
void describe(FieldVisitor& visitor, EvaluationConfig& config);

/// A mean difference of paired scores with its 95 % interval.
struct PairedDifference {
  double mean = 0, lower = 0, upper = 0;
  bool distinguishable() const { return lower > 0 || upper < 0; }
};
/// Percentile interval over 2,000 resamples of pairs with replacement (Efron and Tibshirani 1993, chapter
/// 13); pairs that hold a NaN are left out. NaN where none is left. The draws are always the same.
PairedDifference paired_bootstrap(std::span<const double> scores, std::span<const double> reference);

struct ModelEvaluation {
  std::string model;
  ScoreSheet scores;
  PairedDifference rmsse_difference;  ///< from the seasonal naive, by series
  DieboldMariano diebold_mariano;     ///< from the seasonal naive, of squared scaled errors over time
  double seconds = 0;                 ///< of fitting and forecasting
};

/// A score of each series over all origins, NaN where none has one.
std::vector<double> mean_by_series(const ScoreSheet& sheet, std::size_t series, double SeriesScore::*score);

/// Fits a forecaster by name on the first steps of a panel.
using FitByName = std::function<std::unique_ptr<ForecastModel>(const std::string& name, const Panel& panel,
                                                               std::size_t steps)>;

/// Models in the order of `names`, the seasonal naive first where they do not name it. What comes out does
/// not depend on `threads`; `fit` is called from all of them. Throws InputError where the history is too
/// short.
std::vector<ModelEvaluation> evaluate(const std::vector<std::string>& names, const Panel& panel,
                                      const EvaluationConfig& config, const FitByName& fit, int threads);

/// Steps known at each origin, oldest first. Throws InputError.
std::vector<std::size_t> origins_of(const Panel& panel, const EvaluationConfig& config);

void write_json(JsonWriter& json, const ModelEvaluation& evaluation);
/// One row for each model, series and origin.
std::string series_csv(const std::vector<ModelEvaluation>& evaluations, const Panel& panel,
                       const EvaluationConfig& config);

}  // namespace restock::forecasting
