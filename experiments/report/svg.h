// Inline SVG, built up shape by shape. Colours and fonts come from classes of the page's style sheet, so that
// a chart follows light, dark and print. Text is escaped here.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace restock::experiments {

struct Point {
  double x = 0;
  double y = 0;
};

enum class Anchor { start, middle, end };

class Svg {
 public:
  /// `description` is read out to people who cannot see the chart.
  Svg(double width, double height, std::string_view description);

  Svg& line(Point from, Point to, std::string_view css);
  /// A negative width or height draws nothing.
  Svg& rectangle(Point corner, double width, double height, std::string_view css, std::string_view hint = "");
  Svg& circle(Point centre, double radius, std::string_view css, std::string_view hint = "");
  Svg& text(Point at, std::string_view content, std::string_view css, Anchor anchor = Anchor::start);
  /// Points that are not finite break the line.
  Svg& polyline(std::span<const Point> points, std::string_view css);
  Svg& polygon(std::span<const Point> points, std::string_view css);

  /// The whole element.
  std::string html() const { return head_ + body_ + "</svg>\n"; }

 private:
  void add_path(std::span<const Point> points, std::string_view css, bool closed);
  std::string head_;
  std::string body_;
};

/// Maps values to places: `minimum` lies at `from`, `maximum` at `to` (which may be smaller).
struct Scale {
  double minimum = 0;
  double maximum = 1;
  double from = 0;
  double to = 1;
  double operator()(double value) const {
    return from + (value - minimum) / (maximum - minimum) * (to - from);
  }
};

}  // namespace restock::experiments
