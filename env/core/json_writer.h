// Writes JSON as text, one value after the other. Doubles print with the shortest digits that read back the
// same; NaN and infinities become null, because JSON has none.
#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace restock {

class JsonWriter {
 public:
  /// indent = 0 writes everything on one line.
  explicit JsonWriter(int indent = 0) : indent_(indent) {}

  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
  JsonWriter& value(double number);
  JsonWriter& value(bool flag);
  JsonWriter& value(std::nullptr_t);
  template <std::integral T>
    requires(!std::same_as<T, bool>)
  JsonWriter& value(T number) {
    return raw(std::to_string(number));
  }
  template <class T>
  JsonWriter& value(std::span<const T> items) {
    begin_array();
    for (const T& item : items) value(item);
    return end_array();
  }
  template <class T>
  JsonWriter& value(const std::vector<T>& items) {
    return value(std::span<const T>(items));
  }
  /// key(name).value(v).
  template <class T>
  JsonWriter& member(std::string_view name, const T& v) {
    key(name);
    return value(v);
  }
  /// Text that is JSON already.
  JsonWriter& raw(std::string_view json);

  const std::string& text() const noexcept { return text_; }

 private:
  JsonWriter& close(char bracket);
  void separate();
  void new_line();
  int indent_;
  std::vector<bool> has_items_;  ///< one level each: whether an item stands there already
  bool after_key_ = false;
  std::string text_;
};

/// {"mean": m, "half_width": w}: how every estimate is written.
void write_estimate(JsonWriter& json, std::string_view name, double mean, double half_width);

}  // namespace restock
