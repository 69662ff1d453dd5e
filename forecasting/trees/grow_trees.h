// Finds the splits of decision trees: XGBoost (Chen and Guestrin 2016, KDD; C API) with histograms, given the
// gradients and curvatures of any loss. One thread and a seed: the same trees always. What the leaves say is
// up to the caller.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "forecasting/trees/tree_ensemble.h"

namespace restock::forecasting {

struct GrowthSettings {
  std::int64_t depth = 6;
  double smallest_leaf = 50;  ///< sum of curvatures
  double penalty = 1;         ///< λ: added to the sum of curvatures
  double rows = 0.7;          ///< share of the rows that a tree sees
  double columns = 0.7;       ///< share of the features that a tree sees
  bool columns_by_node = false;
  std::int64_t bins = 64;
};

class TreeGrower {
 public:
  /// rows × columns values, all finite, kept by reference.
  TreeGrower(std::span<const float> values, std::size_t columns);
  ~TreeGrower();
  TreeGrower(const TreeGrower&) = delete;
  TreeGrower& operator=(const TreeGrower&) = delete;

  std::size_t rows() const noexcept { return rows_; }
  std::size_t columns() const noexcept { return columns_; }
  std::span<const float> row(std::size_t i) const { return values_.subspan(i * columns_, columns_); }

  /// `count` trees side by side on the same gradients and curvatures [rows].
  std::vector<Tree> grow(std::vector<float>& gradients, std::vector<float>& curvatures,
                         const GrowthSettings& settings, std::size_t count, std::uint64_t seed) const;

 private:
  struct Matrix;
  std::span<const float> values_;
  std::size_t columns_, rows_;
  std::unique_ptr<Matrix> matrix_;
};

}  // namespace restock::forecasting
