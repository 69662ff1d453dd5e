// Forecasters judged side by side on the last days of a history, as they would have been used.
//
// From the morning of day T (the origin) on, each forecaster gives the mean of every coming day (path
// accuracy). Then, day by day: the law of the next day and of the sums over protection intervals, before it
// is shown what was sold. Days that ended with an empty shelf, and intervals that hold one, are not scored:
// their sales are not demand. MASE, RMSSE and SPL are means over series of equal weight; intervals are scored
// by 2 Σ pinball / Σ demand over all series.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "env/core/description.h"
#include "env/core/json_writer.h"
#include "forecasting/model.h"
#include "forecasting/panel.h"

namespace restock::forecasting {

struct BacktestConfig {
  std::int64_t days = 28;
  std::int64_t season_days = 7;
  std::vector<std::int64_t> interval_days{3, 7, 14};
  std::vector<double> levels{0.5, 0.9, 0.95, 0.99};
};
void describe(FieldVisitor& visitor, BacktestConfig& config);

/// How good quantiles at one level were.
struct LevelScore {
  double level = 0;
  double loss = 0;         ///< of one day: SPL; of an interval: 2 Σ pinball / Σ demand
  double below = 0;        ///< share of truths below the quantile; at most `level` where it is right
  double at_or_below = 0;  ///< share of truths not above it; at least `level` where it is right
};

struct IntervalScore {
  std::int64_t days = 0;
  double weighted_error = 0;  ///< Σ |demand − mean| / Σ demand
  std::vector<LevelScore> levels;
};

struct BacktestResult {
  std::string forecaster;
  double path_mase = 0, path_rmsse = 0;        ///< all days from the one origin
  double one_day_mase = 0, one_day_rmsse = 0;  ///< each day seen from its own morning
  std::vector<LevelScore> one_day;
  std::vector<IntervalScore> intervals;
};

/// `forecaster` is bound to the panel's series with day 0 at `origin`; origin + config.days <= panel.days.
BacktestResult backtest(const Forecaster& forecaster, const Panel& panel, std::size_t origin,
                        const BacktestConfig& config);
/// Models, fitted on nothing later than the panel's last `config.days`, on these days. Throws InputError
/// where the history is too short.
std::vector<BacktestResult> backtest_models(std::span<const ForecastModel* const> models, const Panel& panel,
                                            const BacktestConfig& config);

void write_json(JsonWriter& json, const BacktestResult& result);

}  // namespace restock::forecasting
