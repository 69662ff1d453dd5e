#include "forecasting/frequency.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "env/core/error.h"
#include "forecasting/generate.h"
#include "forecasting/read_history.h"
#include "tests/unit/forecasting/shared_data.h"

using namespace restock;
using namespace restock::forecasting;
using Catch::Matchers::Contains;

namespace {

const HistoryFormat kAnything{{}, RowStep::automatic, Gaps::missing};

Date date(const char* text) {
  return parse_date(text).value();
}

Panel read(const std::string& content, const HistoryFormat& format = kAnything) {
  const TemporaryFile file(content);
  return read_history(file.path(), format);
}

std::string problem_of(const std::string& content, const HistoryFormat& format = {}) {
  try {
    read(content, format);
  } catch (const InputError& error) {
    return error.problems().front().text();
  }
  FAIL("the file was accepted");
  return {};
}

bool same(const std::vector<float>& a, const std::vector<float>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](float x, float y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

constexpr float kHole = std::numeric_limits<float>::quiet_NaN();

}  // namespace

TEST_CASE("steps of days, weeks and months are counted on one calendar") {
  CHECK(clock_of(date("2026-01-05"), Frequency::day) % 7 == 0);  // a Monday
  CHECK(clock_of(date("2026-01-04"), Frequency::day) % 7 == 6);
  CHECK(clock_of(date("1969-12-29"), Frequency::day) == 0);
  CHECK(clock_of(date("1969-12-28"), Frequency::week) == -1);
  CHECK(clock_of(date("2026-01-11"), Frequency::week) == clock_of(date("2026-01-05"), Frequency::week));
  CHECK(clock_of(date("2026-03-31"), Frequency::month) % 12 == 2);
  for (const Frequency f : {Frequency::day, Frequency::week, Frequency::month}) {
    for (const std::int64_t steps : {-30, -1, 0, 1, 13, 500}) {
      const Date there = step_date(date("2024-02-29"), steps, f);
      CHECK(steps_between(date("2024-02-29"), there, f) == steps);
      CHECK(clock_of(there, f) - clock_of(date("2024-02-29"), f) == steps);
    }
  }
  CHECK(format_date(step_date(date("2024-01-31"), 1, Frequency::month)) == "2024-02-29");
  CHECK_FALSE(steps_between(date("2024-01-01"), date("2024-02-02"), Frequency::month).has_value());
  CHECK_FALSE(steps_between(date("2024-01-01"), date("2024-01-07"), Frequency::week).has_value());
}

TEST_CASE("the step of a file is found from its dates") {
  const auto found = [](const std::string& rows) {
    const TemporaryFile file("unique_id,ds,y\n" + rows);
    return detect_frequency(file.path());
  };
  CHECK(found("a,2026-01-01,1\na,2026-02-01,1\n") == Frequency::month);
  CHECK(found("a,2026-01-01,1\nb,2026-01-08,1\nb,2026-01-22,1\n") == Frequency::week);
  CHECK(found("a,2026-01-01,1\na,2026-01-08,1\na,2026-01-09,1\n") == Frequency::day);
  CHECK(found("a,2026-01-01,1\nb,2026-01-01,1\n") == Frequency::day);
}

TEST_CASE("holes and different beginnings and ends become unknown sales") {
  const Panel panel = read(
      "unique_id,ds,y,price\na,2026-02-01,1,5\na,2026-03-01,,\na,2026-05-01,4,6\nb,2026-01-01,7,\n"
      "b,2026-02-01,8,3\nb,2026-06-01,,2\n");
  CHECK(panel.frequency == Frequency::month);
  CHECK(format_date(panel.first_day) == "2026-01-01");
  CHECK(panel.days == 5);
  CHECK(panel.known_days == 6);
  CHECK(same(panel.sales, {kHole, 1, kHole, kHole, 4, 7, 8, kHole, kHole, kHole}));
  CHECK(panel.listed_from == std::vector<std::size_t>{1, 1});
  CHECK(panel.covariates[0].values == std::vector<float>{5, 5, 5, 5, 6, 6, 3, 3, 3, 3, 3, 2});
  CHECK(panel.day_of(date("2026-05-01")) == 4);
  CHECK_FALSE(panel.day_of(date("2026-05-02")).has_value());
  const TimeSplit split = split_by_dates(panel, date("2026-03-01"), date("2026-05-01"));
  CHECK((split.train_end == 2 && split.validation_end == 4 && split.test_end == 5));
}

TEST_CASE("what asks for whole days says what is wrong with others") {
  CHECK_THAT(problem_of("unique_id,ds,y\na,2026-01-01,1\na,2026-02-01,1\n"), Contains("30 days are missing"));
  CHECK_THAT(problem_of("unique_id,ds,y\na,2026-01-01,1\na,2026-02-02,1\n", {{}, RowStep::month}),
             Contains("not a whole number of months"));
  CHECK_THAT(problem_of("unique_id,ds,y\na,2026-01-01,1\na,2026-03-01,1\n", {{}, RowStep::month}),
             Contains("1 months are missing"));
  CHECK_THAT(problem_of("unique_id,ds,y\na,0001-01-01,1\na,9000-01-01,1\n", kAnything), Contains("40000"));
  CHECK_THAT(problem_of("unique_id,ds,y\na,2026-01-01,\na,2026-01-02,\n", kAnything),
             Contains("no row has sales"));
  const Panel monthly = read("unique_id,ds,y\na,2026-01-01,1\na,2026-02-01,1\n");
  CHECK_THROWS_WITH(require_whole_days(monthly, "a test"), Contains("daily histories only"));
  const Panel holes = read("unique_id,ds,y\na,2026-01-01,1\na,2026-01-03,1\na,2026-01-04,1\n");
  CHECK_THROWS_WITH(require_whole_days(holes, "a test"), Contains("'a' on 2026-01-02"));
  CHECK_NOTHROW(require_whole_days(first_days(holes, 1), "a test"));
}

TEST_CASE("histories with holes are written as they were read") {
  const Panel holes = read("unique_id,ds,y,price\na,2026-01-01,1,2\na,2026-01-03,2.5,2\n");
  const TemporaryFile file;
  write_history_csv(holes, file.path());
  const Panel again = read_history(file.path(), kAnything);
  CHECK(same(again.sales, holes.sales));
  CHECK(same(again.sales, {1, kHole, 2.5F}));
}

TEST_CASE("monthly, weekly and ragged real histories are read whole") {
  struct Set {
    const char* file;
    std::size_t series, days;
    Frequency frequency;
  };
  for (const Set& set : {Set{"spareparts/raf.csv.gz", 3000, 72, Frequency::month},
                         Set{"anchors/carparts.csv.gz", 2674, 51, Frequency::month},
                         Set{"oj_weekly/series.csv.gz", 693, 113, Frequency::week},
                         Set{"online_retail/series.csv.gz", 1230, 346, Frequency::day}}) {
    const SharedFile file(set.file);
    if (!file.exists()) return file.skip();
    INFO(set.file);
    const Panel panel = read_history(file.path(), kAnything);
    CHECK(panel.series() == set.series);
    CHECK(panel.days == set.days);
    CHECK(panel.frequency == set.frequency);
  }
}
