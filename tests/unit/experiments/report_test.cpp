#include <stdlib.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>

#include "env/core/atomic_file.h"
#include "env/core/csv.h"
#include "experiments/report/html.h"
#include "experiments/report/machine_files.h"
#include "experiments/report/number_text.h"
#include "experiments/report/page.h"
#include "experiments/report/wording.h"
#include "experiments/report/write_report.h"
#include "tests/unit/experiments/report_fixture.h"

using namespace restock;
using namespace restock::experiments;
using fixture::count;
using fixture::outcome;
using fixture::sample;

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

}  // namespace

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
  for (const KpiColumn& column : kpi_columns()) {
    const bool is_shown = std::any_of(
        data.comparison.policies.begin(), data.comparison.policies.end(), [&](const PolicyOutcome& policy) {
          const auto& evaluation = policy.evaluation;
          const auto& warehouse = *data.comparison.warehouse;
          return is_worth_showing(column, evaluation.kpi(warehouse, column).mean);
        });
    CHECK(count(page, title_of(column.name)) >= (is_shown ? 2U : 1U));  // the other one is its definition
  }
  CHECK(count(page, title_of("picker_utilisation")) == 1);
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
