// A multilayer perceptron in single precision: h_k = f(h_{k-1} W_k + b_k), the last layer without f.
//
// Weights lie row-major [inputs × outputs] in one flat vector that the caller owns (so that clipping and Adam
// see one array); outputs of every layer are padded to a multiple of 16 floats. Padded weights start at zero
// and receive zero gradients, so they stay zero. Nothing is allocated after construction of Mlp and
// MlpWorkspace. Not thread-safe within one workspace.
#pragma once

#include <cstddef>
#include <vector>

#include "agents/learning/network/aligned.h"

namespace restock::learning {

enum class Activation { tanh, relu };

/// Rounds up to whole cache lines of floats.
constexpr int padded(int width) noexcept {
  return (width + 15) / 16 * 16;
}

struct MlpShape {
  int inputs = 0;
  std::vector<int> hidden = {64, 64};
  int outputs = 0;
  Activation activation = Activation::tanh;
};

/// Where one layer lies in the flat vector. Row i of its weights holds the padded_outputs weights of input i.
struct DenseLayer {
  int inputs;          ///< rows of the weights: the padded outputs of the layer before
  int used_inputs;     ///< those that are no padding
  int outputs;         ///< those that are no padding
  int padded_outputs;  ///< columns of the weights
  std::size_t weights;
  std::size_t biases;
};

/// The activations of up to maximum_rows rows, and their gradients.
struct MlpWorkspace {
  int maximum_rows = 0;
  std::vector<AlignedFloats> activations;  ///< one block for each layer [maximum_rows × padded_outputs]
  AlignedFloats gradient;                  ///< of the layer at hand
  AlignedFloats next_gradient;             ///< of the layer below
};

class Mlp {
 public:
  /// The network's parameters stand at [first_parameter, end_parameter()) of the flat vector.
  explicit Mlp(MlpShape shape, std::size_t first_parameter = 0);

  const MlpShape& shape() const noexcept { return shape_; }
  const std::vector<DenseLayer>& layers() const noexcept { return layers_; }
  std::size_t end_parameter() const noexcept { return end_; }
  int padded_outputs() const noexcept { return layers_.back().padded_outputs; }
  MlpWorkspace make_workspace(int maximum_rows) const;

  /// inputs[rows × inputs], rows <= workspace.maximum_rows. The result [rows × padded_outputs] lies in the
  /// workspace until the next forward.
  const float* forward(const float* parameters, const float* inputs, int rows, MlpWorkspace& workspace) const;

  /// After forward() of the same rows: adds d loss / d parameters to `gradient` (a flat vector laid out as
  /// the parameters), given d loss / d outputs [rows × padded_outputs], zero in the padding.
  void backward(const float* parameters, const float* inputs, int rows, const float* output_gradient,
                MlpWorkspace& workspace, float* gradient) const;

 private:
  MlpShape shape_;
  std::vector<DenseLayer> layers_;
  std::size_t end_ = 0;
};

}  // namespace restock::learning
