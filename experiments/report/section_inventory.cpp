// Stock on hand over time: one small chart a SKU, with demand below it and stockout days marked.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "experiments/report/axis.h"
#include "experiments/report/number_text.h"
#include "experiments/report/section_parts.h"
#include "experiments/report/sections.h"

namespace restock::experiments {

namespace {

constexpr std::size_t kMostSkus = 24;
constexpr std::size_t kMostDays = 182;
constexpr double kWidth = 330, kHeight = 172, kLeft = 36, kRight = 326, kTop = 8, kBottom = 122;
constexpr double kStripHeight = 8, kFirstStrip = 143;

/// The last days of a record that a small chart has room for.
struct Window {
  std::size_t first = 0;
  std::size_t end = 0;
};

Window window_of(const DailyRecord& record) {
  return {record.days > kMostDays ? record.days - kMostDays : 0, record.days};
}

double highest_in(const std::vector<const PolicyOutcome*>& policies, const Window& window, std::size_t sku) {
  Quantity highest = 1;
  for (const PolicyOutcome* policy : policies)
    for (std::size_t day = window.first; day < window.end; ++day)
      highest = std::max({highest, policy->record.on_hand[policy->record.at(day, sku)],
                          policy->record.demanded[policy->record.at(day, sku)]});
  return static_cast<double>(highest);
}

/// Demand as a stepped area, one step a day.
void draw_demand(Svg& svg, const DailyRecord& record, const Window& window, std::size_t sku, const Scale& x,
                 const Scale& y) {
  std::vector<Point> outline{{x(static_cast<double>(window.first)), y(0)}};
  for (std::size_t day = window.first; day < window.end; ++day) {
    const double height = y(static_cast<double>(record.demanded[record.at(day, sku)]));
    outline.push_back({x(static_cast<double>(day)), height});
    outline.push_back({x(static_cast<double>(day + 1)), height});
  }
  outline.push_back({x(static_cast<double>(window.end)), y(0)});
  svg.polygon(outline, "fill demand");
}

void draw_stock(Svg& svg, const PolicyOutcome& policy, const Window& window, std::size_t sku, const Scale& x,
                const Scale& y) {
  std::vector<Point> points;
  for (std::size_t day = window.first; day < window.end; ++day)
    points.push_back({x(static_cast<double>(day) + 0.5),
                      y(static_cast<double>(policy.record.on_hand[policy.record.at(day, sku)]))});
  svg.polyline(points, fmt::format("line small {}", colour_of(policy.kind)));
}

/// One mark a stockout day, in a strip of the policy's own.
void draw_stockouts(Svg& svg, const PolicyOutcome& policy, const Window& window, std::size_t sku,
                    const Scale& x, double top) {
  svg.line({kLeft, top + kStripHeight / 2}, {kRight, top + kStripHeight / 2}, "grid");
  for (std::size_t day = window.first; day < window.end; ++day)
    if (policy.record.is_stockout_day(day, sku))
      svg.rectangle({x(static_cast<double>(day)), top},
                    std::max(1.5, x(static_cast<double>(day + 1)) - x(static_cast<double>(day))),
                    kStripHeight, fmt::format("fill {}", colour_of(policy.kind)));
}

void draw_dates(Svg& svg, const DailyRecord& record, const Window& window, const Scale& x) {
  constexpr std::size_t kLabels = 3;
  for (std::size_t i = 0; i < kLabels; ++i) {
    const std::size_t day = window.first + i * (window.end - 1 - window.first) / (kLabels - 1);
    const Anchor anchor = i == 0 ? Anchor::start : i + 1 == kLabels ? Anchor::end : Anchor::middle;
    svg.text({x(static_cast<double>(day) + (i == 0   ? 0.0
                                            : i == 1 ? 0.5
                                                     : 1.0)),
              kBottom + 14},
             format_date(record.start + std::chrono::days(static_cast<int>(day))), "tick", anchor);
  }
}

std::string small_chart(const std::vector<const PolicyOutcome*>& policies, std::size_t sku,
                        std::string_view id) {
  const DailyRecord& record = policies[0]->record;
  const Window window = window_of(record);
  const Axis axis = round_axis(0, highest_in(policies, window, sku), 3);
  const Scale x{static_cast<double>(window.first), static_cast<double>(window.end), kLeft, kRight};
  const Scale y{0, axis.maximum, kBottom, kTop};
  Svg svg(kWidth, kHeight, fmt::format("Stock on hand of {}", id));
  draw_vertical_axis(svg, axis, y, kLeft, kRight);
  draw_demand(svg, record, window, sku, x, y);
  for (const PolicyOutcome* policy : policies) draw_stock(svg, *policy, window, sku, x, y);
  draw_dates(svg, record, window, x);
  for (std::size_t i = 0; i < policies.size(); ++i)
    draw_stockouts(svg, *policies[i], window, sku, x, kFirstStrip + 14 * static_cast<double>(i));
  return svg.html();
}

/// Those in the foreground whose days were recorded.
std::vector<const PolicyOutcome*> drawn_policies(const Comparison& comparison) {
  const Foreground pair = foreground_of(comparison);
  std::vector<const PolicyOutcome*> drawn;
  for (const PolicyOutcome* policy : {pair.first, pair.second})
    if (policy && !policy->record.empty() && (drawn.empty() || drawn[0]->record.days == policy->record.days))
      drawn.push_back(policy);
  return drawn;
}

std::string explanation(const Comparison& comparison, const DailyRecord& record) {
  const Window window = window_of(record);
  std::string text =
      "Units on hand at the close of each day; the strips below mark the days with a stockout.";
  if (window.first > 0) text += fmt::format(" Shown are the last {} of {} days.", kMostDays, record.days);
  if (comparison.policies[0].evaluation.replications.size() > 1) text += " One replication of many.";
  return paragraph(text, "note");
}

}  // namespace

std::string inventory_section(const ReportData& data) {
  const Comparison& comparison = data.comparison;
  const std::vector<const PolicyOutcome*> policies = drawn_policies(comparison);
  if (policies.empty()) return "";
  std::vector<LegendEntry> keys{{"demand", "demand"}};
  for (const PolicyOutcome* policy : policies)
    keys.push_back({std::string(colour_of(policy->kind)), policy->label});
  const std::vector<std::size_t> skus = dearest_skus(comparison, kMostSkus);
  std::string charts;
  for (const std::size_t sku : skus) {
    const std::string& id = comparison.warehouse->skus[sku].id;
    charts += element("figure", "small-multiple",
                      element("figcaption", "", escape_html(id)) + small_chart(policies, sku, id));
  }
  return legend(keys) + explanation(comparison, policies[0]->record) + element("div", "multiples", charts) +
         shown_note(skus.size(), comparison.warehouse->skus.size(), "daily.csv");
}

}  // namespace restock::experiments
