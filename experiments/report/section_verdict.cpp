// What wins, by how much, how sure: what a reader should know after thirty seconds.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "experiments/report/charts.h"
#include "experiments/report/number_text.h"
#include "experiments/report/section_parts.h"
#include "experiments/report/sections.h"
#include "experiments/report/wording.h"

namespace restock::experiments {

namespace {

std::string_view badge_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::costs_less:
      return "Learned policy costs less";
    case Verdict::costs_more:
      return "Classical policy costs less";
    case Verdict::not_distinguishable:
      return "Not distinguishable";
    case Verdict::one_observation:
      return "One observation";
  }
  return "";
}

std::string_view colour_of_verdict(Verdict verdict) {
  if (verdict == Verdict::costs_less) return "learned";
  return verdict == Verdict::costs_more ? "classical" : "neutral";
}

/// "8 of 10 SKUs cost less, 2 cost more."
std::string sku_count_sentence(const Comparison& comparison, const Foreground& pair) {
  const std::vector<double> before = pair.first->evaluation.costs_per_sku(*comparison.warehouse);
  const std::vector<double> after = pair.second->evaluation.costs_per_sku(*comparison.warehouse);
  if (before.size() < 2) return "";
  std::size_t less = 0, more = 0;
  for (std::size_t sku = 0; sku < before.size(); ++sku) {
    less += after[sku] < before[sku];
    more += after[sku] > before[sku];
  }
  return fmt::format("With {}, {} of {} SKUs cost less and {} cost more.", pair.second->label, less,
                     before.size(), more);
}

std::string interval_picture(const PairedDifference& difference, std::string_view colour) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const int decimals = decimals_of(difference);
  const Estimate& cost = difference.cost_per_day;
  IntervalChart chart;
  const auto add = [&](const std::string& label, double mean, double lower, double upper,
                       const std::string& text) {
    chart.rows.push_back({label, std::string(colour), mean, lower, upper, kNone, kNone, text});
  };
  if (difference.unit != PairUnit::none)
    add(pairs_text(difference), cost.mean, cost.mean - cost.half_width, cost.mean + cost.half_width,
        interval_text(difference));
  if (const auto& weeks = difference.over_weeks)
    add(fmt::format("over {} weeks", weeks->blocks), weeks->mean, weeks->lower, weeks->upper,
        weeks_interval_text(difference));
  if (chart.rows.empty()) return "";
  chart.left = "learned policy costs less";
  chart.right = "classical policy costs less";
  chart.axis_label = "difference of cost, money a day, with 95 % intervals";
  chart.description = fmt::format("Difference {} a day with its intervals", signed_text(cost.mean, decimals));
  return element("figure", "", interval_chart(chart));
}

std::string tile_row(const PolicyOutcome& policy, const std::string& value) {
  return fmt::format(
      "<div class=\"tile-row\"><span class=\"tile-value\">{}</span><span "
      "class=\"tile-name\">{}</span></div>\n",
      value, policy_name(policy));
}

/// One indicator of the two policies in the foreground. `complement` turns a share of good days into one of
/// bad days.
std::string tile(const Comparison& comparison, const Foreground& pair, std::string_view title,
                 double Kpis::*value, bool complement = false) {
  const auto columns = kpi_columns();
  const KpiColumn& column = *std::ranges::find(columns, value, &KpiColumn::value);
  std::string rows;
  for (const PolicyOutcome* policy : {pair.second, pair.first}) {
    if (!policy) continue;
    Estimate estimate = kpi_of(comparison, *policy, value);
    if (complement) estimate.mean = 1 - estimate.mean;
    rows += tile_row(*policy, kpi_text(column, {estimate.mean, std::nan("")},
                                       kpi_decimals(column, {estimate.mean, std::nan("")})));
  }
  return element("div", "tile", element("h3", "", escape_html(title)) + rows);
}

std::string tiles(const Comparison& comparison) {
  const Foreground pair = foreground_of(comparison);
  return element("div", "tiles",
                 tile(comparison, pair, "Cost a day", &Kpis::cost_per_period) +
                     tile(comparison, pair, "Fill rate", &Kpis::fill_rate) +
                     tile(comparison, pair, "Days with a stockout", &Kpis::no_stockout_days, true) +
                     tile(comparison, pair, "Stock on hand, units", &Kpis::average_on_hand));
}

std::string hero(const Comparison& comparison) {
  const PairedDifference& difference = *comparison.headline;
  const std::string_view colour = colour_of_verdict(difference.verdict);
  const bool in_percent = std::isfinite(difference.percent.mean);
  const std::string number = in_percent ? signed_text(difference.percent.mean, 1) + " %"
                                        : signed_text(difference.cost_per_day.mean, decimals_of(difference));
  const std::string figure =
      element("div", fmt::format("hero-number ink {}", colour), number) +
      element("div", fmt::format("badge {}", colour), escape_html(badge_of(difference.verdict)));
  const std::string words = paragraph(verdict_sentence(comparison), "hero-sentence") +
                            paragraph(certainty_sentence(comparison)) +
                            paragraph(sku_count_sentence(comparison, foreground_of(comparison)));
  return element("div", "hero", element("div", "hero-figure", figure) + element("div", "", words));
}

}  // namespace

std::string verdict_section(const ReportData& data) {
  const Comparison& comparison = data.comparison;
  if (!comparison.headline)
    return paragraph(verdict_sentence(comparison), "hero-sentence") + tiles(comparison);
  const std::string_view colour = colour_of_verdict(comparison.headline->verdict);
  return hero(comparison) + interval_picture(*comparison.headline, colour) + tiles(comparison) +
         paragraph(choice_sentence(comparison), "note");
}

}  // namespace restock::experiments
