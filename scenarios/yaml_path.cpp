#include "scenarios/yaml_path.h"

#include <fmt/format.h>

#include <charconv>

#include "env/core/suggest.h"

namespace restock::scenarios {

namespace {

constexpr std::size_t kLongestName = 100;

std::optional<PathStep> index_step(std::string_view& path) {
  const std::size_t end = path.find(']');
  if (end == std::string_view::npos) return std::nullopt;
  std::size_t index = 0;
  const auto [stop, error] = std::from_chars(path.data() + 1, path.data() + end, index);
  if (error != std::errc{} || stop != path.data() + end) return std::nullopt;
  path.remove_prefix(end + 1);
  if (path.starts_with('.')) path.remove_prefix(1);
  return PathStep{"", index};
}

}  // namespace

std::string joined_path(std::string_view outer, std::string_view name) {
  const std::string shown = name.size() > kLongestName ? in_quotes(name) : std::string(name);
  return outer.empty() ? shown : fmt::format("{}.{}", outer, shown);
}

std::optional<PathStep> next_step(std::string_view& path) {
  if (path.starts_with('[')) return index_step(path);
  const std::size_t end = std::min(path.find_first_of(".["), path.size());
  const std::string_view name = path.substr(0, end);
  if (name.empty()) return std::nullopt;
  path.remove_prefix(end);
  if (path == ".") return std::nullopt;
  if (path.starts_with('.')) path.remove_prefix(1);
  return PathStep{name, std::nullopt};
}

const YamlNode* step_by_key(const YamlNode& map, std::string_view& path) {
  const YamlNode* found = nullptr;
  std::size_t longest = 0;
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    const std::string& key = map.keys[i].text;
    if (key.size() <= longest || !path.starts_with(key)) continue;
    if (path.size() > key.size() && path[key.size()] != '.' && path[key.size()] != '[') continue;
    found = &map.children[i];
    longest = key.size();
  }
  if (found == nullptr || path.substr(longest) == ".") return nullptr;
  path.remove_prefix(longest);
  if (path.starts_with('.')) path.remove_prefix(1);
  return found;
}

YamlTarget find_path(const YamlNode& from, std::string_view path) {
  const YamlNode* node = &from;
  while (!path.empty()) {
    const YamlNode* child = nullptr;
    if (node->is(YamlKind::map) && !path.starts_with('[')) {
      child = step_by_key(*node, path);
    } else if (const auto step = next_step(path);
               step && step->index && *step->index < node->children.size()) {
      child = &node->children[*step->index];
    }
    if (child == nullptr) return {node, false};
    node = child;
  }
  return {node, true};
}

}  // namespace restock::scenarios
