#include "forecasting/tensor_header.h"

#include <fmt/format.h>

#include <charconv>
#include <functional>
#include <stdexcept>

namespace restock::forecasting {

namespace {

class Parser {
 public:
  explicit Parser(std::string_view json) : json_(json) {}

  TensorHeader parse() {
    TensorHeader header;
    object([&](const std::string& name) {
      if (name == "__metadata__") {
        object([&](const std::string& key) { insert(header.metadata, key, string()); });
      } else {
        insert(header.entries, name, entry());
      }
    });
    skip_spaces();
    if (at_ != json_.size()) fail("something follows the header");
    return header;
  }

 private:
  [[noreturn]] void fail(const std::string& message) const {
    throw std::invalid_argument(fmt::format("{} at byte {} of the header", message, at_));
  }

  template <class Map, class Value>
  void insert(Map& map, const std::string& key, Value&& value) {
    if (!map.emplace(key, std::forward<Value>(value)).second) fail("a name stands twice");
  }

  TensorHeader::Entry entry() {
    TensorHeader::Entry entry;
    int seen = 0;
    object([&](const std::string& key) {
      ++seen;
      if (key == "dtype" && entry.dtype.empty()) {
        entry.dtype = string();
      } else if (key == "shape" && entry.shape.empty()) {
        entry.shape = numbers();
      } else if (key == "data_offsets" && entry.offsets.empty()) {
        entry.offsets = numbers();
      } else {
        fail("unexpected key of a tensor");
      }
    });
    if (seen != 3 || entry.offsets.size() != 2) fail("a tensor needs dtype, shape and two data_offsets");
    return entry;
  }

  void object(const std::function<void(const std::string&)>& member) {
    expect('{');
    if (accept('}')) return;
    do {
      const std::string key = string();
      expect(':');
      member(key);
    } while (accept(','));
    expect('}');
  }

  std::vector<std::size_t> numbers() {
    std::vector<std::size_t> values;
    expect('[');
    if (accept(']')) return values;
    do {
      if (values.size() == 8) fail("more than 8 numbers in a list");
      values.push_back(number());
    } while (accept(','));
    expect(']');
    return values;
  }

  std::size_t number() {
    skip_spaces();
    std::size_t value = 0;
    const char* begin = json_.data() + at_;
    const auto [end, error] = std::from_chars(begin, json_.data() + json_.size(), value);
    if (error != std::errc{} || value > (std::size_t{1} << 40)) fail("expected a whole number");
    at_ += static_cast<std::size_t>(end - begin);
    return value;
  }

  std::string string() {
    expect('"');
    std::string text;
    while (true) {
      const char c = take();
      if (c == '"') return text;
      if (static_cast<unsigned char>(c) < 0x20) fail("a control character in a string");
      if (c == '\\') {
        append_escaped(text);
      } else {
        text += c;
      }
    }
  }

  void append_escaped(std::string& text) {
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    const char c = take();
    if (const auto found = kLetters.find(c); found != std::string_view::npos) {
      text += kMeanings[found];
    } else if (c == 'u') {
      append_utf8(text, hexadecimal());
    } else {
      fail("unknown escape in a string");
    }
  }

  unsigned hexadecimal() {
    unsigned value = 0;
    const char* begin = json_.data() + at_;
    if (json_.size() - at_ < 4) fail("the header ends inside a string");
    const auto [end, error] = std::from_chars(begin, begin + 4, value, 16);
    if (error != std::errc{} || end != begin + 4) fail("expected four hexadecimal digits");
    if (value >= 0xD800 && value < 0xE000) fail("surrogates are not read; write the character itself");
    at_ += 4;
    return value;
  }

  static void append_utf8(std::string& text, unsigned code) {
    if (code < 0x80) {
      text += static_cast<char>(code);
    } else if (code < 0x800) {
      text += static_cast<char>(0xC0U | (code >> 6));
      text += static_cast<char>(0x80U | (code & 0x3FU));
    } else {
      text += static_cast<char>(0xE0U | (code >> 12));
      text += static_cast<char>(0x80U | ((code >> 6) & 0x3FU));
      text += static_cast<char>(0x80U | (code & 0x3FU));
    }
  }

  char take() {
    if (at_ == json_.size()) fail("the header ends too early");
    return json_[at_++];
  }
  void skip_spaces() {
    while (at_ < json_.size() && std::string_view(" \t\r\n").find(json_[at_]) != std::string_view::npos)
      ++at_;
  }
  bool accept(char c) {
    skip_spaces();
    if (at_ == json_.size() || json_[at_] != c) return false;
    ++at_;
    return true;
  }
  void expect(char c) {
    if (!accept(c)) fail(fmt::format("expected '{}'", c));
  }

  std::string_view json_;
  std::size_t at_ = 0;
};

}  // namespace

TensorHeader parse_tensor_header(std::string_view json) {
  return Parser(json).parse();
}

}  // namespace restock::forecasting
