#include "agents/learning/learned_policy.h"

#include <catch2/catch.hpp>

#include "agents/learning/agent.h"
#include "env/core/error.h"
#include "env/evaluation.h"
#include "env/scenario.h"

using namespace restock;
using namespace restock::learning;

namespace {

/// Two SKUs with lost sales and lead times of two days, one reviewed every day and one every third.
std::shared_ptr<const EnvModel> shop(ActionKind kind) {
  Scenario scenario;
  scenario.warehouse.horizon.days = 60;
  for (const double mean : {5.0, 2.0}) {
    SkuSpec sku;
    sku.id = mean > 3 ? "fast" : "slow";
    sku.demand = {"poisson", {{"mean", {mean}}}};
    sku.costs.holding_per_unit_day = 1;
    sku.costs.shortage_per_unit = 9;
    sku.supply.lead_time_days = LawSpec::constant(2);
    sku.supply.review_period_days = mean > 3 ? 1 : 3;
    scenario.warehouse.skus.push_back(sku);
  }
  scenario.action.kind = kind;
  auto model = std::make_shared<EnvModel>();
  auto decisions = std::make_shared<DecisionModel>();
  decisions->warehouse = build_warehouse(scenario.warehouse);
  model->decisions = decisions;
  model->observation = ObservationSpec(*decisions->warehouse, {}, {});
  model->action = ActionSpec(*decisions->warehouse, scenario.action);
  return model;
}

std::unique_ptr<Learner> trained(const std::string& name, const std::shared_ptr<const EnvModel>& model,
                                 std::unique_ptr<VectorEnv>& env) {
  const auto agent = make_agent(name);
  agent->limits() = {.steps = 60'000, .seconds = 1e6};
  env = std::make_unique<ReplenishmentVectorEnv>(model, agent->environments(2), 1, Split::train);
  auto learner =
      agent->make_learner({.environments = env.get(), .typical_action = model->action.typical_action()});
  while (!learner->finished()) learner->advance({});
  return learner;
}

}  // namespace

TEST_CASE("as a policy a network orders what it would do as an agent", "[learning]") {
  const auto kind = GENERATE(ActionKind::order_quantity, ActionKind::order_up_to, ActionKind::cover);
  const auto model = shop(kind);
  std::unique_ptr<VectorEnv> training;
  const auto learner = trained("ppo", model, training);
  const LearnedPolicy policy("ppo", model->observation, model->action, learner->policy_network());

  ReplenishmentVectorEnv env(model, 1, 7, Split::evaluate);
  StepBuffers buffers(env.dimensions());
  env.reset(buffers);
  double cost = 0;
  std::vector<std::int32_t> actions(2);
  do {
    policy.network().decide(buffers.observations, buffers.masks, actions);
    env.step(actions, buffers);
    for (const double reward : buffers.rewards) cost -= reward;
  } while (buffers.truncated[0] == 0);

  const Evaluation evaluation =
      evaluate(model->decisions, policy, {.seed = 7, .split = Split::evaluate, .replications = 1});
  CHECK(cost > 0);
  CHECK(evaluation.costs_per_period(*model->decisions->warehouse)[0] == Approx(cost / 60).epsilon(1e-9));
}

TEST_CASE("agents train in a real scenario, and its checkpoints resume exactly", "[learning]") {
  const std::string name = GENERATE("ppo", "dqn");
  const auto model = shop(ActionKind::order_quantity);
  std::unique_ptr<VectorEnv> training;
  const auto learner = trained(name, model, training);
  ByteWriter writer;
  learner->save(writer);

  const auto agent = make_agent(name);
  agent->limits() = {.steps = 120'000, .seconds = 1e6};
  const auto resume = [&] {
    const auto env = std::make_unique<ReplenishmentVectorEnv>(model, agent->environments(2), 1, Split::train);
    auto resumed =
        agent->make_learner({.environments = env.get(), .typical_action = model->action.typical_action()});
    ByteReader reader(writer.bytes(), "memory");
    resumed->load(reader);
    reader.finish();
    while (!resumed->finished()) resumed->advance({});
    return resumed->policy_network().layers();
  };
  const auto once = resume(), again = resume();
  for (std::size_t k = 0; k < once.size(); ++k) CHECK(once[k].weights == again[k].weights);
}

TEST_CASE("a network that does not fit the scenario is refused", "[learning]") {
  const auto model = shop(ActionKind::order_quantity);
  const MlpShape shape{2, {8}, 3, Activation::tanh};
  const std::vector<float> parameters(Mlp(shape).end_parameter());
  CHECK_THROWS_WITH(
      LearnedPolicy("odd", model->observation, model->action, PolicyNetwork(shape, 3, parameters)),
      Catch::Contains("odd") && Catch::Contains("2 inputs"));
}
