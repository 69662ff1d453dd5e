// What forecasts are worth: the cost, in the simulator, of ordering by each forecaster's quantile, beside its
// pinball loss. Forecasters learn from the history before the horizon; the rule forecast_order_up_to orders
// up to their quantile of demand over the protection interval, at the level that the costs ask for; the
// horizon's real demand judges. Costs are paired by SKU with those of ordering by the seasonal naive.
#pragma once

#include <string>
#include <vector>

#include "experiments/comparison.h"
#include "experiments/prepared_scenario.h"
#include "forecasting/backtest.h"

namespace restock::experiments {

struct ForecastValueOptions {
  std::string file;  ///< a scenario (.yaml), or a demand history, which becomes one as by `restock init`
  std::string items = {}, receipts = {};     ///< beside a history
  std::vector<std::string> forecasters;      ///< the seasonal naive is added where it is not named
  std::vector<std::string> parameters = {};  ///< key=value of the rule; closed forms where not given
  std::vector<std::string> overrides = {};   ///< key=value of the scenario
  std::uint64_t seed = 1;
  int threads = 1;
  ProgressReport progress = {};
};

struct ForecasterValue {
  PolicyOutcome outcome;
  PairedDifference difference;         ///< from the seasonal naive's cost
  forecasting::BacktestResult losses;  ///< on the days of the horizon, each seen from its own morning
};

struct ForecastValue {
  std::string scenario;
  std::string phase;  ///< what judged, in words
  std::shared_ptr<const WarehouseModel> warehouse;
  std::int64_t interval_days = 0;  ///< the protection interval of most SKUs, of which losses are taken
  std::vector<ForecasterValue> forecasters;
  std::size_t cheapest = 0;  ///< the least cost a day
  std::size_t sharpest = 0;  ///< the least loss at .95 of sums over the interval
  std::vector<std::string> notes;

  double cost_per_day(std::size_t forecaster) const;
};

/// Throws InputError where the scenario is not judged by its history.
ForecastValue value_forecasters(const ForecastValueOptions& options);

}  // namespace restock::experiments
