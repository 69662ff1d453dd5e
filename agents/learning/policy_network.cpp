#include "agents/learning/policy_network.h"

#include <algorithm>

#include "agents/learning/masked_softmax.h"
#include "env/core/check.h"

namespace restock::learning {

namespace {

constexpr int kChunkRows = 64;

MlpShape shape_of(const std::vector<PlainLayer>& layers, Activation activation) {
  RESTOCK_CHECK(!layers.empty(), "a network without layers");
  MlpShape shape{layers.front().inputs, {}, layers.back().outputs, activation};
  for (std::size_t k = 0; k + 1 < layers.size(); ++k) {
    RESTOCK_CHECK(layers[k].outputs == layers[k + 1].inputs, "layer {} gives {} values, the next takes {}", k,
                  layers[k].outputs, layers[k + 1].inputs);
    shape.hidden.push_back(layers[k].outputs);
  }
  return shape;
}

/// Scratch of a thread; grows to the largest network that the thread has used.
MlpWorkspace& scratch_for(const Mlp& mlp) {
  thread_local MlpWorkspace scratch;
  bool fits = scratch.activations.size() == mlp.layers().size();
  for (std::size_t k = 0; fits && k < mlp.layers().size(); ++k) {
    fits = scratch.activations[k].size() >=
           static_cast<std::size_t>(kChunkRows * mlp.layers()[k].padded_outputs);
  }
  if (!fits) scratch = mlp.make_workspace(kChunkRows);
  return scratch;
}

}  // namespace

PolicyNetwork::PolicyNetwork(const MlpShape& shape, int actions, std::span<const float> parameters)
    : mlp_(shape), actions_(actions), parameters_(parameters.begin(), parameters.end()) {
  RESTOCK_CHECK(parameters_.size() == mlp_.end_parameter(), "{} parameters for a network of {}",
                parameters_.size(), mlp_.end_parameter());
  RESTOCK_CHECK(actions >= 1 && actions <= shape.outputs, "{} actions, {} outputs", actions, shape.outputs);
}

PolicyNetwork::PolicyNetwork(const std::vector<PlainLayer>& layers, Activation activation)
    : mlp_(shape_of(layers, activation)),
      actions_(layers.back().outputs),
      parameters_(mlp_.end_parameter(), 0.0F) {
  for (std::size_t k = 0; k < layers.size(); ++k) {
    const PlainLayer& plain = layers[k];
    const DenseLayer& place = mlp_.layers()[k];
    const auto outputs = static_cast<std::size_t>(plain.outputs);
    RESTOCK_CHECK(plain.weights.size() == static_cast<std::size_t>(plain.inputs) * outputs &&
                      plain.biases.size() == outputs,
                  "layer {}: {} weights, {} biases", k, plain.weights.size(), plain.biases.size());
    for (std::size_t i = 0; i < static_cast<std::size_t>(plain.inputs); ++i) {
      std::copy_n(plain.weights.data() + i * outputs, outputs,
                  parameters_.data() + place.weights + i * static_cast<std::size_t>(place.padded_outputs));
    }
    std::copy_n(plain.biases.data(), outputs, parameters_.data() + place.biases);
  }
}

std::vector<PlainLayer> PolicyNetwork::layers() const {
  std::vector<PlainLayer> layers;
  for (const DenseLayer& place : mlp_.layers()) {
    const bool last = layers.size() + 1 == mlp_.layers().size();
    PlainLayer plain{place.used_inputs, last ? actions_ : place.outputs, {}, {}};
    for (int i = 0; i < plain.inputs; ++i) {
      const float* row =
          parameters_.data() + place.weights + static_cast<std::size_t>(i * place.padded_outputs);
      plain.weights.insert(plain.weights.end(), row, row + plain.outputs);
    }
    const float* biases = parameters_.data() + place.biases;
    plain.biases.assign(biases, biases + plain.outputs);
    layers.push_back(std::move(plain));
  }
  return layers;
}

template <class Use>
void PolicyNetwork::for_each_chunk(std::span<const float> observations, const Use& use) const {
  const auto width = static_cast<std::size_t>(inputs());
  RESTOCK_CHECK(observations.size() % width == 0, "{} floats in rows of {}", observations.size(), width);
  const std::size_t rows = observations.size() / width;
  MlpWorkspace& scratch = scratch_for(mlp_);
  for (std::size_t first = 0; first < rows; first += kChunkRows) {
    const std::size_t count = std::min<std::size_t>(kChunkRows, rows - first);
    const float* block = mlp_.forward(parameters_.data(), observations.data() + first * width,
                                      static_cast<int>(count), scratch);
    for (std::size_t i = 0; i < count; ++i)
      use(first + i, block + i * static_cast<std::size_t>(mlp_.padded_outputs()));
  }
}

PolicyNetwork PolicyNetwork::with_scaled_inputs(std::span<const float> shift,
                                                std::span<const float> factor) const {
  std::vector<PlainLayer> all = layers();
  PlainLayer& first = all.front();
  const auto outputs = static_cast<std::size_t>(first.outputs);
  for (std::size_t o = 0; o < outputs; ++o) {
    double bias = static_cast<double>(first.biases[o]);
    for (std::size_t i = 0; i < static_cast<std::size_t>(first.inputs); ++i) {
      const double weight =
          static_cast<double>(first.weights[i * outputs + o]) * static_cast<double>(factor[i]);
      bias -= weight * static_cast<double>(shift[i]);
      first.weights[i * outputs + o] = static_cast<float>(weight);
    }
    first.biases[o] = static_cast<float>(bias);
  }
  return PolicyNetwork(all, activation());
}

void PolicyNetwork::outputs(std::span<const float> observations, std::span<float> outputs) const {
  const auto width = static_cast<std::size_t>(actions_);
  for_each_chunk(observations, [&](std::size_t row, const float* values) {
    std::copy_n(values, width, outputs.data() + row * width);
  });
}

void PolicyNetwork::decide(std::span<const float> observations, std::span<const std::uint8_t> masks,
                           std::span<std::int32_t> chosen) const {
  for_each_chunk(observations, [&](std::size_t row, const float* values) {
    chosen[row] = best_action(values, masks.data() + row * static_cast<std::size_t>(actions_), actions_);
  });
}

void PolicyNetwork::save(ByteWriter& writer) const {
  const MlpShape& shape = mlp_.shape();
  writer.section("policy network");
  writer.value(shape.inputs);
  writer.value(shape.outputs);
  writer.value(actions_);
  writer.value(shape.activation);
  writer.values(std::span<const int>(shape.hidden));
  writer.values(std::span<const float>(parameters_));
}

PolicyNetwork PolicyNetwork::load(ByteReader& reader) {
  MlpShape shape;
  int actions = 0;
  std::vector<float> parameters;
  reader.section("policy network");
  reader.value(shape.inputs);
  reader.value(shape.outputs);
  reader.value(actions);
  reader.value(shape.activation);
  reader.sized_values(shape.hidden);
  reader.sized_values(parameters);
  constexpr int most = 1 << 16;
  bool sane = shape.inputs > 0 && shape.inputs < most && shape.outputs > 0 && shape.outputs < most &&
              actions > 0 && actions <= shape.outputs &&
              (shape.activation == Activation::tanh || shape.activation == Activation::relu);
  for (const int width : shape.hidden) sane = sane && width > 0 && width < most;
  if (!sane) reader.fail("no network has this shape");
  if (Mlp(shape).end_parameter() != parameters.size()) reader.fail("the weights do not fit the network");
  return {shape, actions, parameters};
}

}  // namespace restock::learning
