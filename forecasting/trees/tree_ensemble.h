// Decision trees that add up: each sends a row of features to one of its leaves, and what stands there (one
// number or several, such as one for each quantile level) is added to where the ensemble starts. Flat arrays,
// evaluated without any library; saved as tensors, of which nothing is trusted when they are read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "forecasting/tensor_file.h"

namespace restock::forecasting {

/// Rows whose feature is less than the threshold go left, all others right. Children come after their parent.
struct TreeNode {
  std::int32_t feature = -1;  ///< −1: a leaf
  float threshold = 0;
  std::int32_t left = 0, right = 0;  ///< of a leaf: `left` is its number in the tree
};

struct Tree {
  std::vector<TreeNode> nodes;  ///< the first is the root
  std::size_t leaves = 0;
  /// Number of the leaf of a row.
  std::size_t leaf_of(std::span<const float> row) const;
};

class TreeEnsemble {
 public:
  TreeEnsemble() = default;
  /// Starts as this sum, without a tree.
  TreeEnsemble(std::size_t columns, std::vector<float> start) : columns_(columns), start_(std::move(start)) {}
  /// values[leaves × outputs].
  void add(const Tree& tree, std::span<const float> values);

  /// The mean of ensembles of the same columns and outputs, at least one.
  static TreeEnsemble mean_of(std::span<const TreeEnsemble> ensembles);

  std::size_t columns() const noexcept { return columns_; }
  std::size_t outputs() const noexcept { return start_.size(); }
  std::size_t trees() const noexcept { return roots_.size(); }
  /// out[outputs].
  void evaluate(std::span<const float> row, std::span<float> out) const;

  void save(TensorFile& file, const std::string& prefix) const;
  /// Throws InputError where it is none of so many columns and outputs.
  static TreeEnsemble load(const TensorFile& file, const std::string& prefix, std::size_t columns,
                           std::size_t outputs);

 private:
  void check(const TensorFile& file) const;

  std::size_t columns_ = 0;
  std::vector<float> start_;
  std::vector<std::int32_t> roots_;
  std::vector<TreeNode> nodes_;  ///< of all trees; of a leaf, `left` is where its values begin
  std::vector<float> values_;
};

}  // namespace restock::forecasting
