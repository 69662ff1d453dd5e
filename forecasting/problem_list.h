// Collects what is wrong with an input, so that a person sees several problems at once but never thousands.
#pragma once

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "env/core/error.h"

namespace restock::forecasting {

class ProblemList {
 public:
  static constexpr std::size_t kMaximum = 20;

  /// Runs `read`; an InputError that it throws is kept instead of passed on. True where there was none.
  template <class Read>
  bool collect(Read&& read) {
    try {
      std::forward<Read>(read)();
      return true;
    } catch (const InputError& error) {
      for (const Problem& problem : error.problems()) add(problem);
      return false;
    }
  }
  void add(Problem problem) {
    if (full()) return;
    problems_.push_back(std::move(problem));
    if (full())
      problems_.push_back(
          {problems_.back().file, 0, 0, {}, fmt::format("stopped after {} problems", kMaximum)});
  }
  bool full() const noexcept { return problems_.size() >= kMaximum; }
  bool empty() const noexcept { return problems_.empty(); }
  void throw_if_any() const {
    if (!empty()) throw InputError(problems_);
  }

 private:
  std::vector<Problem> problems_;
};

}  // namespace restock::forecasting
