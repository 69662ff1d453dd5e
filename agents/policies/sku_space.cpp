#include <algorithm>
#include <cmath>

#include "agents/policies/group_search.h"
#include "env/decision_process.h"

namespace restock::policies {

namespace {

constexpr std::size_t kWeekdays = 7;
/// Steps of real parameters by weekday are so small a part of the value of all days.
constexpr double kPart = 20;

/// Given multiples of the forecast are quantities to the space.
std::vector<double> given_in_units(const SearchTask& task, std::size_t sku, const SkuFigures& figures) {
  std::vector<double> given = task.given.values[sku];
  for (std::size_t i = 0; i < given.size(); ++i)
    if (task.given.is_times_forecast({sku, i})) given[i] = std::round(given[i] * figures.interval_mean());
  return given;
}

/// Bit w: the SKU may order on weekday w.
unsigned review_weekdays(const WarehouseModel& warehouse, const SkuModel& sku) {
  constexpr unsigned all = 0x7f;
  if (warehouse.review == Review::continuous) return all;
  const ReviewCalendar& calendar =
      warehouse.review_groups[static_cast<std::size_t>(sku.regular().review_group)].calendar;
  if (calendar.weekdays != 0) return calendar.weekdays;
  if (calendar.period_days % static_cast<std::int64_t>(kWeekdays) != 0) return all;
  return 1U << ((calendar.weekday_of_day_0 + calendar.on_or_after(0)) % static_cast<std::int64_t>(kWeekdays));
}

}  // namespace

SkuSpace::SkuSpace(const SearchTask& task, std::size_t sku)
    : task_(task), sku_(sku), figures_(figures_of(*task.model, sku)) {
  space_ = task.policy->space(planned(*task.model, sku), given_in_units(task, sku, figures_));
}

std::vector<double> SkuSpace::values(const Place& place) const {
  std::vector<double> values = space_.values(place.point);
  const std::vector<double>& given = task_.given.values[sku_];
  const double mean = std::max(figures_.interval_mean(), 1e-9);
  for (const std::size_t parameter : task_.by_forecast) values[parameter] /= mean;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!std::isnan(given[i])) values[i] = given[i];
  return values;
}

std::vector<SearchAxis> SkuSpace::weekday_axes(const SearchPoint& point) const {
  const unsigned open = review_weekdays(*task_.model->warehouse, task_.model->warehouse->skus[sku_]);
  const std::vector<double> all_days = values({point, {}});
  std::vector<SearchAxis> axes;
  for (const std::size_t parameter : task_.by_weekday) {
    const bool in_units = task_.policy->parameters[parameter].whole_number &&
                          weekday_value(parameter, all_days[parameter], 1) == all_days[parameter] + 1;
    const SearchAxis axis =
        in_units ? SearchAxis{-static_cast<std::int64_t>(all_days[parameter]), highest_level(figures_),
                              search_step(figures_.interval_deviation / 2)}
                 : SearchAxis{-static_cast<std::int64_t>(kPart), 3 * static_cast<std::int64_t>(kPart), 4};
    for (std::size_t day = 0; day < kWeekdays; ++day)
      axes.push_back((open >> day & 1) != 0 ? axis : SearchAxis{0, 0, 1});
  }
  return axes;
}

SkuSpace::Place SkuSpace::weekly_start() const {
  Place place = start();
  const std::vector<SearchAxis> axes = weekday_axes(place.point);
  const std::vector<double> all_days = values(place);
  const WeekdayProfile profile = weekday_profile(*task_.model, sku_);
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const std::size_t parameter = task_.by_weekday[i / kWeekdays];
    const bool follows =
        task_.policy->parameters[parameter].is_quantity() && weekday_value(parameter, 1, 1) == 2;
    const double away =
        follows ? of_weekday(all_days[parameter], profile, i % kWeekdays) - all_days[parameter] : 0.0;
    place.offsets.push_back(std::clamp<std::int64_t>(std::llround(away), axes[i].minimum, axes[i].maximum));
  }
  return place;
}

/// A level keeps its distance from mean demand in deviations; a smaller quantity its share of it.
double SkuSpace::of_weekday(double value, const WeekdayProfile& profile, std::size_t weekday) const {
  const double mean = figures_.interval_mean();
  if (mean <= 0) return value;
  if (value < 0.75 * mean) return value * profile.mean[weekday] / mean;
  const double factor = (value - mean) / std::max(figures_.interval_deviation, 1e-9);
  return std::max(0.0, profile.mean[weekday] + factor * profile.deviation[weekday]);
}

double SkuSpace::weekday_value(std::size_t parameter, double value, std::int64_t offset) const {
  const PolicyParameter& described = task_.policy->parameters[parameter];
  const auto& multiples = task_.by_forecast;
  const bool is_multiple = std::find(multiples.begin(), multiples.end(), parameter) != multiples.end();
  const auto steps = static_cast<double>(offset);
  if (is_multiple) return std::max(0.0, value * (1 + steps / kPart));
  return std::clamp(described.whole_number ? value + steps : value * (1 + steps / kPart), described.minimum,
                    described.maximum);
}

void SkuSpace::write(const Place& place, PolicyParameters& parameters) const {
  parameters.values[sku_] = values(place);
  for (std::size_t i = 0; i < place.offsets.size(); ++i) {
    if (place.offsets[i] == 0) continue;
    const std::size_t parameter = task_.by_weekday[i / kWeekdays];
    parameters.weekdays.push_back(
        {{sku_, parameter},
         static_cast<std::int32_t>(i % kWeekdays),
         weekday_value(parameter, parameters.values[sku_][parameter], place.offsets[i])});
  }
}

void SkuSpace::append_key(const Place& place, std::vector<double>& key) const {
  const std::vector<double> all_days = values(place);
  key.insert(key.end(), all_days.begin(), all_days.end());
  for (std::size_t i = 0; i < place.offsets.size(); ++i) {
    if (place.offsets[i] == 0) continue;
    const std::size_t parameter = task_.by_weekday[i / kWeekdays];
    key.push_back(static_cast<double>(i));
    key.push_back(weekday_value(parameter, all_days[parameter], place.offsets[i]));
  }
}

bool SkuSpace::allows(const Place& place) const {
  if (task_.policy->problem == nullptr) return true;
  const std::vector<double> all_days = values(place);
  std::size_t multiples = task_.by_forecast.size();
  for (std::size_t i = 0; i < all_days.size(); ++i) multiples += task_.given.is_times_forecast({sku_, i});
  if (multiples != 0 && multiples != all_days.size()) return true;
  if (place.offsets.empty()) return task_.policy->problem(all_days).empty();
  for (std::size_t day = 0; day < kWeekdays; ++day) {
    std::vector<double> today = all_days;
    for (std::size_t i = 0; i < task_.by_weekday.size(); ++i) {
      const std::size_t parameter = task_.by_weekday[i];
      today[parameter] = weekday_value(parameter, all_days[parameter], place.offsets[i * kWeekdays + day]);
    }
    if (!task_.policy->problem(today).empty()) return false;
  }
  return true;
}

}  // namespace restock::policies
