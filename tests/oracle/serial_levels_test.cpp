// What given base-stock levels cost in stages in series, exactly and simulated: levels of echelons and of the
// stages alone, optimal and not.
#include "agents/policies/exact/solve.h"
#include "tests/oracle/simulated.h"
#include "tests/support/exact_scenarios.h"

using namespace restock;
using namespace restock::testing;

namespace {

std::unique_ptr<Policy> levels_of(const std::shared_ptr<const DecisionModel>& model,
                                  const std::string& policy, const std::vector<double>& levels) {
  policies::PolicyParameters chosen{policy, {}, {}};
  for (std::size_t i = 0; i < levels.size(); ++i) {
    chosen.skus.push_back(model->warehouse->skus[i].id);
    chosen.values.push_back(policy == "base_stock" ? std::vector<double>{levels[i], 0}
                                                   : std::vector<double>{levels[i]});
  }
  chosen.model = model;
  return policies::make_policy(chosen);
}

double exact_cost(const WarehouseSpec& spec, const std::string& policy, const std::vector<double>& levels) {
  const auto model = decisions_of(spec);
  return exact::cost_of_policy(model, *levels_of(model, policy, levels), {}).average_cost.value;
}

/// Starts at the echelon's levels, so that there is little to warm up.
void check_simulated(WarehouseSpec spec, const std::string& policy, const std::vector<double>& levels,
                     std::int64_t days) {
  const double exact = exact_cost(spec, policy, levels);
  spec.horizon.days = spec.horizon.warm_up_days + days / kShorter;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const double below = policy == "base_stock" || i == 0 ? 0 : levels[i - 1];
    spec.skus[i].initial_on_hand = std::max<Quantity>(0, static_cast<Quantity>(levels[i] - below));
  }
  const auto model = decisions_of(spec);
  INFO(policy);
  check_policy_cost(model, *levels_of(model, policy, levels), exact, 64, 0.008);
}

std::vector<double> as_levels(const std::vector<std::int64_t>& levels) {
  return {levels.begin(), levels.end()};
}

const WarehouseSpec& by_customer() {
  static const WarehouseSpec spec = series(poisson(4), 9, {3, 2, 1}, {1, 0.5, 2}, Arrivals::orders);
  return spec;
}
const WarehouseSpec& by_day() {
  static const WarehouseSpec spec = series(poisson(4), 9, {3, 2, 1}, {1, 0, 2}, Arrivals::daily);
  return spec;
}

}  // namespace

TEST_CASE("series: the optimal levels cost the optimum") {
  for (const WarehouseSpec& spec : {by_customer(), by_day()}) {
    const exact::Result best = optimum(spec);
    const double cost = best.average_cost.value;
    const auto model = decisions_of(spec);
    CHECK(exact_cost(spec, "echelon_base_stock", as_levels(best.levels->echelon_levels)) ==
          Approx(cost).epsilon(1e-12));
    const auto policy = exact::optimal_policy(best, *model->warehouse);
    CHECK(exact::cost_of_policy(model, *policy, {}).average_cost.value == Approx(cost).epsilon(1e-12));
    const double local = exact_cost(spec, "base_stock", as_levels(best.levels->local_levels));
    if (spec.arrivals == Arrivals::orders)
      CHECK(local == Approx(cost).epsilon(1e-12));
    else
      CHECK(local > cost * 1.001);  // each stage sees the order of the one below a day later
  }
}

TEST_CASE("series: no other levels cost less than the optimum") {
  for (const WarehouseSpec& spec : {by_customer(), by_day()}) {
    const exact::Result best = optimum(spec);
    for (std::size_t stage = 0; stage < 3; ++stage)
      for (const double change : {-2.0, -1.0, 1.0, 2.0, 300.0}) {
        std::vector<double> levels = as_levels(best.levels->echelon_levels);
        levels[stage] += change;
        CHECK(exact_cost(spec, "echelon_base_stock", levels) >= best.average_cost.value * (1 - 1e-12));
      }
  }
}

TEST_CASE("series: a stage that never lacks stock leaves the one below a stage of its own") {
  // Stage 2 holds far more than is ever asked for: stage 1 is a newsvendor over its own lead time.
  const WarehouseSpec spec = series(poisson(4), 9, {2, 1}, {1, 2}, Arrivals::daily);
  SkuSpec alone = backlog_sku("item", poisson(4), LawSpec::constant(1));
  alone.costs.holding_per_unit_day = 2;
  const auto model = decisions_of(warehouse_of({alone}, 1000, 100));
  const double of_stage_1 =
      exact::cost_of_policy(model, *levels_of(model, "base_stock", {11}), {}).average_cost.value;
  // Stage 2 pays for what is on its way to stage 1, 4 units; it holds its level less what it waits for, and,
  // where it sees orders a day later, less those of today.
  CHECK(exact_cost(spec, "echelon_base_stock", {11, 211}) ==
        Approx(of_stage_1 + 4 + (200 - 2 * 4)).epsilon(1e-9));
  CHECK(exact_cost(spec, "base_stock", {11, 200}) ==
        Approx(of_stage_1 + 4 + (200 - 2 * 4 - 4)).epsilon(1e-9));
}

TEST_CASE("series, simulated: echelon levels that are not optimal") {
  check_simulated(by_customer(), "echelon_base_stock", {6, 11, 16}, 2'000);
  check_simulated(by_customer(), "echelon_base_stock", {12, 9, 20}, 2'000);  // the first is out of reach
  check_simulated(by_day(), "echelon_base_stock", {9, 11, 17}, 10'000);
  check_simulated(by_day(), "echelon_base_stock", {14, 10, 22}, 10'000);
}

TEST_CASE("series, simulated: local levels that are not optimal") {
  check_simulated(by_customer(), "base_stock", {6, 5, 5}, 2'000);
  check_simulated(by_day(), "base_stock", {9, 5, 11}, 10'000);
  check_simulated(by_day(), "base_stock", {10, 0, 16}, 10'000);
  check_simulated(series(discrete({0, 3, 10}, {3, 2, 1}), 20, {4, 3, 2, 0.5}, {2, 1, 0, 1}, Arrivals::daily),
                  "base_stock", {16, 8, 5, 6}, 10'000);
}

TEST_CASE("series: policies whose cost is not known are refused with what is") {
  const auto model = decisions_of(by_day());
  const auto check = [&](const std::string& name, const std::vector<double>& values) {
    policies::PolicyParameters chosen{name, {}, {}};
    for (const SkuModel& sku : model->warehouse->skus) {
      chosen.skus.push_back(sku.id);
      chosen.values.push_back(values);
    }
    chosen.model = model;
    CHECK_THROWS_WITH(exact::cost_of_policy(model, *policies::make_policy(chosen), {}),
                      Catch::Contains(name) && Catch::Contains("echelon_base_stock, or base_stock without"));
  };
  check("s_S", {9, 12});
  check("capped_base_stock", {10, 6});
  check("echelon_base_stock", {5e9});  // further than anybody would look
}
