// Named arrays of floats and a few words about them in one file, in the safetensors format: 8 bytes with the
// length of a JSON header, the header, then the values as little-endian 32-bit floats. Nothing in such a file
// can execute, and the reader trusts nothing: lengths, shapes and offsets are checked against the bytes that
// are there.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace restock::forecasting {

struct Tensor {
  std::vector<std::size_t> shape;
  std::vector<float> values;
};

/// Problems with a file name it by `origin`.
class TensorFile {
 public:
  std::string origin;
  std::map<std::string, std::string> metadata;
  std::map<std::string, Tensor> tensors;

  void set(const std::string& name, std::vector<std::size_t> shape, std::vector<float> values);
  void set_number(const std::string& name, std::int64_t value) { metadata[name] = std::to_string(value); }
  /// The values of a tensor of this shape. Throws InputError where it is missing, of another shape, or not
  /// finite.
  const std::vector<float>& get(const std::string& name, const std::vector<std::size_t>& shape) const;
  /// Throws InputError where it is missing.
  const std::string& text(const std::string& name) const;
  /// A whole number within bounds. Throws InputError.
  std::int64_t number(const std::string& name, std::int64_t minimum, std::int64_t maximum) const;
  [[noreturn]] void fail(const std::string& message) const;
};

inline constexpr std::size_t kMaximumTensorFileBytes = std::size_t{1} << 30;
inline constexpr std::size_t kMaximumTensorHeaderBytes = std::size_t{1} << 24;

/// The bytes of a file, and back. Reading throws InputError.
std::string tensor_file_bytes(const TensorFile& file);
TensorFile parse_tensor_file(std::string_view bytes, const std::string& origin);
void write_tensor_file(const TensorFile& tensors, const std::string& file);
TensorFile read_tensor_file(const std::string& file);

}  // namespace restock::forecasting
