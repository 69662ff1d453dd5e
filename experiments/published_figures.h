// Our value of a published figure, named as the `published:` list of a scenario names it.
//
//   optimal_cost_per_day, optimal_discounted_cost, optimal_discounted_cost_from_start: of the optimum
//   cost_per_day of POLICY name=value …, discounted_cost of …: exact, of a policy
//   gap_percent of POLICY name=value …: of that cost a day above the optimal one
//   simulated_KPI of POLICY name=value …: the mean of an indicator of the simulation (kpis.h)
//   economic_order_quantity, newsvendor_level, …: closed forms (scenario_closed_forms.h)
#pragma once

#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "agents/policies/exact/scenario_closed_forms.h"
#include "agents/policies/exact/solve.h"
#include "experiments/prepared_scenario.h"

namespace restock::experiments {

struct Figure {
  double value = std::numeric_limits<double>::quiet_NaN();  ///< NaN: the metric is none, or not known here
  double half_width = std::numeric_limits<double>::quiet_NaN();  ///< of its 95 % interval, where simulated
};

class PublishedFigures {
 public:
  /// `settings` makes those of the solver, for costs a day or as the scenario discounts; `optimum` is what
  /// has been solved already. All must outlive this.
  PublishedFigures(const PreparedScenario& scenario, std::function<exact::Options(bool by_average)> settings,
                   const exact::Result& optimum, const std::vector<exact::ClosedForm>& closed_forms);

  Figure of(const std::string& metric) const;

 private:
  Figure of_optimum(std::string_view kind) const;
  Figure of_policy(std::string_view kind, const Policy& policy) const;
  Figure gap_of_policy(const Policy& policy) const;
  Figure simulated(std::string_view kpi, const Policy& policy) const;

  const PreparedScenario& scenario_;
  std::function<exact::Options(bool by_average)> settings_;
  const exact::Result& optimum_;
  const std::vector<exact::ClosedForm>& closed_forms_;
};

}  // namespace restock::experiments
