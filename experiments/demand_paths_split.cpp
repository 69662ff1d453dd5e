#include "experiments/demand_paths_split.h"

#include <fmt/format.h>

#include <algorithm>

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

DemandPaths paths_of_split(const Scenario& scenario, const std::string& file, Split split) {
  DemandPathsFile content = read_demand_paths(file);
  check_fits(scenario, content, file);
  DemandPaths& paths = content.paths;
  if (split == Split::evaluate) return paths;
  const std::int64_t tuning = paths.paths / 5;
  if (tuning == 0)
    throw InputError(
        fmt::format("{}: {} paths, expected at least 5, of which the last fifth tunes", file, paths.paths));
  const auto each = static_cast<std::ptrdiff_t>(paths.days * paths.skus);
  const auto border = paths.units.begin() + (paths.paths - tuning) * each;
  if (split == Split::tune) {
    paths.units.erase(paths.units.begin(), border);
    paths.paths = tuning;
  } else {
    paths.units.erase(border, paths.units.end());
    paths.paths -= tuning;
  }
  return paths;
}

std::vector<double> mean_of_paths(const DemandPaths& paths) {
  std::vector<double> means(static_cast<std::size_t>(paths.skus), 0.0);
  for (std::size_t i = 0; i < paths.units.size(); ++i) means[i % means.size()] += paths.units[i];
  for (double& mean : means) mean /= static_cast<double>(paths.paths * paths.days);
  return means;
}

}  // namespace restock::experiments
