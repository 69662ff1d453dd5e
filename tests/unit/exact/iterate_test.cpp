#include "agents/policies/exact/iterate.h"

#include <catch2/catch.hpp>

using namespace restock;
using namespace restock::exact;

namespace {

/// One choice a state: state s goes to next[s] for sure and costs cost[s].
class Cycle final : public Chain {
 public:
  Cycle(std::vector<std::size_t> next, std::vector<double> cost)
      : next_(std::move(next)), cost_(std::move(cost)) {}
  std::size_t states() const override { return next_.size(); }
  std::uint64_t state_actions() const override { return next_.size(); }
  std::uint64_t bytes() const override { return 0; }
  std::size_t start() const override { return 0; }
  Change sweep(const Sweep& sweep, WorkerTeam&) const override {
    Change change;
    for (std::size_t s = 0; s < states(); ++s)
      change.write(sweep, s, (sweep.counts_cost ? cost_[s] : 0.0) + sweep.discount * sweep.value[next_[s]]);
    return change;
  }
  std::size_t state_width() const override { return 1; }
  void decode(std::size_t index, std::span<Units> state) const override {
    state[0] = static_cast<Units>(index);
  }
  std::size_t index_of(std::span<const Units> state) const override {
    return static_cast<std::size_t>(state[0]);
  }

 private:
  std::vector<std::size_t> next_;
  std::vector<double> cost_;
};

}  // namespace

TEST_CASE("the average over a cycle is found although its states follow each other") {
  WorkerTeam team(1);
  const Solution solution = average_cost(Cycle({1, 2, 0}, {3, 0, 6}), team, {});
  CHECK(solution.converged);
  CHECK(solution.cost() == Approx(3).epsilon(1e-9));
  CHECK(solution.lower <= 3);
  CHECK(solution.upper >= 3);
}

TEST_CASE("bounds hold wherever it stops") {
  WorkerTeam team(1);
  for (std::int64_t sweeps = 1; sweeps < 20; ++sweeps) {
    const Solution solution = average_cost(Cycle({1, 2, 0}, {3, 0, 6}), team, {.maximum_sweeps = sweeps});
    CHECK(solution.lower <= 3);
    CHECK(solution.upper >= 3);
  }
}

TEST_CASE("discounted cost of a cycle") {
  WorkerTeam team(1);
  // 3 + 0.9 · 0 + 0.81 · 6, again and again
  const double exact = (3 + 0.81 * 6) / (1 - 0.729);
  const Solution solution = discounted_cost(Cycle({1, 2, 0}, {3, 0, 6}), 0.9, team, {});
  CHECK(solution.converged);
  CHECK(solution.cost() == Approx(exact).epsilon(1e-9));
  const Solution slow = discounted_cost(Cycle({1, 0}, {1, 2}), 0.999, team, {});
  CHECK(slow.cost() == Approx((1 + 0.999 * 2) / (1 - 0.999 * 0.999)).epsilon(1e-9));
  CHECK(slow.sweeps < 500);  // classes that follow each other do not wait for the discount
}

TEST_CASE("the cost of a horizon counts from the end of its warm-up") {
  WorkerTeam team(1);
  const Cycle chain({1, 2, 0}, {3, 0, 6});
  CHECK(cost_of_horizon(chain, 1, 0, 3, team) == Approx(9));
  CHECK(cost_of_horizon(chain, 1, 1, 2, team) == Approx(6));
  CHECK(cost_of_horizon(chain, 0.5, 2, 2, team) == Approx(6 + 0.5 * 3));
}
