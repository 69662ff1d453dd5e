#include "experiments/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "env/core/error.h"
#include "env/core/time.h"
#include "forecasting/read_history.h"
#include "forecasting/static_table.h"

namespace restock::experiments {

namespace {

constexpr std::size_t kRecentDays = 365;

forecasting::Panel read_panel(const Scenario& scenario, const std::string& file,
                              const std::vector<std::string>& covariates = {}) {
  std::vector<std::string> ids;
  for (const SkuSpec& sku : scenario.warehouse.skus) ids.push_back(stocking_point_of(sku));
  return forecasting::select_series(forecasting::read_history(file, {covariates}), ids);
}

/// Days of the panel before the horizon.
std::size_t days_before(const Scenario& scenario, const forecasting::Panel& panel, const std::string& file) {
  const Date start = parse_date(scenario.warehouse.horizon.start).value();
  const auto days = (start - panel.first_day).count();
  if (days < 1 || static_cast<std::size_t>(days) > panel.days)
    throw InputError(
        fmt::format("{}: sales from {} to {}, expected them to reach up to the day before horizon.start {}",
                    file, format_date(panel.first_day), format_date(panel.date(panel.days - 1)),
                    scenario.warehouse.horizon.start));
  return static_cast<std::size_t>(days);
}

}  // namespace

const DemandSourceSpec* history_source(const DemandPhases& demand) {
  for (const DemandSourceSpec* phase : {&demand.training, &demand.evaluation})
    if (phase->source != DemandOrigin::paths && !phase->file.empty()) return phase;
  return nullptr;
}

forecasting::Panel whole_history(const Scenario& scenario, const DemandSourceSpec& source) {
  forecasting::Panel panel = read_panel(scenario, source.file, source.covariates);
  if (!source.static_table.empty())
    panel.statics = forecasting::read_static_table(source.static_table, panel).columns;
  return panel;
}

forecasting::Panel history_before(const Scenario& scenario, const DemandSourceSpec& source) {
  const forecasting::Panel panel = whole_history(scenario, source);
  return forecasting::first_days(panel, days_before(scenario, panel, source.file));
}

DemandPaths demand_of_horizon(const Scenario& scenario, const std::string& file) {
  const forecasting::Panel panel = read_panel(scenario, file);
  const std::size_t first = days_before(scenario, panel, file);
  const auto days = static_cast<std::size_t>(scenario.warehouse.horizon.days);
  if (first + days > panel.days)
    throw InputError(fmt::format("{}: sales end on {}, expected them to cover the {} days from {}", file,
                                 format_date(panel.date(panel.days - 1)), days,
                                 scenario.warehouse.horizon.start));
  DemandPaths paths{1, static_cast<std::int64_t>(days), static_cast<std::int64_t>(panel.series()), {}};
  for (std::size_t day = 0; day < days; ++day)
    for (std::size_t sku = 0; sku < panel.series(); ++sku) {
      if (panel.stocked_out_of(sku)[first + day])
        throw InputError(fmt::format(
            "{}: '{}' was stocked out on {}, so nobody knows what was demanded; choose a horizon without "
            "stockouts for evaluation",
            file, panel.ids[sku], format_date(panel.date(first + day))));
      paths.units.push_back(static_cast<std::int32_t>(std::lround(panel.sales_of(sku)[first + day])));
    }
  return paths;
}

std::vector<double> recent_mean_demand(const forecasting::Panel& panel) {
  const std::size_t first = panel.days - std::min(panel.days, kRecentDays);
  std::vector<double> means;
  for (std::size_t sku = 0; sku < panel.series(); ++sku) {
    double units = 0;
    double days = 0;
    for (std::size_t day = std::max(first, panel.listed_from[sku]); day < panel.days; ++day) {
      if (panel.stocked_out_of(sku)[day]) continue;
      units += static_cast<double>(panel.sales_of(sku)[day]);
      ++days;
    }
    means.push_back(days > 0 ? units / days : 0.0);
  }
  return means;
}

}  // namespace restock::experiments
