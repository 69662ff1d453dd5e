// Every policy against the baseline: paired differences with their intervals, drawn and in words.
#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "experiments/report/charts.h"
#include "experiments/report/number_text.h"
#include "experiments/report/section_parts.h"
#include "experiments/report/sections.h"
#include "experiments/report/wording.h"

namespace restock::experiments {

namespace {

IntervalRow row_of(const Comparison& comparison, const PairedDifference& difference) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const PolicyOutcome& policy = comparison.policy(difference.policy);
  const Estimate& cost = difference.cost_per_day;
  IntervalRow row{
      policy.label, std::string(colour_of(policy.kind)), cost.mean, kNone, kNone, kNone, kNone, ""};
  if (difference.unit != PairUnit::none) {
    row.lower = cost.mean - cost.half_width;
    row.upper = cost.mean + cost.half_width;
  }
  if (difference.over_weeks) {
    row.second_lower = difference.over_weeks->lower;
    row.second_upper = difference.over_weeks->upper;
  }
  row.text = signed_text(cost.mean, decimals_of(difference));
  if (std::isfinite(difference.percent.mean))
    row.text += fmt::format(" ({} %)", signed_text(difference.percent.mean, 1));
  return row;
}

std::string lines_note(const PairedDifference& difference) {
  std::string text;
  if (difference.unit != PairUnit::none)
    text = fmt::format("Thick: 95 % interval {}. ", pairs_text(difference));
  if (difference.over_weeks)
    text += fmt::format("Thin: 95 % interval over {} weeks, by resampling them in blocks.",
                        difference.over_weeks->blocks);
  return paragraph(text, "note");
}

std::string in_words(const Comparison& comparison) {
  std::string items;
  for (const PairedDifference& difference : comparison.differences)
    items += element("li", "",
                     fmt::format("<b>{}</b> {}.", policy_name(comparison.policy(difference.policy)),
                                 escape_html(words_of(difference))));
  return element("ul", "words", items);
}

}  // namespace

std::string differences_section(const ReportData& data) {
  const Comparison& comparison = data.comparison;
  if (comparison.differences.empty()) return "";
  const std::string& baseline = comparison.policy(comparison.baseline).label;
  IntervalChart chart;
  for (const PairedDifference& difference : comparison.differences)
    chart.rows.push_back(row_of(comparison, difference));
  chart.left = "costs less";
  chart.right = "costs more";
  chart.axis_label = fmt::format("money a day more or less than {}", shortened(baseline, 40));
  chart.description = fmt::format("Paired differences of cost against {}", baseline);
  return element("figure", "", interval_chart(chart)) + lines_note(comparison.differences.front()) +
         in_words(comparison);
}

}  // namespace restock::experiments
