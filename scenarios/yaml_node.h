// A YAML text as a tree that remembers where everything stands.
//
// Of YAML it reads maps with text keys, lists and texts: one document, no anchors and aliases (so no file can
// grow while it is read), no tags, no merge keys, no key twice. A scalar keeps its text: what it means is
// decided by the field that it is read into (yaml_scalar.h), so that `no` can be a country and 010 is
// never 8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "env/core/error.h"

namespace restock::scenarios {

/// Where something stands: in a file, or in a key=value override.
struct YamlPlace {
  std::size_t source = 0;  ///< index into YamlDocument::sources
  std::size_t line = 0;    ///< 1-based; 0 in an override
  std::size_t column = 0;  ///< 1-based, in characters; 0 in an override

  auto operator<=>(const YamlPlace&) const = default;
};

enum class YamlKind {
  nothing,  ///< `key:` with no value, or null
  scalar,
  sequence,
  map,
  refused,  ///< something that is not read; a problem has been noted already
};

struct YamlNode {
  struct Key {
    std::string text;
    YamlPlace place;
  };

  YamlKind kind = YamlKind::nothing;
  bool quoted = false;  ///< of a scalar: written in quotes or as a block, so a text whatever it looks like
  YamlPlace place;
  std::string text;                ///< of a scalar
  std::vector<Key> keys;           ///< of a map; the value of keys[i] is children[i]
  std::vector<YamlNode> children;  ///< elements of a sequence, values of a map

  bool is(YamlKind expected) const noexcept { return kind == expected; }
  /// The value of a key of a map; nullptr where the key is not there.
  const YamlNode* find(std::string_view key) const noexcept;
  YamlNode* find(std::string_view key) noexcept;
};

/// A problem before its source has got a name.
struct YamlProblem {
  YamlPlace place;
  std::string path;
  std::string message;

  bool operator==(const YamlProblem&) const = default;
};

struct YamlDocument {
  std::vector<std::string> sources;  ///< the file, then the overrides: what messages begin with
  YamlNode root;
  std::vector<YamlProblem> problems;  ///< found on the way, such as duplicate keys

  Problem located(const YamlProblem& problem) const {
    return {sources[problem.place.source], problem.place.line, problem.place.column, problem.path,
            problem.message};
  }
};

/// Reads a text into a tree. `name` is the file's name in messages. Throws InputError where the text cannot
/// be read to its end; what can be read around is noted in `problems`.
YamlDocument parse_yaml(std::string_view text, const std::string& name);

}  // namespace restock::scenarios
