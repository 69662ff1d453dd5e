#include "forecasting/trees/tree_ensemble.h"

#include <algorithm>
#include <cmath>

namespace restock::forecasting {

namespace {

constexpr std::int64_t kLargestCount = 1 << 24;  // whole numbers that a float holds exactly

template <class Field>
std::vector<float> column_of(const std::vector<TreeNode>& nodes, Field TreeNode::*field) {
  std::vector<float> values;
  for (const TreeNode& node : nodes) values.push_back(static_cast<float>(node.*field));
  return values;
}

/// Whole numbers from `minimum` to below `end`.
std::vector<std::int32_t> whole_numbers(const TensorFile& file, const std::string& name, std::size_t count,
                                        float minimum, std::size_t end) {
  std::vector<std::int32_t> numbers;
  for (const float value : file.get(name, {count})) {
    if (value != std::floor(value) || value < minimum || value >= static_cast<float>(end))
      file.fail("tensor '" + name + "' holds what is none of its numbers");
    numbers.push_back(static_cast<std::int32_t>(value));
  }
  return numbers;
}

const TreeNode& descend(std::span<const TreeNode> nodes, std::size_t at, std::span<const float> row) {
  const TreeNode* node = &nodes[at];
  while (node->feature >= 0) {
    const bool left = row[static_cast<std::size_t>(node->feature)] < node->threshold;
    node = &nodes[static_cast<std::size_t>(left ? node->left : node->right)];
  }
  return *node;
}

}  // namespace

std::size_t Tree::leaf_of(std::span<const float> row) const {
  return static_cast<std::size_t>(descend(nodes, 0, row).left);
}

void TreeEnsemble::add(const Tree& tree, std::span<const float> values) {
  const auto first = static_cast<std::int32_t>(nodes_.size());
  roots_.push_back(first);
  for (TreeNode node : tree.nodes) {
    if (node.feature >= 0) {
      node.left += first, node.right += first;
    } else {
      node.left =
          node.left * static_cast<std::int32_t>(outputs()) + static_cast<std::int32_t>(values_.size());
    }
    nodes_.push_back(node);
  }
  values_.insert(values_.end(), values.begin(), values.end());
}

TreeEnsemble TreeEnsemble::mean_of(std::span<const TreeEnsemble> ensembles) {
  TreeEnsemble mean(ensembles.front().columns(), std::vector<float>(ensembles.front().outputs()));
  const float share = 1 / static_cast<float>(ensembles.size());
  for (const TreeEnsemble& one : ensembles) {
    const auto nodes = static_cast<std::int32_t>(mean.nodes_.size());
    const auto values = static_cast<std::int32_t>(mean.values_.size());
    for (std::size_t k = 0; k < mean.start_.size(); ++k) mean.start_[k] += share * one.start_[k];
    for (const std::int32_t root : one.roots_) mean.roots_.push_back(root + nodes);
    for (TreeNode node : one.nodes_) {
      node.left += node.feature >= 0 ? nodes : values;
      node.right += node.feature >= 0 ? nodes : 0;
      mean.nodes_.push_back(node);
    }
    for (const float value : one.values_) mean.values_.push_back(share * value);
  }
  return mean;
}

void TreeEnsemble::evaluate(std::span<const float> row, std::span<float> out) const {
  std::copy(start_.begin(), start_.end(), out.begin());
  for (const std::int32_t root : roots_) {
    const TreeNode& leaf = descend(nodes_, static_cast<std::size_t>(root), row);
    const float* values = values_.data() + leaf.left;
    for (std::size_t k = 0; k < start_.size(); ++k) out[k] += values[k];
  }
}

void TreeEnsemble::save(TensorFile& file, const std::string& prefix) const {
  file.set_number(prefix + "trees", static_cast<std::int64_t>(roots_.size()));
  file.set_number(prefix + "nodes", static_cast<std::int64_t>(nodes_.size()));
  file.set_number(prefix + "values", static_cast<std::int64_t>(values_.size()));
  file.set(prefix + "start", {start_.size()}, start_);
  file.set(prefix + "root", {roots_.size()}, {roots_.begin(), roots_.end()});
  file.set(prefix + "feature", {nodes_.size()}, column_of(nodes_, &TreeNode::feature));
  file.set(prefix + "threshold", {nodes_.size()}, column_of(nodes_, &TreeNode::threshold));
  file.set(prefix + "left", {nodes_.size()}, column_of(nodes_, &TreeNode::left));
  file.set(prefix + "right", {nodes_.size()}, column_of(nodes_, &TreeNode::right));
  file.set(prefix + "value", {values_.size()}, values_);
}

TreeEnsemble TreeEnsemble::load(const TensorFile& file, const std::string& prefix, std::size_t columns,
                                std::size_t outputs) {
  const auto count = [&](const char* name) {
    return static_cast<std::size_t>(file.number(prefix + name, 0, kLargestCount));
  };
  const std::size_t nodes = count("nodes"), values = count("values");
  TreeEnsemble ensemble(columns, file.get(prefix + "start", {outputs}));
  ensemble.roots_ = whole_numbers(file, prefix + "root", count("trees"), 0, nodes);
  ensemble.values_ = file.get(prefix + "value", {values});
  const auto features = whole_numbers(file, prefix + "feature", nodes, -1, columns);
  const auto left = whole_numbers(file, prefix + "left", nodes, 0, std::max(nodes, values));
  const auto right = whole_numbers(file, prefix + "right", nodes, 0, nodes);
  const std::vector<float>& thresholds = file.get(prefix + "threshold", {nodes});
  for (std::size_t i = 0; i < nodes; ++i)
    ensemble.nodes_.push_back({features[i], thresholds[i], left[i], right[i]});
  ensemble.check(file);
  return ensemble;
}

/// Children come after their parent, so that every descent ends, and leaves have their values.
void TreeEnsemble::check(const TensorFile& file) const {
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const TreeNode& node = nodes_[i];
    const auto left = static_cast<std::size_t>(node.left), right = static_cast<std::size_t>(node.right);
    const bool right_place = node.feature < 0
                                 ? left + outputs() <= values_.size()
                                 : left > i && right > i && left < nodes_.size() && right < nodes_.size();
    if (!right_place) file.fail("a tree has a node that leads nowhere");
  }
}

}  // namespace restock::forecasting
