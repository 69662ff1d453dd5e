#include <catch2/catch.hpp>
#include <cmath>
#include <regex>

#include "experiments/report/axis.h"
#include "experiments/report/charts.h"
#include "experiments/report/sections.h"
#include "experiments/report/svg.h"
#include "tests/unit/experiments/report_fixture.h"

using namespace restock;
using namespace restock::experiments;
using fixture::count;
using fixture::sample;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::string section(const ReportData& data, std::string_view id) {
  for (const ReportSection& candidate : report_sections())
    if (candidate.id == id) return candidate.html(data);
  return "";
}

/// Where all parts stand one after the other.
bool in_order(const std::string& text, const std::vector<std::string>& parts) {
  std::size_t at = 0;
  for (const std::string& part : parts) {
    at = text.find(part, at);
    if (at == std::string::npos) return false;
  }
  return true;
}

/// The numbers that a regular expression's groups match, match by match.
std::vector<std::vector<double>> numbers_in(const std::string& text, const std::string& pattern) {
  const std::regex expression(pattern);
  std::vector<std::vector<double>> found;
  for (std::sregex_iterator it(text.begin(), text.end(), expression), end; it != end; ++it) {
    std::vector<double>& numbers = found.emplace_back();
    for (std::size_t group = 1; group < it->size(); ++group) numbers.push_back(std::stod((*it)[group]));
  }
  return found;
}

}  // namespace

TEST_CASE("axes end at round numbers and survive what has no range", "[report]") {
  const Axis axis = round_axis(-0.3, 7.3, 5);
  CHECK(axis.ticks == std::vector<double>{-2, 0, 2, 4, 6, 8});
  CHECK(axis.decimals == 0);
  const Axis fine = round_axis(0.1, 0.35, 5);
  CHECK(fine.minimum == Approx(0.1));
  CHECK(fine.maximum == Approx(0.35));
  CHECK(fine.decimals == 2);
  for (const auto& [low, high] :
       {std::pair{0.0, 0.0}, {5.0, 5.0}, {kNaN, 1.0}, {0.0, INFINITY}, {3.0, 2.0}, {1e300, 1.1e300}}) {
    const Axis odd = round_axis(low, high);
    CHECK(odd.maximum > odd.minimum);
    CHECK(odd.ticks.size() >= 2);
    CHECK(odd.ticks.size() < 20);
  }
}

TEST_CASE("bars are as long as their values, one behind the other", "[report]") {
  const std::string chart = stacked_bars(
      {{"a", {{10, "holding", ""}, {30, "shortage", ""}}, "40"}, {"b", {{0, "holding", ""}}, "0"}}, "money",
      "bars");
  const auto bars = numbers_in(chart, "x=\"([0-9.]+)\" y=\"[0-9.]+\" width=\"([0-9.]+)\" height=\"22\"");
  REQUIRE(bars.size() == 2);
  CHECK(bars[1][1] == Approx(3 * bars[0][1]));
  CHECK(bars[1][0] == Approx(bars[0][0] + bars[0][1]));
}

TEST_CASE("charts show what the numbers say", "[report]") {
  const ReportData data = sample();
  const std::string differences = section(data, "differences");
  const auto points =
      numbers_in(differences, "cx=\"([0-9.]+)\" cy=\"[0-9.]+\" r=\"5.5\" class=\"fill ring learned\"");
  const auto ends = numbers_in(
      differences,
      "x1=\"([0-9.]+)\" y1=\"([0-9.]+)\" x2=\"([0-9.]+)\" y2=\"([0-9.]+)\" class=\"stroke wide learned\"");
  REQUIRE(points.size() == 1);
  REQUIRE(ends.size() == 3);  // the interval and its two ends
  CHECK(ends[0][2] > ends[0][0]);
  CHECK((ends[0][0] + ends[0][2]) / 2 == Approx(points[0][0]).margin(0.11));
  CHECK(in_order(section(data, "costs"),
                 {"PPO</text>", "(s, S)</text>", "Base stock</text>"}));  // cheapest first
  const std::string inventory = section(data, "inventory");
  CHECK(numbers_in(inventory, "height=\"(8)\" class=\"fill learned\"").size() == 1);  // one stockout day each
  CHECK(numbers_in(inventory, "height=\"(8)\" class=\"fill classical\"").size() == 1);
}

TEST_CASE("tables show what the numbers say", "[report]") {
  const ReportData data = sample();
  const std::string skus = section(data, "skus");
  const std::string first_table = skus.substr(0, skus.find("</table>"));
  CHECK(in_order(first_table, {"<td>C</td>", "<td>B</td>", "<td>A</td>"}));  // dearest first
  CHECK(in_order(skus, {"<td>C</td>", "data-v=\"14\">14.00<", "data-v=\"16\">16.00<", "data-v=\"11\">11.00<",
                        "data-v=\"-3\">−3.00<"}));
  CHECK(count(skus, "data-v=\"80\">80.0 %</td>") == 9);
  CHECK(count(skus, "data-v=\"3\">3</td>") == 9);
  CHECK(in_order(section(data, "kpis"),
                 {"Cost per period", "36.00", "40.00", "class=\"n best\" data-v=\"29\">29.00<"}));
  CHECK(in_order(section(data, "policies"),
                 {"(s, S)", "baseline", "80.0 %", "PPO", "29.00", "−7.0 (−19.4 %)"}));
  CHECK(in_order(section(data, "verdict"), {"Days with a stockout", "10.7 %", "PPO", "10.7 %", "(s, S)"}));
}

TEST_CASE("lines break where there is no value, and end at the ceiling", "[report]") {
  Svg svg(10, 10, "a < b");
  svg.polyline(std::vector<Point>{{0, 1}, {1, 2}, {kNaN, 3}, {3, 4}, {4, 5.25}}, "line");
  CHECK_THAT(svg.html(), Catch::Contains("d=\"M0 1L1 2M3 4L4 5.2\""));
  CHECK_THAT(svg.html(), Catch::Contains("aria-label=\"a &lt; b\""));
  LineChart chart;
  chart.series = {{"a", "series-0", {0, 1, 2}, {100, 10, 0}}};
  chart.ceiling = 10;
  chart.reference = kNaN;
  const std::string html = line_chart(chart);
  CHECK_THAT(html, Catch::Contains("class=\"line series-0\""));
  const auto places = numbers_in(html.substr(html.find("<path")), "[ML]([0-9.]+) (-?[0-9.]+)");
  REQUIRE(places.size() == 3);  // where the line comes in under the ceiling, and two values
  for (const auto& place : places) CHECK(place[1] >= 14);
  CHECK(count(html, "nan") == 0);
}
