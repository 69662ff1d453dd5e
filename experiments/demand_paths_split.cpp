#include "experiments/demand_paths_split.h"

#include <fmt/format.h>

#include "env/core/error.h"
#include "experiments/demand_paths_file.h"

namespace restock::experiments {

namespace {

void check_fits(const Scenario& scenario, const DemandPathsFile& content, const std::string& file) {
  const std::vector<std::string> ids = series_ids(scenario);
  if (content.skus != ids)
    throw InputError(fmt::format("{}: paths of the SKUs {}, expected {}, in this order", file,
                                 fmt::join(content.skus, ", "), fmt::join(ids, ", ")));
  if (content.paths.days < scenario.warehouse.horizon.days)
    throw InputError(fmt::format("{}: paths of {} days, expected the {} days of the horizon", file,
                                 content.paths.days, scenario.warehouse.horizon.days));
}

}  // namespace

std::vector<std::string> series_ids(const Scenario& scenario) {
  std::vector<std::string> ids;
  for (const SkuSpec& sku : scenario.warehouse.skus) ids.push_back(stocking_point_of(sku));
  return ids;
}

DemandPaths read_paths_of(const Scenario& scenario, const std::string& file) {
  DemandPathsFile content = read_demand_paths(file);
  check_fits(scenario, content, file);
  return std::move(content.paths);
}

DemandPaths paths_of_split(const DemandPaths& paths, const std::string& file, Split split) {
  if (split == Split::evaluate) return paths;
  const std::int64_t tuning = paths.paths / 5;
  if (tuning == 0)
    throw InputError(
        fmt::format("{}: {} paths, expected at least 5, of which the last fifth tunes", file, paths.paths));
  const std::int64_t training = paths.paths - tuning;
  const auto border = paths.units.begin() + static_cast<std::ptrdiff_t>(training * paths.days * paths.skus);
  if (split == Split::tune) return {tuning, paths.days, paths.skus, {border, paths.units.end()}};
  return {training, paths.days, paths.skus, {paths.units.begin(), border}};
}

std::vector<double> mean_of_paths(const DemandPaths& paths) {
  std::vector<double> means(static_cast<std::size_t>(paths.skus), 0.0);
  for (std::size_t i = 0; i < paths.units.size(); ++i) means[i % means.size()] += paths.units[i];
  for (double& mean : means) mean /= static_cast<double>(paths.paths * paths.days);
  return means;
}

}  // namespace restock::experiments
