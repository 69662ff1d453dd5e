#include "agents/policies/registry.h"

#include <catch2/catch.hpp>

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
