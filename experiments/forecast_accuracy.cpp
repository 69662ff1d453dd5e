#include "experiments/forecast_accuracy.h"

#include <fmt/format.h>

#include <memory>

namespace restock::experiments {

namespace {

/// The days of the longest interval that is judged: what an order of two weeks covers.
const forecasting::IntervalScore& longest_interval(const forecasting::BacktestResult& result) {
  return result.intervals.back();
}

std::vector<std::string> columns_of(const forecasting::BacktestResult& result) {
  std::vector<std::string> columns{"forecaster", "MASE", "RMSSE"};
  for (const forecasting::LevelScore& score : result.one_day)
    columns.push_back(fmt::format("SPL at {}", score.level));
  for (const forecasting::LevelScore& score : longest_interval(result).levels)
    columns.push_back(fmt::format("{}-day loss at {}", longest_interval(result).days, score.level));
  return columns;
}

}  // namespace

std::vector<forecasting::BacktestResult> backtest_by_name(const std::vector<std::string>& names,
                                                          const forecasting::Panel& history,
                                                          const forecasting::BacktestConfig& config,
                                                          const FitOptions& options) {
  const auto days = static_cast<std::size_t>(config.days);
  if (history.days <= days)
    throw InputError(fmt::format("a history of {} days is too short to judge forecasts on its last {}",
                                 history.days, days));
  std::vector<std::unique_ptr<forecasting::ForecastModel>> models;
  std::vector<const forecasting::ForecastModel*> pointers;
  for (const std::string& name : names) {
    models.push_back(fit_by_name(name, history, history.days - days, options));
    pointers.push_back(models.back().get());
  }
  return forecasting::backtest_models(pointers, history, config);
}

Table forecast_accuracy_table(const std::vector<std::string>& names, const forecasting::Panel& history,
                              const FitOptions& options) {
  const forecasting::BacktestConfig config;
  const auto results = backtest_by_name(names, history, config, options);
  Table table;
  table.title = "How good the forecasts are";
  table.note = fmt::format(
      "The last {} days before the horizon, each day seen from its own morning, by models that were fitted "
      "without "
      "them. MASE and RMSSE measure the mean, SPL the quantiles of one day, the loss of an interval the "
      "quantiles of demand summed over its days; lower is better in all of them.",
      config.days);
  for (const forecasting::BacktestResult& result : results) {
    if (table.columns.empty()) table.columns = columns_of(result);
    std::vector<Table::Cell> row{result.forecaster, result.one_day_mase, result.one_day_rmsse};
    for (const forecasting::LevelScore& score : result.one_day) row.emplace_back(score.loss);
    for (const forecasting::LevelScore& score : longest_interval(result).levels) row.emplace_back(score.loss);
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace restock::experiments
