// Every policy in one line: what it costs, what service it gives, how it differs from the baseline.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/report/number_text.h"
#include "experiments/report/section_parts.h"
#include "experiments/report/sections.h"
#include "experiments/report/wording.h"

namespace restock::experiments {

namespace {

HtmlCell difference_cell(const PairedDifference* difference) {
  if (!difference) return {"baseline", 0.0, "muted"};
  const double mean = difference->cost_per_day.mean;
  std::string text = signed_text(mean, decimals_of(*difference));
  if (std::isfinite(difference->percent.mean))
    text += fmt::format(" ({} %)", signed_text(difference->percent.mean, 1));
  if (difference->verdict == Verdict::not_distinguishable) text += "<small>not distinguishable</small>";
  if (difference->verdict == Verdict::one_observation) text += "<small>one observation</small>";
  return {text, mean, ""};
}

/// Cells of one indicator, all policies at the same number of decimals.
class IndicatorColumn {
 public:
  IndicatorColumn(const Comparison& comparison, double Kpis::*value) {
    for (const PolicyOutcome& policy : comparison.policies)
      estimates_.push_back(kpi_of(comparison, policy, value));
    for (const KpiColumn& column : kpi_columns())
      if (column.value == value) column_ = &column;
    for (const Estimate& estimate : estimates_)
      decimals_ = std::max(decimals_, kpi_decimals(*column_, estimate));
  }
  HtmlCell cell(std::size_t policy) const {
    return {kpi_text(*column_, estimates_[policy], decimals_), estimates_[policy].mean, ""};
  }

 private:
  std::vector<Estimate> estimates_;
  const KpiColumn* column_ = nullptr;
  int decimals_ = 0;
};

HtmlCell exact_cell(const ExactOptimum& optimum, const PolicyOutcome& policy) {
  if (!policy.exact_cost) return {.html = "simulated only", .css = "muted"};
  const double gap = optimum.gap_percent(*policy.exact_cost);
  return {signed_text(gap, 2) + " %", gap, ""};
}

std::vector<LegendEntry> kinds_in(const Comparison& comparison) {
  std::vector<LegendEntry> keys;
  for (const PolicyKind kind :
       {PolicyKind::learned, PolicyKind::classical, PolicyKind::optimal, PolicyKind::bundle})
    if (std::ranges::count(comparison.policies, kind, &PolicyOutcome::kind) > 0)
      keys.push_back({std::string(colour_of(kind)), std::string(name_of(kind))});
  return keys;
}

}  // namespace

std::string policies_section(const ReportData& data) {
  const Comparison& comparison = data.comparison;
  const std::string against = "Against " + comparison.policy(comparison.baseline).label;
  std::vector<HtmlColumn> columns{{"Policy", false, ""},
                                  {"Cost a day", true, "money a day, all SKUs together"},
                                  {against, true, "paired difference of cost a day"},
                                  {"Fill rate", true, ""},
                                  {"Days without stockout", true, ""},
                                  {"Stock on hand", true, "units"},
                                  {"Orders a day", true, ""}};
  if (comparison.optimum)
    columns.push_back({"Above the optimum", true, "exact cost, solved and not simulated"});
  const IndicatorColumn cost(comparison, &Kpis::cost_per_period), fill(comparison, &Kpis::fill_rate),
      good_days(comparison, &Kpis::no_stockout_days), stock(comparison, &Kpis::average_on_hand),
      orders(comparison, &Kpis::orders_per_period);
  std::vector<std::vector<HtmlCell>> rows;
  for (std::size_t i = 0; i < comparison.policies.size(); ++i) {
    const PolicyOutcome& policy = comparison.policies[i];
    rows.push_back({policy_cell(policy, true), cost.cell(i),
                    difference_cell(comparison.difference_of(policy.name)), fill.cell(i), good_days.cell(i),
                    stock.cell(i), orders.cell(i)});
    if (comparison.optimum) rows.back().push_back(exact_cell(*comparison.optimum, policy));
  }
  return html_table(columns, rows) + legend(kinds_in(comparison));
}

}  // namespace restock::experiments
