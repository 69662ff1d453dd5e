// Every fault of a history, by its row.
#include "forecasting/verify_history.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <vector>

#include "env/core/error.h"
#include "tests/unit/core/temporary_folder.h"

using namespace restock;
using namespace restock::forecasting;

namespace {

struct Verified {
  VerifiedHistory history;
  std::vector<Fault> faults;
};

Verified verified(const std::string& rows, const VerifyConfig& config = {}) {
  const TemporaryFolder folder;
  Verified result;
  result.history = verify_history(folder.file_with("sales.csv", "unique_id,ds,y\n" + rows), config,
                                  [&](const Fault& fault) { result.faults.push_back(fault); });
  return result;
}

void check_only(const Verified& result, FaultKind kind, std::size_t line, const std::string& part) {
  REQUIRE(result.faults.size() == 1);
  const Fault& fault = result.faults.front();
  INFO(fault.message);
  CHECK(name_of(fault.kind) == name_of(kind));
  CHECK(fault.line == line);
  CHECK_THAT(fault.message, Catch::Contains(part));
  CHECK(result.history.of(kind) == 1);
  CHECK(result.history.errors() == (is_suspicion(kind) ? 0 : 1));
}

}  // namespace

TEST_CASE("a history without faults is described") {
  const Verified result = verified("a,2024-01-01,1\na,2024-01-02,0\nb,2024-01-02,2.5\nb,2024-01-03,\n");
  CHECK(result.faults.empty());
  CHECK(result.history.rows == 4);
  CHECK(result.history.series == 2);
  CHECK(format_date(*result.history.first) == "2024-01-01");
  CHECK(format_date(*result.history.last) == "2024-01-03");
  CHECK(result.history.frequency == Frequency::day);
}

TEST_CASE("each kind of fault is told with its row") {
  check_only(verified("a,2024-01-01,1\na,2024-02-30,1\na,2024-01-02,1\n"), FaultKind::date, 3,
             "'2024-02-30'");
  check_only(verified("a,2024-01-01,1\na,2024-01-02,many\n"), FaultKind::number, 3, "'many'");
  check_only(verified("a,2024-01-01,1\na,2024-01-02,nan\n"), FaultKind::number, 3, "'nan'");
  check_only(verified("a,2024-01-01,1\na,2024-01-02,1e300\n"), FaultKind::number, 3, "up to 1e9");
  check_only(verified("a,2024-01-01,1\na,2024-01-02,-3\n"), FaultKind::negative, 3, "-3");
  check_only(verified("a,2024-01-01,1\na,2024-01-02,\na,2024-01-03,1\n"), FaultKind::missing, 3, "is empty");
  check_only(verified("a,2024-01-01,1\na,2024-01-02,1\na,2024-01-02,1\n"), FaultKind::duplicate, 4,
             "stands in line 3 too");
  check_only(verified("a,2024-01-02,1\na,2024-01-01,1\na,2024-01-03,1\n"), FaultKind::unsorted, 3,
             "ascending");
  check_only(verified("a,2024-01-01,1\nb,2024-01-01,1\na,2024-01-02,1\n"), FaultKind::scattered, 4,
             "together");
  check_only(verified("a,2024-01-01,1\na,2024-01-02,1\na,2024-01-05,1\n"), FaultKind::gap, 4,
             "2 days are missing");
  check_only(verified("a,2024-01-01,1\na,2024-01-02,1,5\na,2024-01-02,1\n"), FaultKind::row, 3, "4 fields");
  check_only(verified(",2024-01-01,1\na,2024-01-02,1\n"), FaultKind::row, 2, "is empty");
}

TEST_CASE("weeks and months are steps of their own, and mixed ones are told") {
  std::string weeks;
  std::string months;
  for (int i = 0; i < 10; ++i)
    weeks += fmt::format("a,{},1\n", format_date(*parse_date("2024-01-01") + std::chrono::days(7 * i)));
  for (int i = 1; i <= 10; ++i) months += fmt::format("a,2024-{:02}-01,1\n", i);
  CHECK(verified(weeks).history.frequency == Frequency::week);
  CHECK(verified(weeks).faults.empty());
  CHECK(verified(months).history.frequency == Frequency::month);
  CHECK(verified(months).faults.empty());
  check_only(verified(weeks + "a,2024-03-08,1\n"), FaultKind::step, 12, "expected whole weeks");
  check_only(verified(months + "a,2024-12-01,1\n"), FaultKind::gap, 12, "1 months are missing");
}

TEST_CASE("a suspicious day is told and no error, with a bound that the user sets") {
  std::string rows;
  for (int day = 0; day < 60; ++day)
    rows += fmt::format("a,{},{}\n", format_date(*parse_date("2024-01-01") + std::chrono::days(day)),
                        day == 40 ? 4000 : 8 + day % 5);
  check_only(verified(rows), FaultKind::outlier, 42, "4000 units where 10 are usual");
  CHECK(verified(rows, {.outlier_deviations = 100}).faults.empty());
}

TEST_CASE("all faults of a file are told, however many") {
  std::string rows;
  for (int i = 0; i < 500; ++i) rows += "a,never,-1\n";
  const Verified result = verified(rows);
  CHECK(result.faults.size() == 1000);
  CHECK(result.history.errors() == 1000);
  CHECK(result.history.rows == 500);
  CHECK_FALSE(result.history.first);
}

TEST_CASE("rows that are none are passed over, stray quotes and rows alike") {
  const Verified result =
      verified("a,2024-01-01,1\na,b\na,b\na,2024-01-02,1\nx\"y,2024-01-03,1\na,2024-01-03,1\n\"a,");
  CHECK(result.history.of(FaultKind::row) == 4);
  CHECK(result.history.errors() == 4);
  CHECK(result.faults[0].line == 3);
  CHECK(result.faults[1].line == 4);
  CHECK_THAT(result.faults[3].message, Catch::Contains("ends inside the quotes"));
}

TEST_CASE("files that are no histories are refused") {
  const TemporaryFolder folder;
  const auto nobody = [](const Fault&) {};
  CHECK_THROWS_AS(verify_history(folder.file("nowhere.csv"), {}, nobody), InputError);
  CHECK_THROWS_WITH(verify_history(folder.file_with("e.csv", "unique_id,ds,y\n"), {}, nobody),
                    Catch::Contains("no rows"));
  CHECK_THROWS_WITH(verify_history(folder.file_with("a.csv", "id,ds,y\n"), {}, nobody),
                    Catch::Contains("unique_id"));
}
