#include "forecasting/cleaning/cleaning.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "env/core/error.h"
#include "forecasting/cleaning/robust_residuals.h"
#include "forecasting/read_history.h"
#include "tests/support/temporary_file.h"
#include "tests/unit/forecasting/series_examples.h"

using namespace restock;
using namespace restock::forecasting;
using Catch::Matchers::Contains;

namespace {

struct Cleaned {
  std::string text;
  ChangeLog log;
};

/// Cleans, and undoes what was done from the log's own file.
Cleaned cleaned(const std::string& content, const CleaningConfig& config) {
  const TemporaryFile file(content);
  HistoryTable table = read_history_table(file.path());
  Cleaned result;
  result.log = clean(table, config);
  result.text = csv_of(table);
  const TemporaryFile clean_file(result.text), log_file(csv_of(result.log));
  HistoryTable back = read_history_table(clean_file.path());
  undo(back, read_change_log(log_file.path()));
  CHECK(csv_of(back) == content);
  return result;
}

std::string daily(const std::vector<float>& sales, const std::string& id = "a") {
  std::string text;
  const Date first = parse_date("2024-01-01").value();
  for (std::size_t t = 0; t < sales.size(); ++t)
    text += fmt::format("{},{},{}\n", id, format_date(first + std::chrono::days(t)), sales[t]);
  return text;
}

}  // namespace

TEST_CASE("a history without faults stays as it is") {
  const std::string text = "unique_id,ds,y,note\na,2024-01-01,3.0,\"x, y\"\na,2024-01-02,0,\n";
  const Cleaned same = cleaned(text, {.duplicates = Duplicates::sum,
                                      .returns = Returns::net,
                                      .anomalies = Anomalies::cap,
                                      .holes = Holes::usual});
  CHECK(same.text == text);
  CHECK(same.log.empty());
}

TEST_CASE("duplicates are summed or one is kept") {
  const std::string text =
      "unique_id,ds,y,price\na,2024-01-01,1,5\nb,2024-01-01,7,5\na,2024-01-02,2,5\na,2024-01-01,3,6\n"
      "a,2024-01-02,,7\n";
  const Cleaned sum = cleaned(text, {.duplicates = Duplicates::sum});
  CHECK(sum.text == "unique_id,ds,y,price\na,2024-01-01,4,5\nb,2024-01-01,7,5\na,2024-01-02,2,5\n");
  REQUIRE(sum.log.size() == 4);
  CHECK(sum.log[0].rule == "duplicate_removed");
  CHECK(sum.log[0].place == 3);
  CHECK(sum.log[1].rule == "duplicates_summed");
  CHECK(sum.log[1].before == "1");
  CHECK(sum.log[1].after == "4");
  CHECK(cleaned(text, {.duplicates = Duplicates::first}).text ==
        "unique_id,ds,y,price\na,2024-01-01,1,5\nb,2024-01-01,7,5\na,2024-01-02,2,5\n");
  CHECK(cleaned(text, {.duplicates = Duplicates::last}).text ==
        "unique_id,ds,y,price\nb,2024-01-01,7,5\na,2024-01-01,3,6\na,2024-01-02,,7\n");
}

TEST_CASE("dates out of order are put in order on the places of their series") {
  CHECK(
      cleaned("unique_id,ds,y\na,2024-01-03,3\nb,2024-01-01,9\na,2024-01-01,1\na,2024-01-02,2\n", {}).text ==
      "unique_id,ds,y\na,2024-01-01,1\nb,2024-01-01,9\na,2024-01-02,2\na,2024-01-03,3\n");
}

TEST_CASE("returns are netted against the latest sales before them, or dropped") {
  const std::string text = "unique_id,ds,y\n" + daily({5, 2, 0, -4, 3, -9, 1});
  CHECK(cleaned(text, {.returns = Returns::net}).text == "unique_id,ds,y\n" + daily({0, 0, 0, 0, 0, 0, 1}));
  CHECK(cleaned(text, {.returns = Returns::net, .return_steps = 2}).text ==
        "unique_id,ds,y\n" + daily({5, 0, 0, 0, 0, 0, 1}));
  CHECK(cleaned(text, {.returns = Returns::zero}).text == "unique_id,ds,y\n" + daily({5, 2, 0, 0, 3, 0, 1}));
}

TEST_CASE("holes are filled by rule, rows that are left out are added") {
  const std::string text =
      "unique_id,ds,y,price,promotion\na,2024-01-01,,1,0\na,2024-01-02,4,2,1\na,2024-01-03,,2,1\n"
      "a,2024-01-06,1,3,0\na,2024-01-07,,3,0\n";
  const Cleaned zero = cleaned(text, {.holes = Holes::zero, .step = RowStep::day});
  CHECK(zero.text ==
        "unique_id,ds,y,price,promotion\na,2024-01-01,,1,0\na,2024-01-02,4,2,1\na,2024-01-03,0,2,1\n"
        "a,2024-01-04,0,2,0\na,2024-01-05,0,2,0\na,2024-01-06,1,3,0\na,2024-01-07,,3,0\n");
  CHECK(zero.log.size() == 3);
  CHECK_THAT(cleaned(text, {.holes = Holes::last, .step = RowStep::day}).text,
             Contains("a,2024-01-05,4,2,0\na,2024-01-06,1"));
  const std::string weeks =
      "unique_id,ds,y\na,2024-01-01,4\na,2024-01-15,6\na,2024-01-22,5\na,2024-01-29,6\n";
  CHECK_THAT(cleaned(weeks, {.holes = Holes::usual}).text, Contains("a,2024-01-08,5\n"));
}

TEST_CASE("an anomaly is one of its series and weekday, and promotions explain it") {
  std::vector<float> sales = count_draws(200, {20, 0.05});
  for (std::size_t t = 5; t < 200; t += 7) sales[t] *= 6;  // Saturdays are no anomaly
  sales[100] = 900;                                        // a Wednesday
  const std::string text = "unique_id,ds,y\n" + daily(sales);
  const Cleaned capped = cleaned(text, {.anomalies = Anomalies::cap});
  REQUIRE(capped.log.size() == 1);
  CHECK(capped.log[0].date == "2024-04-10");
  CHECK(capped.log[0].before == "900");
  CHECK(std::stod(capped.log[0].after) < 300);
  CHECK(std::stod(capped.log[0].after) > 20);
  const Cleaned replaced = cleaned(text, {.anomalies = Anomalies::replace});
  REQUIRE(replaced.log.size() == 1);
  CHECK(std::stod(replaced.log[0].after) == Approx(20).margin(8));
  const Cleaned flagged = cleaned(text, {.anomalies = Anomalies::flag});
  CHECK(flagged.text == text);
  REQUIRE(flagged.log.size() == 1);
  CHECK(flagged.log[0].after == "900");
  std::string promoted = "unique_id,ds,y,promotion\n";
  for (std::size_t from = text.find('\n') + 1; from < text.size(); from = text.find('\n', from) + 1)
    promoted += text.substr(from, text.find('\n', from) - from) + ",1\n";
  CHECK(cleaned(promoted, {.anomalies = Anomalies::cap}).log.empty());
}

TEST_CASE("slow items have no anomalies in what they usually do") {
  std::size_t flagged = 0;
  for (std::uint64_t s = 0; s < 40; ++s)
    flagged +=
        cleaned("unique_id,ds,y\n" + daily(count_draws(300, {0.4, 1.5}, s)), {.anomalies = Anomalies::flag})
            .log.size();
  CHECK(flagged <= 2);  // of 12,000 steps
}

TEST_CASE("robust residuals equal a calculation by hand") {
  const std::vector<double> sales{1, 2, 3, 4, 0, 100};
  CHECK(usual_sales(sales, 2, {1, 1}, true) == 3);
  CHECK(usual_sales(sales, 4, {1, 1}, true) == 4);
  CHECK(usual_sales(sales, 4, {1, 1}, false) == 4);
  CHECK(usual_sales(sales, 2, {2, 1}, false) == 2);  // two of its phase only: all around
  CHECK(usual_sales(sales, 3, {2, 1}, false) == 4);  // 2, 4 and 100
  CHECK_FALSE(robust_residuals(sales, {1, 2}).has_value());
  const auto residuals = robust_residuals(sales, {1, 2}, 3);
  REQUIRE(residuals.has_value());
  CHECK(std::isnan(residuals->residual[4]));
  CHECK(residuals->usual[5] == 4);
  CHECK(residuals->residual[5] == Approx(std::log(101.0 / 5)));
  CHECK(residuals->bound(5, residuals->deviations(5)) == Approx(100));
}

TEST_CASE("what no rule allows for is refused with its line, all at once") {
  const TemporaryFile file(
      "unique_id,ds,y\na,2024-01-01,1\na,2024-01-01,2\na,2024-01-02,-1\nb,2024-01-01,-3\n");
  HistoryTable table = read_history_table(file.path());
  CHECK_THROWS_WITH(clean(table, {.step = RowStep::day}),
                    Contains(":3: column 'ds'") && Contains(":4: column 'y'") && Contains(":5: column 'y'"));
  const TemporaryFile odd("unique_id,ds,y\na,2024-01-01,1\na,2024-01-05,2\na,2024-01-08,2\n");
  HistoryTable weeks = read_history_table(odd.path());
  CHECK_THROWS_WITH(clean(weeks, {.holes = Holes::zero, .step = RowStep::week}), Contains(":3: column 'ds'"));
  const TemporaryFile separator("unique_id,ds,y,note\na,2024-01-01,1,x\x1fy\n");
  CHECK_THROWS_WITH(read_history_table(separator.path()), Contains(":2: column 'note'"));
  const TemporaryFile text("unique_id,ds,y\n,2024-01-01,1\na,yesterday,x\n");
  CHECK_THROWS_WITH(read_history_table(text.path()),
                    Contains(":2: column 'unique_id'") && Contains(":3: column 'ds'"));
}

TEST_CASE("a log that does not fit its history is refused") {
  const TemporaryFile file("unique_id,ds,y\na,2024-01-01,1\na,2024-01-02,2\n");
  const auto refused = [&](const std::string& row) {
    const TemporaryFile log("unique_id,ds,old,new,rule,change,place,row\n" + row + "\n");
    HistoryTable table = read_history_table(file.path());
    CHECK_THROWS_AS(undo(table, read_change_log(log.path())), InputError);
  };
  refused("a,2024-01-01,5,7,anomaly_capped,value,,");        // sales are 1
  refused("b,2024-01-01,5,1,anomaly_capped,value,,");        // no such series
  refused("a,2024-01-01,1,1,put_in_order,moved,9,");         // beyond the file
  refused("a,2024-01-01,5,,duplicate_removed,removed,0,x");  // too few fields
  refused("a,2024-01-01,5,1,anomaly_capped,changed,,");      // no such change
  refused("a,2024-01-01,5,1,anomaly_capped,moved,-1,");
}
