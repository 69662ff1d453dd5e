#include "agents/learning/network/initialisation.h"

#include <cmath>
#include <vector>

#include "env/core/keyed_random.h"
#include "env/core/laws/portable_math.h"

namespace restock::learning {

namespace {

using Vectors = std::vector<std::vector<double>>;

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

Vectors normal_vectors(std::size_t count, std::size_t length, const Stream& stream) {
  Vectors vectors(count, std::vector<double>(length));
  for (std::size_t v = 0; v < count; ++v) {
    for (std::size_t i = 0; i < length; ++i) {
      vectors[v][i] = portable::normal_quantile(stream.uniform(static_cast<std::int64_t>(v), i));
    }
  }
  return vectors;
}

/// Gram–Schmidt, done twice for accuracy; count <= length.
void orthonormalise(Vectors& vectors) {
  for (std::size_t v = 0; v < vectors.size(); ++v) {
    for (int pass = 0; pass < 2; ++pass) {
      for (std::size_t u = 0; u < v; ++u) {
        const double share = dot(vectors[v], vectors[u]);
        for (std::size_t i = 0; i < vectors[v].size(); ++i) vectors[v][i] -= share * vectors[u][i];
      }
    }
    const double length = std::sqrt(dot(vectors[v], vectors[v]));
    for (double& x : vectors[v]) x /= length;
  }
}

void initialise_layer(const DenseLayer& layer, const Stream& stream, float gain,
                      std::span<float> parameters) {
  const auto inputs = static_cast<std::size_t>(layer.used_inputs);
  const auto outputs = static_cast<std::size_t>(layer.outputs);
  const bool by_output = outputs <= inputs;
  Vectors vectors = normal_vectors(by_output ? outputs : inputs, by_output ? inputs : outputs, stream);
  orthonormalise(vectors);
  for (std::size_t i = 0; i < inputs; ++i) {
    for (std::size_t j = 0; j < outputs; ++j) {
      const double weight = by_output ? vectors[j][i] : vectors[i][j];
      parameters[layer.weights + i * static_cast<std::size_t>(layer.padded_outputs) + j] =
          static_cast<float>(weight) * gain;
    }
  }
}

}  // namespace

void initialise_orthogonal(const Mlp& mlp, std::uint64_t seed, std::uint64_t network, float hidden_gain,
                           float output_gain, std::span<float> parameters) {
  const RunKey run{seed, Split::train, network};
  for (std::size_t k = 0; k < mlp.layers().size(); ++k) {
    const bool last = k + 1 == mlp.layers().size();
    initialise_layer(mlp.layers()[k], Stream(run, Purpose::initialisation, k),
                     last ? output_gain : hidden_gain, parameters);
  }
}

}  // namespace restock::learning
