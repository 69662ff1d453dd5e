#include <algorithm>

#include "experiments/report/axis.h"
#include "experiments/report/charts.h"

namespace restock::experiments {

namespace {

constexpr double kWidth = 320, kLeft = 44, kRight = 312, kTop = 8, kBottom = 150;

}  // namespace

std::string share_histogram(const std::vector<double>& shares, std::string_view description) {
  Svg svg(kWidth, kBottom + 24, description);
  const double even = shares.empty() ? 1 : 1 / static_cast<double>(shares.size());
  double highest = 2 * even;
  for (const double share : shares) highest = std::max(highest, share);
  const Axis axis = round_axis(0, highest, 4);
  const Scale x{0, 1, kLeft, kRight}, y{0, axis.maximum, kBottom, kTop};
  draw_vertical_axis(svg, axis, y, kLeft, kRight);
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const double from = x(static_cast<double>(i) * even), to = x(static_cast<double>(i + 1) * even);
    svg.rectangle({from + 1, y(shares[i])}, to - from - 2, kBottom - y(shares[i]), "fill series-0");
  }
  svg.line({kLeft, y(even)}, {kRight, y(even)}, "axis strong dashed");
  svg.line({kLeft, kBottom}, {kRight, kBottom}, "axis");
  for (const double tick : {0.0, 0.5, 1.0})
    svg.text({x(tick), kBottom + 16}, tick == 0.5 ? "0.5" : tick == 0 ? "0" : "1", "tick", Anchor::middle);
  return svg.html();
}

}  // namespace restock::experiments
