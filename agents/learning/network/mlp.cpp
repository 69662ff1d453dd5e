#include "agents/learning/network/mlp.h"

#include <Eigen/Core>
#include <algorithm>

#include "env/core/check.h"

namespace restock::learning {

namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Row = Eigen::Matrix<float, 1, Eigen::Dynamic>;
using ConstInputs = Eigen::Map<const Matrix>;
using Block = Eigen::Map<Matrix, Eigen::Aligned32>;
using ConstBlock = Eigen::Map<const Matrix, Eigen::Aligned32>;
using BiasRow = Eigen::Map<Row, Eigen::Aligned32>;
using ConstBiasRow = Eigen::Map<const Row, Eigen::Aligned32>;

// Two statements: as one expression GCC 12 does not vectorise it.
void activate(Block& h, Activation activation) {
  if (activation == Activation::tanh) {
    h = h.array().tanh();
  } else {
    h = h.array().max(0.0F);
  }
}

void multiply_by_derivative(Block& gradient, const ConstBlock& h, Activation activation) {
  if (activation == Activation::tanh) {
    gradient.array() *= 1.0F - h.array().square();
  } else {
    gradient.array() *= (h.array() > 0.0F).cast<float>();
  }
}

void add_layer_gradient(const DenseLayer& layer, const ConstInputs& inputs, const ConstBlock& output_gradient,
                        float* gradient) {
  Block weights(gradient + layer.weights, layer.inputs, layer.padded_outputs);
  weights.noalias() += inputs.transpose() * output_gradient;
  BiasRow biases(gradient + layer.biases, layer.padded_outputs);
  for (Eigen::Index row = 0; row < output_gradient.rows(); ++row) biases += output_gradient.row(row);
}

}  // namespace

Mlp::Mlp(MlpShape shape, std::size_t first_parameter) : shape_(std::move(shape)), end_(first_parameter) {
  RESTOCK_CHECK(shape_.inputs > 0 && shape_.outputs > 0, "{} inputs, {} outputs", shape_.inputs,
                shape_.outputs);
  RESTOCK_CHECK(first_parameter % 16 == 0, "parameters start at {}, off a cache line", first_parameter);
  int inputs = shape_.inputs;
  int used_inputs = shape_.inputs;
  std::vector<int> widths = shape_.hidden;
  widths.push_back(shape_.outputs);
  for (const int width : widths) {
    DenseLayer layer{inputs, used_inputs, width, padded(width), end_, 0};
    layer.biases =
        layer.weights + static_cast<std::size_t>(inputs) * static_cast<std::size_t>(layer.padded_outputs);
    end_ = layer.biases + static_cast<std::size_t>(layer.padded_outputs);
    inputs = layer.padded_outputs;
    used_inputs = width;
    layers_.push_back(layer);
  }
}

MlpWorkspace Mlp::make_workspace(int maximum_rows) const {
  MlpWorkspace workspace;
  workspace.maximum_rows = maximum_rows;
  std::size_t widest = 0;
  for (const DenseLayer& layer : layers_) {
    const auto size = static_cast<std::size_t>(maximum_rows) * static_cast<std::size_t>(layer.padded_outputs);
    workspace.activations.emplace_back(size, 0.0F);
    widest = std::max(widest, size);
  }
  workspace.gradient.assign(widest, 0.0F);
  workspace.next_gradient.assign(widest, 0.0F);
  return workspace;
}

const float* Mlp::forward(const float* parameters, const float* inputs, int rows,
                          MlpWorkspace& workspace) const {
  RESTOCK_CHECK(rows <= workspace.maximum_rows, "{} rows, the workspace holds {}", rows,
                workspace.maximum_rows);
  const float* below = inputs;
  for (std::size_t k = 0; k < layers_.size(); ++k) {
    const DenseLayer& layer = layers_[k];
    Block h(workspace.activations[k].data(), rows, layer.padded_outputs);
    h.noalias() = ConstInputs(below, rows, layer.inputs) *
                  ConstBlock(parameters + layer.weights, layer.inputs, layer.padded_outputs);
    h.rowwise() += ConstBiasRow(parameters + layer.biases, layer.padded_outputs);
    if (k + 1 < layers_.size()) activate(h, shape_.activation);
    below = h.data();
  }
  return below;
}

void Mlp::backward(const float* parameters, const float* inputs, int rows, const float* output_gradient,
                   MlpWorkspace& workspace, float* gradient) const {
  const float* above = output_gradient;
  for (std::size_t k = layers_.size(); k-- > 0;) {
    const DenseLayer& layer = layers_[k];
    const ConstBlock g(above, rows, layer.padded_outputs);
    const float* below = k == 0 ? inputs : workspace.activations[k - 1].data();
    add_layer_gradient(layer, ConstInputs(below, rows, layer.inputs), g, gradient);
    if (k == 0) return;
    Block next(workspace.next_gradient.data(), rows, layer.inputs);
    next.noalias() =
        g * ConstBlock(parameters + layer.weights, layer.inputs, layer.padded_outputs).transpose();
    multiply_by_derivative(next, ConstBlock(below, rows, layer.inputs), shape_.activation);
    std::swap(workspace.gradient, workspace.next_gradient);
    above = workspace.gradient.data();
  }
}

}  // namespace restock::learning
