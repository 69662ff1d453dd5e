// What a checkpoint is made of: numbers and arrays as bytes, in sections with a name, so that a file of
// another version, another network or another scenario is refused instead of misread. Little-endian; arrays
// carry their length.
#pragma once

#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace restock::learning {

class ByteWriter {
 public:
  void section(std::string_view name);
  template <class T>
  requires std::is_trivially_copyable_v<T>
  void value(const T& x) { append(&x, sizeof x); }
  template <class T>
  requires std::is_trivially_copyable_v<T>
  void values(std::span<const T> items) {
    value(static_cast<std::uint64_t>(items.size_bytes()));
    append(items.data(), items.size_bytes());
  }
  const std::string& bytes() const noexcept { return bytes_; }

 private:
  void append(const void* data, std::size_t size);
  std::string bytes_;
};

class ByteReader {
 public:
  /// `origin` names the source in error messages. The bytes must outlive the reader.
  ByteReader(std::string_view bytes, std::string origin) : bytes_(bytes), origin_(std::move(origin)) {}

  /// Throws InputError unless this section comes next.
  void section(std::string_view name);
  template <class T>
  requires std::is_trivially_copyable_v<T>
  void value(T& x) { take(&x, sizeof x); }
  /// Fills the items; throws InputError where the stored array has another length.
  template <class T>
  requires std::is_trivially_copyable_v<T>
  void values(std::span<T> items) {
    check_length(items.size_bytes());
    take(items.data(), items.size_bytes());
  }
  /// An array of any length.
  template <class T>
  requires std::is_trivially_copyable_v<T>
  void sized_values(std::vector<T>& items) {
    items.resize(next_length(sizeof(T)) / sizeof(T));
    take(items.data(), items.size() * sizeof(T));
  }
  /// Throws InputError where something is left.
  void finish() const;
  [[noreturn]] void fail(const std::string& message) const;

 private:
  void take(void* data, std::size_t size);
  void check_length(std::size_t expected);
  std::size_t next_length(std::size_t item_size);
  std::string_view bytes_;
  std::size_t position_ = 0;
  std::string origin_;
};

}  // namespace restock::learning
