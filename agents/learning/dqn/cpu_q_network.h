// Online and target network on the CPU: three forwards and one backward an update, in chunks that stay in the
// cache.
#pragma once

#include "agents/learning/backend.h"
#include "agents/learning/network/adam.h"

namespace restock::learning {

class CpuQNetwork final : public QNetwork {
 public:
  /// shape.outputs: the actions, and one more (the state's value) where dueling.
  CpuQNetwork(const MlpShape& shape, bool dueling, std::span<const float> parameters);

  void evaluate(std::span<const float> observations, std::span<float> preferences) override;
  void learn(const DqnSamples& samples, const DqnLossOptions& loss, const OptimiserStep& step,
             const FollowerRates& rates) override;
  DqnStatistics take_statistics() override;
  void copy_average_parameters(std::vector<float>& parameters) const override;
  void save(ByteWriter& writer) const override;
  void load(ByteReader& reader) override;

  /// Adds the gradient of the loss of these samples; for tests against autograd.
  DqnStatistics accumulate(const DqnSamples& samples, const DqnLossOptions& loss);
  std::span<const float> gradient() const noexcept { return gradient_; }
  std::span<const float> targets() const noexcept { return targets_; }

 private:
  const float* values(const AlignedFloats& parameters, const float* observations, int rows,
                      MlpWorkspace& workspace);
  void find_targets(const DqnSamples& samples, std::size_t first, int rows, bool double_targets);

  Mlp mlp_;
  bool dueling_;
  int actions_;
  MlpWorkspace workspace_, next_workspace_;
  AlignedFloats parameters_, target_parameters_, average_parameters_, gradient_;
  AlignedFloats head_gradient_;
  AlignedFloats next_values_;   ///< of the online network
  std::vector<float> targets_;  ///< of the latest chunk
  Adam adam_;
  DqnStatistics sums_;
  int updates_ = 0;
};

}  // namespace restock::learning
