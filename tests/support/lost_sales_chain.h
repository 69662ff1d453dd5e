// Exact long-run cost of any policy without memory in the lost-sales model of Zipkin 2008: one SKU, a fixed
// lead time, a review every day. The state before an order is the stock on hand and the orders under way by
// age; the policy is asked once for every state, and the chain's stationary law found by iteration.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "env/core/check.h"
#include "env/policy.h"

namespace restock::testing {

class LostSalesChain {
 public:
  struct Costs {
    double holding = 1;
    double shortage = 9;
    double fixed_per_order = 0;
  };
  /// demand[k] = P(D = k); on hand 0 … most_on_hand, each order under way 0 … most_order.
  LostSalesChain(std::vector<double> demand, std::size_t lead_days, Quantity most_on_hand,
                 Quantity most_order, Costs costs)
      : demand_(std::move(demand)),
        orders_under_way_(lead_days - 1),
        on_hand_(static_cast<std::size_t>(most_on_hand) + 1),
        order_(static_cast<std::size_t>(most_order) + 1),
        costs_(costs) {
    states_ = on_hand_;
    for (std::size_t i = 0; i < orders_under_way_; ++i) states_ *= order_;
  }

  /// Cost a day. Orders are cut at most_order and stock at most_on_hand: choose them so that it never
  /// matters.
  double cost_of(const Policy& policy) const {
    const std::vector<Quantity> orders = decide_everywhere(policy);
    std::vector<double> law(states_, 0.0);
    std::vector<double> next(states_);
    law[on_hand_ / 2] = 1;
    double cost = 0;
    for (int round = 0; round < 20'000; ++round) {
      std::fill(next.begin(), next.end(), 0.0);
      const double now = step(law, orders, next);
      double change = 0;
      for (std::size_t state = 0; state < states_; ++state) change += std::abs(next[state] - law[state]);
      law.swap(next);
      cost = now;
      if (change < 1e-11) break;
    }
    return cost;
  }

 private:
  /// state = on hand + on_hand_ · (oldest + order_ · (… + order_ · newest)).
  std::vector<Quantity> decide_everywhere(const Policy& policy) const {
    const std::size_t width = std::max<std::size_t>(1, orders_under_way_);
    const std::vector<std::int32_t> skus(states_, 0), weekdays(states_, 0);
    const std::vector<std::int64_t> days(states_, 0);
    const std::vector<Quantity> nothing(states_, 0);
    std::vector<Quantity> on_hand(states_), on_order(states_), pipeline(states_ * width), orders(states_);
    for (std::size_t state = 0; state < states_; ++state) {
      on_hand[state] = static_cast<Quantity>(state % on_hand_);
      std::size_t rest = state / on_hand_;
      for (std::size_t age = orders_under_way_; age-- > 0; rest /= order_) {
        pipeline[state * width + age] = static_cast<Quantity>(rest % order_);
        on_order[state] += pipeline[state * width + age];
      }
    }
    DecisionBatch batch;
    batch.rows = states_;
    batch.sku = skus;
    batch.day = days;
    batch.weekday = weekdays;
    batch.on_hand = on_hand;
    batch.backlog = nothing;
    batch.on_order = on_order;
    batch.pipeline_by_age = pipeline;
    batch.pipeline_width = width;
    PolicyMemory memory{std::vector<double>(policy.memory_size(), 0.0)};
    OrderBatch wanted{orders};
    policy.decide(batch, memory, wanted);
    return orders;
  }

  /// One day: order, demand, the morning's receipt. Returns its expected cost.
  double step(const std::vector<double>& law, const std::vector<Quantity>& orders,
              std::vector<double>& next) const {
    double cost = 0;
    for (std::size_t state = 0; state < states_; ++state) {
      if (law[state] < 1e-16) continue;
      const std::size_t order = std::min(static_cast<std::size_t>(orders[state]), order_ - 1);
      const std::size_t under_way = state / on_hand_ + order * power();
      const std::size_t received = under_way % order_;
      const std::size_t left_under_way = under_way / order_;
      const std::size_t on_hand = state % on_hand_;
      if (order > 0) cost += law[state] * costs_.fixed_per_order;
      double unserved = 1;
      for (std::size_t d = 0; d < demand_.size(); ++d) {
        const std::size_t left = on_hand > d ? on_hand - d : 0;
        const double mass = law[state] * demand_[d];
        unserved -= demand_[d];
        cost += mass * (costs_.holding * static_cast<double>(left) +
                        costs_.shortage * (d > on_hand ? static_cast<double>(d - on_hand) : 0.0));
        next[std::min(left + received, on_hand_ - 1) + on_hand_ * left_under_way] += mass;
      }
      RESTOCK_CHECK(unserved < 1e-9, "demand masses leave {}", unserved);
    }
    return cost;
  }
  std::size_t power() const {
    std::size_t power = 1;
    for (std::size_t i = 0; i < orders_under_way_; ++i) power *= order_;
    return power;
  }

  std::vector<double> demand_;
  std::size_t orders_under_way_;
  std::size_t on_hand_, order_, states_ = 0;
  Costs costs_;
};

}  // namespace restock::testing
