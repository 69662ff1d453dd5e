#include <algorithm>
#include <regex>
#include <set>

#include "tests/architecture/checker.h"
#include "tests/architecture/rules.h"

namespace restock::architecture {

namespace {

using Names = std::set<std::string_view>;

struct Include {
  std::string name;
  bool quoted = false;
  std::size_t line = 0;
};

std::vector<Include> includes_of(std::string_view text) {
  static const std::regex pattern(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
  std::vector<Include> found;
  std::size_t line = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    ++line;
    std::match_results<std::string_view::const_iterator> match;
    const std::string_view content = text.substr(begin, end - begin);
    if (content.find('#') != content.npos &&
        std::regex_search(content.begin(), content.end(), match, pattern))
      found.push_back({match[2].str(), match[1].str() == "\"", line});
    begin = end + 1;
  }
  return found;
}

bool is_below(std::string_view path, std::string_view folder) {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

/// The component with the longest folder that holds the file; null for the tests and for files that belong
/// nowhere.
const Component* component_of(std::string_view path) {
  const Component* owner = nullptr;
  for (const Component& candidate : components())
    if (is_below(path, candidate.folder) && (!owner || candidate.folder.size() > owner->folder.size()))
      owner = &candidate;
  return owner;
}

const Component& component_named(std::string_view name) {
  return *std::find_if(components().begin(), components().end(),
                       [&](const Component& c) { return c.name == name; });
}

/// The component itself and all that it may use.
void add_uses(const Component& component, Names& reached) {
  if (!reached.insert(component.name).second) return;
  for (const auto used : component.uses) add_uses(component_named(used), reached);
}

Names allowed_components(const Component& component) {
  Names reached;
  add_uses(component, reached);
  return reached;
}

Names allowed_libraries(const Component& component) {
  Names allowed(component.keeps_inside.begin(), component.keeps_inside.end());
  for (const auto used : allowed_components(component))
    for (const auto library : component_named(used).offers) allowed.insert(library);
  return allowed;
}

bool is_standard(std::string_view header) {
  return header.find_first_of("./") == header.npos;
}

/// The library a header in angle brackets belongs to; empty for an unknown one.
std::string_view library_of(std::string_view header) {
  for (const Library& library : libraries())
    for (const auto start : library.headers)
      if (header.starts_with(start)) return library.name;
  return {};
}

/// Looks at one file after the other, and follows headers to the libraries that stand behind them.
class Walk {
 public:
  explicit Walk(const Files& files) : files_(files) {}

  std::vector<std::string> violations() {
    for (const auto& [path, text] : files_) {
      const bool is_test = is_below(path, "tests");
      const Component* owner = component_of(path);
      if (!is_test && !owner) report(path, 0, "belongs to no component");
      for (const Include& include : includes_of(text)) judge(path, is_test ? nullptr : owner, include);
    }
    return std::move(violations_);
  }

 private:
  void report(const std::string& path, std::size_t line, const std::string& what) {
    violations_.push_back(path + ":" + std::to_string(line) + ": " + what);
  }

  void judge(const std::string& path, const Component* owner, const Include& include) {
    if (include.quoted && !files_.contains(include.name))
      return report(path, include.line, "\"" + include.name + "\" is no file from the root");
    if (!include.quoted && is_standard(include.name)) return;
    if (!owner) return;  // a test may use everything
    if (include.quoted)
      judge_own(path, *owner, include);
    else
      judge_library(path, *owner, include);
  }

  void judge_own(const std::string& path, const Component& owner, const Include& include) {
    const Component* target = component_of(include.name);
    if (!target || !allowed_components(owner).contains(target->name))
      return report(path, include.line,
                    std::string(owner.name) + " may not use \"" + include.name + "\" of " +
                        std::string(target ? target->name : "no component"));
    const Names allowed = allowed_libraries(owner);
    for (const auto library : libraries_behind(include.name))
      if (!allowed.contains(library))
        report(path, include.line,
               "\"" + include.name + "\" brings " + std::string(library) + ", which " +
                   std::string(target->name) + " keeps inside");
  }

  void judge_library(const std::string& path, const Component& owner, const Include& include) {
    const auto library = library_of(include.name);
    if (library.empty()) return report(path, include.line, "<" + include.name + "> is of no known library");
    if (!allowed_libraries(owner).contains(library))
      report(path, include.line, std::string(owner.name) + " may not use <" + include.name + ">");
  }

  /// The libraries met when `header` is included.
  const Names& libraries_behind(const std::string& header) {
    const auto [entry, is_new] = behind_.try_emplace(header);
    if (!is_new || !files_.contains(header)) return entry->second;
    Names met;
    for (const Include& include : includes_of(files_.at(header))) {
      if (include.quoted)
        met.merge(Names(libraries_behind(include.name)));
      else if (const auto library = library_of(include.name); !is_standard(include.name) && !library.empty())
        met.insert(library);
    }
    return behind_[header] = std::move(met);
  }

  const Files& files_;
  std::map<std::string, Names> behind_;
  std::vector<std::string> violations_;
};

}  // namespace

std::vector<std::string> include_violations(const Files& files) {
  return Walk(files).violations();
}

}  // namespace restock::architecture
