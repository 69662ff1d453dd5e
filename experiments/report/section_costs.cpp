// Cost by component, as bars and as a table.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "experiments/report/charts.h"
#include "experiments/report/number_text.h"
#include "experiments/report/section_parts.h"
#include "experiments/report/sections.h"

namespace restock::experiments {

namespace {

struct Component {
  std::string_view css;
  std::string_view title;
  double Kpis::*value;
};
constexpr std::array<Component, 4> kComponents{{{"purchase", "Purchase", &Kpis::purchase_cost_per_period},
                                                {"fixed", "Orders placed", &Kpis::fixed_cost_per_period},
                                                {"holding", "Holding stock", &Kpis::holding_cost_per_period},
                                                {"shortage", "Shortage", &Kpis::shortage_cost_per_period}}};

/// From this share of every policy's cost on, the bars leave out what is bought: it would hide all else.
constexpr double kOverwhelming = 0.6;

bool purchase_overwhelms(const Comparison& comparison) {
  return std::ranges::all_of(comparison.policies, [&](const PolicyOutcome& policy) {
    return kpi_of(comparison, policy, &Kpis::purchase_cost_per_period).mean >
           kOverwhelming * kpi_of(comparison, policy, &Kpis::cost_per_period).mean;
  });
}

std::span<const Component> components_drawn(const Comparison& comparison) {
  return std::span(kComponents).subspan(purchase_overwhelms(comparison) ? 1 : 0);
}

double drawn_cost(const Comparison& comparison, const PolicyOutcome& policy) {
  double total = 0;
  for (const Component& component : components_drawn(comparison))
    total += kpi_of(comparison, policy, component.value).mean;
  return total;
}

BarRow bar_of(const Comparison& comparison, const PolicyOutcome& policy) {
  BarRow row{policy.label, {}, ""};
  for (const Component& component : components_drawn(comparison)) {
    const double cost = kpi_of(comparison, policy, component.value).mean;
    row.segments.push_back(
        {cost, std::string(component.css),
         fmt::format("{}: {} a day", component.title, number_text(cost, decimals_for(cost)))});
  }
  const double total = drawn_cost(comparison, policy);
  row.total = number_text(total, decimals_for(total));
  return row;
}

/// What the colours of the bars mean; nothing about components that cost nobody anything.
std::string colour_key(const Comparison& comparison) {
  std::vector<LegendEntry> keys;
  for (const Component& component : components_drawn(comparison))
    if (std::ranges::any_of(comparison.policies, [&](const PolicyOutcome& policy) {
          return kpi_of(comparison, policy, component.value).mean > 0;
        }))
      keys.push_back({std::string(component.css), std::string(component.title)});
  return legend(keys);
}

std::vector<const PolicyOutcome*> cheapest_first(const Comparison& comparison) {
  std::vector<const PolicyOutcome*> order;
  for (const PolicyOutcome& policy : comparison.policies) order.push_back(&policy);
  std::ranges::stable_sort(order, [&](const PolicyOutcome* a, const PolicyOutcome* b) {
    return drawn_cost(comparison, *a) < drawn_cost(comparison, *b);
  });
  return order;
}

std::string component_table(const Comparison& comparison, const std::vector<const PolicyOutcome*>& order) {
  std::vector<HtmlColumn> columns{{"Money a day", false, ""}};
  std::vector<std::vector<HtmlCell>> rows;
  for (const PolicyOutcome* policy : order) rows.push_back({policy_cell(*policy)});
  const auto add = [&](std::string_view title, double Kpis::*value) {
    columns.push_back({std::string(title), true, ""});
    std::vector<Estimate> estimates;
    for (const PolicyOutcome* policy : order) estimates.push_back(kpi_of(comparison, *policy, value));
    for (std::size_t i = 0; i < order.size(); ++i)
      rows[i].push_back(estimate_cell(estimates[i], decimals_for(estimates)));
  };
  for (const Component& component : kComponents) add(component.title, component.value);
  add("Together", &Kpis::cost_per_period);
  return html_table(columns, rows);
}

}  // namespace

std::string costs_section(const ReportData& data) {
  const Comparison& comparison = data.comparison;
  const std::vector<const PolicyOutcome*> order = cheapest_first(comparison);
  std::vector<BarRow> bars;
  for (const PolicyOutcome* policy : order) bars.push_back(bar_of(comparison, *policy));
  const std::string_view note =
      purchase_overwhelms(comparison)
          ? "The bars leave out what is bought, which is most of the cost of every policy; the "
            "table holds it."
          : "";
  return colour_key(comparison) +
         element("figure", "", stacked_bars(bars, "money a day", "Cost a day by component and policy")) +
         paragraph(note, "note") + component_table(comparison, order);
}

}  // namespace restock::experiments
