// Two suppliers, one cheap and slow, one dear and at hand: Gijsbrechts, Boute, Van Mieghem and Zhang 2022
// (MSOM), Fig. 9. Holding 5, backlog 495, demand uniform on {0, …, 4}; only the premium of the expedited
// supplier counts. Exact costs of index policies, recomputed on the Markov chain.
#include "tests/oracle/simulated.h"
#include "tests/support/index_policy.h"

using namespace restock;
using namespace restock::testing;

namespace {

WarehouseSpec two_suppliers(std::int64_t lead_time, double premium) {
  SkuSpec sku = backlog_sku("item", {"discrete_uniform", {{"minimum", {0}}, {"maximum", {4}}}}, LawSpec{});
  sku.costs.holding_per_unit_day = 5;
  sku.costs.shortage_per_unit_day = 495;
  sku.sources = {{.supplier = "regular"}, {.supplier = "express"}};
  WarehouseSpec spec = warehouse_of({sku}, 101'000 / kShorter, 1'000 / kShorter);
  spec.suppliers.resize(2);
  spec.suppliers[0].id = "regular";
  spec.suppliers[0].lead_time_days = LawSpec::constant(static_cast<double>(lead_time));
  spec.suppliers[1].id = "express";
  spec.suppliers[1].lead_time_days = LawSpec::constant(0);
  spec.suppliers[1].freight_per_unit = premium;
  return spec;
}

void check_cost(std::int64_t lead_time, double premium, IndexLevels levels, bool is_single, double exact) {
  const auto model = decisions_of(two_suppliers(lead_time, premium));
  CAPTURE(lead_time, premium);
  check_policy_cost(model, IndexPolicy(levels, is_single), exact, 64, 0.001);
}

}  // namespace

TEST_CASE("dual index policies cost what the chain says") {
  check_cost(2, 5, {4, 7}, false, 17.022059);
  check_cost(2, 10, {4, 8}, false, 20.125313);
  check_cost(4, 5, {4, 8}, false, 17.674414);
  check_cost(4, 20, {4, 13}, false, 26.252032);
}

TEST_CASE("capped dual index policies cost what the chain says") {
  check_cost(2, 10, {4, 8, 2}, false, 19.799406);
  check_cost(4, 5, {4, 11, 1}, false, 16.893094);
  check_cost(4, 20, {4, 13, 2}, false, 25.044100);
}

TEST_CASE("single index policies cost what the chain says") {
  check_cost(2, 5, {5, 6}, true, 18.0);
  check_cost(4, 20, {10, 12}, true, 34.0);
}
