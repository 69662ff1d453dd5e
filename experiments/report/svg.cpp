#include "experiments/report/svg.h"

#include <fmt/format.h>

#include <cmath>

#include "experiments/report/html.h"

namespace restock::experiments {

namespace {

/// A coordinate with at most one decimal: "12", "12.5".
std::string place(double value) {
  std::string text = fmt::format("{:.1f}", value);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text == "-0" ? "0" : text;
}

std::string title_element(std::string_view hint) {
  return hint.empty() ? "" : fmt::format("<title>{}</title>", escape_html(hint));
}

std::string_view name_of(Anchor anchor) {
  switch (anchor) {
    case Anchor::start:
      return "start";
    case Anchor::middle:
      return "middle";
    case Anchor::end:
      return "end";
  }
  return "start";
}

}  // namespace

Svg::Svg(double width, double height, std::string_view description)
    : head_(fmt::format(
          "<svg viewBox=\"0 0 {0} {1}\" style=\"max-width:{0}px\" role=\"img\" aria-label=\"{2}\">\n",
          place(width), place(height), escape_html(description))) {}

Svg& Svg::line(Point from, Point to, std::string_view css) {
  body_ += fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" class=\"{}\"/>\n", place(from.x),
                       place(from.y), place(to.x), place(to.y), css);
  return *this;
}

Svg& Svg::rectangle(Point corner, double width, double height, std::string_view css, std::string_view hint) {
  if (!(width >= 0) || !(height >= 0)) return *this;
  body_ +=
      fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" class=\"{}\">{}</rect>\n",
                  place(corner.x), place(corner.y), place(width), place(height), css, title_element(hint));
  return *this;
}

Svg& Svg::circle(Point centre, double radius, std::string_view css, std::string_view hint) {
  body_ += fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" class=\"{}\">{}</circle>\n", place(centre.x),
                       place(centre.y), place(radius), css, title_element(hint));
  return *this;
}

Svg& Svg::text(Point at, std::string_view content, std::string_view css, Anchor anchor) {
  body_ += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"{}\" class=\"{}\">{}</text>\n", place(at.x),
                       place(at.y), name_of(anchor), css, escape_html(content));
  return *this;
}

void Svg::add_path(std::span<const Point> points, std::string_view css, bool closed) {
  std::string path;
  bool pen_down = false;
  for (const Point& point : points) {
    const bool finite = std::isfinite(point.x) && std::isfinite(point.y);
    if (finite) path += fmt::format("{}{} {}", pen_down ? 'L' : 'M', place(point.x), place(point.y));
    pen_down = finite;
  }
  if (path.empty()) return;
  body_ += fmt::format("<path d=\"{}{}\" class=\"{}\"/>\n", path, closed ? "Z" : "", css);
}

Svg& Svg::polyline(std::span<const Point> points, std::string_view css) {
  add_path(points, css, false);
  return *this;
}

Svg& Svg::polygon(std::span<const Point> points, std::string_view css) {
  add_path(points, css, true);
  return *this;
}

}  // namespace restock::experiments
