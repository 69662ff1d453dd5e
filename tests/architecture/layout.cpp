#include <algorithm>
#include <fstream>
#include <set>

#include "tests/architecture/checker.h"
#include "tests/architecture/rules.h"

namespace restock::architecture {

namespace {

/// The names N that .gitignore ignores at the top level, written as /N or /N/.
std::set<std::string> ignored_at_the_top(const std::filesystem::path& root) {
  std::set<std::string> names;
  std::ifstream stream(root / ".gitignore");
  for (std::string line; std::getline(stream, line);) {
    if (!line.starts_with('/')) continue;
    names.insert(line.substr(1, line.find_last_not_of('/')));
  }
  return names;
}

bool needs_readme(const std::string& folder) {
  return std::none_of(folders_without_readme().begin(), folders_without_readme().end(),
                      [&](std::string_view exempt) { return folder.starts_with(exempt); });
}

void check_readmes(const std::filesystem::path& root, const std::string& folder,
                   std::vector<std::string>& violations) {
  if (needs_readme(folder) && !std::filesystem::is_regular_file(root / folder / "README.md"))
    violations.push_back(folder + ": has no README.md");
  for (const auto& entry : std::filesystem::directory_iterator(root / folder))
    if (entry.is_directory() && !std::filesystem::is_empty(entry))
      check_readmes(root, folder + "/" + entry.path().filename().string(), violations);
}

}  // namespace

std::vector<std::string> layout_violations(const std::filesystem::path& root) {
  std::vector<std::string> violations;
  const auto ignored = ignored_at_the_top(root);
  for (const auto& entry : std::filesystem::directory_iterator(root)) {
    const std::string name = entry.path().filename().string();
    if (ignored.contains(name)) continue;
    if (std::find(top_level().begin(), top_level().end(), name) == top_level().end())
      violations.push_back(name + ": does not belong at the top level");
    else if (entry.is_directory() && !name.starts_with('.'))
      check_readmes(root, name, violations);
  }
  std::sort(violations.begin(), violations.end());
  return violations;
}

}  // namespace restock::architecture
