#include "agents/bundle/decide.h"

#include <fmt/format.h>

#include <algorithm>

#include "agents/bundle/folder.h"
#include "agents/bundle/forecast_golden.h"
#include "agents/bundle/golden.h"
#include "agents/bundle/reason.h"
#include "env/core/check.h"
#include "env/core/csv.h"
#include "env/core/error.h"
#include "env/core/suggest.h"
#include "forecasting/calendar/calendar_covariates.h"
#include "forecasting/read_history.h"

namespace restock::bundle {

namespace {

/// What a policy looks at that follows from the date; "" where nothing does.
std::string_view calendar_feature_of(const Bundle& bundle) {
  for (const std::string_view name : {"weekday", "month", "day_of_year"})
    if (bundle.network && bundle.network->observation().has_feature(name)) return name;
  return "";
}

std::optional<Date> date_of(const Bundle& bundle, const StockState& state, const forecasting::Panel* history,
                            std::optional<Date> date) {
  if (date && state.date && *date != *state.date)
    refuse(state.file, "column 'date'",
           fmt::format("{}, and the date asked for is {}; they must agree", format_date(*state.date),
                       format_date(*date)));
  if (!date) date = state.date;
  if (!date && history) date = history->date(history->days);
  if (const std::string_view name = calendar_feature_of(bundle); !date && !name.empty())
    refuse(state.file, {},
           fmt::format("the policy looks at the {}; give the date of the decision, or a column date", name));
  return date;
}

/// The day of the panel on whose morning the decision is taken.
std::size_t origin_of(const forecasting::Panel& history, Date date) {
  const std::int64_t origin = (date - history.first_day).count();
  if (origin < 1)
    throw InputError(fmt::format("the history begins on {}, expected sales before {}",
                                 format_date(history.first_day), format_date(date)));
  if (origin > static_cast<std::int64_t>(history.days))
    throw InputError(
        fmt::format("the history ends on {}, expected sales up to {}, the day before the decision",
                    format_date(history.date(history.days - 1)), format_date(date - std::chrono::days(1))));
  return static_cast<std::size_t>(origin);
}

/// Forecasts of all SKUs of the bundle, in its order.
ForecastColumns forecast_skus(const Bundle& bundle, const forecasting::Panel* history,
                              std::optional<Date> date) {
  if (!history)
    throw InputError(fmt::format(
        "policy '{}' looks at forecasts; give the sales up to yesterday (--history SALES.csv with the "
        "columns unique_id,ds,y)",
        bundle.metadata.name));
  RESTOCK_CHECK(date, "a history, and no date");
  std::vector<std::string> ids;
  std::vector<std::int32_t> days;
  for (const BundleSku& sku : bundle.metadata.skus) {
    ids.push_back(sku.id);
    days.push_back(sku.protection_interval_days);
  }
  return forecast_from(*bundle.forecaster, forecasting::select_series(*history, ids),
                       origin_of(*history, *date), days, bundle.metadata.forecast_levels);
}

DecisionColumns columns_of(const Bundle& bundle, const StockState& state, const ForecastColumns& forecast,
                           std::optional<Date> date) {
  const std::size_t levels = bundle.metadata.forecast_levels.size();
  DecisionColumns columns;
  columns.pipeline_width = bundle.metadata.pipeline_width;
  for (const StockRow& row : state.rows) {
    columns.sku.push_back(row.sku);
    columns.append_date(date.value_or(bundle.metadata.start));
    columns.day.push_back(date ? std::max<std::int64_t>(0, (*date - bundle.metadata.start).count()) : 0);
    columns.on_hand.push_back(row.on_hand);
    columns.backlog.push_back(row.backlog);
    columns.on_order.push_back(row.on_order);
    if (columns.pipeline_width > 0) {
      RESTOCK_CHECK(row.ordered_days_ago.size() == columns.pipeline_width, "{} ages, expected {}",
                    row.ordered_days_ago.size(), columns.pipeline_width);
      columns.pipeline.insert(columns.pipeline.end(), row.ordered_days_ago.begin(),
                              row.ordered_days_ago.end());
    }
    if (levels == 0) continue;
    const auto sku = static_cast<std::size_t>(row.sku);
    columns.forecast_mean.push_back(forecast.mean[sku]);
    const auto first = forecast.quantiles.begin() + static_cast<std::ptrdiff_t>(sku * levels);
    columns.forecast_quantiles.insert(columns.forecast_quantiles.end(), first,
                                      first + static_cast<std::ptrdiff_t>(levels));
  }
  return columns;
}

/// The forecast's side of a line.
void add_forecast(OrderLine& line, const DecisionBatch& batch, std::size_t row) {
  const std::size_t levels = batch.forecast_levels.size();
  if (levels == 0) return;
  line.expected_demand = batch.forecast_mean[row];
  const auto quantiles = batch.forecast_quantiles.subspan(row * levels, levels);
  std::size_t covered = 0;
  for (std::size_t i = 1; i < levels; ++i)
    if (static_cast<double>(quantiles[i]) <= static_cast<double>(line.position_after_order)) covered = i;
  line.forecast_level = batch.forecast_levels[covered];
  line.forecast_quantile = quantiles[covered];
}

OrderLine line_of(const BundleSku& sku, const DecisionBatch& batch, std::size_t row, Quantity wanted) {
  OrderLine line;
  line.id = sku.id;
  line.order_quantity = legal_order_quantity(sku, wanted);
  line.inventory_position = batch.inventory_position(row);
  line.position_after_order = line.inventory_position + line.order_quantity;
  line.interval_days = sku.protection_interval_days;
  line.expected_demand = sku.mean_demand_per_day * sku.protection_interval_days;
  add_forecast(line, batch, row);
  line.reason = reason_of(line, sku, {batch.on_hand[row], batch.on_order[row], batch.backlog[row]}, wanted);
  return line;
}

/// The history with those covariates that the forecaster knows and the file has.
forecasting::Panel read_sales(const Bundle& bundle, const std::string& file,
                              std::vector<std::string>& notes) {
  if (!bundle.forecaster) return forecasting::read_history(file);
  const CsvReader csv(file);
  forecasting::HistoryFormat format;
  for (const std::string& name : bundle.metadata.covariates) {
    if (forecasting::is_calendar_name(name) || csv.find_column(name)) {
      format.covariates.push_back(name);
    } else {
      notes.push_back(fmt::format(
          "{} has no column {}, which the forecaster has learned from: it reckons with a usual day", file,
          in_quotes(name)));
    }
  }
  return forecasting::read_history(file, format);
}

}  // namespace

Orders decide(const Bundle& bundle, const StockState& state, const forecasting::Panel* history,
              std::optional<Date> date) {
  Orders orders;
  orders.date = date_of(bundle, state, history, date);
  const bool forecasts = !bundle.metadata.forecast_levels.empty();
  const ForecastColumns forecast =
      forecasts ? forecast_skus(bundle, history, orders.date) : ForecastColumns{};
  const DecisionColumns columns = columns_of(bundle, state, forecast, orders.date);
  const DecisionBatch batch = columns.batch(bundle.metadata.forecast_levels);
  std::vector<Quantity> wanted(batch.rows);
  OrderBatch order_batch{wanted};
  PolicyMemory none;
  bundle.policy->decide(batch, none, order_batch);
  for (std::size_t row = 0; row < batch.rows; ++row)
    orders.lines.push_back(
        line_of(bundle.metadata.skus[static_cast<std::size_t>(batch.sku[row])], batch, row, wanted[row]));
  return orders;
}

Orders decide(const Bundle& bundle, const DecideFiles& files, std::optional<Date> date) {
  std::optional<forecasting::Panel> history;
  std::vector<std::string> notes;
  std::vector<Problem> problems;
  StockState state;
  const auto collect = [&](const std::string& file, const auto& read) {
    try {
      read();
    } catch (const InputError& error) {
      for (Problem problem : error.problems()) {
        if (problem.file.empty()) problem.file = file;
        problems.push_back(std::move(problem));
      }
    }
  };
  collect(files.state, [&] { state = read_stock_state(files.state, bundle.metadata); });
  if (!files.history.empty())
    collect(files.history, [&] { history = read_sales(bundle, files.history, notes); });
  Orders orders;
  if (problems.empty())
    collect(files.history, [&] { orders = decide(bundle, state, history ? &*history : nullptr, date); });
  if (!problems.empty()) throw InputError(std::move(problems));
  orders.notes = std::move(notes);
  return orders;
}

}  // namespace restock::bundle
