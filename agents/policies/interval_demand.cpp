#include "agents/policies/interval_demand.h"

#include <algorithm>
#include <cmath>

#include "env/core/keyed_random.h"
#include "env/core/laws/portable_math.h"
#include "env/decision_process.h"

namespace restock::policies {

namespace {

constexpr std::int64_t kWindows = 4096;
/// Beyond it every family is as good as normal, and tables of counts are long.
constexpr double kLargeMean = 1e5;

Quantity total_of_paths(const DemandPaths& paths, std::size_t sku, std::int64_t path, std::int64_t first,
                        std::int64_t days) {
  Quantity total = 0;
  for (std::int64_t day = first; day < first + days; ++day)
    total += paths.day(static_cast<std::uint64_t>(path), day)[sku];
  return total;
}

std::vector<Quantity> totals_of_paths(const DemandPaths& paths, std::size_t sku, std::int64_t days) {
  days = std::min(days, paths.days);
  const std::int64_t starts = paths.days - days + 1;
  const std::int64_t all = starts * paths.paths;
  const std::int64_t windows = std::min(all, kWindows);
  std::vector<Quantity> totals;
  for (std::int64_t window = 0; window < windows; ++window) {
    const std::int64_t place = window * all / windows;
    totals.push_back(total_of_paths(paths, sku, place / starts, place % starts, days));
  }
  return totals;
}

/// What one day asks for: units, or the sizes of so many customers' orders.
Quantity draw_day(const WarehouseModel& warehouse, const SkuModel& sku, const Stream& stream,
                  std::int64_t window, std::int64_t day, std::int64_t calendar_day) {
  const auto place = static_cast<std::uint64_t>(day) << 32;
  const Quantity drawn = sku.demand_on(calendar_day).sample(stream.bits(window, place));
  if (warehouse.arrivals == Arrivals::daily || sku.order_size.empty()) return drawn;
  Quantity units = 0;
  for (Quantity customer = 1; customer <= drawn; ++customer)
    units += sku.order_size.front().sample(stream.bits(window, place + static_cast<std::uint64_t>(customer)));
  return units;
}

std::int64_t review_gap(const WarehouseModel& warehouse, const SourceModel& source) {
  if (warehouse.review == Review::continuous) return 0;
  return warehouse.review_groups[static_cast<std::size_t>(source.review_group)].calendar.longest_gap_days();
}

std::vector<Quantity> totals_of_laws(const WarehouseModel& warehouse, std::size_t index) {
  const SkuModel& sku = warehouse.skus[index];
  const Stream demand({1, Split::tune, 0}, Purpose::generation, index);
  const Stream lead({1, Split::tune, 1}, Purpose::generation, index);
  std::vector<Quantity> totals;
  for (std::int64_t window = 0; window < kWindows; ++window) {
    const double lead_time = sku.regular().lead_time_law->quantile(lead.uniform(window));
    const auto days = std::max<std::int64_t>(
        1, static_cast<std::int64_t>(std::ceil(lead_time - 1e-9)) + review_gap(warehouse, sku.regular()));
    Quantity total = 0;
    const std::int64_t first = window * warehouse.days / kWindows;
    for (std::int64_t day = 0; day < days; ++day)
      total += draw_day(warehouse, sku, demand, window, day, (first + day) % warehouse.days);
    totals.push_back(total);
  }
  return totals;
}

}  // namespace

Quantity fitted_level(DemandFamily family, double mean, double deviation, double ratio) {
  if (mean <= 0) return 0;
  const double variance = deviation * deviation;
  const bool is_normal = family == DemandFamily::normal || mean > kLargeMean || variance > 1e9;
  if (!is_normal && family == DemandFamily::gamma && deviation > 0)
    return std::llround(make_law({"gamma", {{"mean", {mean}}, {"cv", {deviation / mean}}}})->quantile(ratio));
  if (!is_normal && family == DemandFamily::negative_binomial && variance > mean * (1 + 1e-9))
    return std::llround(
        make_law({"negative_binomial", {{"mean", {mean}}, {"variance", {variance}}}})->quantile(ratio));
  if (!is_normal && family != DemandFamily::gamma)
    return std::llround(make_law({"poisson", {{"mean", {mean}}}})->quantile(ratio));
  return std::max<Quantity>(0, std::llround(mean + deviation * portable::normal_quantile(ratio)));
}

std::vector<Quantity> interval_totals(const DecisionModel& model, std::size_t sku) {
  const WarehouseModel& warehouse = *model.warehouse;
  const SourceModel& source = warehouse.skus[sku].regular();
  const std::int64_t days = std::max<std::int64_t>(1, source.protection_interval_days);
  std::vector<Quantity> totals =
      model.paths ? totals_of_paths(*model.paths, sku, days) : totals_of_laws(warehouse, sku);
  std::sort(totals.begin(), totals.end());
  return totals;
}

Quantity empirical_level(const std::vector<Quantity>& totals, double ratio) {
  const auto n = static_cast<double>(totals.size());
  const auto place = static_cast<std::size_t>(std::clamp(std::ceil(ratio * n) - 1, 0.0, n - 1));
  return totals[place];
}

}  // namespace restock::policies
