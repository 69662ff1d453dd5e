#include "agents/bundle/weights.h"

#include <fmt/format.h>

#include "agents/bundle/folder.h"
#include "env/core/error.h"
#include "forecasting/tensor_file.h"

namespace restock::bundle {

namespace {

std::string name_of(std::size_t layer, std::string_view part) {
  return fmt::format("layer_{}.{}", layer, part);
}

}  // namespace

std::string weights_bytes(const learning::PolicyNetwork& network) {
  forecasting::TensorFile file;
  const std::vector<learning::PlainLayer> layers = network.layers();
  for (std::size_t k = 0; k < layers.size(); ++k) {
    const auto inputs = static_cast<std::size_t>(layers[k].inputs);
    const auto outputs = static_cast<std::size_t>(layers[k].outputs);
    file.set(name_of(k, "weights"), {inputs, outputs}, layers[k].weights);
    file.set(name_of(k, "biases"), {outputs}, layers[k].biases);
  }
  return forecasting::tensor_file_bytes(file);
}

learning::PolicyNetwork read_weights(std::string_view bytes, const std::vector<int>& widths,
                                     learning::Activation activation, const std::string& file) {
  const forecasting::TensorFile tensors = forecasting::parse_tensor_file(bytes, file);
  std::vector<learning::PlainLayer> layers;
  for (std::size_t k = 0; k + 1 < widths.size(); ++k) {
    const auto inputs = static_cast<std::size_t>(widths[k]);
    const auto outputs = static_cast<std::size_t>(widths[k + 1]);
    layers.push_back({widths[k], widths[k + 1], tensors.get(name_of(k, "weights"), {inputs, outputs}),
                      tensors.get(name_of(k, "biases"), {outputs})});
  }
  if (tensors.tensors.size() != 2 * layers.size())
    refuse(file, {},
           fmt::format("holds {} tensors, expected {}; export the policy again", tensors.tensors.size(),
                       2 * layers.size()));
  return {layers, activation};
}

}  // namespace restock::bundle
