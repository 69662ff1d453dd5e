#include "env/evaluation.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

/// Orders up to a level, and remembers how often it was asked.
class Counting final : public Policy {
 public:
  std::string_view name() const override { return "counting"; }
  std::size_t memory_size() const override { return 1; }
  void decide(const DecisionBatch& batch, PolicyMemory& memory, OrderBatch& orders) const override {
    for (std::size_t row = 0; row < batch.rows; ++row) {
      double& asked = memory.values.at(static_cast<std::size_t>(batch.sku[row]));
      orders.quantity[row] =
          std::max<Quantity>(0, 29 + (asked >= 20 ? 5 : 0) - batch.inventory_position(row));
      ++asked;
    }
  }
};

}  // namespace

TEST_CASE("results do not depend on the number of threads") {
  const auto model = decisions_of(zipkin(300, 20));
  const Counting policy;
  const Evaluation one = evaluate(model, policy, {.replications = 20, .threads = 1});
  for (const int threads : {2, 7}) {
    const Evaluation many = evaluate(model, policy, {.replications = 20, .threads = threads});
    CHECK(many.ledger_hash() == one.ledger_hash());
    CHECK(many.costs_per_period(*model->warehouse) == one.costs_per_period(*model->warehouse));
  }
  CHECK(one.ledger_hash() != evaluate(model, policy, {.seed = 2, .replications = 20}).ledger_hash());
  CHECK(one.ledger_hash() !=
        evaluate(model, policy, {.split = Split::tune, .replications = 20}).ledger_hash());
}

TEST_CASE("a replication is the same alone and among others, with its memory starting at zero") {
  const auto model = decisions_of(zipkin(60, 0));
  const Counting policy;
  const Evaluation few = evaluate(model, policy, {.replications = 3});
  const Evaluation many = evaluate(model, policy, {.replications = 9, .threads = 2});
  for (std::size_t r = 0; r < 3; ++r)
    CHECK(few.replications[r].ledger_hash == many.replications[r].ledger_hash);
  EventLog log;
  const ReplicationResult alone = simulate_once(model, policy, {1, Split::evaluate, 2}, &log);
  CHECK(alone.ledger_hash == few.replications[2].ledger_hash);
  CHECK(log.lines.size() > 120);
}

TEST_CASE("progress is told once a replication") {
  std::atomic<int> told = 0;
  std::atomic<std::int64_t> most = 0;
  evaluate(decisions_of(zipkin(10, 0)), Counting(), {.replications = 8, .threads = 2},
           [&](std::int64_t done) {
             ++told;
             if (done > most) most = done;
           });
  CHECK(told == 8);
  CHECK(most == 8);
}

TEST_CASE("costs of SKUs sum to the cost of the warehouse") {
  const auto model = decisions_of(warehouse_of({lost_sales_sku("a", poisson(4), LawSpec::constant(4)),
                                                lost_sales_sku("b", poisson(6), LawSpec::constant(2))},
                                               100, 10));
  const Evaluation evaluation = evaluate(model, Counting(), {.replications = 5});
  const auto skus = evaluation.costs_per_sku(*model->warehouse);
  REQUIRE(skus.size() == 2);
  CHECK(skus[0] + skus[1] == Approx(estimate_of(evaluation.costs_per_period(*model->warehouse)).mean));
  CHECK(skus[0] != skus[1]);
}

TEST_CASE("an indicator without a meaning in a replication is left out") {
  const auto model =
      decisions_of(warehouse_of({lost_sales_sku("a", poisson(0.01), LawSpec::constant(1))}, 30));
  const Evaluation evaluation = evaluate(model, Counting(), {.replications = 40});
  for (const KpiColumn& column : kpi_columns()) {
    const Estimate estimate = evaluation.kpi(*model->warehouse, column);
    if (column.name == "fill_rate") {
      CHECK(estimate.mean >= 0);
      CHECK(estimate.mean <= 1);
    }
  }
  const auto never = decisions_of(warehouse_of({lost_sales_sku("a", poisson(0), LawSpec::constant(1))}, 30));
  for (const KpiColumn& column : kpi_columns())
    if (column.name == "fill_rate")
      CHECK(std::isnan(evaluate(never, Counting(), {.replications = 2}).kpi(*never->warehouse, column).mean));
}

TEST_CASE("estimates have Student's half-widths") {
  CHECK(std::isnan(estimate_of({}).mean));
  CHECK(estimate_of({3}).mean == 3);
  CHECK(std::isnan(estimate_of({3}).half_width));
  CHECK(estimate_of({1, 3}).half_width == Approx(12.7062));  // deviation √2, error 1
  const Estimate five = estimate_of({1, 2, 3, 4, 5});
  CHECK(five.mean == 3);
  CHECK(five.half_width == Approx(2.77645 * std::sqrt(2.5 / 5)));
  std::vector<double> many(101);
  for (std::size_t i = 0; i < many.size(); ++i) many[i] = static_cast<double>(i % 2);
  const double deviation = std::sqrt(50.0 * 51 / 101 / 100);
  CHECK(estimate_of(many).half_width == Approx(1.984 * deviation / std::sqrt(101)).epsilon(1e-3));
}
