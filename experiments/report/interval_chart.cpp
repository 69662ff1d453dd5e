#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "experiments/report/axis.h"
#include "experiments/report/charts.h"
#include "experiments/report/number_text.h"

namespace restock::experiments {

namespace {

constexpr double kLabelEnd = 240;
constexpr double kAreaEnd = 800;
constexpr double kTop = 26;
constexpr double kRowHeight = 40;
constexpr std::size_t kLabelCharacters = 30;

struct Range {
  double lowest = 0;
  double highest = 0;
  void include(std::initializer_list<double> values) {
    for (const double value : values) {
      if (!std::isfinite(value)) continue;
      lowest = std::min(lowest, value);
      highest = std::max(highest, value);
    }
  }
};

void draw_interval(Svg& svg, const Scale& x, double lower, double upper, double y, const std::string& css) {
  if (!std::isfinite(lower) || !std::isfinite(upper)) return;
  svg.line({x(lower), y}, {x(upper), y}, "stroke " + css);
  for (const double end : {lower, upper}) svg.line({x(end), y - 5}, {x(end), y + 5}, "stroke " + css);
}

void draw_row(Svg& svg, const IntervalRow& row, const Scale& x, double y) {
  svg.text({kLabelEnd - 10, y + 4}, shortened(row.label, kLabelCharacters), "label", Anchor::end);
  draw_interval(svg, x, row.lower, row.upper, y, "wide " + row.css);
  draw_interval(svg, x, row.second_lower, row.second_upper, y + 11, "thin " + row.css);
  svg.circle({x(row.value), y}, 5.5, "fill ring " + row.css, row.text);
  svg.text({kAreaEnd + 14, y + 4}, row.text, "value");
}

}  // namespace

std::string interval_chart(const IntervalChart& chart) {
  Range range;
  for (const IntervalRow& row : chart.rows)
    range.include({row.value, row.lower, row.upper, row.second_lower, row.second_upper});
  const double room = 0.05 * (range.highest - range.lowest);
  const double bottom = kTop + 6 + kRowHeight * static_cast<double>(chart.rows.size());
  Svg svg(kChartWidth, bottom + 40, chart.description);
  const Axis axis = round_axis(range.lowest - room, range.highest + room, 6);
  const Scale x{axis.minimum, axis.maximum, kLabelEnd, kAreaEnd};
  draw_horizontal_axis(svg, axis, x, kTop, bottom);
  svg.line({x(0), kTop - 4}, {x(0), bottom}, "axis strong");
  svg.text({x(0) - 10, kTop - 10}, chart.left.empty() ? "" : "← " + chart.left, "axis-label", Anchor::end);
  svg.text({x(0) + 10, kTop - 10}, chart.right.empty() ? "" : chart.right + " →", "axis-label");
  for (std::size_t i = 0; i < chart.rows.size(); ++i)
    draw_row(svg, chart.rows[i], x, kTop + 20 + kRowHeight * static_cast<double>(i));
  svg.text({(kLabelEnd + kAreaEnd) / 2, bottom + 34}, chart.axis_label, "axis-label", Anchor::middle);
  return svg.html();
}

}  // namespace restock::experiments
