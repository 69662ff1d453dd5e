// The optimal policy of one instance of each class, simulated: what it costs is what the solver says.
#include "env/core/student_t.h"
#include "tests/oracle/simulated.h"
#include "tests/support/exact_scenarios.h"

using namespace restock;
using namespace restock::testing;

namespace {

constexpr std::int64_t kReplications = 64;

Estimate simulated_cost(const std::shared_ptr<const DecisionModel>& model, const Policy& policy,
                        const std::string& figure) {
  const Evaluation evaluation =
      evaluate(model, policy, {.seed = 1, .replications = kReplications, .threads = available_threads()});
  for (const KpiColumn& column : kpi_columns())
    if (column.name == figure) return evaluation.kpi(*model->warehouse, column);
  FAIL("no figure " << figure);
  return {};
}

void check_cost(const std::shared_ptr<const DecisionModel>& model, const Policy& policy, double exact,
                double precision, const std::string& figure = "cost_per_period") {
  const Estimate cost = simulated_cost(model, policy, figure);
  const double error = cost.half_width / student_t_quantile_975(kReplications - 1);
  CAPTURE(exact, cost.mean, error);
  CHECK(std::abs(cost.mean - exact) < 4 * error);
  CHECK(error <= precision * exact * kCoarser);
}

void check_class(WarehouseSpec spec, std::int64_t days, double precision = 0.0025) {
  spec.horizon.warm_up_days = 300;
  spec.horizon.days = spec.horizon.warm_up_days + days / kShorter;
  const auto model = decisions_of(spec);
  const exact::Result result = exact::solve(model, {});
  REQUIRE(result.table != nullptr);
  INFO(result.problem_class);
  check_cost(model, exact::TablePolicy(result.table), result.average_cost.value, precision);
}

void check_series(WarehouseSpec spec, std::int64_t days) {
  const exact::Result result = optimum(spec);
  REQUIRE(result.levels);
  spec.horizon.days = spec.horizon.warm_up_days + days / kShorter;
  for (std::size_t i = 0; i < spec.skus.size(); ++i)
    spec.skus[i].initial_on_hand = result.levels->local_levels[i];
  const auto model = decisions_of(spec);
  const auto policy = exact::optimal_policy(result, *model->warehouse);
  check_cost(model, *policy, result.average_cost.value, 0.008);
}

}  // namespace

TEST_CASE("simulated: lost sales") {
  check_class(lost_sales(5, 4, 9), 10'000);
  WarehouseSpec fixed = lost_sales(5, 2, 14);
  fixed.skus[0].supply.fixed_cost_per_order = 5;
  fixed.skus[0].costs.purchase_per_unit = 2;
  check_class(fixed, 10'000);
}

TEST_CASE("simulated: lost sales in packs, reviewed twice a week, with busy weekends") {
  WarehouseSpec spec = lost_sales(3, 1, 9);
  spec.skus[0].pattern.weekday_factors = {1, 1, 1, 1, 1, 2, 2};
  spec.skus[0].supply.order_days = {"tue", "fri"};
  spec.skus[0].pack_size = 4;
  check_class(spec, 10'000);
}

TEST_CASE("simulated: a supplier that can be out of action, with a fixed cost and packs as well") {
  check_class(disrupted(poisson(5), 20, 3), 40'000, 0.01);
  WarehouseSpec lumpy = disrupted(poisson(5), 8, 2);
  lumpy.skus[0].supply.fixed_cost_per_order = 30;
  lumpy.skus[0].pack_size = 4;
  check_class(lumpy, 40'000, 0.01);
}

TEST_CASE("simulated: what a level costs that is not the best against disruptions") {
  WarehouseSpec spec = disrupted(poisson(5), 20, 3);
  spec.horizon.warm_up_days = 300;
  spec.horizon.days = 300 + 40'000 / kShorter;
  const auto model = decisions_of(spec);
  const auto policy = policies::make_policy({"base_stock", {"item"}, {{18, 0}}});
  check_cost(model, *policy, exact::cost_of_policy(model, *policy, {}).average_cost.value, 0.01);
}

TEST_CASE("simulated: backlog with a fixed cost, a lead time and price breaks") {
  WarehouseSpec spec = zheng_federgruen(10, 1000, 0);
  spec.skus[0].supply.lead_time_days = LawSpec::constant(3);
  spec.skus[0].costs.shortage_per_unit = 3;
  check_class(spec, 10'000);
  spec.skus[0].sources = {{.supplier = "s", .purchase_per_unit = 2, .price_breaks = {{40, 1.5}}}};
  spec.suppliers = {spec.skus[0].supply};
  spec.suppliers[0].id = "s";
  check_class(spec, 10'000);
}

TEST_CASE("simulated: backlog under continuous review") {
  WarehouseSpec spec = zheng_federgruen(3, 1000, 0);
  spec.arrivals = Arrivals::orders;
  spec.review = Review::continuous;
  spec.skus[0].supply.lead_time_days = LawSpec::constant(2);
  spec.skus[0].order_size = discrete({1, 2, 4}, {2, 1, 1});
  check_class(spec, 5'000, 0.003);
}

TEST_CASE("simulated: perishable stock") {
  check_class(perishable(3, 2, Issuing::mixed), 10'000);
  check_class(perishable(2, 0, Issuing::lifo), 10'000);
  check_class(perishable(3, 2, Issuing::by_customer), 10'000);
  WarehouseSpec seldom = perishable(3, 0, Issuing::by_customer);
  seldom.skus[0].market.demand_probability = 0.5;
  check_class(seldom, 20'000);
}

TEST_CASE("simulated: the discounted cost of a horizon") {
  WarehouseSpec spec = perishable(2, 1, Issuing::fifo);
  spec.horizon.days = 200;
  spec.horizon.warm_up_days = 20;
  spec.horizon.discount_factor = 0.98;
  const auto model = decisions_of(spec);
  const exact::Result result = exact::solve(model, {});
  check_cost(model, exact::TablePolicy(result.table), result.cost_of_horizon, 0.02, "discounted_cost");
}

TEST_CASE("simulated: dual sourcing") {
  check_class(two_suppliers(4, 20), 10'000, 0.003);
  WarehouseSpec late = two_suppliers(4, 20);
  late.suppliers[1].lead_time_days = LawSpec::constant(2);
  check_class(late, 10'000, 0.003);
}

TEST_CASE("simulated: joint replenishment") {
  check_class(two_items(), 10'000);
}

TEST_CASE("simulated: orders that cross") {
  check_class(crossing_orders(3, 4, 4), 2'000, 0.004);
}

TEST_CASE("simulated: a series reviewed by the day, and customer by customer") {
  check_series(series(poisson(4), 9, {2, 1}, {1, 2}, Arrivals::daily), 10'000);
  check_series(series(poisson(4), 9, {2, 1}, {0, 2}, Arrivals::daily), 10'000);
  check_series(series(poisson(4), 9, {2, 1}, {1, 2}, Arrivals::orders), 2'000);
}
