// Builds an ONNX model node by node (opset 13, which every runtime since 2021 reads). A value is known by its
// name.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace onnx {
class ModelProto;
}

namespace restock::bundle {

enum class OnnxType { float32, float64, int64, boolean };

class OnnxGraph {
 public:
  using Value = std::string;
  using Attributes = std::initializer_list<std::pair<const char*, std::int64_t>>;
  using Shape = std::vector<std::int64_t>;

  explicit OnnxGraph(std::string_view name);
  ~OnnxGraph();
  OnnxGraph(const OnnxGraph&) = delete;
  OnnxGraph& operator=(const OnnxGraph&) = delete;

  /// Declares an input [rows] or, where columns > 0, [rows × columns]; asking again gives the same one.
  Value input(std::string_view name, OnnxType type, std::size_t columns, std::string_view meaning);
  /// Declares a value as an output of the model under a name of its own.
  void output(const Value& value, std::string_view name, OnnxType type, std::size_t columns,
              std::string_view meaning);

  Value constant(const Shape& shape, const std::vector<float>& values);
  Value constant(const Shape& shape, const std::vector<double>& values);
  Value constant(const Shape& shape, const std::vector<std::int64_t>& values);
  Value truth(const Shape& shape, const std::vector<std::uint8_t>& values);

  /// One operator of the standard domain with one result.
  Value op(const char* type, const std::vector<Value>& inputs, Attributes attributes = {});
  Value cast(const Value& value, OnnxType type);
  /// [rows] → [rows × 1].
  Value as_column(const Value& value);

  /// A note for whoever opens the file.
  void describe(std::string_view key, std::string_view text);
  /// The file's content, checked against the operators' definitions. Throws InvariantError where it does not
  /// hold.
  std::string bytes() const;

 private:
  Value fresh(std::string_view stem);
  std::unique_ptr<onnx::ModelProto> model_;
  std::vector<std::string> inputs_;
  std::size_t values_ = 0;
};

}  // namespace restock::bundle
