#include "forecasting/read_history.h"

#include <catch2/catch.hpp>

#include "env/core/error.h"
#include "tests/unit/forecasting/shared_data.h"

using namespace restock;
using namespace restock::forecasting;
using Catch::Matchers::Contains;

namespace {

Panel read(const std::string& content, const HistoryFormat& format = {}) {
  const TemporaryFile file(content);
  return read_history(file.path(), format);
}

/// The problems of a file that must not be read.
std::vector<Problem> problems_of(const std::string& content, const HistoryFormat& format = {}) {
  try {
    read(content, format);
  } catch (const InputError& error) {
    return error.problems();
  }
  FAIL("the file was accepted");
  return {};
}

}  // namespace

TEST_CASE("a history is read with its covariates, also those of days to come") {
  const Panel panel = read(
      "unique_id,ds,y,price,promotion,stocked_out,note\n"
      "milk,2026-01-04,3,1.29,0,0,a\nmilk,2026-01-05,4,1.29,0,1,b\nmilk,2026-01-06,,0.99,1,,c\n"
      "oats,2026-01-04,0,,0,0,a\noats,2026-01-05,2,1.79,0,0,\noats,2026-01-06,,1.79,0,,\n");
  CHECK(panel.ids == std::vector<std::string>{"milk", "oats"});
  CHECK(panel.days == 2);
  CHECK(panel.known_days == 3);
  CHECK(panel.sales == std::vector<float>{3, 4, 0, 2});
  CHECK(panel.stocked_out == std::vector<std::uint8_t>{0, 1, 0, 0});
  CHECK(panel.listed_from == std::vector<std::size_t>{0, 1});
  REQUIRE(panel.find_covariate("price") != nullptr);
  CHECK(panel.find_covariate("price")->values ==
        std::vector<float>{1.29F, 1.29F, 0.99F, 1.79F, 1.79F, 1.79F});
  CHECK(panel.find_covariate("promotion")->values == std::vector<float>{0, 0, 1, 0, 0, 0});
  CHECK(panel.find_covariate("note") == nullptr);
  CHECK(format_date(panel.date(2)) == "2026-01-06");
  CHECK(panel.day_of(panel.date(2)) == 2);
  CHECK_FALSE(panel.day_of(panel.date(3)).has_value());
}

TEST_CASE("rows may also be ordered by day") {
  const Panel panel =
      read("unique_id,ds,y\na,2026-01-04,1\nb,2026-01-04,2\na,2026-01-05,3\nb,2026-01-05,4\n");
  CHECK(panel.sales == std::vector<float>{1, 3, 2, 4});
}

TEST_CASE("everything wrong with a history is reported at once, with its line and column") {
  const auto problems = problems_of(
      "unique_id,ds,y,stocked_out\n"
      "milk,2026-01-04,3,0\nmilk,2026-01-04,3,0\nmilk,2026-01-03,3,0\nmilk,2026-01-07,-1,2\nmilk,2026-02-30,"
      "x,0\n");
  std::vector<std::string> texts;
  for (const Problem& p : problems) texts.push_back(p.text());
  REQUIRE(texts.size() == 7);
  CHECK_THAT(texts[0], Contains(":3: column 'ds'") && Contains("stands twice"));
  CHECK_THAT(texts[1], Contains(":4: column 'ds'") && Contains("in order"));
  CHECK_THAT(texts[2], Contains(":5: column 'ds'") && Contains("3 days are missing"));
  CHECK_THAT(texts[3], Contains(":5: column 'y'") && Contains("-1"));
  CHECK_THAT(texts[4], Contains(":5: column 'stocked_out'"));
  CHECK_THAT(texts[5], Contains(":6: column 'ds'") && Contains("2026-02-30"));
  CHECK_THAT(texts[6], Contains(":6: column 'y'"));
}

TEST_CASE("series of different days are refused") {
  CHECK_THAT(problems_of("unique_id,ds,y\na,2026-01-04,1\na,2026-01-05,1\nb,2026-01-04,1\n")[0].text(),
             Contains(":4:") && Contains("series 'b'") && Contains("same days"));
  CHECK_THAT(problems_of("unique_id,ds,y\na,2026-01-04,1\na,2026-01-05,1\nb,2026-01-04,1\nb,2026-01-05,\n")[0]
                 .text(),
             Contains("1 days with sales"));
  CHECK_THAT(problems_of("unique_id,ds,y\na,2026-01-04,\na,2026-01-05,1\n")[0].text(),
             Contains("at the end only"));
  CHECK_THAT(problems_of("unique_id,ds,y\na,2026-01-04,\n")[0].text(), Contains("no row has sales"));
  CHECK_THAT(problems_of("unique_id,ds,y\n")[0].text(), Contains("no rows"));
}

TEST_CASE("covariates must be there when asked for, and without holes") {
  CHECK_THAT(problems_of("unique_id,ds,y,snap\na,2026-01-04,1,1\n", {{"snep"}})[0].text(), Contains("snep"));
  CHECK(read("unique_id,ds,y,snap\na,2026-01-04,1,1\n", {{"snap"}}).covariates[0].values ==
        std::vector<float>{1});
  CHECK_THAT(problems_of("unique_id,ds,y,price\na,2026-01-04,1,2\na,2026-01-05,1,\n")[0].text(),
             Contains(":3: column 'price'"));
}

TEST_CASE("the number of reported problems is bounded") {
  std::string content = "unique_id,ds,y\n";
  for (int i = 0; i < 1000; ++i) content += "a,never,-1\n";
  CHECK(problems_of(content).size() == 21);
}

TEST_CASE("order lines are summed per day") {
  const Panel panel = read(
      "timestamp,sku,quantity\n2026-01-06T09:10:00,b,2\n2026-01-04 "
      "23:59,a,1\n2026-01-06,b,3\n2026-01-06T10:00:00Z,a,4\n");
  CHECK(panel.ids == std::vector<std::string>{"b", "a"});
  CHECK(format_date(panel.first_day) == "2026-01-04");
  CHECK(panel.sales == std::vector<float>{0, 0, 5, 1, 0, 4});
}

TEST_CASE("order lines that mean nothing are refused") {
  const auto problems =
      problems_of("timestamp,sku,quantity\n2026-01-06T25:10,b,2\n2026-01-04,,1\n2026-01-06,b,-3\n");
  REQUIRE(problems.size() == 3);
  CHECK_THAT(problems[0].text(), Contains(":2: column 'timestamp'"));
  CHECK_THAT(problems[1].text(), Contains(":3: column 'sku'"));
  CHECK_THAT(problems[2].text(), Contains(":4: column 'quantity'") && Contains("-3"));
  CHECK_THAT(problems_of("timestamp,sku,quantity\n0001-01-01,a,1\n2026-01-06,b,3\n")[0].text(),
             Contains("40000 days"));
}

TEST_CASE("a panel is cut, split and reordered by id") {
  const Panel panel = read(
      "unique_id,ds,y,price\na,2026-01-04,1,1\na,2026-01-05,2,1\na,2026-01-06,3,2\n"
      "b,2026-01-04,4,5\nb,2026-01-05,5,5\nb,2026-01-06,6,6\n");
  const std::vector<std::string> order{"b", "a"};
  const Panel swapped = select_series(panel, order);
  CHECK(swapped.sales == std::vector<float>{4, 5, 6, 1, 2, 3});
  CHECK(swapped.covariates[0].values == std::vector<float>{5, 5, 6, 1, 1, 2});
  const Panel cut = first_days(swapped, 2);
  CHECK(cut.sales == std::vector<float>{4, 5, 1, 2});
  CHECK(cut.covariates[0].values.size() == 6);
  const std::vector<std::string> unknown{"bb"};
  CHECK_THROWS_AS(select_series(panel, unknown), InputError);

  const TimeSplit split = split_by_days(panel, 1, 1);
  CHECK((split.train_end == 1 && split.validation_end == 2 && split.test_end == 3));
  const TimeSplit dated = split_by_dates(panel, panel.date(1), panel.date(2));
  CHECK((dated.train_end == 1 && dated.validation_end == 2 && dated.test_end == 3));
  CHECK_THROWS_AS(split_by_days(panel, 2, 1), InputError);
  CHECK_THROWS_AS(split_by_dates(panel, panel.date(2), panel.date(1)), InputError);
}

TEST_CASE("a real history of a supermarket is read whole") {
  const SharedFile file("m5_tiny/series.csv.gz");
  if (!file.exists()) return file.skip();
  const Panel panel = read_history(file.path(), {{"price", "snap"}});
  CHECK(panel.series() == 210);
  CHECK(panel.days == 1829);
  CHECK(panel.listed_from[0] > 0);
}
