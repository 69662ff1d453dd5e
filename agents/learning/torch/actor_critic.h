// Actor and critic through LibTorch. Internal to this folder.
#pragma once

#include "agents/learning/torch/tensors.h"

namespace restock::learning {

class TorchActorCritic final : public ActorCritic {
 public:
  TorchActorCritic(const ActorCriticShape& shape, std::span<const float> parameters, at::Device device);

  void evaluate(std::span<const float> observations, std::span<float> logits,
                std::span<float> values) override;
  void evaluate_values(std::span<const float> observations, std::span<float> values) override;
  PpoStatistics learn(const PpoSamples& samples, std::span<const std::int32_t> order, int minibatch,
                      const PpoLossOptions& loss, const OptimiserStep& step) override;
  void copy_parameters(std::vector<float>& parameters) const override;
  void save(ByteWriter& writer) const override;
  void load(ByteReader& reader) override;

 private:
  at::Device device_;
  ActorCriticShape shape_;
  Mlp actor_, critic_;
  at::Tensor parameters_;
  tensors::FlatAdam adam_;
};

}  // namespace restock::learning
