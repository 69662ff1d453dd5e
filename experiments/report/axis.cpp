#include "experiments/report/axis.h"

#include <algorithm>
#include <cmath>

#include "experiments/report/number_text.h"

namespace restock::experiments {

namespace {

/// The smallest of 1, 2, 5, 10 times a power of ten that is not below `step`.
double round_step(double step) {
  const double power = std::pow(10.0, std::floor(std::log10(step)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= step * (1 - 1e-9)) return factor * power;
  return 10 * power;
}

}  // namespace

Axis round_axis(double lowest, double highest, int ticks) {
  if (!std::isfinite(lowest) || !std::isfinite(highest) || highest < lowest) return round_axis(0, 1, ticks);
  const double least_width = std::max(1e-9 * std::max(std::fabs(lowest), std::fabs(highest)), 1e-12);
  if (highest - lowest < least_width) {
    const double room = lowest == 0 ? 1 : 0.5 * std::fabs(lowest);
    return round_axis(lowest - room, highest + room, ticks);
  }
  const double step = round_step((highest - lowest) / std::max(1, ticks));
  const double first = std::floor(lowest / step + 1e-9);
  const double last = std::ceil(highest / step - 1e-9);
  Axis axis{
      first * step, last * step, {}, std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 9)};
  for (double i = first; i <= last; ++i) axis.ticks.push_back(i * step);
  return axis;
}

void draw_horizontal_axis(Svg& svg, const Axis& axis, const Scale& x, double top, double bottom) {
  for (const double tick : axis.ticks) {
    svg.line({x(tick), top}, {x(tick), bottom}, "grid");
    svg.text({x(tick), bottom + 16}, number_text(tick, axis.decimals), "tick", Anchor::middle);
  }
}

void draw_vertical_axis(Svg& svg, const Axis& axis, const Scale& y, double left, double right) {
  for (const double tick : axis.ticks) {
    svg.line({left, y(tick)}, {right, y(tick)}, "grid");
    svg.text({left - 6, y(tick) + 4}, number_text(tick, axis.decimals), "tick", Anchor::end);
  }
}

}  // namespace restock::experiments
