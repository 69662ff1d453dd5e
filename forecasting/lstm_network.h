// The network of the LSTM forecaster, ready to be evaluated. One step takes in what was observed on a day;
// two heads look ahead from any memory.
//
//   observed:  x = [log(1 + y/scale), stocked out, log(fast + .05), log(slow + .05), known inputs of that
//   day]
//              (fast, slow: exponential averages of y/scale over about 10 and 45 days)
//              h, c = LSTM(x, e; h, c), e the embedding of the series
//   daily law: of the day j days ahead, z = relu(W_h h + W_l levels + W_k known(day) + W_j [log j, 1/j] + W_e
//   e);
//              log(mean/scale) = w·z + skip·levels, log(dispersion) = v·z: negative binomial
//   interval:  of the sum over d days, M = Σ means, V = Σ variances, r = relu(W_h h + W_f [log(1 + M),
//   log(√V/M), log d]
//              + W_e e); quantiles M·sigmoid(p_0) + √V·Σ squareplus(p_k): they cannot cross.
//
// Sources: Hochreiter and Schmidhuber 1997 (LSTM); Salinas et al. 2020 (global model, negative binomial,
// scaling); Wen et al. 2017, arXiv:1711.11053 (several horizons at once, quantiles); Gasthaus et al. 2019
// (quantiles by increments).
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "forecasting/known_inputs.h"
#include "forecasting/level_grid.h"
#include "forecasting/lstm_kernels.h"
#include "forecasting/lstm_weights.h"
#include "forecasting/negative_binomial.h"

namespace restock::forecasting {

/// Everything a trained forecaster consists of.
struct LstmParameters {
  std::vector<std::string> ids;
  std::vector<float> sales_scale;  ///< [series] mean daily sales
  std::vector<CovariateScaling> covariates;
  std::vector<double> levels;
  std::size_t maximum_lead = 28;
  LstmWeights weights;
};

/// Bounds of what the heads may say, the same in training.
inline constexpr float kLowestLogMean = -8, kHighestLogMean = 4;
inline constexpr float kLowestLogDispersion = -7, kHighestLogDispersion = 2.5F;

/// What the heads are told of a number of days ahead.
using LeadFeature = std::array<float, 2>;
LeadFeature lead_feature(std::size_t days, std::size_t maximum_lead);

/// Exponential averages of y/scale, which the network reads beside the last day.
struct SalesLevels {
  static constexpr float kFastRate = 0.1F, kSlowRate = 0.022F, kFloor = 0.05F;
  float fast = 1, slow = 1;

  /// A day that ended with an empty shelf never lowers a level.
  void observe(float scaled_sales, bool stocked_out) noexcept {
    fast += kFastRate * ((stocked_out && scaled_sales < fast ? fast : scaled_sales) - fast);
    slow += kSlowRate * ((stocked_out && scaled_sales < slow ? slow : scaled_sales) - slow);
  }
  float log_fast() const noexcept { return logarithm(fast + kFloor); }
  float log_slow() const noexcept { return logarithm(slow + kFloor); }
};

/// Weights with columns padded to full lanes, and biases that hold the embeddings of all series.
class LstmNetwork {
 public:
  explicit LstmNetwork(const LstmParameters& parameters);

  std::size_t units() const noexcept { return shape_.units; }
  /// h, c, fast, slow.
  std::size_t memory_size() const noexcept { return 2 * shape_.units + 2; }
  std::size_t inputs() const noexcept { return shape_.inputs(); }
  std::size_t decoder() const noexcept { return decoder_; }
  std::size_t interval() const noexcept { return interval_; }
  std::size_t gates() const noexcept { return gates_; }

  /// One day for n ≤ kChunk rows: x[n × inputs] and memory[n × memory_size]; rows[n] in the model.
  void step(std::span<const std::size_t> rows, const float* x, float* memory) const;
  /// What the daily law says of a memory before any day is named: base[n × decoder].
  void decoder_base(std::span<const std::size_t> rows, const float* memory, float* base) const;
  /// The part of the daily law that depends on the known inputs of a day: out[decoder].
  void project_known(std::span<const float> known, float* out) const;
  /// How far the log mean follows the levels of a memory, whatever the day.
  float followed(const float* memory) const;
  /// Law of a day `lead` ≥ 1 days ahead, mean relative to the scale of the series.
  NegativeBinomial daily(const float* base, const float* known_projection, std::size_t lead,
                         float followed) const;
  /// Quantile grid [levels] of sums; feature[n × 3], mean[n] and deviation[n] of the sums, grid[n ×
  /// padded(levels)].
  void interval_quantiles(std::span<const std::size_t> rows, const float* memory, const float* feature,
                          const float* mean, const float* deviation, float* grid) const;
  float log_days(std::size_t days) const { return lead_feature_[std::min(days, lead_feature_.size()) - 1]; }

  static constexpr std::size_t kChunk = 64;

 private:
  LstmShape shape_;
  std::size_t gates_, decoder_, interval_, levels_;
  std::vector<float> input_, recurrent_, gate_bias_;
  std::vector<float> decoder_state_, decoder_level_, decoder_known_, decoder_bias_, lead_, lead_feature_;
  std::vector<float> mean_output_, dispersion_output_;
  std::vector<float> interval_state_, interval_feature_, interval_bias_, interval_output_,
      interval_output_bias_;
  float output_bias_[2], skip_[2];
};

}  // namespace restock::forecasting
