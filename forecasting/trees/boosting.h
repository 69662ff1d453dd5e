// Trees against a loss. Boosting (Friedman 2001, Annals of Statistics 29(5)): each tree is grown on the
// gradient of the loss at what the trees before it say, and its leaves take what lessens the loss of their
// rows most, times the learning rate. A forest (Breiman 2001, Machine Learning 45(1)): many deep trees on
// samples, averaged.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "forecasting/trees/grow_trees.h"

namespace restock::forecasting {

/// A loss over rows whose predictions have one or more outputs.
class TreeLoss {
 public:
  virtual ~TreeLoss() = default;
  virtual std::size_t outputs() const = 0;
  /// What the ensemble starts from; without rows: 1 for a mean, the normal law for quantiles.
  virtual std::vector<float> start() const = 0;
  /// Of every row, in round `round`. predictions[rows × outputs].
  virtual void gradients(std::size_t round, std::span<const float> predictions, std::vector<float>& gradients,
                         std::vector<float>& curvatures) const = 0;
  /// What is best added to the predictions of these rows: out[outputs].
  virtual void leaf(std::span<const std::uint32_t> rows, std::span<const float> predictions,
                    std::span<float> out) const = 0;
};

/// Σ w (r − f)² / 2, leaves shrunk by λ.
class SquaredLoss final : public TreeLoss {
 public:
  /// Both are kept by reference.
  SquaredLoss(std::span<const float> targets, std::span<const float> weights, double penalty);
  std::size_t outputs() const override { return 1; }
  std::vector<float> start() const override;
  void gradients(std::size_t round, std::span<const float> predictions, std::vector<float>& gradients,
                 std::vector<float>& curvatures) const override;
  void leaf(std::span<const std::uint32_t> rows, std::span<const float> predictions,
            std::span<float> out) const override;

 private:
  std::span<const float> targets_, weights_;
  double penalty_;
};

/// Σ pinball over several levels at once, one output each. Trees are grown on the levels in turn (the
/// gradient of one level alone is blind to the rest of the law); their leaves take the quantiles of what is
/// left at every level.
class QuantileLoss final : public TreeLoss {
 public:
  /// Both are kept by reference. `repeats`: rows that say about the same.
  QuantileLoss(std::span<const float> targets, std::span<const double> levels, double repeats = 1);
  std::size_t outputs() const override { return levels_.size(); }
  std::vector<float> start() const override;
  void gradients(std::size_t round, std::span<const float> predictions, std::vector<float>& gradients,
                 std::vector<float>& curvatures) const override;
  void leaf(std::span<const std::uint32_t> rows, std::span<const float> predictions,
            std::span<float> out) const override;

 private:
  std::span<const float> targets_;
  std::span<const double> levels_;
  double repeats_;
};

struct BoostingSettings {
  GrowthSettings growth;
  std::size_t rounds = 200;
  float rate = 0.1F;
  std::uint64_t seed = 1;
};
TreeEnsemble boost(const TreeGrower& grower, const TreeLoss& loss, const BoostingSettings& settings);

/// `trees` of them, averaged. Leaves speak for all rows, not only for the sample that grew the tree.
TreeEnsemble grow_forest(const TreeGrower& grower, const TreeLoss& loss, const GrowthSettings& growth,
                         std::size_t trees, std::uint64_t seed);

}  // namespace restock::forecasting
