// The network of the LSTM forecaster, ready to be evaluated. One step takes in what was observed on a day;
// two heads look ahead from any memory.
//
//   observed:  x = [log(1 + y/scale), y > 0, known, stocked out, levels, phase(next), known inputs of that
//              day], the scale being the series' own level of the last weeks (series_levels.h)
//              h, c = LSTM(x, e; h, c), e the embeddings of the series and its categories
//   daily law: of the day j days ahead, z = relu(W_h h + W_l levels + W_p phase(day) + W_k known(day)
//              + W_j [log j, 1/j] + W_e e);
//              log(mean/scale) = w·z + skip·[levels, phase(day)], log(dispersion) = v·z: negative binomial
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
#include "forecasting/pooled/feature_settings.h"
#include "forecasting/series_identity.h"
#include "forecasting/series_levels.h"

namespace restock::forecasting {

/// Everything a trained forecaster consists of.
struct LstmParameters {
  Acquaintances known;
  FeatureSettings settings;  ///< the calendar, covariates, and what each series sells
  float typical_sales = 1;   ///< a step, of the series in the middle
  std::vector<double> levels;
  std::size_t maximum_lead = 28;
  LstmWeights weights;
};

/// Bounds of what the heads may say, the same in training.
inline constexpr float kLowestLogMean = -8, kHighestLogMean = 4;
inline constexpr float kLowestLogDispersion = -7, kHighestLogDispersion = 2.5F;

/// Phases of the longest season.
inline constexpr std::size_t kMostPhases = 12;

/// What the heads are told of a number of days ahead.
using LeadFeature = std::array<float, 2>;
LeadFeature lead_feature(std::size_t days, std::size_t maximum_lead);

/// What the embeddings of some series add to the biases of the layers: [series × padded columns] each.
struct SeriesBiases {
  std::vector<float> gates, decoder, interval;
};

/// Weights with columns padded to full lanes. Rows of a batch are rows of the biases that come with them.
class LstmNetwork {
 public:
  explicit LstmNetwork(const LstmParameters& parameters);

  std::size_t units() const noexcept { return shape_.units; }
  const SeriesLevels& levels() const noexcept { return series_levels_; }
  /// h, c, levels.
  std::size_t memory_size() const noexcept { return 2 * shape_.units + series_levels_.size(); }
  const float* levels_in(const float* memory) const { return memory + 2 * shape_.units; }
  float* levels_in(float* memory) const { return memory + 2 * shape_.units; }
  SeriesBiases biases_of(std::span<const SeriesIdentity> series) const;
  std::size_t inputs() const noexcept { return shape_.inputs(); }
  std::size_t decoder() const noexcept { return decoder_; }
  std::size_t interval() const noexcept { return interval_; }
  std::size_t gates() const noexcept { return gates_; }

  /// One day for n ≤ kChunk rows: x[n × inputs] and memory[n × memory_size].
  void step(const SeriesBiases& biases, std::span<const std::int32_t> rows, const float* x,
            float* memory) const;
  /// What the daily law says of a memory before any day is named: base[n × decoder].
  void decoder_base(const SeriesBiases& biases, std::span<const std::int32_t> rows, const float* memory,
                    float* base) const;
  /// The part of the daily law that depends on the known inputs of a day: out[decoder].
  void project_known(std::span<const float> known, float* out) const;
  /// What the daily law takes from the levels of a memory: the scale, how far the log mean follows the
  /// levels whatever the day, and the features of the phases.
  struct Followed {
    float scale, levels;
    std::array<float, kMostPhases> phases;
  };
  /// Phases of the `days` days from one of `first_phase` on; others are 0.
  Followed followed(const float* memory, std::size_t first_phase, std::size_t days) const;
  /// Law of a day `lead` ≥ 1 days ahead that has this phase.
  NegativeBinomial daily(const float* base, const float* known_projection, std::size_t lead,
                         std::size_t phase, const Followed& followed) const;
  /// Quantile grid [levels] of sums; feature[n × 3], mean[n] and deviation[n] of the sums, grid[n ×
  /// padded(levels)].
  void interval_quantiles(const SeriesBiases& biases, std::span<const std::int32_t> rows, const float* memory,
                          const float* feature, const float* mean, const float* deviation, float* grid) const;
  float log_days(std::size_t days) const { return lead_feature_[std::min(days, lead_feature_.size()) - 1]; }

  static constexpr std::size_t kChunk = 64;

 private:
  LstmShape shape_;
  SeriesLevels series_levels_;
  LstmWeights weights_;
  std::size_t gates_, decoder_, interval_, levels_;
  std::vector<float> input_, recurrent_;
  std::vector<float> decoder_state_, decoder_level_, decoder_known_, decoder_phase_, lead_, lead_feature_;
  std::vector<float> mean_output_, dispersion_output_;
  std::vector<float> interval_state_, interval_feature_, interval_output_, interval_output_bias_;
  std::array<float, 2> output_bias_;
  std::array<float, SeriesLevels::kLevels + 1> skip_;
};

}  // namespace restock::forecasting
