// What each rule orders at which position: boundaries are where rules go wrong.
#include <catch2/catch.hpp>

#include "agents/policies/parameters.h"
#include "env/core/laws/portable_math.h"

using namespace restock;
using namespace restock::policies;

namespace {

/// Orders of one SKU at given positions.
class OneSku {
 public:
  OneSku(std::string policy, std::vector<double> values)
      : policy_(make_policy(PolicyParameters{std::move(policy), {"item"}, {std::move(values)}})) {}

  void forecast(float mean, std::vector<float> quantiles, std::vector<double> levels) {
    mean_ = {mean};
    quantiles_ = std::move(quantiles);
    levels_ = std::move(levels);
  }

  Quantity at(Quantity on_hand, Quantity on_order = 0, Quantity backlog = 0) const {
    const std::vector<std::int32_t> sku{0};
    const std::vector<Quantity> columns{on_hand, on_order, backlog};
    const std::span<const Quantity> all(columns);
    DecisionBatch batch;
    batch.rows = 1;
    batch.sku = sku;
    batch.on_hand = all.subspan(0, 1);
    batch.on_order = all.subspan(1, 1);
    batch.backlog = all.subspan(2, 1);
    batch.forecast_mean = mean_;
    batch.forecast_quantiles = quantiles_;
    batch.forecast_levels = levels_;
    std::vector<Quantity> wanted{-1};
    OrderBatch orders{wanted};
    PolicyMemory memory;
    policy_->decide(batch, memory, orders);
    return wanted[0];
  }

 private:
  std::unique_ptr<Policy> policy_;
  std::vector<float> mean_, quantiles_;
  std::vector<double> levels_;
};

}  // namespace

TEST_CASE("base-stock lifts the position to its level") {
  const OneSku rule("base_stock", {29, 0});
  CHECK(rule.at(0) == 29);
  CHECK(rule.at(28) == 1);
  CHECK(rule.at(29) == 0);
  CHECK(rule.at(40) == 0);
  CHECK(rule.at(4, 20) == 5);
  CHECK(rule.at(0, 20, 3) == 12);
}

TEST_CASE("a largest order caps base-stock") {
  const OneSku rule("base_stock", {29, 5});
  CHECK(rule.at(0) == 5);
  CHECK(rule.at(24) == 5);
  CHECK(rule.at(25) == 4);
  CHECK(rule.at(30) == 0);
}

TEST_CASE("(s, S) orders at the reorder point and below, not above") {
  const OneSku rule("s_S", {6, 40});
  CHECK(rule.at(7) == 0);
  CHECK(rule.at(6) == 34);
  CHECK(rule.at(0, 0, 5) == 45);
  CHECK(rule.at(3, 4) == 0);
  const OneSku equal("s_S", {6, 6});
  CHECK(equal.at(6) == 0);
  CHECK(equal.at(5) == 1);
}

TEST_CASE("fixed quantity orders the smallest multiple that lifts the position above the reorder point") {
  const OneSku rule("fixed_quantity", {10, 8});
  CHECK(rule.at(11) == 0);
  CHECK(rule.at(10) == 8);
  CHECK(rule.at(3) == 8);   // 11
  CHECK(rule.at(2) == 16);  // 8 would leave it at 10
  CHECK(rule.at(0, 0, 6) == 24);
}

TEST_CASE("the forecast rule reads its quantile between the levels, linearly in the normal score") {
  const double tau = portable::normal_cdf(0.5);
  OneSku rule("forecast_order_up_to", {tau, 0, 0});
  rule.forecast(20, {20, 30}, {0.5, portable::normal_cdf(1)});
  CHECK(rule.at(0) == 25);
  CHECK(rule.at(24) == 1);
  CHECK(rule.at(25) == 0);
  CHECK(rule.at(3, 4, 2) == 20);
  rule.forecast(20, {15, 20, 40}, {0.2, 0.5, portable::normal_cdf(1)});
  CHECK(rule.at(0) == 30);
}

TEST_CASE("beyond its outermost levels the forecast rule goes on with the slope there") {
  OneSku above("forecast_order_up_to", {portable::normal_cdf(2), 0, 0});
  above.forecast(25, {20, 30}, {0.5, portable::normal_cdf(1)});
  CHECK(above.at(0) == 40);
  above.forecast(25, {20, 20}, {0.5, portable::normal_cdf(1)});  // flat: at least √25 a score
  CHECK(above.at(0) == 25);
  above.forecast(25, {20}, {0.5});
  CHECK(above.at(0) == 30);
  OneSku below("forecast_order_up_to", {portable::normal_cdf(-1), 0, 0});
  below.forecast(25, {20, 30}, {0.5, portable::normal_cdf(1)});
  CHECK(below.at(0) == 10);
  below.forecast(1, {2, 30}, {0.5, portable::normal_cdf(1)});  // never below 0
  CHECK(below.at(0) == 0);
}

TEST_CASE("the forecast rule's cover and largest order follow the forecast mean") {
  OneSku rule("forecast_order_up_to", {0.5, 1.5, 0});
  rule.forecast(20, {18, 30}, {0.5, 0.9});
  CHECK(rule.at(18) == 0);
  CHECK(rule.at(17) == 31);
  OneSku capped("forecast_order_up_to", {0.5, 1.5, 0.25});
  capped.forecast(20, {18, 30}, {0.5, 0.9});
  CHECK(capped.at(17) == 5);
  capped.forecast(0.5F, {1, 2}, {0.5, 0.9});  // a largest order that rounds to 0 is 1
  CHECK(capped.at(0) == 1);
  capped.forecast(0, {0, 0}, {0.5, 0.9});
  CHECK(capped.at(0) == 0);
}
