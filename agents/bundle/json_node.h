// JSON from a stranger, read strictly: bounded in size and depth, every value asked for by type and range,
// every complaint with file and path.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace restock::bundle {

/// Throws InputError where the text is no JSON, or nested deeper than anything in a bundle.
nlohmann::json parse_json(std::string_view text, const std::string& file, std::size_t line = 0);

/// One value and where it stands. Refers to the document it was made from.
class JsonNode {
 public:
  JsonNode(const nlohmann::json& value, std::string file, std::size_t line = 0)
      : value_(&value), file_(std::move(file)), line_(line) {}

  /// A member that must be there.
  JsonNode at(std::string_view name) const;
  bool has(std::string_view name) const;
  bool is_null() const { return value_->is_null(); }
  /// Throws InputError where the object has other members than these, all of which must be there.
  void expect_members(std::initializer_list<std::string_view> names) const;
  /// The names of an object's members.
  std::vector<std::string> member_names() const;

  /// Elements of an array of at most `most`.
  std::vector<JsonNode> items(std::size_t most) const;
  std::string text(std::size_t longest) const;
  bool flag() const;
  /// Bounds are inclusive.
  double number(double minimum, double maximum) const;
  std::int64_t integer(std::int64_t minimum, std::int64_t maximum) const;

  /// An array of exactly `count` numbers, without a node for each.
  std::vector<double> numbers(std::size_t count, double minimum, double maximum) const;
  std::vector<std::int64_t> integers(std::size_t count, std::int64_t minimum, std::int64_t maximum) const;

  [[noreturn]] void fail(const std::string& message) const;

 private:
  JsonNode inner(const nlohmann::json& value, const std::string& path) const;
  /// Element i of an array of exactly `count`.
  JsonNode element(std::size_t i, std::size_t count) const;
  std::string shown() const;

  const nlohmann::json* value_;
  std::string file_;
  std::string path_;
  std::size_t line_ = 0;
};

}  // namespace restock::bundle
