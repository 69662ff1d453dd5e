// Two suppliers, one cheap and slow, one dear and at hand: Gijsbrechts, Boute, Van Mieghem and Zhang 2022
// (MSOM), Fig. 9. Holding 5, backlog 495, demand uniform on {0, …, 4}; only the premium of the expedited
// supplier counts. Exact costs of index policies, recomputed on the Markov chain.
#include "agents/policies/tune.h"
#include "tests/oracle/simulated.h"

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

void check_cost(std::int64_t lead_time, double premium, const char* policy, std::vector<double> values,
                double exact, std::int64_t replications = 64) {
  const auto model = decisions_of(two_suppliers(lead_time, premium));
  CAPTURE(lead_time, premium, policy);
  policies::PolicyParameters parameters{policy, {"item"}, {std::move(values)}};
  parameters.model = model;
  check_policy_cost(model, *policies::make_policy(parameters), exact, replications, 0.001);
}

}  // namespace

TEST_CASE("dual index policies cost what the chain says") {
  check_cost(2, 5, "dual_index", {4, 7}, 17.022059);
  check_cost(2, 10, "dual_index", {4, 8}, 20.125313);
  check_cost(4, 5, "dual_index", {4, 8}, 17.674414);
  check_cost(4, 20, "dual_index", {4, 13}, 26.252032);
}

TEST_CASE("capped dual index policies cost what the chain says") {
  check_cost(2, 10, "capped_dual_index", {4, 8, 2}, 19.799406);
  check_cost(4, 5, "capped_dual_index", {4, 11, 1}, 16.893094);
  check_cost(4, 20, "capped_dual_index", {4, 13, 2}, 25.044100);
}

TEST_CASE("single index policies cost what the chain says") {
  check_cost(2, 5, "single_index", {5, 6}, 18.0);
  check_cost(4, 20, "single_index", {10, 12}, 34.0);
}

TEST_CASE("tailored base-surge costs what the chain says, whatever the regular lead time") {
  check_cost(2, 5, "tailored_base_surge", {4, 1}, 16.903047);
  check_cost(4, 5, "tailored_base_surge", {4, 1}, 16.903047);
  check_cost(4, 20, "tailored_base_surge", {4, 1}, 31.903047);
}

TEST_CASE("tuned index policies reach the best ones of the table") {
  // Fig. 9: single, dual and capped dual index, tailored base-surge with whole regular orders; lead time 2,
  // premium 5. A tuned constant order may be a fraction, and so better than the table's.
  WarehouseSpec spec = two_suppliers(2, 5);
  spec.horizon.days = 20'000;
  const auto model = decisions_of(spec);
  policies::TuningConfig config;
  config.replications = 8;
  const auto tuned = [&](const char* policy) { return policies::tune(model, policy, config).cost; };
  const double dual = tuned("dual_index").mean;
  CHECK(tuned("single_index").mean == Approx(18.0).epsilon(0.005));
  CHECK(dual == Approx(17.022059).epsilon(0.005));
  const Estimate capped = tuned("capped_dual_index");
  CHECK(capped.mean == Approx(16.782407).epsilon(0.005));
  CHECK(capped.mean <= dual);
  CHECK(tuned("tailored_base_surge").mean < 16.903047 * 1.005);
}
