#include "forecasting/lstm_network.h"

#include <algorithm>
#include <cmath>

#include "env/core/check.h"

namespace restock::forecasting {

namespace {

/// A part with its columns padded by zeros.
std::vector<float> padded_part(const LstmWeights& weights, Part part) {
  const PartLayout layout = layout_of(weights.shape)[static_cast<std::size_t>(part)];
  const std::size_t width = padded(layout.columns);
  const auto from = weights.part(part);
  std::vector<float> to(layout.rows * width, 0.0F);
  for (std::size_t r = 0; r < layout.rows; ++r) {
    std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(r * layout.columns), layout.columns,
                to.begin() + static_cast<std::ptrdiff_t>(r * width));
  }
  return to;
}

/// [series × embedding]: of the series itself, then of each of its categories.
std::vector<float> embeddings_of(const LstmWeights& weights, std::span<const SeriesIdentity> series) {
  const std::size_t item = weights.shape.item;
  std::vector<float> all;
  for (const SeriesIdentity& one : series) {
    const auto own = weights.part(Part::item_embedding).subspan(one.series * item, item);
    all.insert(all.end(), own.begin(), own.end());
    for (const std::size_t row : one.categories) {
      const auto category =
          weights.part(Part::category_embedding).subspan(row * LstmShape::kCategory, LstmShape::kCategory);
      all.insert(all.end(), category.begin(), category.end());
    }
  }
  return all;
}

/// The bias of each series: the common one and what its embeddings add. [series × padded columns]
std::vector<float> biases(const LstmWeights& weights, Part bias, Part by_embedding,
                          const std::vector<float>& embeddings, std::size_t series) {
  const std::vector<float> common = padded_part(weights, bias);
  const std::vector<float> matrix = padded_part(weights, by_embedding);
  const std::size_t width = weights.shape.embedding();
  std::vector<float> all;
  for (std::size_t s = 0; s < series; ++s) all.insert(all.end(), common.begin(), common.end());
  add_product(series, width, common.size(), embeddings.data(), width, matrix.data(), all.data(),
              common.size());
  return all;
}

/// A column of a matrix with two, padded.
std::vector<float> column_of_two(std::span<const float> matrix, std::size_t column) {
  std::vector<float> values(padded(matrix.size() / 2), 0.0F);
  for (std::size_t i = 0; i < matrix.size() / 2; ++i) values[i] = matrix[2 * i + column];
  return values;
}

void copy_bias(std::span<const std::int32_t> rows, const std::vector<float>& bias, std::size_t width,
               float* out) {
  for (std::size_t i = 0; i < rows.size(); ++i)
    std::copy_n(bias.data() + static_cast<std::size_t>(rows[i]) * width, width, out + i * width);
}

/// Room for one chunk's values, kept by each thread.
float* scratch(std::size_t size) {
  thread_local std::vector<float> room;
  if (room.size() < size) room.resize(size);
  return room.data();
}

}  // namespace

LeadFeature lead_feature(std::size_t days, std::size_t maximum_lead) {
  const auto number = static_cast<float>(days);
  return {logarithm(number) / logarithm(static_cast<float>(maximum_lead) + 1), 1 / number};
}

LstmNetwork::LstmNetwork(const LstmParameters& parameters)
    : shape_(parameters.weights.shape),
      series_levels_(parameters.settings.frequency, parameters.typical_sales),
      weights_(parameters.weights),
      gates_(padded(4 * shape_.units)),
      decoder_(padded(shape_.decoder)),
      interval_(padded(shape_.interval)),
      levels_(padded(shape_.levels)) {
  const LstmWeights& w = weights_;
  input_ = padded_part(w, Part::input);
  recurrent_ = padded_part(w, Part::recurrent);
  decoder_state_ = padded_part(w, Part::decoder_state);
  decoder_level_ = padded_part(w, Part::decoder_level);
  decoder_known_ = padded_part(w, Part::decoder_known);
  decoder_phase_ = padded_part(w, Part::decoder_phase);
  mean_output_ = column_of_two(w.part(Part::decoder_output), 0);
  dispersion_output_ = column_of_two(w.part(Part::decoder_output), 1);
  interval_state_ = padded_part(w, Part::interval_state);
  interval_feature_ = padded_part(w, Part::interval_feature);
  interval_output_ = padded_part(w, Part::interval_output);
  interval_output_bias_ = padded_part(w, Part::interval_output_bias);
  std::copy_n(w.part(Part::decoder_output_bias).begin(), output_bias_.size(), output_bias_.begin());
  std::copy_n(w.part(Part::level_skip).begin(), skip_.size(), skip_.begin());
  const std::vector<float> lead_weights = padded_part(w, Part::decoder_lead);
  lead_.assign(parameters.maximum_lead * decoder_, 0.0F);
  for (std::size_t j = 1; j <= parameters.maximum_lead; ++j) {
    const LeadFeature feature = lead_feature(j, parameters.maximum_lead);
    lead_feature_.push_back(feature[0]);
    add_product(1, 2, decoder_, feature.data(), 2, lead_weights.data(), lead_.data() + (j - 1) * decoder_,
                decoder_);
  }
}

SeriesBiases LstmNetwork::biases_of(std::span<const SeriesIdentity> series) const {
  const std::vector<float> embeddings = embeddings_of(weights_, series);
  const std::size_t n = series.size();
  return {biases(weights_, Part::bias, Part::input_embedding, embeddings, n),
          biases(weights_, Part::decoder_bias, Part::decoder_embedding, embeddings, n),
          biases(weights_, Part::interval_bias, Part::interval_embedding, embeddings, n)};
}

void LstmNetwork::step(const SeriesBiases& biases, std::span<const std::int32_t> rows, const float* x,
                       float* memory) const {
  const std::size_t n = rows.size();
  float* gates = scratch(kChunk * gates_);
  copy_bias(rows, biases.gates, gates_, gates);
  add_product(n, shape_.inputs(), gates_, x, shape_.inputs(), input_.data(), gates, gates_);
  add_product(n, shape_.units, gates_, memory, memory_size(), recurrent_.data(), gates, gates_);
  for (std::size_t i = 0; i < n; ++i) {
    float* h = memory + i * memory_size();
    lstm_cell(shape_.units, gates + i * gates_, h, h + shape_.units);
  }
}

void LstmNetwork::decoder_base(const SeriesBiases& biases, std::span<const std::int32_t> rows,
                               const float* memory, float* base) const {
  copy_bias(rows, biases.decoder, decoder_, base);
  add_product(rows.size(), shape_.units, decoder_, memory, memory_size(), decoder_state_.data(), base,
              decoder_);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::array<float, SeriesLevels::kFeatures> features;
    series_levels_.write_features(levels_in(memory + i * memory_size()), features.data());
    add_product(1, features.size(), decoder_, features.data(), features.size(), decoder_level_.data(),
                base + i * decoder_, decoder_);
  }
}

void LstmNetwork::project_known(std::span<const float> known, float* out) const {
  std::fill_n(out, decoder_, 0.0F);
  add_product(1, shape_.known, decoder_, known.data(), shape_.known, decoder_known_.data(), out, decoder_);
}

LstmNetwork::Followed LstmNetwork::followed(const float* memory, std::size_t first_phase,
                                            std::size_t days) const {
  const float* levels = levels_in(memory);
  std::array<float, SeriesLevels::kFeatures> features;
  series_levels_.write_features(levels, features.data());
  Followed all{series_levels_.scale(levels), 0, {}};
  for (std::size_t k = 0; k < SeriesLevels::kLevels; ++k) all.levels += skip_[k] * features[k];
  const std::size_t season = series_levels_.season();
  for (std::size_t d = 0; d < std::min(days, season); ++d) {
    const std::size_t phase = (first_phase + d) % season;
    all.phases[phase] = series_levels_.phase_feature(levels, phase);
  }
  return all;
}

NegativeBinomial LstmNetwork::daily(const float* base, const float* known_projection, std::size_t lead,
                                    std::size_t phase, const Followed& followed) const {
  const std::size_t j = std::min(lead, lead_feature_.size()) - 1;
  const float of_phase = followed.phases[phase];
  const Pair output =
      rectified_products(decoder_, base, known_projection, lead_.data() + j * decoder_, of_phase,
                         decoder_phase_.data(), mean_output_.data(), dispersion_output_.data());
  const float log_mean =
      std::clamp(output.first + output_bias_[0] + followed.levels + skip_.back() * of_phase, kLowestLogMean,
                 kHighestLogMean);
  const float log_dispersion =
      std::clamp(output.second + output_bias_[1], kLowestLogDispersion, kHighestLogDispersion);
  return {static_cast<double>(followed.scale * exponential(log_mean)),
          static_cast<double>(exponential(log_dispersion))};
}

void LstmNetwork::interval_quantiles(const SeriesBiases& biases, std::span<const std::int32_t> rows,
                                     const float* memory, const float* feature, const float* mean,
                                     const float* deviation, float* grid) const {
  const std::size_t n = rows.size();
  float* hidden = scratch(kChunk * interval_);
  copy_bias(rows, biases.interval, interval_, hidden);
  add_product(n, shape_.units, interval_, memory, memory_size(), interval_state_.data(), hidden, interval_);
  add_product(n, 3, interval_, feature, 3, interval_feature_.data(), hidden, interval_);
  for (std::size_t i = 0; i < n * interval_; ++i) hidden[i] = std::max(hidden[i], 0.0F);
  for (std::size_t i = 0; i < n; ++i)
    std::copy(interval_output_bias_.begin(), interval_output_bias_.end(), grid + i * levels_);
  add_product(n, shape_.interval, levels_, hidden, interval_, interval_output_.data(), grid, levels_);
  for (std::size_t i = 0; i < n; ++i) {
    float* q = grid + i * levels_;
    q[0] = mean[i] * sigmoid(q[0]);
    for (std::size_t k = 1; k < shape_.levels; ++k) q[k] = q[k - 1] + deviation[i] * squareplus(q[k]);
  }
}

}  // namespace restock::forecasting
