#include "forecasting/trees/boosting.h"

#include <algorithm>

#include "env/core/laws/portable_math.h"

namespace restock::forecasting {

namespace {

constexpr double kWeightOfOthers = 10;  ///< in rows beyond the level

/// The quantile between order statistics; reorders.
float quantile_of(std::vector<float>& values, double level) {
  const double at = std::clamp(static_cast<double>(values.size()) * level - 0.5, 0.0,
                               static_cast<double>(values.size() - 1));
  const auto lower = static_cast<std::size_t>(at);
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(lower);
  std::nth_element(values.begin(), place, values.end());
  if (lower + 1 == values.size()) return *place;
  const float next = *std::min_element(place + 1, values.end());
  return *place + static_cast<float>(at - static_cast<double>(lower)) * (next - *place);
}

/// Rows grouped by the leaf of a tree that they fall into.
class Leaves {
 public:
  Leaves(const TreeGrower& grower, const Tree& tree) : begin_(tree.leaves + 1), of_(grower.rows()) {
    for (std::size_t i = 0; i < of_.size(); ++i) {
      of_[i] = static_cast<std::uint32_t>(tree.leaf_of(grower.row(i)));
      ++begin_[of_[i] + 1];
    }
    for (std::size_t leaf = 0; leaf < tree.leaves; ++leaf) begin_[leaf + 1] += begin_[leaf];
    rows_.resize(of_.size());
    std::vector<std::size_t> next(begin_);
    for (std::size_t i = 0; i < of_.size(); ++i) rows_[next[of_[i]]++] = static_cast<std::uint32_t>(i);
  }
  std::span<const std::uint32_t> rows(std::size_t leaf) const {
    return std::span(rows_).subspan(begin_[leaf], begin_[leaf + 1] - begin_[leaf]);
  }
  std::size_t of(std::size_t row) const { return of_[row]; }

 private:
  std::vector<std::size_t> begin_;
  std::vector<std::uint32_t> of_, rows_;
};

std::vector<float> leaf_values(const Leaves& leaves, const Tree& tree, const TreeLoss& loss,
                               std::span<const float> predictions, float rate) {
  std::vector<float> values(tree.leaves * loss.outputs());
  for (std::size_t leaf = 0; leaf < tree.leaves; ++leaf) {
    const auto rows = leaves.rows(leaf);
    if (!rows.empty())
      loss.leaf(rows, predictions, std::span(values).subspan(leaf * loss.outputs(), loss.outputs()));
  }
  for (float& value : values) value *= rate;
  return values;
}

std::vector<float> starting(const TreeGrower& grower, const std::vector<float>& start) {
  std::vector<float> predictions;
  for (std::size_t i = 0; i < grower.rows(); ++i)
    predictions.insert(predictions.end(), start.begin(), start.end());
  return predictions;
}

}  // namespace

SquaredLoss::SquaredLoss(std::span<const float> targets, std::span<const float> weights, double penalty)
    : targets_(targets), weights_(weights), penalty_(penalty) {}

std::vector<float> SquaredLoss::start() const {
  double sum = 0, weight = 0;
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    sum += static_cast<double>(weights_[i]) * static_cast<double>(targets_[i]);
    weight += static_cast<double>(weights_[i]);
  }
  return {weight > 0 ? static_cast<float>(sum / weight) : 1.0F};
}

void SquaredLoss::gradients(std::size_t, std::span<const float> predictions, std::vector<float>& gradients,
                            std::vector<float>& curvatures) const {
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    gradients[i] = weights_[i] * (predictions[i] - targets_[i]);
    curvatures[i] = weights_[i];
  }
}

void SquaredLoss::leaf(std::span<const std::uint32_t> rows, std::span<const float> predictions,
                       std::span<float> out) const {
  double sum = 0, weight = penalty_;
  for (const std::uint32_t i : rows) {
    sum += static_cast<double>(weights_[i]) * static_cast<double>(targets_[i] - predictions[i]);
    weight += static_cast<double>(weights_[i]);
  }
  out[0] = weight > 0 ? static_cast<float>(sum / weight) : 0.0F;
}

QuantileLoss::QuantileLoss(std::span<const float> targets, std::span<const double> levels, double repeats)
    : targets_(targets), levels_(levels), repeats_(repeats) {}

std::vector<float> QuantileLoss::start() const {
  std::vector<float> sample(targets_.begin(), targets_.end()), start;
  for (const double level : levels_)
    start.push_back(sample.empty() ? static_cast<float>(portable::normal_quantile(level))
                                   : quantile_of(sample, level));
  return start;
}

void QuantileLoss::gradients(std::size_t round, std::span<const float> predictions,
                             std::vector<float>& gradients, std::vector<float>& curvatures) const {
  const std::size_t k = round % levels_.size();
  const auto level = static_cast<float>(levels_[k]);
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    gradients[i] = (targets_[i] < predictions[i * levels_.size() + k] ? 1.0F : 0.0F) - level;
    curvatures[i] = 1;
  }
}

void QuantileLoss::leaf(std::span<const std::uint32_t> rows, std::span<const float> predictions,
                        std::span<float> out) const {
  std::vector<float> left(rows.size());
  for (std::size_t k = 0; k < levels_.size(); ++k) {
    for (std::size_t i = 0; i < rows.size(); ++i)
      left[i] = targets_[rows[i]] - predictions[rows[i] * levels_.size() + k];
    const double beyond = static_cast<double>(rows.size()) / repeats_ * std::min(levels_[k], 1 - levels_[k]);
    out[k] = static_cast<float>(beyond / (beyond + kWeightOfOthers)) * quantile_of(left, levels_[k]);
  }
}

TreeEnsemble boost(const TreeGrower& grower, const TreeLoss& loss, const BoostingSettings& settings) {
  TreeEnsemble ensemble(grower.columns(), loss.start());
  if (grower.rows() == 0) return ensemble;
  std::vector<float> predictions = starting(grower, loss.start());
  std::vector<float> gradients(grower.rows()), curvatures(grower.rows());
  const std::size_t outputs = loss.outputs();
  for (std::size_t round = 0; round < settings.rounds; ++round) {
    loss.gradients(round, predictions, gradients, curvatures);
    const Tree tree =
        grower.grow(gradients, curvatures, settings.growth, 1, settings.seed * 100'000 + round).front();
    const Leaves leaves(grower, tree);
    const std::vector<float> values = leaf_values(leaves, tree, loss, predictions, settings.rate);
    for (std::size_t i = 0; i < grower.rows(); ++i) {
      for (std::size_t k = 0; k < outputs; ++k)
        predictions[i * outputs + k] += values[leaves.of(i) * outputs + k];
    }
    ensemble.add(tree, values);
  }
  return ensemble;
}

TreeEnsemble grow_forest(const TreeGrower& grower, const TreeLoss& loss, const GrowthSettings& growth,
                         std::size_t trees, std::uint64_t seed) {
  TreeEnsemble ensemble(grower.columns(), loss.start());
  if (grower.rows() == 0) return ensemble;
  const std::vector<float> predictions = starting(grower, loss.start());
  std::vector<float> gradients(grower.rows()), curvatures(grower.rows());
  loss.gradients(0, predictions, gradients, curvatures);
  for (const Tree& tree : grower.grow(gradients, curvatures, growth, trees, seed))
    ensemble.add(tree,
                 leaf_values(Leaves(grower, tree), tree, loss, predictions, 1 / static_cast<float>(trees)));
  return ensemble;
}

}  // namespace restock::forecasting
