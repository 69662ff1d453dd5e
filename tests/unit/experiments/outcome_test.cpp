// What the report says of a policy's parameters.
#include "experiments/outcome.h"

#include <catch2/catch.hpp>

#include "agents/policies/parameters.h"

using namespace restock;
using namespace restock::experiments;

TEST_CASE("parameters of many SKUs are a range, days of the week and multiples are named") {
  policies::PolicyParameters parameters{"s_S", {"a", "b"}, {{5, 20}, {8, 20}}};
  CHECK(describe_parameters(parameters) == "reorder_point 5 to 8, order_up_to_level 20");
  policies::set_parameter(parameters, "a.order_up_to_level@sat=70");
  CHECK(describe_parameters(parameters) == "reorder_point 5 to 8, order_up_to_level 20 to 70 by weekday");
  policies::set_parameter(parameters, "order_up_to_level=1.5*forecast");
  CHECK(describe_parameters(parameters) == "reorder_point 5 to 8, order_up_to_level 1.5 × forecast");
}
