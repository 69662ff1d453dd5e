#include "agents/bundle/json_node.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "env/core/error.h"
#include "env/core/suggest.h"

namespace restock::bundle {

namespace {

constexpr int kDeepest = 16;

}  // namespace

nlohmann::json parse_json(std::string_view text, const std::string& file, std::size_t line) {
  const auto complain = [&](const std::string& message) {
    throw InputError(std::vector<Problem>{{file, line, 0, {}, message + "; export the policy again"}});
  };
  const nlohmann::json::parser_callback_t check_depth = [&](int depth, nlohmann::json::parse_event_t,
                                                            nlohmann::json&) {
    if (depth > kDeepest) complain(fmt::format("is nested deeper than {} levels", kDeepest));
    return true;
  };
  try {
    return nlohmann::json::parse(text, check_depth);
  } catch (const nlohmann::json::parse_error& error) {
    complain(fmt::format("is no valid JSON (byte {})", error.byte));
  } catch (const nlohmann::json::exception&) {
    complain("holds a number that is too large");
  }
  return {};
}

JsonNode JsonNode::inner(const nlohmann::json& value, const std::string& path) const {
  JsonNode node(value, file_, line_);
  node.path_ = path;
  return node;
}

JsonNode JsonNode::at(std::string_view name) const {
  if (!value_->is_object()) fail(fmt::format("{}, expected an object", shown()));
  const auto found = value_->find(name);
  if (found == value_->end()) fail(fmt::format("has no member '{}'", name));
  return inner(*found, path_.empty() ? std::string(name) : fmt::format("{}.{}", path_, name));
}

bool JsonNode::has(std::string_view name) const {
  return value_->is_object() && value_->contains(name);
}

void JsonNode::expect_members(std::initializer_list<std::string_view> names) const {
  for (const std::string& member : member_names())
    if (std::find(names.begin(), names.end(), member) == names.end())
      fail(fmt::format("{}: unknown member{}", in_quotes(member),
                       did_you_mean(member, std::span(names.begin(), names.size()))));
  for (const std::string_view name : names) at(name);
}

std::vector<std::string> JsonNode::member_names() const {
  if (!value_->is_object()) fail(fmt::format("{}, expected an object", shown()));
  std::vector<std::string> names;
  for (const auto& member : value_->items()) names.push_back(member.key());
  return names;
}

std::vector<JsonNode> JsonNode::items(std::size_t most) const {
  if (!value_->is_array()) fail(fmt::format("{}, expected a list", shown()));
  if (value_->size() > most) fail(fmt::format("has {} elements, expected at most {}", value_->size(), most));
  std::vector<JsonNode> nodes;
  nodes.reserve(value_->size());
  for (const nlohmann::json& item : *value_)
    nodes.push_back(inner(item, fmt::format("{}[{}]", path_, nodes.size())));
  return nodes;
}

std::string JsonNode::text(std::size_t longest) const {
  if (!value_->is_string()) fail(fmt::format("{}, expected a text", shown()));
  const auto& text = value_->get_ref<const std::string&>();
  const bool control = std::any_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < 32; });
  if (text.empty() || text.size() > longest || control)
    fail(fmt::format("{}, expected 1 to {} bytes without control characters", in_quotes(text), longest));
  return text;
}

bool JsonNode::flag() const {
  if (!value_->is_boolean()) fail(fmt::format("{}, expected true or false", shown()));
  return value_->get<bool>();
}

double JsonNode::number(double minimum, double maximum) const {
  const double number = value_->is_number() ? value_->get<double>() : std::nan("");
  if (std::isfinite(number) && number >= minimum && number <= maximum) return number;
  fail(fmt::format("{}, expected a number in [{}, {}]", shown(), minimum, maximum));
}

std::int64_t JsonNode::integer(std::int64_t minimum, std::int64_t maximum) const {
  const bool fits =
      value_->is_number_integer() && (!value_->is_number_unsigned() ||
                                      value_->get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX));
  if (const std::int64_t number = fits ? value_->get<std::int64_t>() : 0;
      fits && number >= minimum && number <= maximum)
    return number;
  fail(fmt::format("{}, expected a whole number in [{}, {}]", shown(), minimum, maximum));
}

JsonNode JsonNode::element(std::size_t i, std::size_t count) const {
  if (!value_->is_array()) fail(fmt::format("{}, expected a list", shown()));
  if (value_->size() != count) fail(fmt::format("{} values, expected {}", value_->size(), count));
  return inner((*value_)[i], fmt::format("{}[{}]", path_, i));
}

std::vector<double> JsonNode::numbers(std::size_t count, double minimum, double maximum) const {
  std::vector<double> values;
  if (!value_->is_array() || value_->size() != count) element(0, count);
  for (const nlohmann::json& item : *value_) {
    const double number = item.is_number() ? item.get<double>() : std::nan("");
    const bool fits = number >= minimum && number <= maximum;
    values.push_back(fits ? number : element(values.size(), count).number(minimum, maximum));
  }
  return values;
}

std::vector<std::int64_t> JsonNode::integers(std::size_t count, std::int64_t minimum,
                                             std::int64_t maximum) const {
  std::vector<std::int64_t> values;
  if (!value_->is_array() || value_->size() != count) element(0, count);
  for (const nlohmann::json& item : *value_) {
    const bool fits = item.is_number_unsigned() &&
                      item.get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX) &&
                      item.get<std::int64_t>() >= minimum && item.get<std::int64_t>() <= maximum;
    values.push_back(fits ? item.get<std::int64_t>()
                          : element(values.size(), count).integer(minimum, maximum));
  }
  return values;
}

void JsonNode::fail(const std::string& message) const {
  throw InputError(std::vector<Problem>{{file_, line_, 0, path_, message}});
}

std::string JsonNode::shown() const {
  if (value_->is_object()) return "an object";
  if (value_->is_array()) return "a list";
  return in_quotes(value_->dump(-1, ' ', true, nlohmann::json::error_handler_t::replace));
}

}  // namespace restock::bundle
