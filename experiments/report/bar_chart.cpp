#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/report/axis.h"
#include "experiments/report/charts.h"
#include "experiments/report/number_text.h"

namespace restock::experiments {

namespace {

constexpr double kLabelEnd = 240;
constexpr double kBarsEnd = 900;
constexpr double kRowHeight = 34;
constexpr double kBarHeight = 22;
constexpr std::size_t kLabelCharacters = 30;

double length_of(const BarRow& row) {
  double length = 0;
  for (const BarRow::Segment& segment : row.segments) length += std::max(0.0, segment.value);
  return length;
}

void draw_bar(Svg& svg, const BarRow& row, const Scale& x, double top) {
  svg.text({kLabelEnd - 10, top + kBarHeight / 2 + 4}, shortened(row.label, kLabelCharacters), "label",
           Anchor::end);
  double from = 0;
  for (const BarRow::Segment& segment : row.segments) {
    if (!(segment.value > 0)) continue;
    svg.rectangle({x(from), top}, x(from + segment.value) - x(from), kBarHeight, "fill " + segment.css,
                  segment.hint);
    from += segment.value;
  }
  svg.text({x(from) + 8, top + kBarHeight / 2 + 4}, row.total, "value");
}

}  // namespace

std::string stacked_bars(const std::vector<BarRow>& rows, std::string_view axis_label,
                         std::string_view description) {
  double longest = 0;
  for (const BarRow& row : rows) longest = std::max(longest, length_of(row));
  const double bottom = 8 + kRowHeight * static_cast<double>(rows.size());
  Svg svg(kChartWidth, bottom + 40, description);
  const Axis axis = round_axis(0, longest > 0 ? longest : 1, 6);
  const Scale x{0, axis.maximum, kLabelEnd, kBarsEnd};
  draw_horizontal_axis(svg, axis, x, 4, bottom);
  for (std::size_t i = 0; i < rows.size(); ++i)
    draw_bar(svg, rows[i], x, 8 + kRowHeight * static_cast<double>(i));
  svg.line({kLabelEnd, 4}, {kLabelEnd, bottom}, "axis");
  svg.text({(kLabelEnd + kBarsEnd) / 2, bottom + 34}, axis_label, "axis-label", Anchor::middle);
  return svg.html();
}

}  // namespace restock::experiments
