#include "experiments/comparison.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "env/core/error.h"
#include "tests/unit/experiments/comparison_fixture.h"

using namespace restock;
using namespace restock::experiments;
using fixture::outcome;

namespace {

PolicyOutcome tuned(PolicyOutcome outcome, double tune_cost) {
  outcome.tune_cost = Estimate{tune_cost, 0.1};
  return outcome;
}

constexpr auto classical = PolicyKind::classical;
constexpr auto learned = PolicyKind::learned;

}  // namespace

TEST_CASE("replications are pairs: mean, Student's t and percent by hand", "[comparison]") {
  const auto model = fixture::warehouse(1);
  const PolicyOutcome ppo = outcome("ppo", learned, {{10}, {12}, {11}});
  const PolicyOutcome base = outcome("base_stock", classical, {{13}, {13}, {14}});
  const PairedDifference d = paired_difference(*model, ppo, base);
  CHECK(d.unit == PairUnit::replications);
  CHECK(d.pairs == 3);
  CHECK(d.cost_per_day.mean == Approx(-7.0 / 3));                              // of −3, −1, −3
  CHECK(d.cost_per_day.half_width == Approx(4.30265 * std::sqrt(4.0 / 3 / 3)));  // t(2), variance 4/3
  CHECK(d.percent.mean == Approx(-17.5));                                      // of 40/3
  CHECK(d.percent.half_width == Approx(d.cost_per_day.half_width * 100 / (40.0 / 3)));
  CHECK(d.verdict == Verdict::not_distinguishable);
  CHECK_FALSE(d.over_weeks);
}

TEST_CASE("on one history SKUs are pairs, scaled to all of them together", "[comparison]") {
  const auto model = fixture::warehouse(4);
  const PairedDifference d = paired_difference(*model, outcome("ppo", learned, {{4, 5, 6, 7}}),
                                               outcome("base_stock", classical, {{5, 7, 9, 9}}));
  CHECK(d.unit == PairUnit::skus);
  CHECK(d.pairs == 4);
  CHECK(d.per_sku.mean == Approx(-2));  // of −1, −2, −3, −2
  CHECK(d.per_sku.half_width == Approx(3.18245 * std::sqrt(2.0 / 3 / 4)));
  CHECK(d.cost_per_day.mean == Approx(-8));
  CHECK(d.cost_per_day.half_width == Approx(4 * d.per_sku.half_width));
  CHECK(d.percent.mean == Approx(-8 / 30.0 * 100));
  CHECK(d.verdict == Verdict::costs_less);
}

TEST_CASE("the verdict falls whichever way the interval lies", "[comparison]") {
  const auto model = fixture::warehouse(3);
  const PolicyOutcome base = outcome("base_stock", classical, {{5, 6, 7}});
  const auto verdict = [&](std::vector<double> costs) {
    return paired_difference(*model, outcome("ppo", learned, {std::move(costs)}), base).verdict;
  };
  CHECK(verdict({4.0, 5.1, 6.0}) == Verdict::costs_less);
  CHECK(verdict({6.0, 7.1, 8.0}) == Verdict::costs_more);
  CHECK(verdict({4.0, 7.0, 7.1}) == Verdict::not_distinguishable);
  CHECK(verdict({5, 6, 7}) == Verdict::not_distinguishable);
}

TEST_CASE("weeks stand beside the SKUs, and alone where there is one SKU", "[comparison]") {
  const auto model = fixture::warehouse(1, 35);
  PolicyOutcome ppo = outcome("ppo", learned, {{3}}, 35);
  PolicyOutcome base = outcome("base_stock", classical, {{4}}, 35);
  SECTION("nothing was recorded") {
    const PairedDifference d = paired_difference(*model, ppo, base);
    CHECK(d.unit == PairUnit::none);
    CHECK(d.cost_per_day.mean == Approx(-1));
    CHECK(std::isnan(d.cost_per_day.half_width));
    CHECK(d.verdict == Verdict::one_observation);
  }
  SECTION("the days were recorded") {
    ppo.record = fixture::record(std::vector<double>(35, 3.0));
    base.record = fixture::record(std::vector<double>(35, 4.0));
    const PairedDifference d = paired_difference(*model, ppo, base);
    REQUIRE(d.over_weeks);
    CHECK(d.over_weeks->lower == Approx(-1));
    CHECK(d.over_weeks->upper == Approx(-1));
    CHECK(d.over_weeks->blocks == 5);
    CHECK(d.verdict == Verdict::costs_less);
  }
  SECTION("only some of the days were recorded") {
    ppo.record = fixture::record(std::vector<double>(28, 3.0));
    base.record = fixture::record(std::vector<double>(28, 4.0));
    CHECK_FALSE(paired_difference(*model, ppo, base).over_weeks);
  }
}

TEST_CASE("a difference without a baseline's cost has no percentage", "[comparison]") {
  const auto model = fixture::warehouse(2);
  const PairedDifference d =
      paired_difference(*model, outcome("a", learned, {{1, 2}}), outcome("b", classical, {{0, 0}}));
  CHECK(std::isnan(d.percent.mean));
  CHECK(d.cost_per_day.mean == Approx(3));
}

TEST_CASE("the best is chosen on the tune split, not by the result", "[comparison]") {
  const auto model = fixture::warehouse(2);
  const std::vector<PolicyOutcome> policies{
      tuned(outcome("s_S", classical, {{9, 9}}), 10), tuned(outcome("base_stock", classical, {{5, 5}}), 11),
      outcome("by_hand", classical, {{1, 1}}), tuned(outcome("ppo", learned, {{4, 4}}), 9)};
  const auto best = best_of_kind(*model, policies, classical);
  REQUIRE(best);
  CHECK(policies[best->index].name == "s_S");
  CHECK(best->by == ChosenBy::tune_split);
  const auto only = best_of_kind(*model, policies, learned);
  CHECK(policies[only->index].name == "ppo");
  CHECK(only->by == ChosenBy::only_one);
  CHECK_FALSE(best_of_kind(*model, policies, PolicyKind::optimal));
}

TEST_CASE("without any tuning result the evaluation decides, and says so", "[comparison]") {
  const auto model = fixture::warehouse(2);
  const std::vector<PolicyOutcome> policies{outcome("ppo", learned, {{9, 9}}),
                                            outcome("dqn", learned, {{5, 5}})};
  const auto best = best_of_kind(*model, policies, learned);
  CHECK(best->index == 1);
  CHECK(best->by == ChosenBy::evaluation);
}

TEST_CASE("a comparison holds every policy against the baseline, and the headline against the best classical",
          "[comparison]") {
  ComparisonInput input;
  input.scenario = "corner";
  input.warehouse = fixture::warehouse(3);
  input.policies = {tuned(outcome("base_stock", classical, {{5, 6, 7}}), 20),
                    tuned(outcome("s_S", classical, {{6, 7, 8}}), 19),
                    tuned(outcome("ppo", learned, {{4, 5, 7}}), 15),
                    tuned(outcome("dqn", learned, {{1, 1, 1}}), 16)};
  SECTION("the baseline is the best classical policy unless another is asked for") {
    const Comparison c = compare(input);
    CHECK(c.baseline == "s_S");
    REQUIRE(c.differences.size() == 3);
    CHECK(c.differences[0].policy == "base_stock");
    CHECK(c.difference_of("ppo")->cost_per_day.mean == Approx(-5));
    CHECK(c.difference_of("s_S") == nullptr);
  }
  SECTION("another baseline changes the differences, not the headline") {
    input.baseline = "base_stock";
    const Comparison c = compare(input);
    CHECK(c.difference_of("ppo")->cost_per_day.mean == Approx(-2));
    REQUIRE(c.headline);
    CHECK(c.headline->policy == "ppo");
    CHECK(c.headline->baseline == "s_S");
    CHECK(c.headline->cost_per_day.mean == Approx(-5));
  }
  SECTION("without a learned policy there is no headline") {
    input.policies.resize(2);
    CHECK_FALSE(compare(input).headline);
  }
}

TEST_CASE("names that do not fit are explained", "[comparison]") {
  ComparisonInput input;
  input.warehouse = fixture::warehouse(1);
  input.policies = {outcome("base_stock", classical, {{5}}), outcome("ppo", learned, {{4}})};
  input.baseline = "base_stok";
  CHECK_THROWS_WITH(compare(input),
                    Catch::Contains("'base_stok'") && Catch::Contains("did you mean 'base_stock'?"));
  input.baseline = "";
  input.policies.push_back(input.policies[1]);
  CHECK_THROWS_WITH(compare(input), Catch::Contains("'ppo' is named twice"));
}

TEST_CASE("policies judged on different replications cannot be compared", "[comparison]") {
  const auto model = fixture::warehouse(1);
  CHECK_THROWS_AS(
      paired_difference(*model, outcome("a", learned, {{1}, {2}}), outcome("b", classical, {{1}})),
      InvariantError);
}

TEST_CASE("indicators of a SKU are those of all its replications together", "[comparison]") {
  const auto model = fixture::warehouse(2);
  const PolicyOutcome policy = outcome("a", classical, {{1, 5}, {3, 7}});
  const Kpis kpis = sku_kpis(*model, policy.evaluation, 1);
  CHECK(kpis.cost_per_period == Approx(6));
  CHECK(kpis.fill_rate == Approx(0.8));
  CHECK(kpis.no_stockout_days == Approx(0.7));
}
