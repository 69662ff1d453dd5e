// reset and step: masks, rewards, truncation.
#include <catch2/catch.hpp>

#include "env/core/error.h"
#include "tests/support/environments.h"
#include "tests/support/event_log.h"

using namespace restock;
using namespace restock::testing;

TEST_CASE("masks say what minimum, maximum and calendar forbid") {
  Alone it(env_model(two_skus(10), kUpToTwelve));
  it.env.reset({}, it.view());
  const auto row = [&](std::size_t sku) {
    return std::vector<int>(it.masks.begin() + static_cast<std::ptrdiff_t>(sku * 13),
                            it.masks.begin() + static_cast<std::ptrdiff_t>(sku * 13 + 13));
  };
  CHECK(row(0) == std::vector<int>(13, 1));
  CHECK(row(1) == std::vector<int>{1, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0});  // packs of 2: 4, 6 and 8 units
  CHECK_FALSE(it.step({3, 2}));
  CHECK(row(1) == std::vector<int>{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});  // not due on day 1
  CHECK(it.env.process().simulator().lifetime_ledger(0).ordered == 3);
  CHECK(it.env.process().simulator().lifetime_ledger(1).ordered == 4);
}

TEST_CASE("the action of a row that is not due is not taken") {
  Alone it(env_model(two_skus(10), kUpToTwelve));
  it.env.reset({}, it.view());
  it.step({0, 0});
  it.step({0, 4});
  CHECK(it.env.process().simulator().lifetime_ledger(1).ordered == 0);
}

TEST_CASE("order-up-to actions lift the position, and those that would not are masked") {
  WarehouseSpec spec = warehouse_of({backlog_sku("a", poisson(2), LawSpec::constant(1))}, 5);
  spec.skus[0].initial_on_hand = 6;
  Alone it(env_model(spec, {.kind = ActionKind::order_up_to, .maximum = 10, .levels = 6},
                     path_of({{1}, {0}, {0}, {0}, {0}})));
  it.env.reset({}, it.view());
  CHECK(it.masks == std::vector<std::uint8_t>{1, 0, 0, 0, 1, 1});  // 0, 2, 4, 6 | 8, 10
  it.step({4});
  CHECK(it.env.process().simulator().state(0).inventory_position() == 7);
  CHECK(it.masks == std::vector<std::uint8_t>{1, 0, 0, 0, 1, 1});
  it.step({5});
  CHECK(it.env.process().simulator().state(0).inventory_position() == 10);
  CHECK(it.masks == std::vector<std::uint8_t>{1, 0, 0, 0, 0, 0});
}

TEST_CASE("cover actions are multiples of expected demand") {
  const WarehouseSpec spec = warehouse_of({backlog_sku("a", poisson(2), LawSpec::constant(1)),
                                           backlog_sku("b", poisson(30), LawSpec::constant(2))},
                                          5);
  Alone it(env_model(spec, {.kind = ActionKind::cover, .maximum = 3, .levels = 7}));
  it.env.reset({}, it.view());
  it.step({4, 2});  // twice, once
  CHECK(it.env.process().simulator().lifetime_ledger(0).ordered == 2 * 2 * 2);
  CHECK(it.env.process().simulator().lifetime_ledger(1).ordered == 1 * 30 * 3);
}

TEST_CASE("actions outside the action space are refused") {
  Alone it(env_model(two_skus(10), kUpToTwelve));
  it.env.reset({}, it.view());
  CHECK_THROWS_AS(it.step({13, 0}), InvariantError);
  CHECK_THROWS_AS(it.step({-1, 0}), InvariantError);
  ActionConfig none{.kind = ActionKind::order_quantity, .maximum = 1};
  CHECK_THROWS_AS(env_model(warehouse_of({two_skus(10).skus[1]}, 10), none), InputError);
}

TEST_CASE("rewards are minus the cost of the ledger, row by row, over the whole episode") {
  Alone it(env_model(two_skus(31), kUpToTwelve));
  it.env.reset({4, Split::train, 2}, it.view());
  std::vector<double> sums(2);
  std::uint64_t steps = 0;
  for (bool truncated = false; !truncated; ++steps) {
    truncated = it.step(some_actions(it.masks, 13, steps));
    for (std::size_t row = 0; row < 2; ++row) sums[row] -= it.rewards[row];
  }
  CHECK(steps == 31);  // one SKU is reviewed every day
  for (std::int32_t sku = 0; sku < 2; ++sku) {
    const auto row = static_cast<std::size_t>(sku);
    const auto& rates = it.env.model().decisions->warehouse->skus[row].rates;
    CHECK(sums[row] == costs_of(it.env.process().simulator().lifetime_ledger(sku), rates).total());
  }
}

TEST_CASE("an episode ends with the state at the horizon as its observation") {
  WarehouseSpec spec = warehouse_of({lost_sales_sku("a", poisson(2), LawSpec::constant(1))}, 3);
  spec.skus[0].initial_on_hand = 10;
  Alone it(env_model(spec, kUpToTwelve, path_of({{1}, {2}, {4}})));
  it.env.reset({}, it.view());
  CHECK(it.observations[0] == 10.0F / 2 - 1);  // in days of mean demand, minus one
  CHECK_FALSE(it.step({0}));
  CHECK_FALSE(it.step({0}));
  CHECK(it.step({0}));
  CHECK(it.observations[0] == 3.0F / 2 - 1);
  CHECK(it.rewards[0] == -3);
}

TEST_CASE("an environment restored from bytes goes on the same") {
  const auto model = env_model(two_skus(40), kUpToTwelve);
  Alone first(model);
  first.env.reset({1, Split::train, 9}, first.view());
  for (std::uint64_t step = 0; step < 10; ++step) first.step(some_actions(first.masks, 13, step));
  std::vector<std::byte> bytes;
  first.env.save(bytes);
  Alone second(model);
  second.env.reset({}, second.view());
  second.env.restore(bytes, second.view());
  CHECK(second.observations == first.observations);
  CHECK(second.masks == first.masks);
  for (std::uint64_t step = 10; step < 40; ++step) {
    const auto actions = some_actions(first.masks, 13, step);
    CHECK(first.step(actions) == second.step(actions));
    CHECK(second.observations == first.observations);
    CHECK(second.rewards == first.rewards);
  }
}

TEST_CASE("a horizon without a decision is an error of the scenario") {
  WarehouseSpec spec = two_skus(2);
  for (SkuSpec& sku : spec.skus) sku.supply.first_review_day = 5;
  Alone it(env_model(spec, kUpToTwelve));
  CHECK_THROWS_AS(it.env.reset({}, it.view()), InputError);
}
