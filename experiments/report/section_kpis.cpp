// Every indicator of every policy: indicators down, policies across, the best of each row in bold.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/report/number_text.h"
#include "experiments/report/section_parts.h"
#include "experiments/report/sections.h"

namespace restock::experiments {

namespace {

/// The best mean of a row; NaN where nothing can be called best (no value, or all the same).
double best_of(const KpiColumn& column, const std::vector<Estimate>& estimates) {
  double best = std::nan("");
  bool differ = false;
  for (const Estimate& estimate : estimates) {
    if (!std::isfinite(estimate.mean)) continue;
    differ = differ || (std::isfinite(best) && estimate.mean != best);
    if (!std::isfinite(best) || (column.lower_is_better ? estimate.mean < best : estimate.mean > best))
      best = estimate.mean;
  }
  return differ ? best : std::nan("");
}

/// Demand is the same customers for everyone: nobody is best at it.
bool can_be_best(const KpiColumn& column) {
  return column.value != &Kpis::demand_per_period;
}

/// Whether the scenario has what the indicator tells of.
bool is_of_use(const Comparison& comparison, const KpiColumn& column) {
  return std::any_of(
      comparison.policies.begin(), comparison.policies.end(), [&](const PolicyOutcome& policy) {
        return is_worth_showing(column, policy.evaluation.kpi(*comparison.warehouse, column).mean);
      });
}

std::vector<HtmlCell> row_of(const Comparison& comparison, const KpiColumn& column) {
  std::vector<Estimate> estimates;
  int decimals = 0;
  for (const PolicyOutcome& policy : comparison.policies) {
    estimates.push_back(policy.evaluation.kpi(*comparison.warehouse, column));
    if (estimates.back().mean != 0) decimals = std::max(decimals, kpi_decimals(column, estimates.back()));
  }
  const double best = can_be_best(column) ? best_of(column, estimates) : std::nan("");
  const std::string unit = column.unit == "share" ? "" : fmt::format(", {}", column.unit);
  std::vector<HtmlCell> cells{text_cell(title_of(column.name) + unit)};
  for (const Estimate& estimate : estimates)
    cells.push_back(
        {kpi_text(column, estimate, decimals), estimate.mean, estimate.mean == best ? "best" : ""});
  return cells;
}

}  // namespace

std::string kpis_section(const ReportData& data) {
  const Comparison& comparison = data.comparison;
  std::vector<HtmlColumn> columns{{"Indicator", false, ""}};
  for (const PolicyOutcome& policy : comparison.policies)
    columns.push_back({policy.label, true, policy.description});
  std::vector<std::vector<HtmlCell>> rows;
  for (const KpiColumn& column : kpi_columns())
    if (is_of_use(comparison, column)) rows.push_back(row_of(comparison, column));
  const bool one_history = comparison.policies[0].evaluation.replications.size() < 2;
  const std::string_view note =
      one_history
          ? "Bold: the best of a row. One history gives each indicator one value, without an interval; the "
            "differences between policies above have intervals."
          : "Bold: the best of a row. ± is the half-width of the 95 % interval over replications.";
  return html_table(columns, rows) + paragraph(note, "note");
}

}  // namespace restock::experiments
