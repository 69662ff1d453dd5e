// What the numbers mean: how policies were compared, what an interval is over, and every indicator's
// definition.
#include <fmt/format.h>

#include "experiments/report/number_text.h"
#include "experiments/report/section_parts.h"
#include "experiments/report/sections.h"

namespace restock::experiments {

namespace {

std::string pairing_text(const Comparison& comparison) {
  const std::size_t replications = comparison.policies[0].evaluation.replications.size();
  std::string text =
      "All policies start from the same stock and meet the same customers and the same lead times, so they "
      "are compared by "
      "their differences. ";
  if (replications > 1)
    return text +
           fmt::format(
               "A difference is taken in each of {} replications; its interval is Student's t over them.",
               replications);
  return text +
         "There is one history, so a difference is taken for each SKU; its interval is Student's t over the "
         "SKUs, scaled to "
         "all of them together. It says what to expect of other SKUs of this kind.";
}

std::string weeks_text(const Comparison& comparison) {
  for (const PairedDifference& difference : comparison.differences)
    if (difference.over_weeks)
      return fmt::format(
          "The interval over weeks resamples the daily differences in blocks of 7 days, {} times (circular "
          "block bootstrap of "
          "Politis and Romano 1992, percentiles expanded for few blocks after Hesterberg 2015). It says what "
          "to expect of "
          "other weeks with these SKUs.",
          number_text(static_cast<double>(difference.over_weeks->resamples), 0));
  return "";
}

std::string definitions() {
  std::string items;
  for (const KpiColumn& column : kpi_columns())
    items += element("dt", "", escape_html(title_of(column.name))) +
             element("dd", "",
                     escape_html(fmt::format("{} ({}; {} is better)", column.meaning, column.unit,
                                             column.lower_is_better ? "less" : "more")));
  return element("dl", "definitions", items);
}

}  // namespace

std::string method_section(const ReportData& data) {
  std::string html =
      paragraph(pairing_text(data.comparison)) + paragraph(weeks_text(data.comparison)) +
      paragraph(
          "“Not distinguishable” means that the 95 % interval of the difference holds zero: the "
          "data do not say which policy costs less. A dash stands where an indicator has no meaning, "
          "such as the fill rate of a SKU that nobody asked for.");
  for (const std::string& note : data.notes) html += paragraph(note);
  return html + element("h3", "", "The indicators") + definitions();
}

}  // namespace restock::experiments
