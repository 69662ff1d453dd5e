#include "forecasting/level_grid.h"

#include <algorithm>
#include <utility>

#include "env/core/check.h"
#include "env/core/laws/portable_math.h"

namespace restock::forecasting {

LevelGrid::LevelGrid(std::vector<double> levels) : levels_(std::move(levels)) {
  RESTOCK_CHECK(levels_.size() >= 2, "{} levels", levels_.size());
  for (std::size_t i = 0; i < levels_.size(); ++i) {
    const bool increasing = i == 0 || levels_[i - 1] < levels_[i];
    RESTOCK_CHECK(levels_[i] > 0 && levels_[i] < 1 && increasing, "level {} is {}", i, levels_[i]);
    normal_.push_back(portable::normal_quantile(levels_[i]));
  }
}

LevelGrid::Place LevelGrid::place(double level) const {
  RESTOCK_CHECK(level > 0 && level < 1, "quantile level {}", level);
  const auto above = std::upper_bound(levels_.begin(), levels_.end(), level) - levels_.begin();
  const auto upper = std::clamp<std::size_t>(static_cast<std::size_t>(above), 1, levels_.size() - 1);
  const double z = portable::normal_quantile(level);
  const double weight = (z - normal_[upper - 1]) / (normal_[upper] - normal_[upper - 1]);
  return {upper - 1, static_cast<float>(weight)};
}

}  // namespace restock::forecasting
