// Cost, fill rate and stockout days of each SKU under each policy: one table for each, behind three tabs.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <functional>

#include "experiments/report/number_text.h"
#include "experiments/report/section_parts.h"
#include "experiments/report/sections.h"

namespace restock::experiments {

namespace {

constexpr std::size_t kMostSkus = 200;

/// values[policy][row], the number of decimals they share, and what is appended to each.
struct Grid {
  std::vector<std::vector<double>> values;
  int decimals = 0;
  std::string_view unit;
};

Grid grid_of(const Comparison& comparison, const std::vector<std::size_t>& skus,
             const std::function<double(const PolicyOutcome&, std::size_t)>& value) {
  Grid grid;
  for (const PolicyOutcome& policy : comparison.policies) {
    std::vector<double>& column = grid.values.emplace_back();
    for (const std::size_t sku : skus) column.push_back(value(policy, sku));
  }
  return grid;
}

int shared_decimals(const Grid& grid) {
  double largest = 0;
  for (const std::vector<double>& column : grid.values)
    for (const double value : column)
      if (std::isfinite(value)) largest = std::max(largest, std::fabs(value));
  return decimals_for(largest);
}

std::size_t index_of(const Comparison& comparison, const PolicyOutcome* policy) {
  return static_cast<std::size_t>(policy - comparison.policies.data());
}

/// A bar that grows to the left where the learned policy has less, to the right where it has more.
std::string difference_bar(double difference, double largest) {
  const double share = largest > 0 ? 50 * std::fabs(difference) / largest : 0;
  return fmt::format("<span class=\"bar\"><i class=\"{}\" style=\"{}:50%;width:{:.1f}%\"></i></span>",
                     difference < 0 ? "learned" : "classical", difference < 0 ? "right" : "left", share);
}

void add_difference(const Comparison& comparison, const Grid& grid, std::vector<HtmlColumn>& columns,
                    std::vector<std::vector<HtmlCell>>& rows) {
  const Foreground pair = foreground_of(comparison);
  if (!comparison.headline) return;
  columns.push_back({"Learned − classical", true, pair.second->label + " minus " + pair.first->label});
  std::vector<double> differences;
  double largest = 0;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    differences.push_back(grid.values[index_of(comparison, pair.second)][row] -
                          grid.values[index_of(comparison, pair.first)][row]);
    largest = std::max(largest, std::fabs(differences.back()));
  }
  for (std::size_t row = 0; row < rows.size(); ++row)
    rows[row].push_back(
        {signed_text(differences[row], grid.decimals) + difference_bar(differences[row], largest),
         differences[row], "with-bar"});
}

std::string table_of(const Comparison& comparison, const std::vector<std::size_t>& skus, const Grid& grid,
                     bool difference) {
  std::vector<HtmlColumn> columns{{"SKU", false, ""}};
  for (const PolicyOutcome& policy : comparison.policies)
    columns.push_back({policy.label, true, policy.description});
  std::vector<std::vector<HtmlCell>> rows;
  for (std::size_t row = 0; row < skus.size(); ++row) {
    rows.push_back({text_cell(comparison.warehouse->skus[skus[row]].id)});
    for (const std::vector<double>& column : grid.values) {
      HtmlCell cell = number_cell(column[row], grid.decimals);
      if (std::isfinite(column[row])) cell.html += grid.unit;
      rows.back().push_back(cell);
    }
  }
  if (difference) add_difference(comparison, grid, columns, rows);
  return html_table(columns, rows);
}

struct Tab {
  std::string id;
  std::string title;
  std::string html;
};

/// Tabs without a script: radio buttons before panels. In print all panels are shown.
std::string tabs_html(const std::vector<Tab>& tabs) {
  std::string html;
  for (std::size_t i = 0; i < tabs.size(); ++i)
    html += fmt::format(
        "<input type=\"radio\" name=\"sku-tab\" id=\"tab-{0}\"{2}><label for=\"tab-{0}\">{1}</label>\n",
        tabs[i].id, escape_html(tabs[i].title), i == 0 ? " checked" : "");
  for (const Tab& tab : tabs)
    html += element("div", "panel", element("h3", "", escape_html(tab.title)) + tab.html);
  return element("div", "tabs", html);
}

}  // namespace

std::string skus_section(const ReportData& data) {
  const Comparison& comparison = data.comparison;
  const WarehouseModel& warehouse = *comparison.warehouse;
  const std::vector<std::size_t> skus = dearest_skus(comparison, kMostSkus);
  Grid cost = grid_of(comparison, skus, [&](const PolicyOutcome& policy, std::size_t sku) {
    return sku_kpis(warehouse, policy.evaluation, sku).cost_per_period;
  });
  cost.decimals = shared_decimals(cost);
  Grid fill = grid_of(comparison, skus, [&](const PolicyOutcome& policy, std::size_t sku) {
    return 100 * sku_kpis(warehouse, policy.evaluation, sku).fill_rate;
  });
  fill.decimals = 1;
  fill.unit = " %";
  Grid days = grid_of(comparison, skus, [&](const PolicyOutcome& policy, std::size_t sku) {
    return stockout_days(policy.evaluation, sku);
  });
  days.decimals = comparison.policies[0].evaluation.replications.size() > 1 ? 1 : 0;
  const std::string days_title = fmt::format("Stockout days of {}", warehouse.counted_days());
  return tabs_html({{"cost", "Cost a day", table_of(comparison, skus, cost, true)},
                    {"fill", "Fill rate", table_of(comparison, skus, fill, false)},
                    {"days", days_title, table_of(comparison, skus, days, false)}}) +
         shown_note(skus.size(), warehouse.skus.size(), "per_sku.csv");
}

}  // namespace restock::experiments
