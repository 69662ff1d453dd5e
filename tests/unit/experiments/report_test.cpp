#include <stdlib.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>

#include "env/core/atomic_file.h"
#include "env/core/csv.h"
#include "experiments/report/axis.h"
#include "experiments/report/charts.h"
#include "experiments/report/html.h"
#include "experiments/report/machine_files.h"
#include "experiments/report/number_text.h"
#include "experiments/report/page.h"
#include "experiments/report/report_data.h"
#include "experiments/report/sections.h"
#include "experiments/report/svg.h"
#include "experiments/report/text_table.h"
#include "experiments/report/wording.h"
#include "experiments/report/write_report.h"
#include "tests/unit/experiments/comparison_fixture.h"

using namespace restock;
using namespace restock::experiments;
using fixture::outcome;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr const char* kHostile = "<script>alert('x')</script>&\"http://evil.example/a.js\"\x01\xff,=1+1";

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "report-test-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

PolicyOutcome tuned(PolicyOutcome outcome, const std::string& label, double tune_cost) {
  outcome.label = label;
  outcome.tune_cost = Estimate{tune_cost, 0.5};
  return outcome;
}

/// Costs that rise and fall by half from week to week, so that weeks differ; the first SKU is out of stock on
/// day 0.
DailyRecord record_of(std::size_t days, std::size_t skus, double cost, double swing) {
  DailyRecord record = fixture::record(std::vector<double>(days * skus, cost));
  record.days = days;
  record.skus = skus;
  for (std::size_t day = 0; day < days; ++day)
    for (std::size_t sku = 0; sku < skus; ++sku)
      record.cost[record.at(day, sku)] += day / 7 % 2 ? swing : -swing;
  record.lost[0] = 2;
  record.demanded[0] = 4;
  return record;
}

/// One history of 28 days and three SKUs; the learned policy costs 2, 2 and 3 less than the best classical
/// one.
ReportData sample(const std::string& first_sku = "A") {
  auto model = std::make_shared<WarehouseModel>(*fixture::warehouse(3, 28));
  model->skus[0].id = first_sku;
  ComparisonInput input;
  input.scenario = "corner_grocery";
  input.warehouse = model;
  input.phase = "history from 2026-01-05 to 2026-02-01";
  input.policies = {tuned(outcome("s_S", PolicyKind::classical, {{10, 12, 14}}, 28), "(s, S)", 34),
                    tuned(outcome("base_stock", PolicyKind::classical, {{9, 15, 16}}, 28), "Base stock", 39),
                    tuned(outcome("ppo", PolicyKind::learned, {{8, 10, 11}}, 28), "PPO", 30)};
  for (PolicyOutcome& policy : input.policies)
    policy.record = record_of(28, 3, estimate_of(policy.evaluation.costs_per_sku(*model)).mean,
                              policy.kind == PolicyKind::learned ? 0.5 : 0.0);
  ReportData data;
  data.title = "Corner grocery";
  data.comparison = compare(std::move(input));
  return data;
}

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

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

/// Every tag that is opened is closed, in order. Returns what is wrong, or "".
std::string unbalanced_tag(const std::string& html) {
  static const std::regex tag("<(/?)([a-z0-9]+)[^>]*?(/?)>");
  std::vector<std::string> open;
  for (std::sregex_iterator it(html.begin(), html.end(), tag), end; it != end; ++it) {
    const std::string name = (*it)[2];
    if (name == "meta" || name == "input" || (*it)[3] == "/") continue;
    if ((*it)[1] == "") {
      open.push_back(name);
    } else {
      if (open.empty() || open.back() != name) return name;
      open.pop_back();
    }
  }
  return open.empty() ? "" : open.back();
}

std::string without_script(const std::string& page) {
  const std::size_t from = page.find("<script>");
  return page.substr(0, from) + page.substr(page.find("</script>", from) + 9);
}

PairedDifference difference(double mean, double half_width, Verdict verdict) {
  PairedDifference d;
  d.unit = PairUnit::skus;
  d.pairs = 10;
  d.cost_per_day = {mean, half_width};
  d.percent = {mean / 3, half_width / 3};
  d.verdict = verdict;
  return d;
}

}  // namespace

TEST_CASE("numbers read well", "[report]") {
  CHECK(number_text(1234567.891, 1) == "1,234,567.9");
  CHECK(number_text(-1234, 0) == "−1,234");
  CHECK(number_text(-999.996, 2) == "−1,000.00");
  CHECK(number_text(-0.0001, 2) == "0.00");
  CHECK(number_text(kNaN, 2) == "–");
  CHECK(number_text(INFINITY, 2) == "–");
  CHECK(signed_text(1.5, 1) == "+1.5");
  CHECK(signed_text(-1.5, 1) == "−1.5");
  CHECK(signed_text(0.01, 1) == "0.0");
  CHECK(percent_text(0.9725) == "97.2 %");
  CHECK(percent_text(kNaN) == "–");
  CHECK(estimate_text({6.91231, 0.00123}, 4) == "6.9123 ± 0.0012");
  CHECK(estimate_text({6.91231, kNaN}, 2) == "6.91");
  CHECK(title_of("cost_per_period") == "Cost per period");
  CHECK(shortened("überlang", 5) == "über…");
  CHECK(shortened("über", 4) == "über");
}

TEST_CASE("as many decimals as mean something", "[report]") {
  CHECK(decimals_for(6.9123) == 3);
  CHECK(decimals_for(123.4) == 1);
  CHECK(decimals_for(12345.0) == 0);
  CHECK(decimals_for(Estimate{6.9, 0.0012}) == 4);
  CHECK(decimals_for(Estimate{691, 34}) == 0);
  CHECK(decimals_for(Estimate{6.9, kNaN}) == 3);
  const KpiColumn fill{"fill_rate", "share", "", &Kpis::fill_rate, false};
  CHECK(kpi_text(fill, {0.9725, 0.0012}, kpi_decimals(fill, {0.9725, 0.0012})) == "97.25 ± 0.12 %");
}

TEST_CASE("differences in words, whichever way they fall", "[report]") {
  CHECK(words_of(difference(-12.4, 9.3, Verdict::costs_less)) ==
        "costs 12.4 less a day (−4.1 %, 95 % interval −21.7 to −3.1 over 10 SKUs)");
  CHECK(words_of(difference(12.4, 9.3, Verdict::costs_more)) ==
        "costs 12.4 more a day (+4.1 %, 95 % interval +3.1 to +21.7 over 10 SKUs)");
  CHECK(words_of(difference(-1.2, 2.8, Verdict::not_distinguishable)) ==
        "is not distinguishable: −1.2 a day (−0.4 %, 95 % interval −4.0 to +1.6 over 10 SKUs)");
  PairedDifference alone = difference(3, kNaN, Verdict::one_observation);
  alone.unit = PairUnit::none;
  CHECK(words_of(alone) ==
        "costs 3.000 more a day (+1.0 %, one observation, so how sure this is cannot be said)");
}

TEST_CASE("an end of an interval that is not zero does not print as zero", "[report]") {
  CHECK(interval_text(difference(1.2, 1.1996, Verdict::costs_more)) == "+0.0004 to +2.3996");
  CHECK(interval_text(difference(1.2, 1.1, Verdict::costs_more)) == "+0.1 to +2.3");
}

TEST_CASE("the verdict names the difference, its interval over SKUs and that over weeks", "[report]") {
  const ReportData data = sample();
  // Differences −2, −2, −3: mean −7/3, t(2) = 4.303, standard error 1/3.
  const double half_width = 3 * 4.303 / 3;
  CHECK(data.comparison.headline->cost_per_day.mean == Approx(-7));
  CHECK(data.comparison.headline->cost_per_day.half_width == Approx(half_width));
  CHECK(verdict_sentence(data.comparison) ==
        "PPO costs 7.0 less a day than (s, S), the best classical policy (−19.4 %).");
  const BootstrapInterval& weeks = *data.comparison.headline->over_weeks;
  CHECK(weeks.lower < -7);
  CHECK(weeks.upper > -7);
  CHECK(certainty_sentence(data.comparison) ==
        "The 95 % interval of this difference is −11.3 to −2.7 a day, from paired differences over 3 SKUs. "
        "Resampling the 4 weeks in blocks gives " +
            number_text(weeks.lower, 1) + " to " + number_text(weeks.upper, 1) +
            ". Both lie on the same side of zero.");
  CHECK(choice_sentence(data.comparison) ==
        "PPO: it is the only learned policy compared. (s, S): it cost least of all classical policies on the "
        "tuning data.");
}

TEST_CASE("intervals that disagree are not hidden", "[report]") {
  ReportData data = sample();
  data.comparison.headline->over_weeks = BootstrapInterval{-7, -15, 1, 4, 100};
  CHECK_THAT(certainty_sentence(data.comparison), Catch::Contains("may be the luck of these weeks"));
  data.comparison.headline->verdict = Verdict::not_distinguishable;
  CHECK_THAT(certainty_sentence(data.comparison), Catch::Contains("Both hold zero."));
  CHECK_THAT(verdict_sentence(data.comparison), Catch::Contains("are not distinguishable by cost"));
  data.comparison.headline->over_weeks = BootstrapInterval{-7, -9, -5, 4, 100};
  CHECK_THAT(certainty_sentence(data.comparison), Catch::Contains("rests on few of the SKUs"));
}

TEST_CASE("hindsight is called hindsight", "[report]") {
  ReportData data = sample();
  data.comparison.best_classical = BestPolicy{1, ChosenBy::tune_split};
  CHECK_THAT(choice_sentence(data.comparison), Catch::Contains("(s, S) turned out to cost less here"));
}

TEST_CASE("the page is one file that loads nothing", "[report]") {
  const std::string page = render_page(sample());
  for (const char* reference : {"http:", "https:", "src=", "url(", "@import", "<link", "<iframe", "<img"})
    CHECK(count(page, reference) == 0);
  CHECK(count(page, "default-src 'none'") == 1);
  CHECK(count(page, "<script>") == 1);
  CHECK(unbalanced_tag(without_script(page)) == "");
}

TEST_CASE("the page says what the comparison says", "[report]") {
  const ReportData data = sample();
  const std::string page = render_page(data);
  for (const std::string& sentence : {verdict_sentence(data.comparison), certainty_sentence(data.comparison),
                                      choice_sentence(data.comparison)})
    CHECK(count(page, escape_html(sentence)) == 1);
  for (const PairedDifference& d : data.comparison.differences)
    CHECK(count(page, escape_html(words_of(d))) == 1);
  for (const KpiColumn& column : kpi_columns()) CHECK(count(page, title_of(column.name)) >= 2);
  CHECK(count(page, "<div class=\"hero-number ink learned\">−19.4 %</div>") == 1);
  CHECK(count(page, "With PPO, 3 of 3 SKUs cost less and 0 cost more.") == 1);
  CHECK(count(page, "Stock on hand of ") == 3);
  CHECK(count(page, "nan") == count(page, "distinan"));
}

TEST_CASE("what users name cannot break out of the page", "[report]") {
  ReportData data = sample(kHostile);
  data.title = kHostile;
  data.notes = {kHostile};
  data.environment = {{kHostile, kHostile}};
  data.tables = {{kHostile, kHostile, {kHostile}, {{std::string(kHostile)}}}};
  data.training_curves = {{kHostile, kHostile, {1, 2}, {3, 4}}};
  for (PolicyOutcome& policy : data.comparison.policies) policy.label = policy.description = kHostile;
  const std::string page = render_page(data);
  CHECK(count(page, "<script>") == 1);
  CHECK(count(page, "<script>alert") == 0);
  CHECK(count(page, "\"http:") == 0);
  CHECK(count(page, "\x01") == 0);
  CHECK(count(page, "\xff") == 0);
  CHECK(unbalanced_tag(without_script(page)) == "");
}

TEST_CASE("escaping leaves text alone and defuses the rest", "[report]") {
  CHECK(escape_html("Käse 3 €") == "Käse 3 €");
  CHECK(escape_html("<a href=\"x\" b='y'>&`") == "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;&#96;");
  CHECK(escape_html(std::string_view("a\0b\x1b[2J", 7)) == "a\uFFFDb\uFFFD[2J");
  CHECK(escape_html("\xc3(\xff") == "\uFFFD(\uFFFD");
}

TEST_CASE("sections without content leave no title behind", "[report]") {
  ReportData data = sample();
  const std::string without = render_page(data);
  CHECK(count(without, "id=\"training\"") == 0);
  CHECK(count(without, "id=\"tables\"") == 0);
  data.training_curves = {{"PPO, seed 1", "seconds", {1, 2, 3}, {90, 40, 31}}};
  data.tables = {{"Accuracy",
                  "less is better",
                  {"Forecaster", "MASE"},
                  {{std::string("LSTM"), 0.8123}, {std::string("naive"), kNaN}}}};
  const std::string with = render_page(data);
  CHECK(count(with, "id=\"training\"") == 1);
  CHECK(count(with, "PPO, seed 1") == 1);
  CHECK(count(with, "data-v=\"0.8123\">0.8123</td>") == 1);
  CHECK(count(with, "<td class=\"n\">–</td>") == count(without, "<td class=\"n\">–</td>") + 1);
  CHECK(unbalanced_tag(without_script(with)) == "");
}

TEST_CASE("a comparison of one policy, or without records, still makes a page", "[report]") {
  ComparisonInput input;
  input.warehouse = fixture::warehouse(1);
  input.policies = {outcome("base_stock", PolicyKind::classical, {{5}, {6}})};
  ReportData data;
  data.comparison = compare(input);
  const std::string page = render_page(data);
  CHECK(
      count(
          page,
          "base_stock, the best classical policy, costs 5.5 ± 6.4 a day; no learned policy was compared.") ==
      1);
  CHECK(count(page, "id=\"differences\"") == 0);
  CHECK(count(page, "id=\"inventory\"") == 0);
  CHECK(unbalanced_tag(without_script(page)) == "");
}

TEST_CASE("report.json holds the comparison's numbers", "[report]") {
  const ReportData data = sample(kHostile);
  const Comparison& comparison = data.comparison;
  const auto json = nlohmann::json::parse(report_json(data));
  CHECK(json["scenario"] == "corner_grocery");
  CHECK(json["days"] == 28);
  CHECK(json["best_learned"]["policy"] == "ppo");
  CHECK(json["best_classical"]["chosen_by"] == "tune_split");
  CHECK(json["headline"]["cost_per_day"]["mean"] == comparison.headline->cost_per_day.mean);
  CHECK(json["headline"]["cost_per_day"]["half_width"] == comparison.headline->cost_per_day.half_width);
  CHECK(json["headline"]["over_weeks"]["lower"] == comparison.headline->over_weeks->lower);
  CHECK(json["headline"]["words"] == words_of(*comparison.headline));
  REQUIRE(json["paired"].size() == 2);
  CHECK(json["paired"][0]["policy"] == "base_stock");
  CHECK(json["paired"][0]["percent"]["mean"] == comparison.differences[0].percent.mean);
  REQUIRE(json["policies"].size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto& policy = json["policies"][i];
    for (const KpiColumn& column : kpi_columns()) {
      const Estimate expected = comparison.policies[i].evaluation.kpi(*comparison.warehouse, column);
      const auto& mean = policy["kpis"][std::string(column.name)]["mean"];
      if (std::isnan(expected.mean))
        CHECK(mean.is_null());
      else
        CHECK(mean == expected.mean);
    }
    CHECK(policy["skus"].size() == 3);
    CHECK(policy["skus"][2]["stockout_days"] == 3);
  }
  CHECK(json["policies"][2]["skus"][1]["cost_per_period"] == 10.0);
  CHECK(json["policies"][2]["kpis"]["cost_per_period"]["half_width"].is_null());
}

TEST_CASE("the CSV files read back what the comparison holds", "[report]") {
  const TemporaryFolder folder;
  const ReportData data = sample("a,\"b\"\nc");
  CHECK(write_report(data, folder.path() + "/new") == folder.path() + "/new/report.html");
  CHECK(read_file(folder.path() + "/new/report.html", 1 << 22) == render_page(data));
  CHECK(read_file(folder.path() + "/new/report.json", 1 << 22) == report_json(data));

  CsvReader paired(folder.path() + "/new/paired.csv");
  REQUIRE(paired.next());
  REQUIRE(paired.next());
  CHECK(paired.fields()[paired.column("policy")] == "ppo");
  CHECK(paired.number(paired.column("cost_per_day"), -1e9, 1e9) ==
        data.comparison.differences[1].cost_per_day.mean);
  CHECK(paired.number(paired.column("weeks_upper"), -1e9, 1e9) ==
        data.comparison.differences[1].over_weeks->upper);
  CHECK(paired.fields()[paired.column("verdict")] == "costs_less");
  CHECK_FALSE(paired.next());

  CsvReader skus(folder.path() + "/new/per_sku.csv");
  REQUIRE(skus.next());
  CHECK(skus.fields()[1] == "a,\"b\"\nc");
  CHECK(skus.number(skus.column("cost_per_period"), 0, 1e9) == 10);
  CHECK(skus.fields()[skus.column("cycle_service_level")].empty());

  CsvReader daily(folder.path() + "/new/daily.csv");
  std::size_t lines = 0;
  while (daily.next()) lines += 1;
  CHECK(lines == 3 * 28 * 3);
  CHECK(daily.fields()[daily.column("date")] == "2026-02-01");

  CsvReader kpis(folder.path() + "/new/kpis.csv");
  REQUIRE(kpis.next());
  CHECK(kpis.number(kpis.column("mean"), 0, 1e9) == 36);
}

TEST_CASE("the table for terminals is at most 100 characters wide", "[report]") {
  ReportData data = sample();
  data.comparison.policies[1].name = std::string(80, 'x');
  data.comparison.differences[0].policy = data.comparison.policies[1].name;
  const std::string text = comparison_text(data.comparison);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) CHECK(display_width(line) <= 100);
  CHECK_THAT(text, Catch::Contains("−7.0 ± 4.3 (−19.4 %)"));
  CHECK_THAT(text, Catch::Contains("baseline"));
  CHECK_THAT(text, Catch::Contains("not distinguishable"));
  CHECK_THAT(text, Catch::Contains("80.0 %"));
}

TEST_CASE("text is broken between words, and % stays with its number", "[report]") {
  CHECK(wrapped("aa bb cc", 5) == "aa bb\ncc\n");
  CHECK(wrapped("aaaaaaaa b", 5) == "aaaaaaaa\nb\n");
  CHECK(wrapped("about 95 % sure", 8) == "about\n95 %\nsure\n");
  CHECK(wrapped("", 5).empty());
}

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
