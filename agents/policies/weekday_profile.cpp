#include "agents/policies/weekday_profile.h"

#include <algorithm>
#include <cmath>

#include "agents/policies/masses.h"
#include "env/core/time.h"
#include "env/decision_process.h"

namespace restock::policies {

namespace {

constexpr std::size_t kWeekdays = 7;

/// Sums over days of one weekday: of days, of demand and of its square.
struct Sums {
  double days = 0;
  double units = 0;
  double squares = 0;

  double mean() const { return days > 0 ? units / days : 0; }
  double variance() const { return days > 0 ? std::max(0.0, squares / days - mean() * mean()) : 0; }
};

void add_paths(const DemandPaths& paths, std::size_t sku, std::int64_t day, Sums& sums) {
  for (std::int64_t path = 0; path < paths.paths; ++path) {
    const double units = paths.day(static_cast<std::uint64_t>(path), day)[sku];
    sums.days += 1;
    sums.units += units;
    sums.squares += units * units;
  }
}

/// Mean and mean square of a table's demand; customers of single orders vary as Poisson's do.
Sums of_law(const SkuModel& sku, const QuantileTable& table, Arrivals arrivals) {
  Sums law{1, 0, 0};
  if (arrivals == Arrivals::orders) {
    law.units = table.mean() * (sku.order_size.empty() ? 1.0 : sku.order_size.front().mean());
    law.squares = law.units * law.units + law.units;
    return law;
  }
  const Masses masses = masses_of(table);
  for (std::size_t k = 0; k < masses.size(); ++k) {
    law.units += static_cast<double>(k) * masses[k];
    law.squares += static_cast<double>(k) * static_cast<double>(k) * masses[k];
  }
  return law;
}

std::array<Sums, kWeekdays> sums_by_weekday(const DecisionModel& model, std::size_t index) {
  const WarehouseModel& warehouse = *model.warehouse;
  const SkuModel& sku = warehouse.skus[index];
  const std::int64_t days = model.paths ? std::min(warehouse.days, model.paths->days) : warehouse.days;
  const auto first = static_cast<std::size_t>(weekday_of(warehouse.start));
  std::vector<Sums> laws;
  for (const QuantileTable& table : sku.demand) laws.push_back(of_law(sku, table, warehouse.arrivals));
  std::array<Sums, kWeekdays> sums{};
  for (std::int64_t day = 0; day < days; ++day) {
    Sums& here = sums[(first + static_cast<std::size_t>(day)) % kWeekdays];
    if (model.paths) {
      add_paths(*model.paths, index, day, here);
    } else if (!laws.empty()) {
      const Sums& law =
          laws[sku.demand_of_day.empty() ? 0 : sku.demand_of_day[static_cast<std::size_t>(day)]];
      here.days += 1;
      here.units += law.units;
      here.squares += law.squares;
    }
  }
  return sums;
}

}  // namespace

WeekdayProfile weekday_profile(const DecisionModel& model, std::size_t sku) {
  const std::array<Sums, kWeekdays> days = sums_by_weekday(model, sku);
  const std::int32_t interval = model.warehouse->skus[sku].regular().protection_interval_days;
  WeekdayProfile profile;
  for (std::size_t weekday = 0; weekday < kWeekdays; ++weekday) {
    double variance = 0;
    for (std::int32_t ahead = 0; ahead < std::max(1, interval); ++ahead) {
      const Sums& then = days[(weekday + static_cast<std::size_t>(ahead)) % kWeekdays];
      profile.mean[weekday] += then.mean();
      variance += then.variance();
    }
    profile.deviation[weekday] = std::sqrt(variance);
  }
  return profile;
}

}  // namespace restock::policies
