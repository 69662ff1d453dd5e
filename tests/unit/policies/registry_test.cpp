#include "agents/policies/registry.h"

#include <catch2/catch.hpp>
#include <set>

using namespace restock;
using namespace restock::policies;

TEST_CASE("the registry holds the classical policies by name") {
  std::set<std::string_view> names;
  for (const PolicyDescription& policy : policy_registry()) CHECK(names.insert(policy.name).second);
  CHECK(names.size() == 27);
  for (const char* name : {"base_stock", "capped_base_stock", "s_S", "modified_s_S", "fixed_quantity", "eoq",
                           "fixed_interval", "constant_order", "tracking", "newsvendor_normal", "myopic_2",
                           "forecast_order_up_to", "wagner_whitin", "silver_meal", "capped_dual_index",
                           "tailored_base_surge", "base_stock_ewa", "can_order", "echelon_base_stock"})
    CHECK(names.count(name) == 1);
  CHECK(is_classical_policy("s_S"));
  CHECK_FALSE(is_classical_policy("s_s"));
}

TEST_CASE("an unknown policy is answered with the nearest name") {
  CHECK_THROWS_WITH(find_policy("base-stok"),
                    Catch::Contains("did you mean 'base_stock'") && Catch::Contains("forecast_order_up_to"));
}
