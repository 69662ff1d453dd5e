#include "experiments/forecast_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <utility>

#include "agents/policies/parameters.h"
#include "env/core/error.h"
#include "experiments/history.h"
#include "experiments/init/init.h"
#include "experiments/outcome.h"

namespace restock::experiments {

namespace {

namespace fs = std::filesystem;

constexpr const char* kRule = "forecast_order_up_to";
constexpr const char* kReference = "seasonal_naive";
constexpr double kLossLevel = 0.95;

/// A folder that goes away with what is in it.
class TemporaryFolder {
 public:
  TemporaryFolder() : path_((fs::temp_directory_path() / "restock-value-XXXXXX").string()) {
    if (mkdtemp(path_.data()) == nullptr)
      throw InputError(fmt::format("{}: no folder can be made there", path_));
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string inside(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

bool is_scenario(const std::string& file) {
  return file.ends_with(".yaml") || file.ends_with(".yml");
}

/// Of the regular source of most SKUs.
std::int64_t usual_interval(const WarehouseModel& warehouse) {
  std::map<std::int64_t, std::size_t> count;
  for (const SkuModel& sku : warehouse.skus) ++count[sku.sources.front().protection_interval_days];
  return std::max_element(count.begin(), count.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

double loss_of(const ForecasterValue& value) {
  const std::vector<forecasting::LevelScore>& levels = value.losses.intervals.front().levels;
  const auto found = std::find_if(levels.begin(), levels.end(), [](const forecasting::LevelScore& score) {
    return score.level == kLossLevel;
  });
  return found->loss;
}

/// One forecaster after the other on the same horizon.
class Valuation {
 public:
  Valuation(const ForecastValueOptions& options, std::string scenario)
      : options_(options), scenario_(std::move(scenario)) {}

  void judge(const std::string& name, ForecastValue& result) const {
    std::vector<std::string> overrides = options_.overrides;
    overrides.push_back("demand.training.forecaster=" + name);
    const PreparedScenario prepared = prepare_scenario({.scenario_file = scenario_,
                                                        .overrides = overrides,
                                                        .seed = options_.seed,
                                                        .evaluation_only = true,
                                                        .threads = options_.threads,
                                                        .progress = options_.progress});
    if (!prepared.judged_by_history() || !prepared.forecast_model)
      throw InputError(fmt::format(
          "{}: demand.evaluation.source: expected history, so that forecasts are judged by what happened",
          options_.file));
    const auto rule = policies::make_policy(kRule, *prepared.evaluation, options_.parameters);
    ForecasterValue value{
        judge_policy(prepared, *rule, {.seed = options_.seed, .threads = options_.threads}), {}, {}};
    value.outcome.name = value.outcome.label = name;
    result.scenario = prepared.scenario.name;
    result.phase = prepared.evaluation_text();
    result.warehouse = prepared.warehouse;
    result.interval_days = usual_interval(*prepared.warehouse);
    value.losses = losses_of(prepared, result.interval_days);
    result.forecasters.push_back(std::move(value));
  }

 private:
  static forecasting::BacktestResult losses_of(const PreparedScenario& prepared, std::int64_t interval) {
    const DemandPhases& demand = prepared.scenario.warehouse.demand;
    const forecasting::Panel whole = whole_history(prepared.scenario, *history_source(demand));
    const std::size_t origin = prepared.history->days;
    return forecasting::backtest(
        *prepared.forecast_model->bind(whole, origin), whole, origin,
        {.days = prepared.scenario.warehouse.horizon.days, .interval_days = {interval}});
  }

  const ForecastValueOptions& options_;
  std::string scenario_;
};

}  // namespace

double ForecastValue::cost_per_day(std::size_t forecaster) const {
  return forecasters[forecaster].outcome.evaluation.costs_per_period(*warehouse).front();
}

ForecastValue value_forecasters(const ForecastValueOptions& options) {
  ForecastValue result;
  const TemporaryFolder folder;
  std::string scenario = options.file;
  if (!is_scenario(options.file)) {
    const InitOutcome made = init_scenario({.sales = options.file,
                                            .items = options.items,
                                            .receipts = options.receipts,
                                            .out = folder.inside("scenario")});
    scenario = made.scenario;
    result.notes = made.notes;
    result.notes.push_back(
        fmt::format("{} values of the scenario are guesses; `restock init` shows them", made.guesses));
  }
  std::vector<std::string> names = options.forecasters;
  if (std::find(names.begin(), names.end(), kReference) == names.end())
    names.insert(names.begin(), kReference);
  const Valuation valuation(options, scenario);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (options.progress)
      options.progress(static_cast<double>(i) / static_cast<double>(names.size()), names[i]);
    valuation.judge(names[i], result);
  }
  const auto reference =
      static_cast<std::size_t>(std::find(names.begin(), names.end(), kReference) - names.begin());
  for (std::size_t i = 0; i < names.size(); ++i) {
    ForecasterValue& value = result.forecasters[i];
    value.difference =
        paired_difference(*result.warehouse, value.outcome, result.forecasters[reference].outcome);
    if (result.cost_per_day(i) < result.cost_per_day(result.cheapest)) result.cheapest = i;
    if (loss_of(value) < loss_of(result.forecasters[result.sharpest])) result.sharpest = i;
  }
  return result;
}

}  // namespace restock::experiments
