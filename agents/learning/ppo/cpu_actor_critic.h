// Actor and critic on the CPU: forward and backward in chunks that stay in the cache, one flat gradient, one
// Adam.
#pragma once

#include "agents/learning/backend.h"
#include "agents/learning/network/adam.h"

namespace restock::learning {

class CpuActorCritic final : public ActorCritic {
 public:
  CpuActorCritic(const ActorCriticShape& shape, std::span<const float> parameters);

  void evaluate(std::span<const float> observations, std::span<float> logits,
                std::span<float> values) override;
  void evaluate_values(std::span<const float> observations, std::span<float> values) override;
  PpoStatistics learn(const PpoSamples& samples, std::span<const std::int32_t> order, int minibatch,
                      const PpoLossOptions& loss, const OptimiserStep& step) override;
  void copy_parameters(std::vector<float>& parameters) const override;
  void save(ByteWriter& writer) const override;
  void load(ByteReader& reader) override;

  /// Adds the gradient of one minibatch's loss; for tests against autograd.
  PpoLossSums accumulate(const PpoSamples& samples, std::span<const std::int32_t> indices,
                         const PpoLossOptions& loss);
  std::span<const float> gradient() const noexcept { return gradient_; }

 private:
  /// Copies of the samples of one chunk, side by side.
  struct Chunk {
    AlignedFloats observations;
    std::vector<std::uint8_t> masks;
    std::vector<std::int32_t> taken;
    std::vector<float> old_log_probabilities, advantages, value_targets;
  };
  /// Mean and 1 / deviation of the advantages of rows with a choice, and their number.
  struct AdvantageScale {
    float mean = 0, factor = 0;
    int choices = 0;
  };
  AdvantageScale scale_of(const PpoSamples& samples, std::span<const std::int32_t> indices) const;
  void gather(const PpoSamples& samples, std::span<const std::int32_t> indices, const AdvantageScale& scale);
  PpoLossSums add_chunk(int rows, const PpoLossOptions& loss, float choice_share, float row_share);

  Mlp actor_, critic_;
  MlpWorkspace actor_workspace_, critic_workspace_;
  AlignedFloats parameters_, gradient_;
  AlignedFloats logits_, logit_gradient_, value_gradient_;
  Adam adam_;
  Chunk chunk_;
};

}  // namespace restock::learning
