// The exact average cost of a policy for one item with lost sales, Poisson demand and a lead time of whole
// days: the policy makes a Markov chain of (stock, orders under way); its stationary law is found by
// iteration over all states that can be reached. What would lift the stock beyond 150 units is thrown away:
// of a policy worth judging such states have no probability.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <memory>
#include <vector>

#include "env/core/laws/law.h"
#include "env/policy.h"

namespace restock::learning_test {

inline constexpr Quantity kMostStock = 150;

struct LostSalesItem {
  double mean_demand = 5;
  int lead_time_days = 4;  ///< 2 to 5
  double holding_cost = 1;
  double shortage_cost = 9;
};

class LostSalesChain {
 public:
  LostSalesChain(const LostSalesItem& item, const Policy& policy) : item_(item) {
    const auto law = make_law({"poisson", {{"mean", {item.mean_demand}}}});
    double before = 0;
    for (int demand = 0; before < 1 - 1e-9; ++demand) {
      const double now = law->cdf(demand);
      demand_.push_back(now - before);
      before = now;
    }
    demand_.back() += 1 - before;
    index_of({});
    for (std::size_t first = 0; first < states_.size(); first = expanded_)
      expand(policy, first, states_.size());
  }

  double average_cost() const {
    std::vector<double> law(states_.size(), 1.0 / static_cast<double>(states_.size()));
    double cost = 0;
    for (int sweep = 0; sweep < 5000; ++sweep) {
      std::vector<double> next(states_.size(), 0.0);
      double now = 0;
      for (std::size_t s = 0; s < states_.size(); ++s) {
        now += law[s] * costs_[s];
        for (const auto& [to, probability] : steps_[s]) next[to] += law[s] * probability;
      }
      law.swap(next);
      if (sweep > 100 && std::abs(now - cost) < 1e-9) return now;
      cost = now;
    }
    return cost;
  }

 private:
  /// Stock before demand, then the orders of yesterday, the day before …; the oldest arrives tomorrow.
  using State = std::array<Quantity, 6>;

  std::size_t index_of(const State& state) {
    const auto [place, is_new] = index_.emplace(state, states_.size());
    if (is_new) states_.push_back(state);
    return place->second;
  }

  void expand(const Policy& policy, std::size_t first, std::size_t end) {
    const std::vector<Quantity> orders = decide(policy, first, end);
    for (std::size_t s = first; s < end; ++s) {
      const State state = states_[s];
      const auto oldest = static_cast<std::size_t>(item_.lead_time_days - 1);
      std::vector<std::pair<std::size_t, double>> steps;
      double cost = 0;
      for (std::size_t demand = 0; demand < demand_.size(); ++demand) {
        const Quantity left = state[0] - static_cast<Quantity>(demand);
        cost += demand_[demand] * (left > 0 ? item_.holding_cost * static_cast<double>(left)
                                            : -item_.shortage_cost * static_cast<double>(left));
        State next{};
        next[0] = std::min(kMostStock, std::max<Quantity>(0, left) + state[oldest]);
        for (std::size_t age = oldest; age > 1; --age) next[age] = state[age - 1];
        next[1] = orders[s - first];
        steps.emplace_back(index_of(next), demand_[demand]);
      }
      steps_.push_back(std::move(steps));
      costs_.push_back(cost);
    }
    expanded_ = end;
  }

  std::vector<Quantity> decide(const Policy& policy, std::size_t first, std::size_t end) const {
    const std::size_t rows = end - first;
    const auto width = static_cast<std::size_t>(item_.lead_time_days - 1);
    const std::vector<std::int32_t> zeros(rows, 0);
    const std::vector<std::int64_t> days(rows, 0);
    std::vector<Quantity> on_hand(rows), on_order(rows, 0), pipeline(rows * width), wanted(rows);
    const std::vector<Quantity> backlog(rows, 0);
    for (std::size_t row = 0; row < rows; ++row) {
      const State& state = states_[first + row];
      on_hand[row] = state[0];
      for (std::size_t age = 0; age < width; ++age) {
        pipeline[row * width + age] = state[age + 1];
        on_order[row] += state[age + 1];
      }
    }
    const DecisionBatch batch{.rows = rows,
                              .sku = zeros,
                              .day = days,
                              .weekday = zeros,
                              .on_hand = on_hand,
                              .backlog = backlog,
                              .on_order = on_order,
                              .pipeline_by_age = pipeline,
                              .pipeline_width = width,
                              .forecast_mean = {},
                              .forecast_quantiles = {},
                              .forecast_levels = {}};
    PolicyMemory memory;
    OrderBatch orders{wanted};
    policy.decide(batch, memory, orders);
    return wanted;
  }

  LostSalesItem item_;
  std::vector<double> demand_;
  std::map<State, std::size_t> index_;
  std::vector<State> states_;
  std::size_t expanded_ = 0;
  std::vector<std::vector<std::pair<std::size_t, double>>> steps_;
  std::vector<double> costs_;
};

}  // namespace restock::learning_test
