// Laws as users write them: {law: poisson, mean: 5}, or a plain number for a constant. Names, parameters and
// ranges come from the registry of laws; whether the parameters fit together is for the law itself to say.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "env/core/suggest.h"
#include "scenarios/value_reader.h"
#include "scenarios/yaml_scalar.h"

namespace restock::scenarios {

namespace {

constexpr std::string_view kLawKey = "law";

template <class T>
std::vector<std::string_view> names_in(const T& described) {
  std::vector<std::string_view> names;
  for (const auto& one : described) names.push_back(one.name);
  return names;
}

void refuse(const ValueSource& from, const YamlNode& node, const std::string& path,
            const std::string& expected) {
  from.findings.add_unreadable(node, path, fmt::format("{}, expected {}", shown(node), expected));
}

/// A constant has to lie within the bounds of the field as well as within those of the law.
FieldInfo bounds_of(const LawParameter& parameter, std::string_view law, const FieldInfo& field) {
  FieldInfo info{.meaning = parameter.meaning, .minimum = parameter.minimum, .maximum = parameter.maximum};
  if (law != "constant") return info;
  info.minimum = std::max(info.minimum, field.minimum);
  info.maximum = std::min(info.maximum, field.maximum);
  return info;
}

/// A plain number.
void read_constant(const ValueSource& from, LawSpec& value) {
  const LawDescription* law = find_law("constant");
  FieldInfo info = from.info;
  if (law != nullptr && !law->parameters.empty()) info = bounds_of(law->parameters[0], "constant", from.info);
  const Parsed<double> parsed = parse_number(from.node);
  if (!parsed.value)
    return refuse(from, from.node, from.path, expected_value(from.info, value) + parsed.remark);
  double number = 0;
  read_value(ValueSource{from.findings, from.node, from.path, info}, number);
  value = LawSpec::constant(number);
}

const LawDescription* read_name(const ValueSource& from) {
  const YamlNode* node = from.node.find(kLawKey);
  const auto names = names_in(law_registry());
  const std::string expected = fmt::format("one of {}", fmt::join(names, ", "));
  if (node == nullptr) {
    from.findings.add_unreadable(from.node, from.path,
                                 fmt::format("missing key 'law', expected {}", expected));
    return nullptr;
  }
  const LawDescription* law = node->is(YamlKind::scalar) ? find_law(node->text) : nullptr;
  if (law == nullptr) refuse(from, *node, from.path + ".law", expected + did_you_mean(node->text, names));
  return law;
}

std::string range_of(const LawParameter& parameter, const FieldInfo& bounds) {
  if (parameter.above_minimum) return fmt::format(" in ({}, {}]", bounds.minimum, bounds.maximum);
  return shown_range(bounds.minimum, bounds.maximum);
}

bool is_within(const LawParameter& parameter, const FieldInfo& bounds, double value) {
  const bool is_high_enough = parameter.above_minimum ? value > bounds.minimum : value >= bounds.minimum;
  return is_high_enough && value <= bounds.maximum;
}

/// Adds one value of a parameter; false where it is none.
bool read_item(const ValueSource& item, const LawParameter& parameter, std::vector<double>& values) {
  const Parsed<double> number = parse_number(item.node);
  if (number.value && is_within(parameter, item.info, *number.value)) {
    values.push_back(*number.value);
    return true;
  }
  refuse(item, item.node, item.path, "a number" + range_of(parameter, item.info) + number.remark);
  return false;
}

/// Values of one parameter; false where one is wrong.
bool read_parameter(const ValueSource& from, const YamlNode& node, const LawParameter& parameter,
                    std::string_view law, std::vector<double>& values) {
  const std::string path = fmt::format("{}.{}", from.path, parameter.name);
  const FieldInfo bounds = bounds_of(parameter, law, from.info);
  const bool is_list = parameter.list && node.is(YamlKind::sequence);
  if (!is_list) return read_item({from.findings, node, path, bounds}, parameter, values);
  if (node.children.empty())
    from.findings.add_unreadable(node, path, "an empty list, expected numbers" + range_of(parameter, bounds));
  bool is_good = !node.children.empty();
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const std::string at = fmt::format("{}[{}]", path, i);
    if (!read_item({from.findings, node.children[i], at, bounds}, parameter, values)) is_good = false;
  }
  return is_good;
}

/// Parameters that are missing, and keys that are none.
bool check_keys(const ValueSource& from, const LawDescription& law) {
  bool is_good = true;
  const auto names = names_in(law.parameters);
  for (const LawParameter& parameter : law.parameters) {
    if (parameter.optional || from.node.find(parameter.name) != nullptr) continue;
    from.findings.add_unreadable(from.node, fmt::format("{}.{}", from.path, parameter.name),
                                 fmt::format("missing, law {} needs it ({})", law.name, parameter.meaning));
    is_good = false;
  }
  for (const YamlNode::Key& key : from.node.keys) {
    if (key.text == kLawKey || std::find(names.begin(), names.end(), key.text) != names.end()) continue;
    const std::string hint = did_you_mean(key.text, names);
    from.findings.add(key.place, from.path,
                      fmt::format("unknown key {}, law {} has {}{}", in_quotes(key.text), law.name,
                                  fmt::join(names, ", "), hint));
    is_good = false;
  }
  return is_good;
}

/// Whether the law can be made of its parameters.
bool check_law(const ValueSource& from, const LawSpec& spec) {
  try {
    make_law(spec);
    return true;
  } catch (const InputError& error) {
    for (const Problem& problem : error.problems())
      from.findings.add_unreadable(from.node, from.path, problem.message);
    return false;
  }
}

}  // namespace

void read_value(const ValueSource& from, LawSpec& value) {
  if (from.node.is(YamlKind::scalar)) return read_constant(from, value);
  if (!from.node.is(YamlKind::map))
    return refuse(from, from.node, from.path, expected_value(from.info, value));
  const Entered inside(from.findings, from.node);
  const LawDescription* law = read_name(from);
  if (law == nullptr) return;
  LawSpec spec{std::string(law->name), {}};
  bool is_good = check_keys(from, *law);
  for (const LawParameter& parameter : law->parameters) {
    const YamlNode* node = from.node.find(parameter.name);
    if (node == nullptr) continue;
    spec.parameters.push_back({std::string(parameter.name), {}});
    if (!read_parameter(from, *node, parameter, law->name, spec.parameters.back().values)) is_good = false;
  }
  if (is_good && check_law(from, spec)) value = std::move(spec);
  if (!is_good) from.findings.mark_unreadable(from.node);
}

std::string expected_value(const FieldInfo& info, const LawSpec&) {
  return "a number" + shown_range(info.minimum, info.maximum) + " or a law such as {law: poisson, mean: 5}";
}

}  // namespace restock::scenarios
