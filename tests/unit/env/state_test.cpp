// A simulation can be saved at any decision and continued elsewhere; the pipeline is what is open.
#include <catch2/catch.hpp>

#include "env/core/error.h"
#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

WarehouseSpec mixed(Arrivals arrivals, Review review) {
  SkuSpec a = lost_sales_sku("a", poisson(4), discrete({0, 1, 3}, {1, 2, 2}));
  SkuSpec b = backlog_sku("b", poisson(0.7), LawSpec::constant(2));
  b.pack_size = 3;
  b.supply.review_period_days = 3;
  WarehouseSpec spec = warehouse_of({a, b}, 40, 5);
  spec.arrivals = arrivals;
  spec.review = review;
  return spec;
}

void order_at(Simulator& simulator, const Decision& decision) {
  for (const std::int32_t sku : decision.skus)
    simulator.place_order(
        sku, 0,
        legal_order_quantity(simulator.model().skus[static_cast<std::size_t>(sku)].regular(),
                             order_up_to(14)(simulator, sku)));
}

}  // namespace

TEST_CASE("a simulation restored from bytes goes on as if nothing had happened") {
  for (const Arrivals arrivals : {Arrivals::daily, Arrivals::orders})
    for (const Review review : {Review::periodic, Review::continuous}) {
      const auto model = build_warehouse(mixed(arrivals, review));
      Simulator straight(model);
      straight.reset({3, Split::train, 7});
      run_to_end(straight, order_up_to(14));

      Simulator first(model);
      Simulator second(model);
      second.reset({99, Split::evaluate, 1});
      for (int i = 0; i < 20; ++i) second.run_until_decision();  // a past that must not show
      first.reset({3, Split::train, 7});
      std::vector<std::byte> before_orders;
      std::vector<std::byte> after_orders;
      for (int i = 0; i < 11; ++i) {
        const auto decision = first.run_until_decision();
        REQUIRE(decision);
        if (i == 10) first.save(before_orders);
        order_at(first, *decision);
        if (i == 10) {
          first.save(after_orders);
          second.restore(before_orders);
          order_at(second, *decision);
          run_to_end(second, order_up_to(14));
        }
      }
      CHECK(second.ledger_hash() == straight.ledger_hash());
      second.restore(after_orders);
      run_to_end(second, order_up_to(14));
      CHECK(second.ledger_hash() == straight.ledger_hash());
      CHECK(second.counted_ledger(1).on_hand_time == straight.counted_ledger(1).on_hand_time);
    }
}

TEST_CASE("bytes of another warehouse are refused") {
  Simulator simulator(build_warehouse(zipkin(10, 0)));
  simulator.reset({});
  std::vector<std::byte> bytes;
  simulator.save(bytes);
  bytes.pop_back();
  CHECK_THROWS_AS(simulator.restore(bytes), InvariantError);
}

TEST_CASE("a reset forgets everything") {
  Simulator simulator(build_warehouse(mixed(Arrivals::daily, Review::periodic)));
  simulator.reset({});
  run_to_end(simulator, order_up_to(14));
  const std::uint64_t hash = simulator.ledger_hash();
  simulator.reset({1, Split::evaluate, 5});
  run_to_end(simulator, order_up_to(3));
  CHECK(simulator.ledger_hash() != hash);
  simulator.reset({});
  run_to_end(simulator, order_up_to(14));
  CHECK(simulator.ledger_hash() == hash);
}

TEST_CASE("the pipeline by age holds all that is open") {
  const SkuSpec sku = backlog_sku("a", poisson(1), LawSpec::constant(4));
  Simulator simulator(build_warehouse(warehouse_of({sku}, 12)));
  simulator.reset({});
  std::vector<Quantity> three(3), two(2);
  std::vector<std::vector<Quantity>> seen;
  Quantity next = 1;
  while (simulator.run_until_decision()) {
    simulator.pipeline_by_age(0, three);
    simulator.pipeline_by_age(0, two);
    seen.push_back(three);
    CHECK(three[0] + three[1] + three[2] == simulator.state(0).on_order);
    CHECK(two == std::vector<Quantity>{three[0], three[1] + three[2]});
    simulator.place_order(0, 0, next++);
    simulator.pipeline_by_age(0, two);
    CHECK(two[0] == three[0] + next - 1);  // what was ordered today counts with yesterday's
  }
  CHECK(seen[0] == std::vector<Quantity>{0, 0, 0});
  CHECK(seen[2] == std::vector<Quantity>{2, 1, 0});
  CHECK(seen[6] == std::vector<Quantity>{6, 5, 4});  // what was ordered four days ago has just arrived
}
