#include "forecasting/calendar/holidays.h"

#include <catch2/catch.hpp>
#include <set>

#include "env/core/error.h"
#include "forecasting/calendar/calendar_covariates.h"
#include "forecasting/read_history.h"
#include "tests/support/temporary_file.h"
#include "tests/unit/forecasting/series_examples.h"

using namespace restock;
using namespace restock::forecasting;
using Catch::Matchers::Contains;

namespace {

Date day(const char* text) {
  return parse_date(text).value();
}

std::vector<std::string> in_year(std::string_view text, int year) {
  const Date first = day(fmt::format("{}-01-01", year).c_str());
  const Date last = day(fmt::format("{}-12-31", year).c_str());
  std::vector<std::string> dates;
  for (const Date date : holiday_dates(text, first, last)) dates.push_back(format_date(date).substr(5));
  return dates;
}

using Days = std::vector<std::string>;

}  // namespace

TEST_CASE("Easter falls where the Church's tables have it") {
  // Meeus 1991, chapter 8, and the extremes of the rule: 22 March and 25 April.
  for (const char* date :
       {"1818-03-22", "1886-04-25", "1943-04-25", "1954-04-18", "1961-04-02", "2000-04-23", "2019-04-21",
        "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25", "2285-03-22"}) {
    CHECK(format_date(easter_sunday(std::stoi(date))) == date);
  }
  for (int year = 1900; year < 2200; ++year) CHECK(weekday_of(easter_sunday(year)) == 6);
}

TEST_CASE("holidays of countries, as published for single years") {
  // opm.gov: federal holidays 2021, the day kept instead beside the day itself (that of New Year 2022
  // included).
  CHECK(in_year("US", 2021) == Days{"01-01", "01-18", "02-15", "05-31", "06-18", "06-19", "07-04", "07-05",
                                    "09-06", "10-11", "11-11", "11-25", "12-24", "12-25", "12-31"});
  CHECK(in_year("US/juneteenth", 2020).empty());
  // gov.uk: bank holidays in England and Wales 2021 and 2024.
  CHECK(in_year("UK", 2021) ==
        Days{"01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-25", "12-26", "12-27", "12-28"});
  CHECK(in_year("UK", 2024) == Days{"01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"});
  CHECK(in_year("UK/christmas", 2022) == Days{"12-25", "12-27"});
  CHECK(in_year("UK/boxing_day", 2021) == Days{"12-26", "12-28"});
  CHECK(in_year("DE", 2026) ==
        Days{"01-01", "04-03", "04-06", "05-01", "05-14", "05-25", "10-03", "12-25", "12-26"});
  CHECK(in_year("FR", 2024) == Days{"01-01", "04-01", "05-01", "05-08", "05-09", "05-20", "07-14", "08-15",
                                    "11-01", "11-11", "12-25"});
}

TEST_CASE("holidays by their own rule, and the days around them") {
  CHECK(in_year("12-24", 2023) == Days{"12-24"});
  CHECK(in_year("4-thu-11", 2023) == Days{"11-23"});
  CHECK(in_year("last-mon-05", 2023) == Days{"05-29"});
  CHECK(in_year("5-mon-02", 2023).empty());
  CHECK(in_year("easter-47", 2023) == Days{"02-21"});
  CHECK(in_year("easter", 2023) == Days{"04-09"});
  CHECK(in_year("02-29", 2023).empty());
  CHECK(in_year("02-29", 2024) == Days{"02-29"});
  CHECK(in_year("2022-06-03", 2022) == Days{"06-03"});
  CHECK(in_year("US/christmas@-1", 2023) == Days{"12-24"});
  CHECK(in_year("01-01@-1", 2023) == Days{"12-31"});
  CHECK(in_year("US/thanksgiving@+1", 2023) == Days{"11-24"});
  CHECK(each_holiday("UK/each@-1").size() == 8);
  CHECK(each_holiday("UK/each@-1").front() == "UK/new_year@-1");
}

TEST_CASE("texts that name no holidays are refused") {
  for (const char* text : {"", "XX", "us", "13-01", "04-31", "0-mon-05", "6-mon-05", "4-xyz-11", "easter2",
                           "easter+", "12-24@", "12-24@x", "2023-02-30", "US/each", "US/"})
    CHECK_THROWS_AS(holiday_dates(text, day("2024-01-01"), day("2024-12-31")), InputError);
  CHECK_THROWS_WITH(holiday_dates("US/thanksgivin", {}, {}), Contains("did you mean 'thanksgiving'"));
  CHECK_THROWS_AS(each_holiday("XX/each"), InputError);
}

TEST_CASE("a covariate by rule is known for days to come, and others go on as they were") {
  Panel panel = panel_of_series({{1, 2, 3}, {4, 5, 6}});
  panel.first_day = day("2024-12-23");
  panel.covariates = {{"price", {1, 2, 3, 4, 5, 6}}, {"promotion", {0, 0, 1, 0, 0, 0}}};
  const std::vector<std::string> chosen{"US/christmas", "12-24"};
  const std::vector<std::string> names = calendar_names(chosen);
  CHECK(names == Days{"holiday:US/christmas", "holiday:12-24"});
  add_calendar_covariates(panel, names);
  REQUIRE(panel.known_days == 3 + 420);
  CHECK(panel.days == 3);
  const auto& christmas = panel.find_covariate(names[0])->values;
  CHECK(christmas.size() == 2 * panel.known_days);
  CHECK(std::count(christmas.begin(), christmas.end(), 1.0F) == 4);
  CHECK(christmas[2] == 1);
  CHECK(christmas[2 + 365] == 1);
  CHECK(panel.find_covariate(names[1])->values[1] == 1);
  CHECK(panel.find_covariate("price")->values[panel.known_days - 1] == 3);
  CHECK(panel.find_covariate("promotion")->values[3] == 0);
  CHECK(panel.find_covariate("promotion")->values[2] == 1);
}

TEST_CASE("weeks and months count their holidays") {
  Panel panel = panel_of_series({{1, 2, 3}});
  panel.first_day = day("2024-12-01");
  panel.frequency = Frequency::month;
  const std::vector<std::string> names{"holiday:DE"};
  add_calendar_covariates(panel, names);
  const auto& counts = panel.find_covariate("holiday:DE")->values;
  CHECK(std::vector<float>(counts.begin(), counts.begin() + 6) == std::vector<float>{2, 1, 0, 0, 2, 2});
}

TEST_CASE("a history is read with holidays beside its own columns") {
  const TemporaryFile file("unique_id,ds,y,price\na,2024-12-24,1,2\na,2024-12-25,0,2\n");
  const Panel panel = read_history(file.path(), {{"holiday:DE"}});
  REQUIRE(panel.covariates.size() == 2);
  CHECK(panel.covariates[0].name == "price");
  CHECK(panel.covariates[1].values[0] == 0);
  CHECK(panel.covariates[1].values[1] == 1);
  const TemporaryFile lines("timestamp,sku,quantity\n2024-12-25,a,1\n");
  CHECK(read_history(lines.path(), {{"holiday:DE"}}).find_covariate("holiday:DE")->values[0] == 1);
  CHECK_THROWS_WITH(read_history(file.path(), {{"holiday:XX"}}), Contains("no holidays 'XX'"));
}
