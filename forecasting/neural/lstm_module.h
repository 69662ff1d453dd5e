// The network of lstm_network.h as a LibTorch module, with the losses it is trained by. Only training
// includes this.
#pragma once

#include <torch/torch.h>

#include <vector>

#include "forecasting/lstm_weights.h"
#include "forecasting/neural/training_data.h"

namespace restock::forecasting {

/// Laws of days: mean in units, dispersion.
struct DailyLaws {
  torch::Tensor mean, dispersion;
};

struct LstmLosses {
  torch::Tensor next_day;   ///< mean negative log likelihood of the next day, censored days included
  torch::Tensor leads;      ///< of days up to `leads` ahead
  torch::Tensor intervals;  ///< mean pinball loss of sums, in their standard deviations
  torch::Tensor squares;    ///< mean squared error of means, in units of the mean square of lag-1 differences
  DailyLaws next_day_laws;  ///< [size × evenings], without gradient
  torch::Tensor total(double squares_weight) const {
    return 0.3 * next_day + leads + 2 * intervals + squares_weight * squares;
  }
};

class LstmModule : public torch::nn::Module {
 public:
  /// `dropout` is the share of the memory's outputs that is hidden from the heads while training.
  LstmModule(const LstmParameters& parameters, double dropout, torch::Device device);

  LstmLosses losses(const TrainingBatch& batch);
  /// All weights as one flat array.
  std::vector<float> flat() const;
  /// Moves the running average of the weights towards what they are now (Polyak and Juditsky 1992).
  void update_average(double rate);
  /// Exchanges the weights and their average.
  void swap_average();

  /// The parts of a forward pass, for losses() and for tests.
  struct Forward {
    torch::Tensor h;           ///< [size × evenings × units]
    torch::Tensor base;        ///< [size × evenings × decoder]
    torch::Tensor projected;   ///< [size × (evenings + leads − 1) × decoder]
    torch::Tensor followed;    ///< [size × evenings] what the log mean takes from levels
    torch::Tensor next_phase;  ///< [size × evenings]
    torch::Tensor phases;      ///< [size × origins × leads]
    torch::Tensor embedding;   ///< [size × embedding]
    torch::Tensor scale;       ///< [size × evenings]
  };
  Forward forward(const TrainingBatch& batch);
  DailyLaws next_day(const Forward& pass);
  /// Laws of all leads seen from the evenings `origins`: [size × origins × leads].
  DailyLaws all_leads(const Forward& pass, const torch::Tensor& origins);
  /// Quantiles [size × origins × intervals × levels] of sums with the given mean and deviation.
  torch::Tensor interval_quantiles(const Forward& pass, const torch::Tensor& origins,
                                   const torch::Tensor& mean, const torch::Tensor& deviation,
                                   const torch::Tensor& interval_days);

 private:
  torch::Tensor& part(Part part) { return parts_[static_cast<std::size_t>(part)]; }
  torch::Tensor to_device(const std::vector<float>& values, torch::IntArrayRef shape) const;
  torch::Tensor to_device(const std::vector<std::int64_t>& values, torch::IntArrayRef shape) const;
  torch::Tensor embeddings(const TrainingBatch& batch);
  /// Of hidden units before the phase has its say.
  DailyLaws laws(const torch::Tensor& hidden, const torch::Tensor& phase, const torch::Tensor& followed,
                 const torch::Tensor& scale);
  torch::Tensor next_day_loss(const TrainingBatch& batch, const DailyLaws& next, const torch::Tensor& counts);
  torch::Tensor interval_loss(const TrainingBatch& batch, const Forward& pass, const torch::Tensor& origins,
                              const DailyLaws& leads, const torch::Tensor& demand,
                              const torch::Tensor& counts);

  LstmShape shape_;
  torch::Device device_;
  double dropout_;
  std::vector<torch::Tensor> parts_, average_;
  torch::Tensor lead_features_;  ///< [maximum lead × 2]
  torch::Tensor levels_;
};

/// Log probabilities of the negative binomial law; of `counts`, and that a variable is at least `bounds`.
torch::Tensor log_probability(const DailyLaws& laws, const torch::Tensor& counts);
torch::Tensor log_probability_at_least(const DailyLaws& laws, const torch::Tensor& bounds);

}  // namespace restock::forecasting
