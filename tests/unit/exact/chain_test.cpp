// Chains that lie in memory for speed are the same as the process explored state by state.
#include <catch2/catch.hpp>

#include "agents/policies/exact/explored.h"
#include "agents/policies/exact/iterate.h"
#include "tests/support/exact_scenarios.h"

using namespace restock;
using namespace restock::exact;
using namespace restock::testing;

namespace {

constexpr std::uint64_t kMemory = std::uint64_t{1} << 28;

void check_same(const WarehouseSpec& spec) {
  const auto model = decisions_of(spec);
  const auto problem = recognise(*model);
  const auto process = problem->process({});
  const auto fast = problem->chain(*process, {});
  REQUIRE(fast != nullptr);
  const ExploredChain plain(*process, kMemory);
  WorkerTeam team(1);
  const Solution a = average_cost(*fast, team, {});
  const Solution b = average_cost(plain, team, {});
  CHECK(a.cost() == Approx(b.cost()).epsilon(1e-9));
  CHECK(discounted_cost(*fast, 0.95, team, {}).cost() ==
        Approx(discounted_cost(plain, 0.95, team, {}).cost()).epsilon(1e-9));
  // every state that can be reached is a state of the fast chain, with the same decisions to choose from
  std::vector<Units> state(plain.state_width());
  std::vector<Units> back(plain.state_width());
  CHECK(plain.states() <= fast->states());
  for (std::size_t i = 0; i < plain.states(); ++i) {
    plain.decode(i, state);
    const std::size_t place = fast->index_of(state);
    REQUIRE(place < fast->states());
    fast->decode(place, back);
    CHECK(back == state);
  }
}

}  // namespace

TEST_CASE("lost sales: the chain in memory is the process") {
  for (const double lead_time : {1.0, 2.0, 3.0}) check_same(lost_sales(2, lead_time, 9));
  WarehouseSpec fixed = lost_sales(2, 2, 9);
  fixed.skus[0].supply.fixed_cost_per_order = 3;
  fixed.skus[0].costs.purchase_per_unit = 0.5;
  check_same(fixed);
  fixed.skus[0].maximum_order_quantity = 3;
  check_same(fixed);
}

TEST_CASE("perishable stock: the chain in memory is the process") {
  for (const Issuing issuing : {Issuing::fifo, Issuing::lifo, Issuing::mixed, Issuing::by_customer}) {
    check_same(perishable(2, 1, issuing));
    check_same(perishable(1, 1, issuing));
    check_same(perishable(2, 2, issuing));
    check_same(perishable(3, 1, issuing));
  }
}

TEST_CASE("numbers of states go there and back") {
  const auto model = decisions_of(lost_sales(3, 4, 9));
  const auto problem = recognise(*model);
  const auto process = problem->process({});
  const auto chain = problem->chain(*process, {});
  std::vector<Units> state(chain->state_width());
  for (std::size_t i = 0; i < chain->states(); ++i) {
    chain->decode(i, state);
    REQUIRE(chain->index_of(state) == i);
  }
}

TEST_CASE("threads change nothing, not even the last bit") {
  for (const WarehouseSpec& spec : {lost_sales(3, 4, 19), perishable(3, 2, Issuing::fifo), two_items()}) {
    const exact::Result one = optimum(spec, {.threads = 1});
    for (const int threads : {2, 7}) {
      const exact::Result many = optimum(spec, {.threads = threads});
      CHECK(many.average_cost.lower == one.average_cost.lower);
      CHECK(many.average_cost.upper == one.average_cost.upper);
      CHECK(many.sweeps == one.sweeps);
    }
  }
}

TEST_CASE("too large a problem is refused before it starts") {
  CHECK_THROWS_WITH(optimum(lost_sales(20, 8, 99), {.maximum_bytes = 1 << 24}),
                    Catch::Contains("states take") && Catch::Contains("expected at most 16 MB"));
  CHECK_THROWS_WITH(optimum(perishable(5, 3, Issuing::fifo), {.maximum_bytes = 1 << 20}),
                    Catch::Contains("expected at most 1 MB"));
  CHECK_THROWS_WITH(optimum(two_suppliers(6, 20), {.maximum_bytes = 1 << 20}),
                    Catch::Contains("can be reached"));
}
