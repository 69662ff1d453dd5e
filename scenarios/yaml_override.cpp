#include "scenarios/yaml_override.h"

#include <fmt/format.h>

#include "env/core/suggest.h"
#include "scenarios/yaml_path.h"
#include "scenarios/yaml_scalar.h"

namespace restock::scenarios {

namespace {

/// Everything in a value that came out of an override stands at the override.
void put_at(YamlNode& node, const YamlPlace& place) {
  node.place = place;
  for (YamlNode::Key& key : node.keys) key.place = place;
  for (YamlNode& child : node.children) put_at(child, place);
}

/// One override on its way into a document.
class Override {
 public:
  Override(YamlDocument& document, const std::string& text)
      : document_(document), text_(text), place_{document.sources.size(), 0, 0} {
    document.sources.push_back(override_name(text));
  }

  void apply() {
    const std::size_t equals = text_.find('=');
    if (equals == std::string::npos || equals == 0) return note("", "expected key=value");
    path_ = text_.substr(0, equals);
    YamlNode value;
    if (!read(text_.substr(equals + 1), value)) return;
    if (YamlNode* target = find_target()) *target = std::move(value);
  }

 private:
  void note(const std::string& path, const std::string& message) {
    document_.problems.push_back({place_, path, message});
  }

  bool read(const std::string& value_text, YamlNode& value) {
    try {
      YamlDocument parsed = parse_yaml(value_text, "");
      for (const YamlProblem& problem : parsed.problems) note(path_, problem.message);
      value = std::move(parsed.root);
      put_at(value, place_);
      return parsed.problems.empty();
    } catch (const InputError& error) {
      for (const Problem& problem : error.problems()) note(path_, problem.message);
      return false;
    }
  }

  /// The node that the value replaces, made where it is missing; nullptr with a problem where there can be
  /// none.
  YamlNode* find_target() {
    YamlNode* node = &document_.root;
    std::string_view rest = path_;
    while (!rest.empty()) {
      std::string way = path_.substr(0, path_.size() - rest.size());
      if (way.ends_with('.')) way.pop_back();
      if (node->is(YamlKind::map)) {
        if (const YamlNode* known = step_by_key(*node, rest)) {
          node = const_cast<YamlNode*>(known);
          continue;
        }
      }
      const auto step = next_step(rest);
      if (!step) {
        note(path_, "no path, expected names and places such as skus[0].pack_size");
        return nullptr;
      }
      node = step->index ? element(*node, *step->index, way) : member(*node, step->name, way);
      if (node == nullptr) return nullptr;
    }
    return node;
  }

  YamlNode* element(YamlNode& node, std::size_t index, const std::string& way) {
    if (node.is(YamlKind::sequence) && index < node.children.size()) return &node.children[index];
    const std::string there =
        node.is(YamlKind::sequence) ? fmt::format("a list of {}", node.children.size()) : shown(node);
    note(way, fmt::format("{}, which has no element [{}]", there, index));
    return nullptr;
  }

  YamlNode* member(YamlNode& node, std::string_view name, const std::string& way) {
    if (node.is(YamlKind::nothing)) node.kind = YamlKind::map;
    if (!node.is(YamlKind::map)) {
      note(way, fmt::format("{}, which has no key {}", shown(node), in_quotes(name)));
      return nullptr;
    }
    if (YamlNode* found = node.find(name)) return found;
    node.keys.push_back({std::string(name), place_});
    node.children.emplace_back();
    node.children.back().place = place_;
    return &node.children.back();
  }

  YamlDocument& document_;
  const std::string& text_;
  YamlPlace place_;
  std::string path_;
};

}  // namespace

void apply_override(YamlDocument& document, const std::string& override_text) {
  Override(document, override_text).apply();
}

std::string override_name(const std::string& override_text) {
  return "override " + in_quotes(override_text);
}

}  // namespace restock::scenarios
