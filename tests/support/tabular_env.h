// A small decision process with known transition probabilities, as a VectorEnv: what a learner finds can be
// held against the exact optimum. Observations are one-hot states. Every row runs on its own; entity k's
// rewards are multiplied by 10^k, so that scales differ. Episodes last `episode_length` steps and start in a
// random state; with either autoreset they are the same.
#pragma once

#include <algorithm>
#include <cstring>
#include <vector>

#include "env/core/keyed_random.h"
#include "env/vector_env.h"

namespace restock::learning_test {

struct TabularProcess {
  std::size_t states = 0;
  std::size_t actions = 0;
  std::vector<double> probability;  ///< [states × actions × states]
  std::vector<double> reward;       ///< [states × actions]
  std::vector<std::uint8_t> legal;  ///< [states × actions]
  std::vector<std::uint8_t> ends;   ///< [states]: reaching it terminates the episode

  TabularProcess(std::size_t state_count, std::size_t action_count)
      : states(state_count),
        actions(action_count),
        probability(states * actions * states, 0.0),
        reward(states * actions, 0.0),
        legal(states * actions, std::uint8_t{1}),
        ends(states, std::uint8_t{0}) {}

  double& p(std::size_t from, std::size_t action, std::size_t to) {
    return probability[(from * actions + action) * states + to];
  }
  const double* row(std::size_t from, std::size_t action) const {
    return probability.data() + (from * actions + action) * states;
  }
};

/// reward + discount · Σ P · value, per state and action.
inline double action_value(const TabularProcess& process, const std::vector<double>& values, double discount,
                           std::size_t state, std::size_t action) {
  double next = 0;
  for (std::size_t to = 0; to < process.states; ++to) {
    if (process.ends[to] == 0) next += process.row(state, action)[to] * values[to];
  }
  return process.reward[state * process.actions + action] + discount * next;
}

/// The best legal action of each state under the values.
inline std::vector<std::int32_t> greedy_policy(const TabularProcess& process,
                                               const std::vector<double>& values, double discount) {
  std::vector<std::int32_t> policy(process.states, -1);
  for (std::size_t s = 0; s < process.states; ++s) {
    for (std::size_t a = 0; a < process.actions; ++a) {
      if (process.legal[s * process.actions + a] == 0) continue;
      const auto best = policy[s];
      if (best < 0 || action_value(process, values, discount, s, a) >
                          action_value(process, values, discount, s, static_cast<std::size_t>(best))) {
        policy[s] = static_cast<std::int32_t>(a);
      }
    }
  }
  return policy;
}

/// Values of a policy, by iteration.
inline std::vector<double> policy_values(const TabularProcess& process,
                                         const std::vector<std::int32_t>& policy, double discount) {
  std::vector<double> values(process.states, 0.0);
  for (int sweep = 0; sweep < 4000; ++sweep) {
    std::vector<double> next(process.states);
    for (std::size_t s = 0; s < process.states; ++s) {
      next[s] = action_value(process, values, discount, s, static_cast<std::size_t>(policy[s]));
    }
    values.swap(next);
  }
  return values;
}

/// The optimal policy, by value iteration.
inline std::vector<std::int32_t> optimal_policy(const TabularProcess& process, double discount) {
  std::vector<double> values(process.states, 0.0);
  for (int sweep = 0; sweep < 4000; ++sweep) {
    const auto policy = greedy_policy(process, values, discount);
    std::vector<double> next(process.states);
    for (std::size_t s = 0; s < process.states; ++s) {
      next[s] = action_value(process, values, discount, s, static_cast<std::size_t>(policy[s]));
    }
    values.swap(next);
  }
  return greedy_policy(process, values, discount);
}

/// Small stock with lost sales: up to 6 units, demand 0, 1, 2 or 3, orders of 0 to 3 that arrive at once and
/// must fit on the shelf; unit holding cost 1, shortage 6, fixed cost of an order 2.
inline TabularProcess small_stock() {
  constexpr std::size_t most = 6;
  TabularProcess process(most + 1, 4);
  const double demand[4] = {0.2, 0.4, 0.3, 0.1};
  for (std::size_t stock = 0; stock <= most; ++stock) {
    for (std::size_t order = 0; order < 4; ++order) {
      const std::size_t full = std::min(most, stock + order);
      const std::size_t cell = stock * 4 + order;
      process.legal[cell] = stock + order <= most;
      process.reward[cell] = order > 0 ? -2.0 : 0.0;
      for (std::size_t d = 0; d < 4; ++d) {
        const std::size_t left = full > d ? full - d : 0;
        const double lost = d > full ? static_cast<double>(d - full) : 0.0;
        process.p(stock, order, left) += demand[d];
        process.reward[cell] -= demand[d] * (static_cast<double>(left) + 6 * lost);
      }
    }
  }
  return process;
}

class TabularEnv final : public VectorEnv {
 public:
  TabularEnv(const TabularProcess& process, std::size_t environments, std::size_t entities,
             std::int64_t episode_length, std::uint64_t seed, Autoreset autoreset = Autoreset::same_step)
      : process_(process),
        dimensions_{environments, entities, process.states, process.actions},
        episode_length_(episode_length),
        autoreset_(autoreset),
        draws_(RunKey{seed, Split::train, 0}, Purpose::demand, 0),
        states_(dimensions_.rows()) {}

  const EnvDimensions& dimensions() const noexcept override { return dimensions_; }
  Autoreset autoreset() const noexcept override { return autoreset_; }

  void reset(StepBuffers& buffers) override {
    is_over_ = false;
    restart();
    show(buffers.observations, buffers.masks);
  }

  void step(std::span<const std::int32_t> actions, StepBuffers& buffers) override {
    if (is_over_) return start_next(buffers);
    ++time_;
    bool any_end = false;
    for (std::size_t row = 0; row < states_.size(); ++row) {
      const std::size_t cell = states_[row] * process_.actions + static_cast<std::size_t>(actions[row]);
      RESTOCK_CHECK(process_.legal[cell] != 0, "illegal action {} in state {}", actions[row], states_[row]);
      double scale = 1;
      for (std::size_t k = 0; k < row % dimensions_.rows_per_environment; ++k) scale *= 10;
      buffers.rewards[row] = scale * process_.reward[cell];
      states_[row] = next_state(states_[row], static_cast<std::size_t>(actions[row]), row);
      any_end = any_end || process_.ends[states_[row]] != 0;
    }
    const bool over = time_ % episode_length_ == 0;
    std::fill(buffers.terminated.begin(), buffers.terminated.end(), std::uint8_t{0});
    std::fill(buffers.truncated.begin(), buffers.truncated.end(), std::uint8_t{over});
    std::fill(buffers.restarted.begin(), buffers.restarted.end(), std::uint8_t{0});
    if (over) show(buffers.final_observations, buffers.final_masks);
    for (std::size_t row = 0; any_end && row < states_.size(); ++row) terminate(row, buffers);
    if (over && autoreset_ == Autoreset::same_step) restart();
    is_over_ = over && autoreset_ == Autoreset::next_step;
    show(buffers.observations, buffers.masks);
  }

  void save(std::vector<std::byte>& bytes) const override {
    bytes.resize(sizeof time_ + states_.size() * sizeof(std::size_t));
    std::memcpy(bytes.data(), &time_, sizeof time_);
    std::memcpy(bytes.data() + sizeof time_, states_.data(), states_.size() * sizeof(std::size_t));
  }
  void restore(std::span<const std::byte> bytes, StepBuffers& buffers) override {
    std::memcpy(&time_, bytes.data(), sizeof time_);
    std::memcpy(states_.data(), bytes.data() + sizeof time_, states_.size() * sizeof(std::size_t));
    show(buffers.observations, buffers.masks);
  }

 private:
  std::size_t next_state(std::size_t state, std::size_t action, std::size_t row) const {
    double left = draws_.uniform(time_, 2 * row);
    const double* row_of_p = process_.row(state, action);
    for (std::size_t to = 0; to < process_.states; ++to) {
      left -= row_of_p[to];
      if (left < 0) return to;
    }
    return process_.states - 1;
  }
  void start_next(StepBuffers& buffers) {
    is_over_ = false;
    std::fill(buffers.rewards.begin(), buffers.rewards.end(), 0.0);
    std::fill(buffers.truncated.begin(), buffers.truncated.end(), std::uint8_t{0});
    std::fill(buffers.restarted.begin(), buffers.restarted.end(), std::uint8_t{1});
    restart();
    show(buffers.observations, buffers.masks);
  }
  /// Only for processes of one entity and same-step autoreset: a terminal state ends its environment.
  void terminate(std::size_t row, StepBuffers& buffers) {
    if (process_.ends[states_[row]] == 0) return;
    buffers.terminated[row] = 1;
    buffers.truncated[row] = 0;
    std::fill_n(buffers.final_observations.data() + row * process_.states, process_.states, 0.0F);
    buffers.final_observations[row * process_.states + states_[row]] = 1.0F;
    states_[row] = draws_.below(process_.states, time_, 2 * row + 1);
    while (process_.ends[states_[row]] != 0) states_[row] = (states_[row] + 1) % process_.states;
  }
  void restart() {
    for (std::size_t row = 0; row < states_.size(); ++row) {
      states_[row] = draws_.below(process_.states, time_, 2 * row + 1);
      while (process_.ends[states_[row]] != 0) states_[row] = (states_[row] + 1) % process_.states;
    }
  }
  void show(std::vector<float>& observations, std::vector<std::uint8_t>& masks) const {
    std::fill(observations.begin(), observations.end(), 0.0F);
    for (std::size_t row = 0; row < states_.size(); ++row) {
      observations[row * process_.states + states_[row]] = 1.0F;
      std::copy_n(process_.legal.data() + states_[row] * process_.actions, process_.actions,
                  masks.data() + row * process_.actions);
    }
  }

  TabularProcess process_;
  EnvDimensions dimensions_;
  std::int64_t episode_length_;
  Autoreset autoreset_;
  bool is_over_ = false;  ///< next-step autoreset: not saved, so save between episodes only
  Stream draws_;
  std::vector<std::size_t> states_;
  std::int64_t time_ = 0;
};

}  // namespace restock::learning_test
