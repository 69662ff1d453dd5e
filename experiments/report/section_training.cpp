// Training curves: the cost of each learner's policy on the tune split against time or steps.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "experiments/report/charts.h"
#include "experiments/report/number_text.h"
#include "experiments/report/section_parts.h"
#include "experiments/report/sections.h"

namespace restock::experiments {

namespace {

/// A curve starts far above where it ends; what lies beyond this is not drawn, so that the end can be read.
double ceiling_of(const std::vector<LineSeries>& series, double reference) {
  std::vector<double> values;
  double highest_end = std::isfinite(reference) ? reference : -std::numeric_limits<double>::infinity();
  for (const LineSeries& line : series)
    for (const double value : line.y)
      if (std::isfinite(value)) values.push_back(value);
  if (values.empty()) return std::numeric_limits<double>::infinity();
  std::ranges::sort(values);
  for (const LineSeries& line : series)
    if (!line.y.empty() && std::isfinite(line.y.back())) highest_end = std::max(highest_end, line.y.back());
  const double high = std::max(values[values.size() * 3 / 4], highest_end);
  return high + 0.5 * (high - values.front());
}

std::string chart_of(const std::vector<LineSeries>& series, const std::string& x_label,
                     const PolicyOutcome* classical) {
  LineChart chart;
  chart.series = series;
  chart.x_label = x_label;
  chart.y_label = "cost a day on the tune split";
  chart.reference = classical && classical->tune_cost ? classical->tune_cost->mean : std::nan("");
  chart.reference_label = classical ? classical->label + ", tuned" : "";
  chart.ceiling = ceiling_of(series, chart.reference);
  chart.description = "Training curves over " + x_label;
  std::vector<LegendEntry> keys;
  for (const LineSeries& line : series) keys.push_back({line.css, line.name});
  return legend(keys) + element("figure", "", line_chart(chart));
}

}  // namespace

std::string training_section(const ReportData& data) {
  const Comparison& comparison = data.comparison;
  const PolicyOutcome* classical =
      comparison.best_classical ? &comparison.policies[comparison.best_classical->index] : nullptr;
  std::vector<std::string> labels;
  for (const TrainingCurve& curve : data.training_curves)
    if (std::ranges::find(labels, curve.x_label) == labels.end()) labels.push_back(curve.x_label);
  std::string html;
  for (const std::string& label : labels) {
    std::vector<LineSeries> series;
    for (const TrainingCurve& curve : data.training_curves)
      if (curve.x_label == label)
        series.push_back({curve.name, fmt::format("series-{}", series.size() % kSeriesColours), curve.x,
                          curve.cost_per_day});
    html += chart_of(series, label, classical);
  }
  return html;
}

}  // namespace restock::experiments
