#include "forecasting/demand_profile.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace restock::forecasting {

namespace {

constexpr std::size_t kWeekdays = 7;
constexpr std::size_t kFewestWeeks = 8;
/// The 1 % point of F with 6 and 50 or more degrees of freedom is at most 3.19.
constexpr double kFCritical = 3.19;

struct Observation {
  double units = 0;
  std::size_t weekday = 0;
};

std::vector<Observation> observations_of(const Panel& panel, std::size_t series, std::size_t first,
                                         std::size_t last) {
  std::vector<Observation> seen;
  for (std::size_t day = std::max(first, panel.listed_from[series]); day < last; ++day) {
    const auto units = static_cast<double>(panel.sales_of(series)[day]);
    if (std::isnan(units) || panel.stocked_out_of(series)[day] != 0) continue;
    seen.push_back({units, static_cast<std::size_t>(weekday_of(panel.date(day)))});
  }
  return seen;
}

double mean_of(const std::vector<Observation>& seen) {
  double sum = 0;
  for (const Observation& each : seen) sum += each.units;
  return seen.empty() ? 0 : sum / static_cast<double>(seen.size());
}

/// Means by weekday where they differ beyond chance (one-way analysis of variance), else empty.
std::vector<double> weekday_means(const std::vector<Observation>& seen) {
  std::array<double, kWeekdays> sum{};
  std::array<double, kWeekdays> count{};
  for (const Observation& each : seen) {
    sum[each.weekday] += each.units;
    count[each.weekday] += 1;
  }
  if (std::ranges::min(count) < static_cast<double>(kFewestWeeks)) return {};
  std::vector<double> means;
  for (std::size_t day = 0; day < kWeekdays; ++day) means.push_back(sum[day] / count[day]);
  const double overall = mean_of(seen);
  double between = 0;
  double within = 0;
  for (std::size_t day = 0; day < kWeekdays; ++day)
    between += count[day] * (means[day] - overall) * (means[day] - overall);
  for (const Observation& each : seen)
    within += (each.units - means[each.weekday]) * (each.units - means[each.weekday]);
  const double f = (between / (kWeekdays - 1)) / (within / static_cast<double>(seen.size() - kWeekdays));
  return f > kFCritical ? means : std::vector<double>();
}

void add_sizes(const std::vector<Observation>& seen, DemandProfile& profile) {
  double sum = 0;
  double squares = 0;
  for (const Observation& each : seen) {
    if (each.units <= 0) continue;
    ++profile.days_with_sales;
    sum += each.units;
    squares += each.units * each.units;
  }
  const auto sales = static_cast<double>(profile.days_with_sales);
  profile.interval =
      sales > 0 ? static_cast<double>(seen.size()) / sales : std::numeric_limits<double>::infinity();
  if (sales > 0) profile.squared_variation = std::max(0.0, squares * sales / (sum * sum) - 1);
  profile.demand_class = class_of(profile.interval, profile.squared_variation);
}

}  // namespace

DemandClass class_of(double interval, double squared_variation) noexcept {
  constexpr double kInterval = 1.32;
  constexpr double kSquaredVariation = 0.49;
  if (interval < kInterval)
    return squared_variation < kSquaredVariation ? DemandClass::smooth : DemandClass::erratic;
  return squared_variation < kSquaredVariation ? DemandClass::intermittent : DemandClass::lumpy;
}

std::string_view name_of(DemandClass demand_class) noexcept {
  constexpr std::array<std::string_view, 4> names{"smooth", "erratic", "intermittent", "lumpy"};
  return names[static_cast<std::size_t>(demand_class)];
}

DemandProfile profile_of(const Panel& panel, std::size_t series, std::size_t first, std::size_t last) {
  const std::vector<Observation> seen = observations_of(panel, series, first, last);
  DemandProfile profile;
  profile.days = seen.size();
  add_sizes(seen, profile);
  profile.weekday_factors = weekday_means(seen);
  profile.mean = mean_of(seen);
  if (!profile.weekday_factors.empty()) {
    profile.mean = std::accumulate(profile.weekday_factors.begin(), profile.weekday_factors.end(), 0.0) /
                   static_cast<double>(kWeekdays);
    for (double& factor : profile.weekday_factors) factor /= profile.mean;
  }
  double squares = 0;
  double weights = 0;
  for (const Observation& each : seen) {
    const double factor = profile.weekday_factors.empty() ? 1 : profile.weekday_factors[each.weekday];
    squares += (each.units - factor * profile.mean) * (each.units - factor * profile.mean);
    weights += factor;  // of a count whose variance keeps its ratio to the mean
  }
  profile.variance = weights > 0 ? squares / weights : 0;
  return profile;
}

}  // namespace restock::forecasting
