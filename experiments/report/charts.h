// The chart forms that sections share. A `css` names a colour of the style sheet: a kind of policy
// ("learned"), a component of cost ("holding") or one of a series ("series-0" … "series-6").
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace restock::experiments {

inline constexpr double kChartWidth = 1000;
inline constexpr int kSeriesColours = 7;

/// One horizontal bar, put together from segments.
struct BarRow {
  struct Segment {
    double value = 0;
    std::string css;
    std::string hint;
  };
  std::string label;
  std::vector<Segment> segments;
  std::string total;  ///< written at the end of the bar
};
std::string stacked_bars(const std::vector<BarRow>& rows, std::string_view axis_label,
                         std::string_view description);

/// A point with one or two intervals beside a line at zero.
struct IntervalRow {
  std::string label;
  std::string css;
  double value = 0;
  double lower = 0;  ///< NaN: no interval
  double upper = 0;
  double second_lower = 0;  ///< thinner, below the first; NaN: none
  double second_upper = 0;
  std::string text;  ///< written at the right
};
struct IntervalChart {
  std::vector<IntervalRow> rows;
  std::string left;   ///< what lying left of zero means
  std::string right;  ///< what lying right of zero means
  std::string axis_label;
  std::string description;
};
std::string interval_chart(const IntervalChart& chart);

/// A small histogram of shares over [0, 1], with a line where all are the same.
std::string share_histogram(const std::vector<double>& shares, std::string_view description);

/// Lines over a common x, with a dashed reference.
struct LineSeries {
  std::string name;
  std::string css;
  std::vector<double> x;
  std::vector<double> y;
};
struct LineChart {
  std::vector<LineSeries> series;
  std::string x_label;
  std::string y_label;
  double reference = 0;  ///< NaN: none
  std::string reference_label;
  double ceiling = 0;  ///< y beyond it is not drawn
  std::string description;
};
std::string line_chart(const LineChart& chart);

}  // namespace restock::experiments
