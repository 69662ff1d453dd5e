#include "scenarios/findings.h"

#include <fmt/format.h>

#include <algorithm>

namespace restock::scenarios {

void Findings::add(const YamlPlace& place, const std::string& path, std::string message) {
  if (has_room()) {
    problems_.push_back({place, path, std::move(message)});
  } else {
    ++left_out_;
  }
}

void Findings::add_unreadable(const YamlNode& node, const std::string& path, std::string message) {
  mark_unreadable(node);
  if (!node.is(YamlKind::refused)) add(node.place, path, std::move(message));
}

void Findings::add_wrong(const YamlNode& node, const std::string& path, std::string message) {
  faults_.emplace(&node, Fault::wrong);
  add(node.place, path, std::move(message));
}

void Findings::mark_unreadable(const YamlNode& node) {
  faults_[&node] = Fault::unreadable;
  for (const YamlNode* outer : around_) faults_.emplace(outer, Fault::holds_unreadable);
}

bool Findings::is_unreadable(const YamlNode& node) const {
  const auto found = faults_.find(&node);
  return found != faults_.end() && found->second == Fault::unreadable;
}

void Findings::throw_if_any() const {
  std::vector<YamlProblem> sorted = document_.problems;
  sorted.insert(sorted.end(), problems_.begin(), problems_.end());
  if (sorted.empty()) return;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const YamlProblem& a, const YamlProblem& b) { return a.place < b.place; });
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  const std::size_t shown = std::min(sorted.size(), kMaximumProblems);
  const std::size_t left_out = left_out_ + sorted.size() - shown;
  std::vector<Problem> problems;
  for (std::size_t i = 0; i < shown; ++i) problems.push_back(document_.located(sorted[i]));
  if (left_out > 0)
    problems.push_back({document_.sources[0], 0, 0, {}, fmt::format("and {} more problems", left_out)});
  throw InputError(std::move(problems));
}

}  // namespace restock::scenarios
