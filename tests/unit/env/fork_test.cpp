// A fork shares the past and nothing of the future: what is still open is drawn anew, by its law given what
// is known. Judged by |z| < 4 over many forks.
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>

#include "env/core/error.h"
#include "tests/support/environments.h"
#include "tests/support/event_log.h"

using namespace restock;
using namespace restock::testing;

namespace {

/// Mean and variance of a sample, and how far they lie from what is expected, in standard errors.
struct Sample {
  std::vector<double> values;

  double mean() const {
    double sum = 0;
    for (const double x : values) sum += x;
    return sum / static_cast<double>(values.size());
  }
  double central_moment(int power) const {
    double sum = 0;
    for (const double x : values) sum += std::pow(x - mean_, power);
    return sum / static_cast<double>(values.size());
  }
  void check(double expected_mean, double expected_variance) {
    mean_ = mean();
    const auto n = static_cast<double>(values.size());
    const double variance = central_moment(2);
    CAPTURE(mean_, expected_mean, variance, expected_variance);
    CHECK(std::abs(mean_ - expected_mean) < 4 * std::sqrt(expected_variance / n) + 1e-12);
    CHECK(std::abs(variance - expected_variance) <
          4 * std::sqrt((central_moment(4) - variance * variance) / n) + 1e-9);
  }
  double mean_ = 0;
};

double correlation(const Sample& a, const Sample& b) {
  double both = 0, of_a = 0, of_b = 0;
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    both += (a.values[i] - a.mean()) * (b.values[i] - b.mean());
    of_a += std::pow(a.values[i] - a.mean(), 2);
    of_b += std::pow(b.values[i] - b.mean(), 2);
  }
  return both / std::sqrt(of_a * of_b);
}

/// When the one open order will be received, in days from now.
double days_to_receipt(const Simulator& simulator) {
  double days = -1;
  simulator.for_each_open_order(0, [&](const OpenOrder&, SimTime due) {
    days = static_cast<double>((due - simulator.now()).in_milliseconds()) / kMillisecondsPerDay;
  });
  return days;
}

/// The state after an order on day 0 that is still open after `reviews` more reviews.
std::vector<std::byte> with_an_old_order(Simulator& simulator, int reviews) {
  for (std::uint64_t replication = 0;; ++replication) {
    simulator.reset({1, Split::evaluate, replication});
    simulator.run_until_decision();
    simulator.place_order(0, 0, 5);
    for (int i = 0; i < reviews; ++i) simulator.run_until_decision();
    if (simulator.state(0).on_order == 0) continue;
    std::vector<std::byte> bytes;
    simulator.save(bytes);
    return bytes;
  }
}

Sample receipts_of_forks(Simulator& simulator, const std::vector<std::byte>& state, std::uint64_t count) {
  Sample sample;
  for (std::uint64_t id = 0; id < count; ++id) {
    simulator.fork(state, id);
    sample.values.push_back(days_to_receipt(simulator));
  }
  return sample;
}

WarehouseSpec one_sku(LawSpec demand, LawSpec lead_time, Arrivals arrivals, Review review) {
  WarehouseSpec spec = warehouse_of({backlog_sku("a", std::move(demand), std::move(lead_time))}, 60);
  spec.arrivals = arrivals;
  spec.review = review;
  return spec;
}

/// Units demanded today, from the instant at which it is asked on.
class DemandLog final : public SimulationObserver {
 public:
  void on_demand(const Simulator& simulator, std::int32_t, Quantity demanded, Quantity) override {
    units += demanded;
    latest = simulator.now();
  }
  void on_day_close(const Simulator&, std::int64_t day) override {
    if (units_of_day.size() <= static_cast<std::size_t>(day)) units_of_day.push_back(units);
    units = 0;
  }
  Quantity units = 0;
  SimTime latest;
  std::vector<Quantity> units_of_day;
};

/// Runs to the first decision at or after noon of day 0; false where there is none.
bool run_to_noon(Simulator& simulator) {
  while (const auto decision = simulator.run_until_decision()) {
    if (decision->time.day() > 0) return false;
    if (decision->time.in_milliseconds() >= kMillisecondsPerDay / 2) return true;
  }
  return false;
}

/// Demand of the rest of the day.
Quantity demand_until_close(Simulator& simulator) {
  DemandLog log;
  simulator.set_observer(&log);
  while (log.units_of_day.empty() && simulator.run_until_decision()) {
  }
  simulator.set_observer(nullptr);
  return log.units_of_day.at(0);
}

}  // namespace

TEST_CASE("an outage that goes on ends anew, and with it an order that waits for it") {
  // Out of action from day 2 on, each morning over with probability 1/4: from the morning of day 3 it takes 4
  // days on average, variance 12, whatever has passed. Then the lead time of one day begins.
  SkuSpec sku = backlog_sku("item", LawSpec::constant(0), LawSpec::constant(1));
  sku.supply.outages = {LawSpec::constant(2), exponential(-1 / std::log(0.75))};
  Simulator simulator(build_warehouse(warehouse_of({sku}, 300)));
  std::vector<std::byte> state;
  for (std::uint64_t replication = 0; state.empty(); ++replication) {
    simulator.reset({1, Split::evaluate, replication});
    while (simulator.run_until_decision() && simulator.day() < 3)
      if (simulator.day() == 2) simulator.place_order(0, 0, 5);
    if (simulator.is_out(0)) simulator.save(state);
  }
  receipts_of_forks(simulator, state, 4'000).check(5, 12);
}

TEST_CASE("the lead time of an open order is drawn anew, given its age in days") {
  // 1, 3 or 6 days with weights 5, 3, 2; still open two reviews later: 3 or 6 days, one or four to go.
  Simulator simulator(build_warehouse(
      one_sku(poisson(2), discrete({1, 3, 6}, {5, 3, 2}), Arrivals::daily, Review::periodic)));
  const auto state = with_an_old_order(simulator, 2);
  receipts_of_forks(simulator, state, 20'000).check(0.6 * 1 + 0.4 * 4, 0.6 * 0.4 * 9);
  const auto young = with_an_old_order(simulator, 0);
  receipts_of_forks(simulator, young, 20'000).check(0.5 * 1 + 0.3 * 3 + 0.2 * 6, 0.5 + 2.7 + 7.2 - 2.6 * 2.6);
}

TEST_CASE("a constant lead time stays what it is") {
  for (const Arrivals arrivals : {Arrivals::daily, Arrivals::orders}) {
    Simulator simulator(
        build_warehouse(one_sku(poisson(2), LawSpec::constant(4), arrivals, Review::periodic)));
    receipts_of_forks(simulator, with_an_old_order(simulator, 3), 50).check(1, 0);
  }
}

TEST_CASE("the lead time of an open order is drawn anew, given its age to the millisecond") {
  // Exponential: without memory, 2 days to go at any age. Uniform on 0 … 4 at age 1: uniform on 0 … 3 to go.
  Simulator forgets(build_warehouse(one_sku(poisson(2), exponential(2), Arrivals::orders, Review::periodic)));
  receipts_of_forks(forgets, with_an_old_order(forgets, 3), 20'000).check(2, 4);
  const LawSpec uniform{"uniform", {{"minimum", {0}}, {"maximum", {4}}}};
  Simulator ends(build_warehouse(one_sku(poisson(2), uniform, Arrivals::orders, Review::periodic)));
  receipts_of_forks(ends, with_an_old_order(ends, 1), 20'000).check(1.5, 9.0 / 12);
}

TEST_CASE("under continuous review the age counts from the order's own instant") {
  // The first customer comes at some time of the day; the lead time is uniform on 1 … 2 days.
  const LawSpec uniform{"uniform", {{"minimum", {1}}, {"maximum", {2}}}};
  Simulator simulator(build_warehouse(one_sku(poisson(4), uniform, Arrivals::orders, Review::continuous)));
  const auto state = with_an_old_order(simulator, 2);
  simulator.restore(state);
  double age = 0;
  simulator.for_each_open_order(0, [&](const OpenOrder& order, SimTime) {
    age = static_cast<double>(simulator.now().in_milliseconds() - order.started_at) / kMillisecondsPerDay;
  });
  REQUIRE(age > 0);
  REQUIRE(age < 1);
  receipts_of_forks(simulator, state, 20'000).check(1.5 - age, 1.0 / 12);
}

TEST_CASE("Poisson customers of the rest of the day do not depend on those before") {
  Simulator simulator(
      build_warehouse(one_sku(poisson(20), LawSpec::constant(1), Arrivals::orders, Review::continuous)));
  simulator.reset({1, Split::evaluate, 0});
  REQUIRE(run_to_noon(simulator));
  std::vector<std::byte> state;
  simulator.save(state);
  const double open = 1 - static_cast<double>(simulator.now().in_milliseconds() + 1) / kMillisecondsPerDay;
  Sample left;
  for (std::uint64_t id = 0; id < 20'000; ++id) {
    simulator.fork(state, id);
    left.values.push_back(static_cast<double>(demand_until_close(simulator)));
  }
  left.check(20 * open, 20 * open);
}

TEST_CASE("with what has come, the rest of the day makes up a day of the law, unseen by the original") {
  const LawSpec law =
      GENERATE(as<LawSpec>{}, poisson(6), LawSpec{"negative_binomial", {{"mean", {5}}, {"variance", {25}}}},
               discrete({4, 12}, {2, 1}));
  CAPTURE(law.name);
  WarehouseSpec spec = one_sku(law, LawSpec::constant(1), Arrivals::orders, Review::continuous);
  spec.skus[0].order_size = discrete({1, 3}, {1, 1});
  const auto model = build_warehouse(spec);
  const auto made = make_law(law);
  Simulator original(model);
  Simulator fork(model);
  Sample totals, rest, forked_rest;
  std::vector<std::byte> state;
  for (std::uint64_t replication = 0; replication < 12'000; ++replication) {
    original.reset({7, Split::evaluate, replication});
    DemandLog log;
    original.set_observer(&log);
    const bool at_noon = run_to_noon(original);
    original.set_observer(nullptr);
    if (!at_noon) {
      totals.values.push_back(static_cast<double>(log.units_of_day.at(0)));
      continue;
    }
    original.save(state);
    fork.fork(state, replication);
    const double now = static_cast<double>(original.now().in_milliseconds()) / kMillisecondsPerDay;
    const auto forked = static_cast<double>(demand_until_close(fork));
    totals.values.push_back(static_cast<double>(log.units) + forked);
    // Both are larger where noon's first customer came early: what is left of them beyond that is compared.
    const double expected = 2 * made->mean() * (1 - now);
    forked_rest.values.push_back(forked - expected);
    rest.values.push_back(static_cast<double>(demand_until_close(original)) - expected);
  }
  // Wald: N customers of 2 ± 1 units.
  totals.check(2 * made->mean(), made->mean() * 1 + 4 * made->variance());
  if (law.name == "poisson")
    CHECK(std::abs(correlation(rest, forked_rest)) < 4 / std::sqrt(static_cast<double>(rest.values.size())));
}

TEST_CASE("equal ids meet equal futures whatever the original, other ids other ones") {
  for (const Arrivals arrivals : {Arrivals::daily, Arrivals::orders}) {
    const auto model =
        build_warehouse(one_sku(poisson(3), discrete({1, 3, 6}, {5, 3, 2}), arrivals, Review::periodic));
    // At the first decision nothing is known yet, so states differ by their key alone.
    const auto future = [&](std::uint64_t replication, std::uint64_t id) {
      Simulator simulator(model);
      simulator.reset({1, Split::evaluate, replication});
      simulator.run_until_decision();
      std::vector<std::byte> state;
      simulator.save(state);
      simulator.fork(state, id);
      simulator.place_order(0, 0, 9);
      run_to_end(simulator, order_up_to(14));
      return simulator.ledger_hash();
    };
    CHECK(future(1, 5) == future(2, 5));
    CHECK(future(1, 5) != future(1, 6));
    Simulator original(model);
    original.reset({1, Split::evaluate, 5});
    original.run_until_decision();
    original.place_order(0, 0, 9);
    run_to_end(original, order_up_to(14));
    CHECK(original.ledger_hash() != future(5, 5));
  }
}

TEST_CASE("a fork can be saved, restored and forked again, in the middle of its first day too") {
  const auto model =
      build_warehouse(one_sku(poisson(20), exponential(2), Arrivals::orders, Review::continuous));
  Simulator first(model);
  first.reset({1, Split::evaluate, 0});
  REQUIRE(run_to_noon(first));
  std::vector<std::byte> state;
  first.save(state);
  first.fork(state, 3);
  for (int i = 0; i < 2; ++i) first.run_until_decision();
  REQUIRE(first.day() == 0);
  first.save(state);
  Simulator second(model);
  second.restore(state);
  Simulator third(model);
  third.fork(state, 4);
  const std::int64_t now = first.now().in_milliseconds();
  CHECK(second.now().in_milliseconds() == now);
  CHECK(third.now().in_milliseconds() == now);
  run_to_end(first, order_up_to(50));
  run_to_end(second, order_up_to(50));
  run_to_end(third, order_up_to(50));
  CHECK(first.ledger_hash() == second.ledger_hash());
  CHECK(first.ledger_hash() != third.ledger_hash());
}

TEST_CASE("demand that replays a history or sampled futures cannot be forked") {
  Simulator simulator(
      build_warehouse(one_sku(poisson(1), LawSpec::constant(1), Arrivals::daily, Review::periodic)),
      std::make_shared<DemandPaths>(DemandPaths{1, 60, 1, std::vector<std::int32_t>(60, 2)}));
  simulator.reset({});
  simulator.run_until_decision();
  std::vector<std::byte> state;
  simulator.save(state);
  CHECK_THROWS_AS(simulator.fork(state, 1), InputError);
}

TEST_CASE("a forked environment shows the same now and something else later") {
  const auto model = env_model(two_skus(40), kUpToTwelve);
  Alone it(model);
  it.env.reset({1, Split::train, 9}, it.view());
  for (std::uint64_t step = 0; step < 5; ++step) it.step(some_actions(it.masks, 13, step));
  std::vector<std::byte> bytes;
  it.env.save(bytes);
  const auto play = [&](std::uint64_t id) {
    Alone fork(model);
    fork.env.fork(bytes, id, fork.view());
    CHECK(fork.observations == it.observations);
    CHECK(fork.masks == it.masks);
    std::vector<double> rewards;
    for (std::uint64_t step = 5; step < 15; ++step) {
      fork.step(some_actions(fork.masks, 13, step));
      rewards.insert(rewards.end(), fork.rewards.begin(), fork.rewards.end());
    }
    return rewards;
  };
  CHECK(play(1) == play(1));
  CHECK(play(1) != play(2));
}
