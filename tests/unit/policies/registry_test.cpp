#include "agents/policies/registry.h"

#include <catch2/catch.hpp>

#include "env/core/error.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::policies;

TEST_CASE("the registry holds the classical policies by name") {
  std::vector<std::string_view> names;
  for (const PolicyDescription& policy : policy_registry()) names.push_back(policy.name);
  CHECK(names ==
        std::vector<std::string_view>{"base_stock", "s_S", "fixed_quantity", "forecast_order_up_to"});
  CHECK(is_classical_policy("s_S"));
  CHECK_FALSE(is_classical_policy("s_s"));
}

TEST_CASE("an unknown policy is answered with the nearest name") {
  CHECK_THROWS_WITH(find_policy("base-stok"),
                    Catch::Contains("did you mean 'base_stock'") && Catch::Contains("forecast_order_up_to"));
}

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
