// Quantiles are kept at a few levels; those between are found on a straight line in the level's normal
// quantile, in which tails of demand are nearly straight, and those beyond on the line through the last two.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace restock::forecasting {

class LevelGrid {
 public:
  /// At least two levels in (0, 1), increasing.
  explicit LevelGrid(std::vector<double> levels);
  const std::vector<double>& levels() const noexcept { return levels_; }
  std::size_t size() const noexcept { return levels_.size(); }

  /// Quantile at a level = (1 − weight) · grid[lower] + weight · grid[lower + 1].
  struct Place {
    std::size_t lower = 0;
    float weight = 0;
    float in(std::span<const float> grid) const {
      return grid[lower] + weight * (grid[lower + 1] - grid[lower]);
    }
  };
  Place place(double level) const;

 private:
  std::vector<double> levels_;
  std::vector<double> normal_;  ///< normal quantiles of the levels
};

}  // namespace restock::forecasting
