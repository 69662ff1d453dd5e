// Examples of Snyder and Shen 2019, "Fundamentals of Supply Chain Theory".
#include "agents/policies/exact/closed_forms.h"

#include <catch2/catch.hpp>

#include "agents/policies/exact/scenario_closed_forms.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::exact;
using namespace restock::testing;

namespace {

std::vector<ClosedForm> forms_of(const SkuSpec& sku, std::int64_t days = 1000) {
  return closed_forms_of(*decisions_of(warehouse_of({sku}, days)), sku);
}

void check_forms(const std::vector<ClosedForm>& forms, const std::vector<ClosedForm>& expected) {
  REQUIRE(forms.size() == expected.size());
  for (std::size_t i = 0; i < forms.size(); ++i) {
    CHECK(forms[i].metric == expected[i].metric);
    CHECK(forms[i].value == Approx(expected[i].value).epsilon(1e-12));
  }
}

/// 26 a day for sure, ordered for 8 an order and held for 0.0045 a unit and day.
SkuSpec known_demand(UnmetDemand unmet) {
  SkuSpec sku = unmet == UnmetDemand::lost
                    ? lost_sales_sku("item", LawSpec::constant(26), LawSpec::constant(0))
                    : backlog_sku("item", LawSpec::constant(26), LawSpec::constant(0));
  sku.costs.holding_per_unit_day = 0.0045;
  sku.supply.fixed_cost_per_order = 8;
  if (unmet == UnmetDemand::lost) sku.costs.shortage_per_unit = 1000;
  return sku;
}

}  // namespace

TEST_CASE("economic order quantities: examples 3.1 and 3.8") {
  const LotSize plain = economic_order_quantity(8, 0.225, 1300);
  CHECK(plain.quantity == Approx(304.0467800264368).epsilon(1e-13));
  CHECK(plain.cost == Approx(68.410525505948272).epsilon(1e-13));
  const LotSize waits = economic_order_quantity(8, 0.225, 1300, 5);
  CHECK(waits.quantity == Approx(310.8125551589646).epsilon(1e-13));
  CHECK(waits.backlog_share == Approx(0.043062200956938).epsilon(1e-12));
  CHECK(waits.cost == Approx(66.921363550973254).epsilon(1e-13));
}

TEST_CASE("the newsvendor with normal demand: examples 4.3 and 4.4") {
  const BaseStockLevel once = normal_base_stock(50, 8, 1, 0.18, 0.7);
  CHECK(once.level == Approx(56.603955927433887).epsilon(1e-12));
  CHECK(once.cost == Approx(1.997605193176645).epsilon(1e-12));
  const BaseStockLevel late = normal_base_stock(50, 8, 5, 0.18, 0.7);
  CHECK(late.level == Approx(264.7668943741548).epsilon(1e-12));
  CHECK(late.cost == Approx(4.466781004149578).epsilon(1e-12));
}

TEST_CASE("lot sizes for known demand: example 3.9, problem 3.27, and with prices that change") {
  const LotPlan plan = best_lots({90, 120, 80, 70}, 500, 2);
  CHECK(plan.cost == Approx(1380));
  CHECK(plan.orders == std::vector<double>{210, 0, 150, 0});
  CHECK(best_lots({150, 100, 80, 200}, 120, 0.8).cost == Approx(424));
  CHECK(best_lots({400, 500, 500, 1100, 900}, 100, 0.1, {3, 1, 4, 6, 6}).cost == Approx(4940));
  CHECK(best_lots({}, 100, 1).cost == 0);
}

TEST_CASE("a scenario of known demand has an economic order quantity, with its purchases") {
  SkuSpec sku = known_demand(UnmetDemand::lost);
  check_forms(forms_of(sku), {{"economic_order_quantity", 304.0467800264368},
                              {"economic_order_cost_per_day", 68.410525505948272 / 50}});
  sku.costs.purchase_per_unit = 2;
  CHECK(forms_of(sku).back().value == Approx(68.410525505948272 / 50 + 52));
  SkuSpec waits = known_demand(UnmetDemand::backlog);
  waits.costs.shortage_per_unit_day = 0.1;
  check_forms(forms_of(waits), {{"economic_order_quantity", 310.8125551589646},
                                {"economic_order_cost_per_day", 66.921363550973254 / 50}});
}

TEST_CASE("normal demand has a newsvendor's level") {
  SkuSpec sku =
      backlog_sku("item", {"normal", {{"mean", {50}}, {"standard_deviation", {8}}}}, LawSpec::constant(4));
  sku.costs.holding_per_unit_day = 0.18;
  sku.costs.shortage_per_unit_day = 0.7;
  check_forms(forms_of(sku),
              {{"newsvendor_level", 264.7668943741548}, {"newsvendor_cost_per_day", 4.466781004149578}});
}

TEST_CASE("demand known by the day has best lots") {
  SkuSpec sku = known_demand(UnmetDemand::lost);
  sku.demand = LawSpec::constant(10);
  sku.pattern.weekday_factors = {9, 12, 8, 7, 0, 0, 0};  // from a Monday on
  sku.costs.holding_per_unit_day = 2;
  sku.supply.fixed_cost_per_order = 500;
  WarehouseSpec spec = warehouse_of({sku}, 4);
  spec.horizon.start = "2024-01-01";
  check_forms(closed_forms_of(*decisions_of(spec), sku), {{"lot_sizing_cost", 1380}});
}

TEST_CASE("closed forms are kept from scenarios that break their assumptions") {
  const SkuSpec plain = known_demand(UnmetDemand::lost);
  const auto none_after = [](SkuSpec sku, const auto& change) {
    change(sku);
    CHECK(forms_of(sku).empty());
  };
  none_after(plain, [](SkuSpec& sku) { sku.demand = poisson(26); });
  none_after(plain, [](SkuSpec& sku) { sku.pack_size = 6; });
  none_after(plain, [](SkuSpec& sku) { sku.maximum_order_quantity = 100; });
  none_after(plain, [](SkuSpec& sku) { sku.supply.review_period_days = 7; });
  none_after(plain, [](SkuSpec& sku) { sku.supply.fixed_cost_per_order = 0; });
  none_after(plain, [](SkuSpec& sku) { sku.supply.yield = LawSpec::constant(0.9); });
  none_after(plain, [](SkuSpec& sku) { sku.shelf_life_days = 3; });
  none_after(plain, [](SkuSpec& sku) { sku.costs.shortage_per_unit = 0.05; });  // losing all is cheaper
  SkuSpec normal =
      backlog_sku("item", {"normal", {{"mean", {50}}, {"standard_deviation", {8}}}}, LawSpec::constant(0));
  CHECK(forms_of(normal).size() == 2);
  none_after(normal, [](SkuSpec& sku) { sku.market.demand_probability = 0.3; });
  none_after(normal, [](SkuSpec& sku) { sku.demand.parameters[1].values = {20}; });  // cut at 0
}
