#include "scenarios/object_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "env/core/check.h"
#include "env/core/suggest.h"
#include "scenarios/value_reader.h"
#include "scenarios/yaml_path.h"
#include "scenarios/yaml_scalar.h"

namespace restock::scenarios {

const YamlNode* ObjectReader::take(std::string_view name) {
  names_.emplace_back(name);
  return source_.node == nullptr ? nullptr : source_.node->find(name);
}

std::string ObjectReader::path_of(std::string_view name) const {
  return joined_path(source_.path, name);
}

void ObjectReader::report_missing(std::string_view name, const FieldInfo& info, const std::string& expected) {
  if (!info.required || !source_.is_enforced) return;
  findings_.add(source_.place, path_of(name),
                fmt::format("missing, expected {} ({})", expected, info.meaning));
}

template <class T>
void ObjectReader::single(std::string_view name, T& value, const FieldInfo& info) {
  if (const YamlNode* node = take(name)) return read_value({findings_, *node, path_of(name), info}, value);
  if (!is_set(info, value)) report_missing(name, info, expected_value(info, value));
}

void ObjectReader::field(std::string_view name, bool& value, const FieldInfo& info) {
  if (const YamlNode* node = take(name)) read_value({findings_, *node, path_of(name), info}, value);
}

void ObjectReader::choice(std::string_view name, ChoiceRef value, const FieldInfo& info) {
  if (const YamlNode* node = take(name)) read_value({findings_, *node, path_of(name), info}, value);
}

void ObjectReader::field(std::string_view name, std::int64_t& value, const FieldInfo& info) {
  single(name, value, info);
}
void ObjectReader::field(std::string_view name, double& value, const FieldInfo& info) {
  single(name, value, info);
}
void ObjectReader::field(std::string_view name, std::string& value, const FieldInfo& info) {
  single(name, value, info);
}

void ObjectReader::law(std::string_view name, LawSpec& value, const FieldInfo& info) {
  single(name, value, info);
}

/// A single value stands for a list of one.
template <class T>
void ObjectReader::several(std::string_view name, std::vector<T>& value, const FieldInfo& info) {
  const YamlNode* node = take(name);
  const std::string path = path_of(name);
  const std::string expected = "a list, each " + expected_value(info, T{});
  if (node == nullptr) {
    if (value.empty()) report_missing(name, info, expected);
    return;
  }
  const bool is_one = node->is(YamlKind::scalar);
  if (!is_one && !node->is(YamlKind::sequence))
    return findings_.add_unreadable(*node, path, fmt::format("{}, expected {}", shown(*node), expected));
  if (!is_one && node->children.empty() && info.required)
    return findings_.add_unreadable(*node, path, "an empty list, expected " + expected);
  const Entered inside(findings_, *node);
  value.assign(is_one ? 1 : node->children.size(), T{});
  if (is_one) return read_value({findings_, *node, path, info}, value[0]);
  for (std::size_t i = 0; i < value.size(); ++i)
    read_value({findings_, node->children[i], fmt::format("{}[{}]", path, i), info}, value[i]);
}

void ObjectReader::field(std::string_view name, std::vector<double>& value, const FieldInfo& info) {
  several(name, value, info);
}
void ObjectReader::field(std::string_view name, std::vector<std::int64_t>& value, const FieldInfo& info) {
  several(name, value, info);
}
void ObjectReader::field(std::string_view name, std::vector<std::string>& value, const FieldInfo& info) {
  several(name, value, info);
}

void ObjectReader::list(std::string_view name, ListRef& value, const FieldInfo& info) {
  const YamlNode* node = take(name);
  if (node == nullptr) {
    if (value.size() == 0) report_missing(name, info, "at least one");
    return;
  }
  const std::string path = path_of(name);
  if (!node->is(YamlKind::sequence) && !node->is(YamlKind::map))
    return findings_.add_unreadable(*node, path, fmt::format("{}, expected a list or map", shown(*node)));
  if (node->children.empty()) {
    if (info.required) findings_.add_unreadable(*node, path, "empty, expected at least one");
    return;
  }
  const char* const expected = value.is_keyed() ? "a map from id to its keys" : "a list of maps";
  if (!node->is(value.is_keyed() ? YamlKind::map : YamlKind::sequence))
    return findings_.add_unreadable(*node, path, fmt::format("{}, expected {}", shown(*node), expected));
  value.clear();
  read_elements(*node, value, path);
}

/// An element that cannot be read is there all the same, so that the places of the others are right.
void ObjectReader::read_elements(const YamlNode& node, ListRef& value, const std::string& path) {
  const Entered inside(findings_, node);
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const YamlNode& child = node.children[i];
    value.append();
    if (value.is_keyed()) value.key(i) = node.keys[i].text;
    const std::string at =
        value.is_keyed() ? joined_path(path, value.key(i)) : fmt::format("{}[{}]", path, i);
    if (!child.is(YamlKind::map)) {
      findings_.add_unreadable(child, at, fmt::format("{}, expected a map of keys", shown(child)));
      continue;
    }
    const Entered inside_child(findings_, child);
    ObjectReader reader(findings_, {&child, child.place, at, true});
    value.visit(reader, i);
    reader.report_unknown_keys();
  }
}

void ObjectReader::object(std::string_view name, const FieldInfo& info,
                          const std::function<void(FieldVisitor&)>& inner) {
  const YamlNode* node = take(name);
  const std::string path = path_of(name);
  if (node != nullptr && !node->is(YamlKind::map))
    return findings_.add_unreadable(*node, path, fmt::format("{}, expected a map of keys", shown(*node)));
  const bool is_enforced = node != nullptr || (source_.is_enforced && info.required);
  ObjectReader reader(findings_, {node, node == nullptr ? source_.place : node->place, path, is_enforced});
  if (node != nullptr) findings_.enter(*node);
  inner(reader);
  reader.report_unknown_keys();
  if (node != nullptr) findings_.leave();
  for (const std::string& inner_name : reader.names_) nested_.push_back(joined_path(name, inner_name));
}

void ObjectReader::problem(std::string_view name, const std::string& message) {
  if (!source_.is_enforced || message.empty()) return;
  const std::string path = name.empty() ? source_.path : path_of(name);
  if (source_.node == nullptr) return findings_.add(source_.place, path, message);
  const YamlTarget target = find_path(*source_.node, name);
  const bool follows =
      target.is_whole ? findings_.is_in_doubt(*target.node) : findings_.is_unreadable(*target.node);
  if (!follows) findings_.add(target.node->place, path, message);
}

std::string ObjectReader::hint_for(const std::string& key) const {
  for (const std::string& nested : nested_)
    if (nested.ends_with("." + key)) return fmt::format(", did you mean '{}'?", nested);
  const std::vector<std::string_view> names(names_.begin(), names_.end());
  const std::string hint = did_you_mean(key, names);
  return hint.empty() ? fmt::format(", the keys here are {}", fmt::join(names_, ", ")) : hint;
}

void ObjectReader::report_unknown_keys() {
  if (source_.node == nullptr) return;
  for (const YamlNode::Key& key : source_.node->keys) {
    if (std::find(names_.begin(), names_.end(), key.text) != names_.end()) continue;
    const std::string message = findings_.has_room() ? "unknown key" + hint_for(key.text) : "";
    findings_.add(key.place, path_of(key.text), message);
  }
}

}  // namespace restock::scenarios
