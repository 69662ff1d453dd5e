#include "agents/learning/network/mlp.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "agents/learning/network/initialisation.h"
#include "env/core/keyed_random.h"

using namespace restock;
using namespace restock::learning;

namespace {

AlignedFloats noise(std::size_t count, std::uint64_t seed) {
  const Stream draws({seed, Split::train, 0}, Purpose::initialisation, 99);
  AlignedFloats values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<float>(2 * draws.uniform(0, i) - 1);
  return values;
}

/// A network with weights and biases that are nothing special, and zero padding.
AlignedFloats some_parameters(const Mlp& mlp) {
  AlignedFloats parameters(mlp.end_parameter(), 0.0F);
  initialise_orthogonal(mlp, 5, 0, 1.2F, 0.8F, parameters);
  const AlignedFloats biases = noise(parameters.size(), 3);
  for (const DenseLayer& layer : mlp.layers()) {
    for (int j = 0; j < layer.outputs; ++j) {
      const std::size_t at = layer.biases + static_cast<std::size_t>(j);
      parameters[at] = 0.3F * biases[at];
    }
  }
  return parameters;
}

/// The network's outputs in double, by the textbook.
std::vector<double> reference_outputs(const Mlp& mlp, const AlignedFloats& parameters, const float* input) {
  std::vector<double> below(input, input + mlp.shape().inputs);
  for (std::size_t k = 0; k < mlp.layers().size(); ++k) {
    const DenseLayer& layer = mlp.layers()[k];
    std::vector<double> here(static_cast<std::size_t>(layer.outputs));
    for (std::size_t j = 0; j < here.size(); ++j) {
      here[j] = static_cast<double>(parameters[layer.biases + j]);
      for (std::size_t i = 0; i < below.size(); ++i) {
        const std::size_t at = layer.weights + i * static_cast<std::size_t>(layer.padded_outputs) + j;
        here[j] += below[i] * static_cast<double>(parameters[at]);
      }
      if (k + 1 < mlp.layers().size())
        here[j] = mlp.shape().activation == Activation::tanh ? std::tanh(here[j]) : std::max(0.0, here[j]);
    }
    below = here;
  }
  return below;
}

struct Case {
  Mlp mlp;
  int rows;
  AlignedFloats parameters, inputs, weights;  ///< loss = Σ weights · outputs
};

Case make_case(Activation activation) {
  Mlp mlp({5, {20, 13}, 7, activation}, 32);
  const int rows = 9;
  AlignedFloats parameters = some_parameters(mlp);
  AlignedFloats weights(static_cast<std::size_t>(rows * mlp.padded_outputs()), 0.0F);
  const AlignedFloats values = noise(weights.size(), 17);
  for (std::size_t i = 0; i < weights.size(); ++i)
    if (static_cast<int>(i) % mlp.padded_outputs() < 7) weights[i] = values[i];
  return {mlp, rows, parameters, noise(static_cast<std::size_t>(rows * 5), 11), weights};
}

double loss_of(const Case& c, const AlignedFloats& parameters) {
  double loss = 0;
  for (int row = 0; row < c.rows; ++row) {
    const auto outputs = reference_outputs(c.mlp, parameters, c.inputs.data() + row * 5);
    for (std::size_t j = 0; j < outputs.size(); ++j)
      loss += outputs[j] *
              static_cast<double>(c.weights[static_cast<std::size_t>(row * c.mlp.padded_outputs()) + j]);
  }
  return loss;
}

}  // namespace

TEST_CASE("a network's outputs are those of the textbook", "[learning]") {
  const Activation activation = GENERATE(Activation::tanh, Activation::relu);
  const Case c = make_case(activation);
  MlpWorkspace workspace = c.mlp.make_workspace(16);
  const float* outputs = c.mlp.forward(c.parameters.data(), c.inputs.data(), c.rows, workspace);
  for (int row = 0; row < c.rows; ++row) {
    const auto expected = reference_outputs(c.mlp, c.parameters, c.inputs.data() + row * 5);
    for (std::size_t j = 0; j < expected.size(); ++j)
      CHECK(outputs[static_cast<std::size_t>(row * c.mlp.padded_outputs()) + j] ==
            Approx(expected[j]).margin(2e-6));
  }
}

TEST_CASE("the backward pass gives the derivative of the forward pass", "[learning]") {
  const Activation activation = GENERATE(Activation::tanh, Activation::relu);
  const Case c = make_case(activation);
  MlpWorkspace workspace = c.mlp.make_workspace(16);
  AlignedFloats gradient(c.parameters.size(), 0.0F);
  c.mlp.forward(c.parameters.data(), c.inputs.data(), c.rows, workspace);
  c.mlp.backward(c.parameters.data(), c.inputs.data(), c.rows, c.weights.data(), workspace, gradient.data());
  const float step = 1e-3F;
  double largest = 0;
  for (const DenseLayer& layer : c.mlp.layers()) {
    for (int i = 0; i <= layer.used_inputs; ++i) {
      for (int j = 0; j < layer.outputs; ++j) {
        const std::size_t at =
            (i < layer.used_inputs ? layer.weights + static_cast<std::size_t>(i * layer.padded_outputs)
                                   : layer.biases) +
            static_cast<std::size_t>(j);
        AlignedFloats up = c.parameters;
        AlignedFloats down = c.parameters;
        up[at] += step;
        down[at] -= step;
        const double width = static_cast<double>(up[at]) - static_cast<double>(down[at]);
        const double slope = (loss_of(c, up) - loss_of(c, down)) / width;
        largest = std::max(largest, std::abs(slope - static_cast<double>(gradient[at])));
      }
    }
  }
  CHECK(largest < (activation == Activation::tanh ? 3e-6 : 2e-3));  // relu: kinks inside the step
}

TEST_CASE("padding neither matters nor learns", "[learning]") {
  const Case c = make_case(Activation::tanh);
  MlpWorkspace workspace = c.mlp.make_workspace(16);
  AlignedFloats gradient(c.parameters.size(), 0.0F);
  const float* outputs = c.mlp.forward(c.parameters.data(), c.inputs.data(), c.rows, workspace);
  for (int j = 7; j < c.mlp.padded_outputs(); ++j) CHECK(outputs[j] == 0.0F);
  c.mlp.backward(c.parameters.data(), c.inputs.data(), c.rows, c.weights.data(), workspace, gradient.data());
  std::size_t used = 0;
  for (const DenseLayer& layer : c.mlp.layers())
    used += static_cast<std::size_t>((layer.used_inputs + 1) * layer.outputs);
  std::size_t moved = 0;
  for (const float g : gradient) moved += g != 0.0F ? 1 : 0;
  CHECK(moved == used);
}

TEST_CASE("first weights are orthogonal, repeatable and different from layer to layer", "[learning]") {
  const Mlp mlp({8, {64, 64}, 16, Activation::tanh});
  AlignedFloats a(mlp.end_parameter(), 0.0F);
  AlignedFloats b(mlp.end_parameter(), 0.0F);
  AlignedFloats other(mlp.end_parameter(), 0.0F);
  initialise_orthogonal(mlp, 1, 0, 2.0F, 0.5F, a);
  initialise_orthogonal(mlp, 1, 0, 2.0F, 0.5F, b);
  initialise_orthogonal(mlp, 2, 0, 2.0F, 0.5F, other);
  CHECK(a == b);
  CHECK(a != other);
  const DenseLayer& middle = mlp.layers()[1];
  for (std::size_t i = 0; i < 64; i += 9) {
    for (std::size_t j = 0; j < 64; j += 7) {
      double product = 0;
      for (std::size_t k = 0; k < 64; ++k)
        product += static_cast<double>(a[middle.weights + k * 64 + i]) *
                   static_cast<double>(a[middle.weights + k * 64 + j]);
      CHECK(product == Approx(i == j ? 4.0 : 0.0).margin(1e-5));
    }
  }
  double squares = 0;  // of the last layer: 16 orthonormal columns times 0.5
  for (std::size_t k = mlp.layers()[2].weights; k < mlp.layers()[2].biases; ++k)
    squares += std::pow(static_cast<double>(a[k]), 2);
  CHECK(squares == Approx(16 * 0.25).epsilon(1e-5));
}
