// Co-purchases, counted by hand.
#include "forecasting/basket.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "env/core/error.h"
#include "env/core/keyed_random.h"
#include "tests/unit/core/temporary_folder.h"

using namespace restock;
using namespace restock::forecasting;

namespace {

Baskets baskets_of(const std::string& csv, std::int64_t support, double lift = 0) {
  const TemporaryFolder folder;
  return read_baskets(folder.file_with("lines.csv", csv), {.minimum_support = support, .minimum_lift = lift});
}

}  // namespace

TEST_CASE("lift, support and confidence of a handful of orders") {
  // lines in any order, a line twice, an order of one line
  const Baskets baskets = baskets_of(
      "order_id,sku\n1,tea\n2,milk\n1,milk\n3,tea\n3,milk\n3,tea\n4,tea\n5,rice\n6,milk\n6,rice\n", 1);
  CHECK(baskets.orders == 6);
  CHECK(baskets.lines == 10);
  CHECK(baskets.widest == 2);
  CHECK(baskets.skus == std::vector<std::string>{"milk", "rice", "tea"});
  CHECK(baskets.sku_orders == std::vector<std::int64_t>{4, 2, 3});
  REQUIRE(baskets.pairs.size() == 2);
  const BasketPair& pair = baskets.pairs[0];  // milk and tea: in 2 of 6 orders, 4 · 3 / 6 = 2 expected
  CHECK(baskets.skus[pair.first] == "milk");
  CHECK(baskets.skus[pair.second] == "tea");
  CHECK(pair.support == 2);
  CHECK(pair.lift == Approx(1));
  CHECK(baskets.confidence(pair, true) == Approx(0.5));
  CHECK(baskets.confidence(pair, false) == Approx(2.0 / 3));
  CHECK_THAT(baskets_csv(baskets), Catch::Contains("milk,tea,2,0.5,0.666667,1,"));
}

TEST_CASE("the interval of a lift is that of a Poisson count") {
  std::string csv = "order_id,sku\n";
  for (int order = 0; order < 10; ++order) csv += fmt::format("{0},a\n{0},b\n{1},c\n", order, order + 10);
  const Baskets baskets = baskets_of(csv, 10);
  REQUIRE(baskets.pairs.size() == 1);  // in 10 of 20 orders, 5 expected
  CHECK(baskets.pairs[0].lift == Approx(2));
  CHECK(baskets.pairs[0].lift_lower == Approx(4.7954 / 5).epsilon(2e-3));  // Garwood's exact limits
  CHECK(baskets.pairs[0].lift_upper == Approx(18.3904 / 5).epsilon(1e-3));
}

TEST_CASE("SKUs that do not know of each other are not paired, those that do are") {
  std::string csv = "order_id,sku\n";
  const Stream stream({5, Split::train, 0}, Purpose::generation, 0);
  for (std::int64_t order = 0; order < 4000; ++order) {
    for (std::int64_t sku = 0; sku < 12; ++sku)
      if (stream.uniform(order * 16 + sku) < 0.1) csv += fmt::format("{},sku-{}\n", order, sku);
    if (stream.uniform(order * 16 + 13) < 0.02) csv += fmt::format("{0},bread\n{0},butter\n", order);
  }
  const Baskets baskets = baskets_of(csv, 10, 1.3);
  REQUIRE(baskets.pairs.size() == 1);
  CHECK(baskets.skus[baskets.pairs[0].first] == "bread");
  CHECK(baskets.skus[baskets.pairs[0].second] == "butter");
  CHECK(baskets.confidence(baskets.pairs[0], true) == 1);
}

TEST_CASE("pairs in fewer orders than asked for are left out, also where one of the SKUs is frequent") {
  const std::string csv = "order_id,sku\n1,a\n1,b\n2,a\n2,b\n3,a\n3,c\n4,a\n";
  REQUIRE(baskets_of(csv, 2).pairs.size() == 1);
  CHECK(baskets_of(csv, 1).pairs.size() == 2);
  CHECK(baskets_of(csv, 3).pairs.empty());
}

TEST_CASE("order lines without an order or with unknown columns are refused by their place") {
  CHECK_THROWS_WITH(baskets_of("order_id,sku\n1,a\n,b\n", 1), Catch::Contains("lines.csv:3"));
  CHECK_THROWS_WITH(baskets_of("receipt,sku\n1,a\n", 1), Catch::Contains("order_id"));
  CHECK(baskets_of("order_id,sku\n", 1).pairs.empty());
}
