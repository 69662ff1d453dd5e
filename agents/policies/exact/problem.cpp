#include "agents/policies/exact/problem.h"

#include <fmt/format.h>

#include <array>
#include <limits>

#include "agents/policies/exact/backorder.h"
#include "agents/policies/exact/crossing.h"
#include "agents/policies/exact/disruptions.h"
#include "agents/policies/exact/dual_sourcing.h"
#include "agents/policies/exact/joint_replenishment.h"
#include "agents/policies/exact/lost_sales.h"
#include "agents/policies/exact/perishable.h"
#include "agents/policies/exact/random_lead_times.h"
#include "agents/policies/exact/serial.h"
#include "env/core/error.h"

namespace restock::exact {

std::span<const ProblemClass> problem_classes() {
  static constexpr std::array classes{
      ProblemClass{"lost_sales", "one item, lost sales, a fixed lead time", recognise_lost_sales},
      ProblemClass{"perishable", "one item that expires, lost sales, a fixed lead time",
                   recognise_perishable},
      ProblemClass{"backorder", "one item, backlog, a fixed lead time", recognise_backorder},
      ProblemClass{"dual_sourcing", "one item, a slow and a fast supplier, backlog", recognise_dual_sourcing},
      ProblemClass{"disruptions", "one item, backlog, a supplier that can be out of action",
                   recognise_disruptions},
      ProblemClass{"crossing_orders", "one item, Poisson customers, exponential lead times, backlog",
                   recognise_crossing_orders},
      ProblemClass{"joint_replenishment", "two or three items, costs that they share, backlog",
                   recognise_joint_replenishment},
      ProblemClass{"serial", "stages in series, backlog, fixed lead times", recognise_serial},
      ProblemClass{"continuous_backorder",
                   "one item, backlog, Poisson customers, continuous review, a fixed lead time",
                   recognise_continuous_backorder},
      ProblemClass{"random_lead_times", "one item, Poisson customers, random lead times: base-stock alone",
                   recognise_random_lead_times},
  };
  return classes;
}

std::unique_ptr<Problem> recognise(const DecisionModel& model) {
  std::vector<Recognition> tried;
  std::size_t nearest = 0;
  for (const ProblemClass& each : problem_classes()) {
    tried.push_back(each.recognise(model));
    if (tried.back().problem) return std::move(tried.back().problem);
    if (tried.back().reasons.size() < tried[nearest].reasons.size()) nearest = tried.size() - 1;
  }
  const std::size_t fewest = tried[nearest].reasons.size();
  std::string text = "the scenario belongs to no class with an exact solution";
  for (std::size_t i = 0; i < tried.size(); ++i) {
    if (tried[i].reasons.size() != fewest) continue;
    text += fmt::format("; nearest is {} ({}), but for:", problem_classes()[i].name,
                        problem_classes()[i].meaning);
    for (const std::string& reason : tried[i].reasons) text += "\n  " + reason;
  }
  throw InputError(text);
}

}  // namespace restock::exact
