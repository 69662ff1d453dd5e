// Online and target network through LibTorch. Internal to this folder.
#pragma once

#include "agents/learning/torch/tensors.h"

namespace restock::learning {

class TorchQNetwork final : public QNetwork {
 public:
  TorchQNetwork(const MlpShape& shape, bool dueling, std::span<const float> parameters, at::Device device);

  void evaluate(std::span<const float> observations, std::span<float> preferences) override;
  void learn(const DqnSamples& samples, const DqnLossOptions& loss, const OptimiserStep& step,
             const FollowerRates& rates) override;
  DqnStatistics take_statistics() override;
  void copy_average_parameters(std::vector<float>& parameters) const override;
  void save(ByteWriter& writer) const override;
  void load(ByteReader& reader) override;

 private:
  at::Device device_;
  Mlp mlp_;
  bool dueling_;
  at::Tensor parameters_, target_, average_;
  tensors::FlatAdam adam_;
  at::Tensor sums_;  ///< loss, mean value, gradient norm
  int updates_ = 0;
};

}  // namespace restock::learning
