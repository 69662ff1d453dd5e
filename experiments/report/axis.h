// Axes: round numbers for ticks, and the frame that charts share.
#pragma once

#include <string_view>
#include <vector>

#include "experiments/report/svg.h"

namespace restock::experiments {

/// A range that ends at round numbers, and the round numbers in it.
struct Axis {
  double minimum = 0;
  double maximum = 1;
  std::vector<double> ticks;
  int decimals = 0;  ///< that tell the ticks apart
};

/// Covers [lowest, highest] with about `ticks` steps of 1, 2 or 5 times a power of ten. A range without
/// width, or one that is not finite, is widened to something that can be drawn.
Axis round_axis(double lowest, double highest, int ticks = 5);

/// Ticks and grid lines below or beside a chart whose drawing area has its corners at the ends of the two
/// scales.
void draw_horizontal_axis(Svg& svg, const Axis& axis, const Scale& x, double top, double bottom);
void draw_vertical_axis(Svg& svg, const Axis& axis, const Scale& y, double left, double right);

}  // namespace restock::experiments
