// What learning reaches on the yardstick of Zipkin 2008: lost sales, Poisson(5), lead time 4, holding 1,
// shortage 9, optimum 6.8359. Order quantities 0 … 15 are the actions; the checkpoint is chosen on the tune
// split; the chosen policy is judged exactly.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <limits>

#include "agents/learning/agent.h"
#include "agents/learning/learned_policy.h"
#include "env/evaluation.h"
#include "env/scenario.h"
#include "tests/unit/learning/lost_sales_chain.h"

using namespace restock;
using namespace restock::learning;

namespace {

constexpr double kOptimum = 6.8359;

std::shared_ptr<const EnvModel> zipkin_model() {
  Scenario scenario;
  scenario.warehouse.horizon.days = 100'000;
  scenario.warehouse.horizon.warm_up_days = 1'000;
  SkuSpec item;
  item.id = "item";
  item.demand = {"poisson", {{"mean", {5.0}}}};
  item.costs.holding_per_unit_day = 1;
  item.costs.shortage_per_unit = 9;
  item.supply.lead_time_days = LawSpec::constant(4);
  scenario.warehouse.skus.push_back(item);
  scenario.action.maximum = 15;
  auto decisions = std::make_shared<DecisionModel>();
  decisions->warehouse = build_warehouse(scenario.warehouse);
  auto model = std::make_shared<EnvModel>();
  model->decisions = decisions;
  model->observation = ObservationSpec(*decisions->warehouse, {}, {});
  model->action = ActionSpec(*decisions->warehouse, scenario.action);
  return model;
}

/// Orders up to 29 units in position, at most 5 at a time: 6.9123.
class CappedBaseStock final : public Policy {
 public:
  std::string_view name() const override { return "capped base stock"; }
  void decide(const DecisionBatch& batch, PolicyMemory&, OrderBatch& orders) const override {
    for (std::size_t row = 0; row < batch.rows; ++row)
      orders.quantity[row] = std::clamp<Quantity>(29 - batch.inventory_position(row), 0, 5);
  }
};

struct Trained {
  std::unique_ptr<LearnedPolicy> policy;  ///< the best on the tune split
  double seconds = 0;
};

/// The gap of the checkpoint that did best on 400,000 days of the tune split.
Trained train(const std::shared_ptr<const EnvModel>& model, const std::string& name,
              const TrainingLimits& limits, std::uint64_t seed, int judgements) {
  const auto agent = make_agent(name);
  agent->limits() = limits;
  ReplenishmentVectorEnv environments(model, agent->environments(1), seed, Split::train);
  const auto learner = agent->make_learner(
      {.environments = &environments, .typical_action = model->action.typical_action(), .seed = seed});
  double best_cost = std::numeric_limits<double>::infinity();
  std::unique_ptr<LearnedPolicy> best;
  for (int judged = 0; !learner->finished();) {
    learner->advance({});
    if (learner->progress().fraction * judgements < judged + 1) continue;
    ++judged;
    auto policy =
        std::make_unique<LearnedPolicy>(name, model->observation, model->action, learner->policy_network());
    const auto judgement =
        evaluate(model->decisions, *policy, {.seed = seed, .split = Split::tune, .replications = 4});
    const double cost = estimate_of(judgement.costs_per_period(*model->decisions->warehouse)).mean;
    if (cost >= best_cost) continue;
    best_cost = cost;
    best = std::move(policy);
  }
  return {std::move(best), learner->progress().seconds};
}

/// Above the optimum; exact, for policies that keep the stock within bounds in every state.
double exact_gap(const Policy& policy) {
  return learning_test::LostSalesChain({}, policy).average_cost() / kOptimum - 1;
}

/// Above the optimum in four replications of the evaluation.
double simulated_gap(const std::shared_ptr<const EnvModel>& model, const Policy& policy) {
  const auto evaluation = evaluate(model->decisions, policy, {.split = Split::evaluate, .replications = 4});
  return estimate_of(evaluation.costs_per_period(*model->decisions->warehouse)).mean / kOptimum - 1;
}

double median_gap(const std::string& name, const TrainingLimits& limits) {
  const auto model = zipkin_model();
  std::vector<double> gaps;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const Trained trained = train(model, name, limits, seed, 24);
    gaps.push_back(exact_gap(*trained.policy));
    std::printf("%s seed %d: %.2f %% above the optimum after %.0f s\n", name.c_str(), static_cast<int>(seed),
                100 * gaps.back(), trained.seconds);
  }
  std::sort(gaps.begin(), gaps.end());
  return gaps[2];
}

}  // namespace

TEST_CASE("the exact chain gives the known cost of a capped base-stock policy", "[learning]") {
  CHECK(learning_test::LostSalesChain({}, CappedBaseStock()).average_cost() == Approx(6.9123).margin(0.0001));
}

TEST_CASE("some seconds of PPO come near the optimum of Zipkin's instance", "[learning]") {
  const auto model = zipkin_model();
  const Trained trained = train(model, "ppo", {.steps = 800'000, .seconds = 1e6}, 1, 5);
  CHECK(simulated_gap(model, *trained.policy) > -0.01);  // the optimum is one
  CHECK(simulated_gap(model, *trained.policy) < 0.05);
}

TEST_CASE("PPO comes within 0.3 percent of Zipkin's optimum in a minute", "[learning][long]") {
  CHECK(median_gap("ppo", {.steps = 1'000'000'000, .seconds = 60}) < 0.003);
}

TEST_CASE("DQN comes within 0.8 percent of Zipkin's optimum in two minutes", "[learning][long]") {
  CHECK(median_gap("dqn", {.steps = 1'000'000'000, .seconds = 120}) < 0.008);
}
