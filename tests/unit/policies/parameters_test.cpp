#include "agents/policies/parameters.h"

#include <catch2/catch.hpp>

#include "agents/policies/registry.h"
#include "env/core/error.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::policies;

namespace {

PolicyParameters two_skus() {
  return {"s_S", {"milk-1l", "rye.loaf"}, {{5, 20}, {7, 30}}};
}

}  // namespace

TEST_CASE("an assignment without a SKU sets all, one with a SKU sets that one") {
  PolicyParameters parameters = two_skus();
  set_parameter(parameters, "order_up_to_level=40");
  CHECK(parameters.values == std::vector<std::vector<double>>{{5, 40}, {7, 40}});
  set_parameter(parameters, "rye.loaf.reorder_point=9");  // the id may hold dots
  CHECK(parameters.values == std::vector<std::vector<double>>{{5, 40}, {9, 40}});
}

TEST_CASE("a wrong assignment says what is wrong and changes nothing") {
  PolicyParameters parameters = two_skus();
  CHECK_THROWS_WITH(set_parameter(parameters, "reorder_pont=3"),
                    Catch::Contains("did you mean 'reorder_point'"));
  CHECK_THROWS_WITH(set_parameter(parameters, "milk-1.reorder_point=3"),
                    Catch::Contains("did you mean 'milk-1l'"));
  CHECK_THROWS_WITH(set_parameter(parameters, "reorder_point"), Catch::Contains("PARAMETER=VALUE"));
  for (const char* value : {"", "x", "3x", "3.5", "-1", "nan", "inf", "1e13"})
    CHECK_THROWS_WITH(set_parameter(parameters, "reorder_point=" + std::string(value)),
                      Catch::Contains("expected a whole number in [0,"));
  CHECK(parameters.values == two_skus().values);
}

TEST_CASE("a policy is only built from values that fit together") {
  PolicyParameters parameters = two_skus();
  CHECK_NOTHROW(make_policy(parameters));
  parameters.values[1] = {31, 30};
  CHECK_THROWS_WITH(make_policy(parameters),
                    Catch::Contains("rye.loaf") && Catch::Contains("above order_up_to_level"));
  parameters.values[1] = {7};
  CHECK_THROWS_WITH(make_policy(parameters), Catch::Contains("1 values, expected 2"));
  parameters.values.pop_back();
  CHECK_THROWS_AS(make_policy(parameters), InputError);
  parameters = two_skus();
  parameters.values[0][0] = 0.5;
  CHECK_THROWS_WITH(make_policy(parameters), Catch::Contains("reorder_point = 0.5"));
}

TEST_CASE("a policy that needs forecasts is refused where there are none") {
  const auto model = testing::decisions_of(testing::zipkin(100, 0));
  CHECK_THROWS_WITH(make_policy("forecast_order_up_to", *model, {}), Catch::Contains("needs forecasts"));
}

TEST_CASE("a user's assignments stand on top of the starting parameters") {
  const auto model = testing::decisions_of(testing::zipkin(100, 0));
  const std::vector<std::string> assignments{"order_up_to_level=29", "item.maximum_order=5"};
  const auto policy = make_policy("base_stock", *model, assignments);
  const std::vector<std::int32_t> sku{0};
  const std::vector<Quantity> on_hand{26}, nothing{0};
  DecisionBatch batch;
  batch.rows = 1;
  batch.sku = sku;
  batch.on_hand = on_hand;
  batch.backlog = batch.on_order = nothing;
  std::vector<Quantity> wanted{-1};
  OrderBatch orders{wanted};
  PolicyMemory memory;
  policy->decide(batch, memory, orders);
  CHECK(wanted[0] == 3);
}

TEST_CASE("an assignment may name a weekday, or give a multiple of the forecast") {
  PolicyParameters parameters = two_skus();
  set_parameter(parameters, "order_up_to_level@sat=70");
  set_parameter(parameters, "rye.loaf.order_up_to_level@sat=80");
  set_parameter(parameters, "milk-1l.reorder_point=1.5*forecast");
  CHECK(text_of(parameters, 0) == "reorder_point=1.5*forecast order_up_to_level=20 order_up_to_level@sat=70");
  CHECK(text_of(parameters, 1) == "reorder_point=7 order_up_to_level=30 order_up_to_level@sat=80");
  CHECK(make_policy(parameters)->needs_forecast());
  set_parameter(parameters, "order_up_to_level=50");  // for every day
  set_parameter(parameters, "milk-1l.reorder_point=6");
  CHECK(text_of(parameters, 0) == "reorder_point=6 order_up_to_level=50");
  CHECK(parameters.are_constant());
}

TEST_CASE("weekdays and multiples that make no sense are refused") {
  PolicyParameters parameters = two_skus();
  CHECK_THROWS_WITH(set_parameter(parameters, "reorder_point@saturday=3"),
                    Catch::Contains("is no weekday, expected one of mon, tue"));
  CHECK_THROWS_WITH(set_parameter(parameters, "reorder_point@sat=1.5*forecast"),
                    Catch::Contains("of the same kind"));
  CHECK_THROWS_WITH(set_parameter(parameters, "reorder_point=-1*forecast"),
                    Catch::Contains("in [0, 1000000"));
  parameters = {"tracking", {"item"}, {{20, 1}}};
  CHECK_THROWS_WITH(set_parameter(parameters, "smoothing=0.5*forecast"), Catch::Contains("only quantities"));
  parameters = {"s_S", {"item"}, {{5, 20}}};
  parameters.weekdays = {{{0, 0}, 3, 21}};
  CHECK_THROWS_WITH(make_policy(parameters), Catch::Contains("above order_up_to_level"));
  parameters.weekdays = {{{0, 0}, 7, 1}};
  CHECK_THROWS_AS(make_policy(parameters), InputError);
}

TEST_CASE("the values of a row are those of its weekday, and times its forecast") {
  PolicyParameters parameters{"base_stock", {"item"}, {{40, 0}}};
  set_parameter(parameters, "order_up_to_level@sun=70");
  const auto by_weekday = make_policy(parameters);
  CHECK_FALSE(by_weekday->order_rule(0));
  set_parameter(parameters, "order_up_to_level=1.26*forecast");
  const auto by_forecast = make_policy(parameters);
  const std::vector<std::int32_t> sku{0, 0, 0}, weekday{5, 6, 0};
  const std::vector<Quantity> on_hand{10, 10, 10}, nothing{0, 0, 0};
  const std::vector<float> mean{10, 25, 0};
  DecisionBatch batch;
  batch.rows = 3;
  batch.sku = sku;
  batch.weekday = weekday;
  batch.on_hand = on_hand;
  batch.backlog = batch.on_order = nothing;
  batch.forecast_mean = mean;
  const auto orders_of = [&](const Policy& policy) {
    std::vector<Quantity> wanted(3, -1);
    OrderBatch orders{wanted};
    PolicyMemory memory;
    policy.decide(batch, memory, orders);
    return wanted;
  };
  CHECK(orders_of(*by_weekday) == std::vector<Quantity>{30, 60, 30});
  CHECK(orders_of(*by_forecast) == std::vector<Quantity>{3, 22, 0});  // levels 13, 32 and 0
}

TEST_CASE("a policy that is built from a scenario says so where there is none") {
  CHECK_THROWS_WITH(make_policy(PolicyParameters{"myopic", {"item"}, {{}}}),
                    Catch::Contains("is built from a scenario"));
}
