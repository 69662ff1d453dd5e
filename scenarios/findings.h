// What is wrong with a text, gathered while it is read, and which values could not be read, so that a message
// about a consequence does not hide the cause. Internal to this folder.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/yaml_node.h"

namespace restock::scenarios {

class Findings {
 public:
  /// A hostile file gets as many messages as anybody could want.
  static constexpr std::size_t kMaximumProblems = 200;

  explicit Findings(const YamlDocument& document) : document_(document) {}

  /// Notes a problem at a place.
  void add(const YamlPlace& place, const std::string& path, std::string message);
  /// The node's value could not be read: the configuration keeps what it had.
  void add_unreadable(const YamlNode& node, const std::string& path, std::string message);
  /// The node's value was read, but is wrong.
  void add_wrong(const YamlNode& node, const std::string& path, std::string message);
  /// A value within the node could not be read, without a message of its own.
  void mark_unreadable(const YamlNode& node);

  bool is_unreadable(const YamlNode& node) const;
  /// The node, or one below it, could not be read, or the node itself is wrong: what follows from it is no
  /// news.
  bool is_in_doubt(const YamlNode& node) const { return faults_.contains(&node); }

  /// What is being read: values that cannot be read are noted for all nodes around them.
  void enter(const YamlNode& node) { around_.push_back(&node); }
  void leave() { around_.pop_back(); }

  /// Whether a further message would be kept.
  bool has_room() const noexcept { return problems_.size() < kMaximumProblems; }
  /// Throws InputError with all problems in the order of file and overrides, line and column.
  void throw_if_any() const;

 private:
  enum class Fault { holds_unreadable, wrong, unreadable };
  const YamlDocument& document_;
  std::vector<YamlProblem> problems_;
  std::size_t left_out_ = 0;
  std::map<const YamlNode*, Fault> faults_;
  std::vector<const YamlNode*> around_;
};

/// Enters a node for as long as it lives.
class Entered {
 public:
  Entered(Findings& findings, const YamlNode& node) : findings_(findings) { findings_.enter(node); }
  ~Entered() { findings_.leave(); }
  Entered(const Entered&) = delete;
  Entered& operator=(const Entered&) = delete;

 private:
  Findings& findings_;
};

}  // namespace restock::scenarios
