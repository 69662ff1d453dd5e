#include "forecasting/static_table.h"

#include <catch2/catch.hpp>

#include "env/core/error.h"
#include "tests/support/temporary_file.h"
#include "tests/unit/forecasting/series_examples.h"

using namespace restock;
using namespace restock::forecasting;
using Catch::Matchers::Contains;

namespace {

StaticTable read(const std::string& content) {
  const TemporaryFile file(content);
  return read_static_table(file.path(), panel_of_series({{1, 2}, {3, 4}, {5, 6}}));
}

}  // namespace

TEST_CASE("a static table finds its series whatever their order") {
  const StaticTable table = read(
      "category,unique_id,store\n"
      "dairy,s2,\"north, east\"\nfruit,elsewhere,south\n,s0,south\n");
  REQUIRE(table.columns.size() == 2);
  CHECK(table.columns[0].name == "category");
  CHECK(table.columns[0].values == std::vector<std::string>{"", "", "dairy"});
  CHECK(table.columns[1].values == std::vector<std::string>{"south", "", "north, east"});
  CHECK(table.unknown_rows == 1);
  CHECK(table.missing == std::vector<std::string>{"s1"});
}

TEST_CASE("the id of a static table may have its usual names") {
  CHECK(read("sku,category\ns0,a\n").missing.size() == 2);
  CHECK(read("unique_id,item_id\ns0,a\n").columns[0].name == "item_id");
  CHECK_THROWS_WITH(read("series,category\ns0,a\n"), Contains("unique_id"));
}

TEST_CASE("everything wrong with a static table is reported at once") {
  CHECK_THROWS_WITH(read("unique_id\ns0\n"), Contains(":1: no column beside the id"));
  CHECK_THROWS_WITH(read("unique_id,category\ns0,a\ns0,b\nelsewhere,a\nelsewhere,a\n,a\ns1,a\x01"
                         "b\ns2," +
                         std::string(201, 'x') + "\n"),
                    Contains(":3: column 'unique_id'") && Contains(":5: column 'unique_id'") &&
                        Contains("'elsewhere'") && Contains(":6: column 'unique_id': is empty") &&
                        Contains(":7: column 'category'") && Contains(":8: column 'category'") &&
                        Contains("up to 200 bytes"));
}

TEST_CASE("a panel keeps its static columns where series are chosen and days are cut") {
  Panel panel = panel_of_series({{1, 2}, {3, 4}, {5, 6}});
  panel.statics = read("unique_id,category\ns0,a\ns1,b\ns2,c\n").columns;
  const std::vector<std::string> chosen{"s2", "s0"};
  const Panel some = select_series(panel, chosen);
  REQUIRE(some.find_static("category") != nullptr);
  CHECK(some.find_static("category")->values == std::vector<std::string>{"c", "a"});
  CHECK(some.find_static("store") == nullptr);
  CHECK(first_days(panel, 1).find_static("category")->values == std::vector<std::string>{"a", "b", "c"});
}
