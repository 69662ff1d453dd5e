#include "forecasting/series_rows.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace restock::forecasting {

namespace {

constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

std::size_t count(std::int64_t n) {
  return static_cast<std::size_t>(std::max<std::int64_t>(n, 0));
}

/// Copies `values` from `offset` on into a row of `width`; what lies outside is `filler`.
template <class T>
void append_padded(std::vector<T>& to, const std::vector<T>& values, std::size_t offset, std::size_t width,
                   T filler) {
  const std::size_t kept = std::min(values.size(), width - std::min(offset, width));
  to.insert(to.end(), std::min(offset, width), filler);
  to.insert(to.end(), values.begin(), values.begin() + static_cast<std::ptrdiff_t>(kept));
  to.insert(to.end(), width - std::min(offset, width) - kept, filler);
}

/// Every value stands until the next; the first one also before. 0 where there is none.
void fill_holes(std::span<float> values) {
  const auto known = std::find_if(values.begin(), values.end(), [](float v) { return !std::isnan(v); });
  float last = known == values.end() ? 0.0F : *known;
  for (float& value : values) last = value = std::isnan(value) ? last : value;
}

void append(Panel& panel, const SeriesRows& rows, std::size_t offset) {
  panel.ids.push_back(rows.id);
  append_padded(panel.sales, rows.sales, offset, panel.days, kUnknown);
  append_padded<std::uint8_t>(panel.stocked_out, rows.stocked_out, offset, panel.days, 0);
  std::size_t listed = std::min(offset + rows.listed_from, panel.days);
  const auto sales = std::span<const float>(panel.sales).last(panel.days);
  while (listed < panel.days && std::isnan(sales[listed])) ++listed;
  panel.listed_from.push_back(listed);
  for (std::size_t c = 0; c < panel.covariates.size(); ++c) {
    std::vector<float>& values = panel.covariates[c].values;
    append_padded(values, rows.covariates[c], offset, panel.known_days, kUnknown);
    fill_holes(std::span(values).last(panel.known_days));
  }
}

}  // namespace

void SeriesRows::skip(std::size_t steps) {
  days += steps;
  sales.insert(sales.end(), steps, kUnknown);
  stocked_out.insert(stocked_out.end(), steps, 0);
  for (std::vector<float>& values : covariates) values.insert(values.end(), steps, kUnknown);
}

StepRange range_of(std::span<const SeriesRows> rows) {
  StepRange range{std::numeric_limits<std::int64_t>::max(), 0, 0};
  for (const SeriesRows& one : rows) range.first = std::min(range.first, one.first);
  for (const SeriesRows& one : rows) {
    const std::size_t offset = count(one.first - range.first);
    range.days = std::max(range.days, one.sold == 0 ? 0 : offset + one.sold);
    range.known_days = std::max(range.known_days, offset + one.days);
  }
  return range;
}

Panel panel_of(std::vector<SeriesRows>& rows, std::span<const std::string> covariates, Date anchor,
               Frequency frequency, const StepRange& range) {
  Panel panel;
  panel.frequency = frequency;
  panel.days = range.days;
  panel.known_days = range.known_days;
  panel.first_day = step_date(anchor, range.first, frequency);
  for (const std::string& name : covariates) panel.covariates.push_back({name, {}});
  for (SeriesRows& one : rows) {
    append(panel, one, count(one.first - range.first));
    one = {};
  }
  return panel;
}

}  // namespace restock::forecasting
