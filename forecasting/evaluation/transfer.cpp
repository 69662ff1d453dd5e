#include "forecasting/evaluation/transfer.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "env/core/error.h"
#include "forecasting/classical/methods.h"

namespace restock::forecasting {

namespace {

/// Steps of `others` that begin before `date`.
std::size_t steps_before(const Panel& others, Date date) {
  std::size_t steps = others.days;
  while (steps > 0 && others.date(steps - 1) >= date) --steps;
  return steps;
}

}  // namespace

bool learns_one_series(std::string_view name) {
  const auto& methods = classical_methods();
  return std::any_of(methods.begin(), methods.end(),
                     [&](const ClassicalMethod& method) { return method.description.name == name; });
}

Panel series_to_learn_from(const Panel& panel, const Panel& judged) {
  if (panel.frequency != judged.frequency)
    throw InputError(
        fmt::format("the history to learn from has one row a {}, the one to be judged on has one a {}",
                    name_of(panel.frequency), name_of(judged.frequency)));
  const std::unordered_set<std::string_view> known(judged.ids.begin(), judged.ids.end());
  std::vector<std::string> others;
  for (const std::string& id : panel.ids)
    if (!known.contains(id)) others.push_back(id);
  if (others.empty())
    throw InputError("the history to learn from has no series but those that are judged, expected others");
  return select_series(panel, others);
}

FitByName fit_on_others(const Panel& others, FitByName fit) {
  return [&others, fit = std::move(fit)](const std::string& name, const Panel& seen, std::size_t steps) {
    if (learns_one_series(name)) return fit(name, seen, steps);
    const std::size_t before = steps_before(others, seen.date(steps));
    if (before == 0)
      throw InputError(fmt::format("the history to learn from begins on {}, expected days before {}",
                                   format_date(others.first_day), format_date(seen.date(steps))));
    return fit(name, first_days(others, before), before);
  };
}

}  // namespace restock::forecasting
