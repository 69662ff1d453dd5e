// Listens to yaml-cpp's events and builds our tree from them: the events still show what yaml-cpp's own tree
// has lost (duplicate keys, aliases, quotes, where a key stands). Internal to this folder.
#pragma once

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/yaml_node.h"

namespace restock::scenarios {

inline constexpr std::string_view kNoAliases = "an alias ('*'), which is not read: write the value out";

class TreeBuilder final : public YAML::EventHandler {
 public:
  /// Thrown out of the parser where reading on makes no sense; the problem has been noted.
  struct Stopped {};

  explicit TreeBuilder(std::string_view text) : text_(text) {}

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { close(); }

  YamlPlace place_of(const YAML::Mark& mark) const;
  /// " (of the '[' at line 3, column 7)": the innermost bracket that is still open; "" where there is none.
  std::string open_bracket() const;
  void note(YamlProblem problem) { problems_.push_back(std::move(problem)); }
  void stop() noexcept { stopped_ = true; }
  bool stopped() const noexcept { return stopped_; }
  YamlNode take_root() { return std::move(root_); }
  std::vector<YamlProblem> take_problems() { return std::move(problems_); }

 private:
  /// A map or sequence that is still open.
  struct Frame {
    YamlNode node;
    char first = ' ';          ///< the character that it begins with
    bool has_key = false;      ///< of a map: the next node is a value
    bool drops_value = false;  ///< the key was refused
    YamlNode::Key key;
    std::map<std::string, YamlPlace> seen;  ///< keys so far, and where
  };

  char character_at(const YAML::Mark& mark) const noexcept;
  void note_at(const YamlPlace& place, std::string message);
  [[noreturn]] void stop_at(const YamlPlace& place, std::string message);
  void refuse_extras(const YamlPlace& place, char first, const std::string& tag, YAML::anchor_t anchor);
  void count_node(const YamlPlace& place);
  void open(YamlKind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor);
  void close();
  void add(YamlNode node);
  void add_key(Frame& frame, const YamlNode& node);
  void check_scalar(YamlNode& node, const YAML::Mark& mark);
  bool quote_is_closed(std::size_t from) const noexcept;

  std::string_view text_;
  std::vector<Frame> open_;
  YamlNode root_;
  std::vector<YamlProblem> problems_;
  std::size_t nodes_ = 0;
  bool has_document_ = false;
  bool stopped_ = false;
  mutable YAML::Mark last_mark_;             ///< columns are counted on from here
  mutable std::size_t last_characters_ = 0;  ///< characters before it on its line
};

}  // namespace restock::scenarios
