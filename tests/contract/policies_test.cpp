// What every classical policy of the registry keeps to.
#include <catch2/catch.hpp>

#include "agents/policies/registry.h"
#include "env/evaluation.h"
#include "tests/support/decision_rows.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::policies;

namespace {

std::vector<Quantity> decide(const Policy& policy, const DecisionBatch& batch) {
  std::vector<Quantity> quantity(batch.rows, -1);
  PolicyMemory memory{std::vector<double>(batch.rows * policy.memory_size(), 0.0)};
  OrderBatch orders{quantity};
  policy.decide(batch, memory, orders);
  return quantity;
}

}  // namespace

TEST_CASE("every policy describes its parameters and starts inside their ranges") {
  const auto warehouses = {testing::zipkin(100, 0), testing::zheng_federgruen(10, 100, 0)};
  for (const PolicyDescription& policy : policy_registry()) {
    CHECK_FALSE(policy.meaning.empty());
    for (const WarehouseSpec& spec : warehouses) {
      const PolicyParameters start = starting_parameters(policy, *testing::decisions_of(spec));
      REQUIRE(start.values.size() == 1);
      const auto built = make_policy(start);
      CHECK(built->name() == policy.name);
      CHECK(built->needs_forecast() == policy.needs_forecast);
      CHECK(built->memory_size() == 0);
    }
    for (const PolicyParameter& parameter : policy.parameters) CHECK_FALSE(parameter.meaning.empty());
  }
}

TEST_CASE("every point of a parameter space is a valid policy") {
  const auto model = testing::decisions_of(testing::zheng_federgruen(10, 100, 0));
  for (const PolicyDescription& policy : policy_registry()) {
    const std::vector<double> none(policy.parameters.size(), kNotSet);
    const ParameterSpace space = policy.space(figures_of(*model, 0), none);
    SearchPoint low;
    SearchPoint high;
    for (const SearchAxis& axis : space.axes) {
      CHECK(axis.minimum <= axis.maximum);
      low.push_back(axis.minimum);
      high.push_back(axis.maximum);
    }
    for (const SearchPoint& corner : {low, high})
      CHECK_NOTHROW(
          make_policy(PolicyParameters{std::string(policy.name), {"item"}, {space.values(corner)}}));
  }
}

TEST_CASE("a policy decides every row by itself, and asks for no negative quantity") {
  const auto model = testing::decisions_of(testing::zheng_federgruen(10, 100, 0));
  for (const PolicyDescription& description : policy_registry()) {
    INFO(description.name);
    const auto policy = make_policy(starting_parameters(description, *model));
    const testing::DecisionRows rows(200);
    const std::vector<Quantity> together = decide(*policy, rows.batch());
    bool orders_something = false;
    for (std::size_t row = 0; row < together.size(); ++row) {
      CHECK(together[row] >= 0);
      orders_something |= together[row] > 0;
      CHECK(decide(*policy, rows.batch_of(row))[0] == together[row]);
    }
    CHECK(orders_something);
  }
}

TEST_CASE("a policy may be asked by many threads at once") {
  const auto model = testing::decisions_of(testing::zipkin(2'000, 0));
  for (const PolicyDescription& description : policy_registry()) {
    if (description.needs_forecast) continue;
    INFO(description.name);
    const auto policy = make_policy(starting_parameters(description, *model));
    const auto hash = [&](int threads) {
      return evaluate(model, *policy, {.replications = 8, .threads = threads}).ledger_hash();
    };
    CHECK(hash(1) == hash(4));
  }
}
