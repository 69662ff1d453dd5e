#include "agents/learning/bytes.h"

#include <fmt/format.h>

#include "env/core/error.h"

namespace restock::learning {

void ByteWriter::append(const void* data, std::size_t size) {
  if (size > 0) bytes_.append(static_cast<const char*>(data), size);
}

void ByteWriter::section(std::string_view name) {
  values(std::span<const char>(name.data(), name.size()));
}

void ByteReader::section(std::string_view name) {
  std::vector<char> found;
  sized_values(found);
  const std::string_view text(found.data(), found.size());
  if (text != name) fail(fmt::format("found section '{}', expected '{}'", text.substr(0, 40), name));
}

void ByteReader::take(void* data, std::size_t size) {
  if (size > bytes_.size() - position_) fail("the file ends too early");
  if (size > 0) std::memcpy(data, bytes_.data() + position_, size);
  position_ += size;
}

std::size_t ByteReader::next_length(std::size_t item_size) {
  std::uint64_t length = 0;
  value(length);
  if (length > bytes_.size() - position_ || length % item_size != 0) fail("an array is longer than the file");
  return static_cast<std::size_t>(length);
}

void ByteReader::check_length(std::size_t expected) {
  const std::size_t length = next_length(1);
  if (length != expected) {
    fail(fmt::format("an array holds {} bytes, expected {}: it was written with another configuration",
                     length, expected));
  }
}

void ByteReader::finish() const {
  if (position_ != bytes_.size()) fail(fmt::format("{} bytes are left over", bytes_.size() - position_));
}

void ByteReader::fail(const std::string& message) const {
  throw InputError(fmt::format("{}: byte {}: {}; use the checkpoint of this configuration, or start anew",
                               origin_, position_, message));
}

}  // namespace restock::learning
