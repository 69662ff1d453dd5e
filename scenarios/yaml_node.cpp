#include "scenarios/yaml_node.h"

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>

#include "scenarios/yaml_text.h"
#include "scenarios/yaml_tree_builder.h"

namespace restock::scenarios {

namespace {

/// What yaml-cpp says, in words that name the next step.
std::string explained(const std::string& message) {
  if (message == "illegal map value")
    return "a ':' that cannot stand here, check the indentation or put quotes around a text that holds ': '";
  if (message == "end of map not found" || message == "end of sequence not found")
    return "this does not continue what stands above, check the indentation";
  if (message == "end of map flow not found") return "expected ',' or '}' here";
  if (message == "end of sequence flow not found") return "expected ',' or ']' here";
  if (message == "unknown token") return "this character cannot begin a value, put quotes around the text";
  if (message == "the referenced anchor is not defined") return std::string(kNoAliases);
  return "not readable as YAML: " + message;
}

YamlProblem problem_of(const YAML::Exception& error, const TreeBuilder& builder) {
  std::string message = explained(error.msg);
  if (error.msg.ends_with("flow not found")) message += builder.open_bracket();
  return {builder.place_of(error.mark), {}, message};
}

void build_tree(std::string_view text, TreeBuilder& builder) {
  std::istringstream stream{std::string(text)};
  try {
    YAML::Parser parser(stream);
    if (parser.HandleNextDocument(builder)) parser.HandleNextDocument(builder);  // a second one is refused
  } catch (const YAML::Exception& error) {
    builder.note(problem_of(error, builder));
    builder.stop();
  } catch (const TreeBuilder::Stopped&) {
  }
}

[[noreturn]] void fail(const YamlDocument& document) {
  std::vector<Problem> problems;
  for (const YamlProblem& problem : document.problems) problems.push_back(document.located(problem));
  throw InputError(std::move(problems));
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const noexcept {
  const auto found = std::find_if(keys.begin(), keys.end(), [&](const Key& k) { return k.text == key; });
  return found == keys.end() ? nullptr : &children[static_cast<std::size_t>(found - keys.begin())];
}

YamlNode* YamlNode::find(std::string_view key) noexcept {
  return const_cast<YamlNode*>(static_cast<const YamlNode*>(this)->find(key));
}

YamlDocument parse_yaml(std::string_view text, const std::string& name) {
  YamlDocument document{{name}, {}, {}};
  if (const auto unreadable = find_unreadable_text(text)) {
    document.problems.push_back({{0, unreadable->line, unreadable->column}, {}, unreadable->message});
    fail(document);
  }
  const std::string_view readable = without_byte_order_mark(text);
  TreeBuilder builder(readable);
  build_tree(readable, builder);
  document.root = builder.take_root();
  document.problems = builder.take_problems();
  if (builder.stopped()) fail(document);
  return document;
}

}  // namespace restock::scenarios
