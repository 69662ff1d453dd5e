// Rules for lost sales against exact costs: Zipkin 2008, Operations Research 56(5), Tables 3 and 4 (Poisson
// and geometric demand of mean 5, holding 1), every value recomputed exactly. The policies are asked in every
// state of the chain, so that nothing here is simulated.
#include <catch2/catch.hpp>

#include "agents/policies/registry.h"
#include "tests/oracle/laws.h"
#include "tests/support/lost_sales_chain.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

struct Instance {
  bool is_geometric = false;
  std::size_t lead_days = 1;
  double shortage = 9;
  double fixed_cost = 0;
};

Masses geometric_masses() {
  Masses p{1.0 / 6};
  while (p.back() > 1e-14) p.push_back(p.back() * 5 / 6);
  p.back() *= 6;  // all that lies beyond
  return p;
}

WarehouseSpec warehouse(const Instance& instance) {
  const LawSpec demand = instance.is_geometric ? LawSpec{"geometric", {{"mean", {5}}}} : poisson(5);
  SkuSpec sku = lost_sales_sku("item", demand, LawSpec::constant(static_cast<double>(instance.lead_days)));
  sku.costs.shortage_per_unit = instance.shortage;
  sku.supply.fixed_cost_per_order = instance.fixed_cost;
  return warehouse_of({sku}, 1000);
}

double exact_cost(const Instance& instance, std::string policy, std::vector<double> values,
                  Quantity most_on_hand) {
  policies::PolicyParameters parameters{std::move(policy), {"item"}, {std::move(values)}};
  parameters.model = decisions_of(warehouse(instance));
  const auto lead = static_cast<Quantity>(instance.lead_days);
  const Quantity level = instance.is_geometric ? 30 * (lead + 1) : 8 * (lead + 1);
  const Quantity on_hand = most_on_hand > 0 ? most_on_hand : level;
  const Quantity order = instance.is_geometric ? 30 : lead < 4 ? 24 : 17;
  const LostSalesChain chain(instance.is_geometric ? geometric_masses() : poisson_masses(5),
                             instance.lead_days, on_hand, order, {1, instance.shortage, instance.fixed_cost});
  return chain.cost_of(*policies::make_policy(parameters));
}

void check_exact(const Instance& instance, const std::string& policy, const std::vector<double>& values,
                 double exact, Quantity most_on_hand = 0) {
  CAPTURE(policy, instance.is_geometric, instance.lead_days, instance.shortage);
  CHECK(exact_cost(instance, policy, values, most_on_hand) == Approx(exact).epsilon(0).margin(6e-6));
}

}  // namespace

TEST_CASE("base-stock and capped base-stock cost what Zipkin's tables say") {
  check_exact({false, 1, 4}, "capped_base_stock", {12, 6}, 4.065419);
  check_exact({false, 1, 9}, "capped_base_stock", {14, 6}, 5.481227);
  check_exact({false, 4, 9}, "base_stock", {28, 0}, 7.270933);
  check_exact({false, 4, 9}, "capped_base_stock", {29, 5}, 6.912279);
  check_exact({true, 1, 9}, "base_stock", {17, 0}, 14.727332);
  check_exact({true, 1, 9}, "capped_base_stock", {18, 8}, 14.582608);
}

TEST_CASE("myopic orders cost what Zipkin's tables say") {
  check_exact({false, 1, 4}, "myopic", {}, 4.111308);
  check_exact({false, 2, 9}, "myopic", {}, 6.223125);
  check_exact({false, 4, 9}, "myopic", {}, 7.199112);
  check_exact({true, 1, 4}, "myopic", {}, 9.954252);
  check_exact({true, 2, 4}, "myopic", {}, 10.571513);
}

TEST_CASE("myopic-2 orders cost what Zipkin's tables say") {
  check_exact({false, 1, 4}, "myopic_2", {}, 4.040711);
  check_exact({false, 2, 4}, "myopic_2", {}, 4.405948);
  check_exact({false, 2, 9}, "myopic_2", {}, 6.103660);
  check_exact({true, 1, 4}, "myopic_2", {}, 9.828732);
  check_exact({true, 2, 4}, "myopic_2", {}, 10.291395);
}

TEST_CASE("myopic-2 orders cost what Zipkin's tables say with a lead time of four days", "[long]") {
  check_exact({false, 4, 9}, "myopic_2", {}, 6.919621);
}

TEST_CASE("a constant order costs the same whatever the lead time") {
  // "Best constant": 4 a day. Stock wanders far above any base-stock level.
  check_exact({false, 1, 4}, "constant_order", {4}, 5.274794, 80);
  check_exact({false, 2, 4}, "constant_order", {4}, 5.274794, 80);
  check_exact({false, 1, 9}, "constant_order", {4}, 10.274794, 80);
}

TEST_CASE("rules for a fixed cost and lost sales cost what Bijvank, Bhulai and Huh say") {
  // Bijvank et al. 2015, European Journal of Operational Research 241(2), Table 1: Poisson 5, lead time 2,
  // shortage 14, fixed cost 5; recomputed exactly.
  const Instance instance{false, 2, 14, 5};
  check_exact(instance, "s_S", {17, 23}, 11.61815);
  check_exact(instance, "fixed_quantity", {17, 7}, 11.55522);
  check_exact(instance, "modified_s_S", {17, 23, 7}, 11.4974);
}
