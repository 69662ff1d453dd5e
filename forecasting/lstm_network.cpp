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

/// The bias of each series: the common one and what its embedding adds. [series × padded columns]
std::vector<float> biases(const LstmWeights& weights, Part bias, Part by_embedding) {
  const std::vector<float> common = padded_part(weights, bias);
  const std::vector<float> matrix = padded_part(weights, by_embedding);
  std::vector<float> all;
  for (std::size_t s = 0; s < weights.shape.series; ++s) all.insert(all.end(), common.begin(), common.end());
  add_product(weights.shape.series, weights.shape.embedding, common.size(),
              weights.part(Part::embedding).data(), weights.shape.embedding, matrix.data(), all.data(),
              common.size());
  return all;
}

/// A column of a matrix with two, padded.
std::vector<float> column_of_two(std::span<const float> matrix, std::size_t column) {
  std::vector<float> values(padded(matrix.size() / 2), 0.0F);
  for (std::size_t i = 0; i < matrix.size() / 2; ++i) values[i] = matrix[2 * i + column];
  return values;
}

void copy_bias(std::span<const std::size_t> rows, const std::vector<float>& bias, std::size_t width,
               float* out) {
  for (std::size_t i = 0; i < rows.size(); ++i)
    std::copy_n(bias.data() + rows[i] * width, width, out + i * width);
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
      gates_(padded(4 * shape_.units)),
      decoder_(padded(shape_.decoder)),
      interval_(padded(shape_.interval)),
      levels_(padded(shape_.levels)) {
  const LstmWeights& w = parameters.weights;
  input_ = padded_part(w, Part::input);
  recurrent_ = padded_part(w, Part::recurrent);
  gate_bias_ = biases(w, Part::bias, Part::input_embedding);
  decoder_state_ = padded_part(w, Part::decoder_state);
  decoder_level_ = padded_part(w, Part::decoder_level);
  decoder_known_ = padded_part(w, Part::decoder_known);
  decoder_bias_ = biases(w, Part::decoder_bias, Part::decoder_embedding);
  mean_output_ = column_of_two(w.part(Part::decoder_output), 0);
  dispersion_output_ = column_of_two(w.part(Part::decoder_output), 1);
  interval_state_ = padded_part(w, Part::interval_state);
  interval_feature_ = padded_part(w, Part::interval_feature);
  interval_bias_ = biases(w, Part::interval_bias, Part::interval_embedding);
  interval_output_ = padded_part(w, Part::interval_output);
  interval_output_bias_ = padded_part(w, Part::interval_output_bias);
  for (std::size_t k = 0; k < 2; ++k) {
    output_bias_[k] = w.part(Part::decoder_output_bias)[k];
    skip_[k] = w.part(Part::level_skip)[k];
  }
  const std::vector<float> lead_weights = padded_part(w, Part::decoder_lead);
  lead_.assign(parameters.maximum_lead * decoder_, 0.0F);
  for (std::size_t j = 1; j <= parameters.maximum_lead; ++j) {
    const LeadFeature feature = lead_feature(j, parameters.maximum_lead);
    lead_feature_.push_back(feature[0]);
    add_product(1, 2, decoder_, feature.data(), 2, lead_weights.data(), lead_.data() + (j - 1) * decoder_,
                decoder_);
  }
}

void LstmNetwork::step(std::span<const std::size_t> rows, const float* x, float* memory) const {
  const std::size_t n = rows.size();
  float* gates = scratch(kChunk * gates_);
  copy_bias(rows, gate_bias_, gates_, gates);
  add_product(n, shape_.inputs(), gates_, x, shape_.inputs(), input_.data(), gates, gates_);
  add_product(n, shape_.units, gates_, memory, memory_size(), recurrent_.data(), gates, gates_);
  for (std::size_t i = 0; i < n; ++i) {
    float* h = memory + i * memory_size();
    lstm_cell(shape_.units, gates + i * gates_, h, h + shape_.units);
  }
}

void LstmNetwork::decoder_base(std::span<const std::size_t> rows, const float* memory, float* base) const {
  copy_bias(rows, decoder_bias_, decoder_, base);
  add_product(rows.size(), shape_.units, decoder_, memory, memory_size(), decoder_state_.data(), base,
              decoder_);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const float* levels = memory + i * memory_size() + 2 * shape_.units;
    const SalesLevels now{levels[0], levels[1]};
    const float logs[2] = {now.log_fast(), now.log_slow()};
    add_product(1, 2, decoder_, logs, 2, decoder_level_.data(), base + i * decoder_, decoder_);
  }
}

void LstmNetwork::project_known(std::span<const float> known, float* out) const {
  std::fill_n(out, decoder_, 0.0F);
  add_product(1, shape_.known, decoder_, known.data(), shape_.known, decoder_known_.data(), out, decoder_);
}

float LstmNetwork::followed(const float* memory) const {
  const SalesLevels levels{memory[2 * shape_.units], memory[2 * shape_.units + 1]};
  return skip_[0] * levels.log_fast() + skip_[1] * levels.log_slow();
}

NegativeBinomial LstmNetwork::daily(const float* base, const float* known_projection, std::size_t lead,
                                    float followed) const {
  const std::size_t j = std::min(lead, lead_feature_.size()) - 1;
  const Pair output = rectified_products(decoder_, base, known_projection, lead_.data() + j * decoder_,
                                         mean_output_.data(), dispersion_output_.data());
  const float log_mean =
      std::clamp(output.first + output_bias_[0] + followed, kLowestLogMean, kHighestLogMean);
  const float log_dispersion =
      std::clamp(output.second + output_bias_[1], kLowestLogDispersion, kHighestLogDispersion);
  return {static_cast<double>(exponential(log_mean)), static_cast<double>(exponential(log_dispersion))};
}

void LstmNetwork::interval_quantiles(std::span<const std::size_t> rows, const float* memory,
                                     const float* feature, const float* mean, const float* deviation,
                                     float* grid) const {
  const std::size_t n = rows.size();
  float* hidden = scratch(kChunk * interval_);
  copy_bias(rows, interval_bias_, interval_, hidden);
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
