// Exact costs of policies, and the optimal policy as a table.
#include <catch2/catch.hpp>
#include <cmath>

#include "agents/policies/exact/masses.h"
#include "agents/policies/parameters.h"
#include "env/evaluation.h"
#include "tests/support/exact_scenarios.h"

using namespace restock;
using namespace restock::exact;
using namespace restock::testing;

namespace {

double cost_of_levels(const WarehouseSpec& spec, const std::string& policy, std::vector<double> values) {
  const auto model = decisions_of(spec);
  return cost_of_policy(model, *policies::make_policy({policy, {"item"}, {std::move(values)}}), {})
      .average_cost.value;
}

/// Orders all that sold since the last decision; remembers the position.
class Remembering final : public Policy {
 public:
  std::string_view name() const override { return "remembering"; }
  std::size_t memory_size() const override { return 1; }
  void decide(const DecisionBatch& batch, PolicyMemory& memory, OrderBatch&) const override {
    memory.values.at(0) = static_cast<double>(batch.inventory_position(0)) + 1;
  }
};

class OnMondays final : public Policy {
 public:
  std::string_view name() const override { return "on_mondays"; }
  void decide(const DecisionBatch& batch, PolicyMemory&, OrderBatch& orders) const override {
    for (std::size_t row = 0; row < batch.rows; ++row)
      orders.quantity[row] =
          batch.weekday[row] == 0 ? std::max<Quantity>(0, 40 - batch.inventory_position(row)) : 0;
  }
};

}  // namespace

TEST_CASE("a solver says how many states it has found while it looks for them") {
  std::vector<exact::Progress> told;
  exact::Options options;
  options.progress = [&](const exact::Progress& progress) { told.push_back(progress); };
  const exact::Result result = exact::solve(decisions_of(two_suppliers(4, 10)), options);
  REQUIRE(told.size() > 3);
  CHECK(told[1].what == "exploring");
  CHECK(told[1].states > told[0].states);
  CHECK(told[1].bytes > 0);
  CHECK(told.back().sweeps > 0);
  CHECK(told.back().states == result.states);
}

TEST_CASE("base-stock with backlog costs the newsvendor's expectation") {
  WarehouseSpec spec = zheng_federgruen(5, 1000, 0);
  spec.skus[0].supply.fixed_cost_per_order = 0;
  for (const double lead_time : {0.0, 1.0, 3.0}) {
    spec.skus[0].supply.lead_time_days = LawSpec::constant(lead_time);
    const Masses demand = masses_of(QuantileTable::rounded_half_up(*make_law(poisson(5 * (lead_time + 1)))));
    const double exact = expected_left(22, demand) + 9 * expected_short(22, demand);
    CHECK(cost_of_levels(spec, "base_stock", {22, 0}) == Approx(exact).epsilon(1e-8));
  }
}

TEST_CASE("the optimal policy orders also where it never comes by itself") {
  SkuSpec sku = backlog_sku("item", poisson(3), LawSpec::constant(1.5));
  sku.supply.fixed_cost_per_order = 10;
  WarehouseSpec spec = warehouse_of({sku}, 1000, 100);
  spec.arrivals = Arrivals::orders;
  spec.review = Review::continuous;
  const auto model = decisions_of(spec);
  const Result best = solve(model, {});
  std::vector<Units> orders(1);
  std::vector<Units> below{0, -5};  // the first customers come before the first order
  best.table->look_up(below, orders);
  CHECK(orders[0] > 5);
  std::vector<Units> above{0, 1000};
  best.table->look_up(above, orders);
  CHECK(orders[0] == 0);
  const Evaluation evaluation = evaluate(model, TablePolicy(best.table), {.seed = 1, .replications = 30});
  const Estimate cost = estimate_of(evaluation.costs_per_period(*model->warehouse));
  CHECK(std::abs(cost.mean - best.average_cost.value) < 2 * cost.half_width);  // four standard errors
}

TEST_CASE("a policy that looks at more than the position gets the whole pipeline") {
  // A limit on orders needs no look at the pipeline, but the table of the optimum reads it.
  WarehouseSpec spec = lost_sales(3, 3, 9);
  const auto model = decisions_of(spec);
  const Result best = solve(model, {});
  const Result table = cost_of_policy(model, TablePolicy(best.table), {});
  CHECK(table.average_cost.value == Approx(best.average_cost.value).epsilon(1e-8));
  CHECK(cost_of_levels(spec, "base_stock", {15, 4}) > best.average_cost.value);
}

TEST_CASE("stock that may grow without bound is followed until it no longer matters") {
  // 4 units each day against Poisson demand of 5, lost sales: a random walk, reflected at 0 (Zipkin 2008,
  // Table 3, "best constant"). A base-stock level out of reach with a largest order of 4 orders just that.
  WarehouseSpec spec = lost_sales(5, 2, 9);
  CHECK(cost_of_levels(spec, "base_stock", {100'000, 4}) == Approx(10.274794).epsilon(1e-6));
}

TEST_CASE("random lead times: base-stock is a newsvendor, and the optimum is not known") {
  WarehouseSpec spec = zheng_federgruen(5, 1000, 0);
  spec.arrivals = Arrivals::orders;
  spec.review = Review::continuous;
  spec.skus[0].supply.fixed_cost_per_order = 2;
  spec.skus[0].supply.lead_time_days = {"uniform", {{"minimum", {0}}, {"maximum", {4}}}};
  const Masses open = masses_of(QuantileTable::rounded_half_up(*make_law(poisson(10))));
  const double exact = expected_left(13, open) + 9 * expected_short(13, open) + 5 * 2;
  CHECK(cost_of_levels(spec, "base_stock", {13, 0}) == Approx(exact).epsilon(1e-9));
  CHECK_THROWS_WITH(optimum(spec), Catch::Contains("optimum is not known"));
  CHECK_THROWS_WITH(cost_of_levels(spec, "s_S", {5, 13}), Catch::Contains("simulate it instead"));
}

TEST_CASE("policies without an exact cost are refused") {
  const auto model = decisions_of(lost_sales(5, 2, 9));
  CHECK_THROWS_WITH(cost_of_policy(model, Remembering(), {}), Catch::Contains("remembers"));
  CHECK_THROWS_WITH(cost_of_policy(model, OnMondays(), {}), Catch::Contains("orders by the day"));
}

TEST_CASE("a weekly rule has an exact cost where the week is part of the scenario") {
  WarehouseSpec spec = zheng_federgruen(5, 1000, 0);
  spec.skus[0].pattern.weekday_factors = {1, 1, 1, 1, 1, 2, 2};
  const Result mondays = cost_of_policy(decisions_of(spec), OnMondays(), {});
  CHECK(mondays.converged);
  CHECK(mondays.average_cost.value > optimum(spec).average_cost.value);
}

TEST_CASE("reviews once a week are the weekly sum") {
  // Backlog, no fixed cost, ordered on Mondays only, no lead time: each day of the week is a newsvendor's.
  WarehouseSpec spec = zheng_federgruen(2, 1000, 0);
  spec.skus[0].supply.fixed_cost_per_order = 0;
  spec.skus[0].supply.order_days = {"mon"};
  double best = 1e9;
  for (std::int64_t level = 5; level < 30; ++level) {
    double cost = 0;
    for (int day = 1; day <= 7; ++day) {
      const Masses demand = masses_of(QuantileTable::rounded_half_up(*make_law(poisson(2 * day))));
      cost += (expected_left(level, demand) + 9 * expected_short(level, demand)) / 7;
    }
    best = std::min(best, cost);
  }
  CHECK(optimum(spec).average_cost.value == Approx(best).epsilon(1e-7));
}

TEST_CASE("tables name what they hold") {
  const Result lost = optimum(lost_sales(2, 3, 9));
  CHECK(lost.table->columns() ==
        std::vector<std::string>{"day_of_cycle", "on_hand", "due_in_1_days", "due_in_2_days", "order"});
  const Result dual = optimum(two_suppliers(2, 5));
  CHECK(dual.table->columns().back() == "order_from_source_1");
  const Result joint = optimum(two_items());
  CHECK(joint.table->columns().back() == "order_of_b");
  std::vector<Units> state{0, 5, 0, 0};
  std::vector<Units> order{-1};
  lost.table->look_up(state, order);
  CHECK(order[0] >= 0);
  state = {0, 5000, 700, 900};
  lost.table->look_up(state, order);
  CHECK(order[0] == 0);
}

TEST_CASE("levels of a series answer without a table") {
  const Result result =
      optimum(series(poisson(16), 9, {1, 0.75, 0.5, 0.25}, {0.25, 0.25, 0.25, 0.25}, Arrivals::orders));
  REQUIRE(result.levels);
  CHECK(result.levels->echelon_levels == std::vector<std::int64_t>{8, 13, 18, 22});
  CHECK(result.levels->local_levels == std::vector<std::int64_t>{8, 5, 5, 4});
  CHECK(result.levels->skus.front() == "item@stage-1");
}

TEST_CASE("customers of one kind alone are those who all take the oldest, or the freshest") {
  for (const Issuing issuing : {Issuing::fifo, Issuing::lifo}) {
    const WarehouseSpec alone = perishable(3, 1, issuing);
    WarehouseSpec kinds = alone;
    SkuSpec& sku = kinds.skus[0];
    sku.issuing = Issuing::by_customer;
    sku.freshest_demand = LawSpec::constant(0);
    if (issuing == Issuing::lifo) std::swap(sku.demand, sku.freshest_demand);
    CHECK(optimum(kinds).average_cost.value == Approx(optimum(alone).average_cost.value).epsilon(1e-9));
  }
}
