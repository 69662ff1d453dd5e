#include <algorithm>
#include <cmath>
#include <limits>

#include "experiments/report/axis.h"
#include "experiments/report/charts.h"

namespace restock::experiments {

namespace {

constexpr double kLeft = 70;
constexpr double kRight = 980;
constexpr double kTop = 14;
constexpr double kBottom = 300;

struct Range {
  double lowest = std::numeric_limits<double>::infinity();
  double highest = -std::numeric_limits<double>::infinity();
  void include(double value) {
    if (!std::isfinite(value)) return;
    lowest = std::min(lowest, value);
    highest = std::max(highest, value);
  }
};

/// Where the line from `a` to `b` meets the height `y`.
Point crossing(Point a, Point b, double y) {
  return {a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x), y};
}

/// Breaks the line where it lies above the ceiling (in places: above means smaller y), cutting it at the
/// ceiling.
std::vector<Point> cut_at(const std::vector<Point>& points, double ceiling) {
  constexpr Point gap{std::numeric_limits<double>::quiet_NaN(), 0};
  std::vector<Point> cut;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const bool inside = points[i].y >= ceiling;
    const bool was_inside = i > 0 && points[i - 1].y >= ceiling;
    if (i > 0 && inside != was_inside) cut.push_back(crossing(points[i - 1], points[i], ceiling));
    cut.push_back(inside ? points[i] : gap);
  }
  return cut;
}

void draw_series(Svg& svg, const LineSeries& series, const Scale& x, const Scale& y) {
  std::vector<Point> points;
  for (std::size_t i = 0; i < std::min(series.x.size(), series.y.size()); ++i)
    if (std::isfinite(series.x[i]) && std::isfinite(series.y[i]))
      points.push_back({x(series.x[i]), y(series.y[i])});
  svg.polyline(cut_at(points, kTop), "line " + series.css);
}

}  // namespace

std::string line_chart(const LineChart& chart) {
  Range xs, ys;
  ys.include(chart.reference);
  for (const LineSeries& series : chart.series) {
    for (const double value : series.x) xs.include(value);
    for (const double value : series.y) ys.include(std::min(value, chart.ceiling));
  }
  const Axis x_axis = round_axis(xs.lowest, xs.highest, 8);
  const Axis y_axis = round_axis(ys.lowest, ys.highest, 5);
  const Scale x{x_axis.minimum, x_axis.maximum, kLeft, kRight};
  const Scale y{y_axis.minimum, y_axis.maximum, kBottom, kTop};
  Svg svg(kChartWidth, kBottom + 44, chart.description);
  draw_horizontal_axis(svg, x_axis, x, kTop, kBottom);
  draw_vertical_axis(svg, y_axis, y, kLeft, kRight);
  for (const LineSeries& series : chart.series) draw_series(svg, series, x, y);
  if (std::isfinite(chart.reference)) {
    svg.line({kLeft, y(chart.reference)}, {kRight, y(chart.reference)}, "line dashed classical");
    svg.text({kRight, y(chart.reference) - 6}, chart.reference_label, "value", Anchor::end);
  }
  svg.text({(kLeft + kRight) / 2, kBottom + 36}, chart.x_label, "axis-label", Anchor::middle);
  svg.text({kLeft, kTop - 3}, chart.y_label, "axis-label");
  return svg.html();
}

}  // namespace restock::experiments
