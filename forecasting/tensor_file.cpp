#include "forecasting/tensor_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <stdexcept>

#include "env/core/atomic_file.h"
#include "env/core/check.h"
#include "env/core/json_writer.h"
#include "forecasting/tensor_header.h"

namespace restock::forecasting {

namespace {

static_assert(std::endian::native == std::endian::little, "tensor files are written as they lie in memory");

constexpr std::size_t kLengthBytes = 8;

/// Number of elements of a shape; more than any file can hold where it overflows.
std::size_t elements_of(const std::vector<std::size_t>& shape) {
  std::size_t count = 1;
  for (const std::size_t n : shape) {
    if (n != 0 && count > kMaximumTensorFileBytes / n) return kMaximumTensorFileBytes;
    count *= n;
  }
  return count;
}

Tensor tensor_of(const TensorFile& file, const std::string& name, const TensorHeader::Entry& entry,
                 std::string_view data) {
  if (entry.dtype != "F32")
    file.fail(fmt::format("tensor '{}' has type '{}', expected F32", name, entry.dtype));
  const std::size_t bytes = elements_of(entry.shape) * sizeof(float);
  const bool inside = entry.offsets[0] <= entry.offsets[1] && entry.offsets[1] <= data.size();
  if (!inside || entry.offsets[1] - entry.offsets[0] != bytes)
    file.fail(fmt::format("the bytes of tensor '{}' do not fit its shape or the file", name));
  Tensor tensor{entry.shape, std::vector<float>(bytes / sizeof(float))};
  if (bytes > 0) std::memcpy(tensor.values.data(), data.data() + entry.offsets[0], bytes);
  return tensor;
}

}  // namespace

void TensorFile::set(const std::string& name, std::vector<std::size_t> shape, std::vector<float> values) {
  RESTOCK_CHECK(elements_of(shape) == values.size(), "tensor {}: shape [{}], {} values", name,
                fmt::join(shape, ", "), values.size());
  tensors[name] = {std::move(shape), std::move(values)};
}

const std::vector<float>& TensorFile::get(const std::string& name,
                                          const std::vector<std::size_t>& shape) const {
  const auto found = tensors.find(name);
  if (found == tensors.end()) fail(fmt::format("has no tensor '{}'", name));
  if (found->second.shape != shape) {
    fail(fmt::format("tensor '{}' has the shape [{}], expected [{}]", name,
                     fmt::join(found->second.shape, ", "), fmt::join(shape, ", ")));
  }
  for (const float value : found->second.values) {
    if (!std::isfinite(value)) fail(fmt::format("tensor '{}' holds a number that is not finite", name));
  }
  return found->second.values;
}

const std::string& TensorFile::text(const std::string& name) const {
  const auto found = metadata.find(name);
  if (found == metadata.end()) fail(fmt::format("has no metadata '{}'", name));
  return found->second;
}

std::int64_t TensorFile::number(const std::string& name, std::int64_t minimum, std::int64_t maximum) const {
  const std::string& digits = text(name);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool whole = error == std::errc{} && end == digits.data() + digits.size();
  if (!whole || value < minimum || value > maximum)
    fail(fmt::format("metadata '{}' is not a whole number in [{}, {}]", name, minimum, maximum));
  return value;
}

void TensorFile::fail(const std::string& message) const {
  throw InputError(
      std::vector<Problem>{{origin, 0, 0, {}, message + "; train and save the forecaster again"}});
}

std::string tensor_file_bytes(const TensorFile& file) {
  JsonWriter json;
  json.begin_object().key("__metadata__").begin_object();
  for (const auto& [name, text] : file.metadata) json.member(name, text);
  json.end_object();
  std::size_t offset = 0;
  for (const auto& [name, tensor] : file.tensors) {
    const std::size_t end = offset + tensor.values.size() * sizeof(float);
    json.key(name).begin_object().member("dtype", "F32").member("shape", tensor.shape);
    json.member("data_offsets", std::vector<std::size_t>{offset, end}).end_object();
    offset = end;
  }
  json.end_object();
  std::string header = json.text();
  header.resize((header.size() + kLengthBytes - 1) / kLengthBytes * kLengthBytes, ' ');
  const std::uint64_t length = header.size();
  std::string bytes(kLengthBytes, '\0');
  std::memcpy(bytes.data(), &length, kLengthBytes);
  bytes += header;
  for (const auto& [name, tensor] : file.tensors)
    bytes.append(reinterpret_cast<const char*>(tensor.values.data()), tensor.values.size() * sizeof(float));
  return bytes;
}

TensorFile parse_tensor_file(std::string_view bytes, const std::string& origin) {
  TensorFile file;
  file.origin = origin;
  std::uint64_t length = 0;
  if (bytes.size() < kLengthBytes) file.fail("is no tensor file: too short");
  std::memcpy(&length, bytes.data(), kLengthBytes);
  if (length > kMaximumTensorHeaderBytes || length > bytes.size() - kLengthBytes)
    file.fail("is no tensor file: the length of its header is impossible");
  TensorHeader header;
  try {
    header = parse_tensor_header(bytes.substr(kLengthBytes, length));
  } catch (const std::invalid_argument& error) {
    file.fail(fmt::format("is no tensor file: {}", error.what()));
  }
  const std::string_view data = bytes.substr(kLengthBytes + length);
  std::size_t used = 0;
  for (const auto& [name, entry] : header.entries) {
    file.tensors.emplace(name, tensor_of(file, name, entry, data));
    used += entry.offsets[1] - entry.offsets[0];
    if (used > data.size()) file.fail("tensors share bytes");
  }
  if (used != data.size()) file.fail("holds bytes that belong to no tensor");
  file.metadata = std::move(header.metadata);
  return file;
}

void write_tensor_file(const TensorFile& tensors, const std::string& file) {
  write_file_atomically(file, tensor_file_bytes(tensors));
}

TensorFile read_tensor_file(const std::string& file) {
  return parse_tensor_file(read_file(file, kMaximumTensorFileBytes), file);
}

}  // namespace restock::forecasting
