// What every classical policy of the registry keeps to. Each is tried in every one of the warehouses below to
// which it applies, and must apply to one.
#include <catch2/catch.hpp>
#include <set>

#include "agents/policies/tune.h"
#include "tests/support/planned_warehouses.h"

using namespace restock;
using namespace restock::policies;
using testing::PlannedWarehouse;

namespace {

/// What a policy is asked, and what it answers, over one replication.
struct Asked {
  std::size_t decisions = 0;
  Quantity ordered = 0;
};

/// The rows of a batch in another order, one buffer a column.
class Shuffled {
 public:
  Shuffled(const DecisionBatch& batch, const std::vector<std::size_t>& rows) : batch_(batch) {
    reorder(batch_.sku, batch, rows, sku_, 1);
    reorder(batch_.day, batch, rows, day_, 1);
    reorder(batch_.weekday, batch, rows, weekday_, 1);
    reorder(batch_.on_hand, batch, rows, on_hand_, 1);
    reorder(batch_.backlog, batch, rows, backlog_, 1);
    reorder(batch_.on_order, batch, rows, on_order_, 1);
    reorder(batch_.pipeline_by_age, batch, rows, pipeline_, batch.pipeline_width);
    reorder(batch_.open_sources, batch, rows, open_, 1);
    reorder(batch_.pipeline_by_source, batch, rows, by_source_, batch.pipeline_width * batch.sources);
    reorder(batch_.stock_by_remaining_life, batch, rows, by_life_, batch.life_width);
    reorder(batch_.forecast_mean, batch, rows, mean_, 1);
    reorder(batch_.forecast_quantiles, batch, rows, quantiles_, batch.forecast_levels.size());
  }
  const DecisionBatch& batch() const { return batch_; }

 private:
  template <class T>
  static void reorder(std::span<const T>& column, const DecisionBatch&, const std::vector<std::size_t>& rows,
                      std::vector<T>& buffer, std::size_t width) {
    if (column.empty()) return;
    for (const std::size_t row : rows)
      for (std::size_t i = 0; i < width; ++i) buffer.push_back(column[row * width + i]);
    column = buffer;
  }

  DecisionBatch batch_;
  std::vector<std::int32_t> sku_, weekday_;
  std::vector<std::int64_t> day_;
  std::vector<Quantity> on_hand_, backlog_, on_order_, pipeline_, by_source_, by_life_;
  std::vector<std::uint8_t> open_;
  std::vector<float> mean_, quantiles_;
};

std::vector<Quantity> decide(const Policy& policy, const DecisionBatch& batch, PolicyMemory& memory) {
  std::vector<Quantity> quantity(batch.rows * batch.sources, 0);
  OrderBatch orders{quantity};
  policy.decide(batch, memory, orders);
  return quantity;
}

/// The same decision with the rows backwards: the same orders, row by row, and the same memory.
void check_backwards(const Policy& policy, const DecisionBatch& batch, PolicyMemory memory,
                     const std::vector<Quantity>& forwards, const PolicyMemory& afterwards) {
  std::vector<std::size_t> rows;
  for (std::size_t row = batch.rows; row-- > 0;) rows.push_back(row);
  const Shuffled shuffled(batch, rows);
  const std::vector<Quantity> backwards = decide(policy, shuffled.batch(), memory);
  for (std::size_t source = 0; source < batch.sources; ++source)
    for (std::size_t row = 0; row < batch.rows; ++row)
      REQUIRE(backwards[source * batch.rows + row] == forwards[source * batch.rows + rows[row]]);
  REQUIRE(memory.values == afterwards.values);
}

Asked ask_for_a_while(const PlannedWarehouse& warehouse, const Policy& policy) {
  DecisionProcess process(warehouse.model, {});
  process.reset({});
  PolicyMemory memory{
      std::vector<double>(warehouse.model->warehouse->skus.size() * policy.memory_size(), 0.0)};
  Asked asked;
  while (asked.decisions < 120 && process.advance()) {
    const PolicyMemory before = memory;
    const std::vector<Quantity> wanted = decide(policy, process.batch(), memory);
    for (const Quantity quantity : wanted) {
      REQUIRE(quantity >= 0);
      REQUIRE(quantity <= kMaximumQuantity);
      asked.ordered += quantity;
    }
    for (const double value : memory.values) REQUIRE(std::isfinite(value));
    check_backwards(policy, process.batch(), before, wanted, memory);
    process.order(process.due(), wanted);
    ++asked.decisions;
  }
  return asked;
}

template <class Check>
void for_each_that_applies(const Check& check) {
  for (const PolicyDescription& policy : policy_registry()) {
    INFO(policy.name);
    std::size_t applies = 0;
    for (const PlannedWarehouse& warehouse : testing::planned_warehouses()) {
      INFO(warehouse.name);
      if (obstacle_to(policy, *warehouse.model)) continue;
      ++applies;
      check(policy, warehouse);
    }
    CHECK(applies > 0);
  }
}

}  // namespace

TEST_CASE("every policy describes itself and starts inside the ranges of its parameters") {
  for_each_that_applies([](const PolicyDescription& policy, const PlannedWarehouse& warehouse) {
    CHECK_FALSE(policy.meaning.empty());
    for (const PolicyParameter& parameter : policy.parameters) CHECK_FALSE(parameter.meaning.empty());
    const PolicyParameters start = starting_parameters(policy, *warehouse.model);
    REQUIRE(start.values.size() == warehouse.model->warehouse->skus.size());
    const auto built = make_policy(start);
    CHECK(built->name() == policy.name);
    if (!policy.forecasts_are_optional) CHECK(built->needs_forecast() == policy.needs_forecast);
  });
}

TEST_CASE("a policy that does not apply says why, and is neither built nor tuned") {
  std::size_t refused = 0;
  for (const PolicyDescription& policy : policy_registry())
    for (const PlannedWarehouse& warehouse : testing::planned_warehouses()) {
      const auto obstacle = obstacle_to(policy, *warehouse.model);
      if (!obstacle) continue;
      ++refused;
      CHECK(obstacle->size() > 20);
      CHECK_THROWS_WITH(make_policy(policy.name, *warehouse.model, {}), Catch::Contains(*obstacle));
      CHECK_THROWS_WITH(tune(warehouse.model, policy.name, {}), Catch::Contains(*obstacle));
    }
  CHECK(refused > 20);
  for (const PlannedWarehouse& warehouse : testing::planned_warehouses()) {
    const auto names = applicable_policies(*warehouse.model);
    CHECK(std::find(names.begin(), names.end(), "base_stock") != names.end());
  }
}

TEST_CASE("every point of a parameter space is a valid policy") {
  for_each_that_applies([](const PolicyDescription& policy, const PlannedWarehouse& warehouse) {
    const std::vector<double> none(policy.parameters.size(), kNotSet);
    const ParameterSpace space = policy.space(planned(*warehouse.model, 0), none);
    SearchPoint low;
    SearchPoint high;
    for (const SearchAxis& axis : space.axes) {
      CHECK(axis.minimum <= axis.maximum);
      low.push_back(axis.minimum);
      high.push_back(axis.maximum);
    }
    PolicyParameters parameters = starting_parameters(policy, *warehouse.model);
    for (const SearchPoint& corner : {low, high}) {
      parameters.values.front() = space.values(corner);
      CHECK_NOTHROW(make_policy(parameters));
    }
  });
}

TEST_CASE("orders are not negative, and do not depend on the order of the rows") {
  for_each_that_applies([](const PolicyDescription& policy, const PlannedWarehouse& warehouse) {
    const auto built = make_policy(policy.name, *warehouse.model, {});
    const Asked asked = ask_for_a_while(warehouse, *built);
    CHECK(asked.decisions > 0);
    CHECK(asked.ordered > 0);
  });
}

TEST_CASE("a policy may be asked by many threads at once") {
  for_each_that_applies([](const PolicyDescription& policy, const PlannedWarehouse& warehouse) {
    const auto built = make_policy(policy.name, *warehouse.model, {});
    const auto hash = [&](int threads) {
      return evaluate(warehouse.model, *built, {.replications = 6, .threads = threads}).ledger_hash();
    };
    CHECK(hash(1) == hash(4));
  });
}

TEST_CASE("tuning does not make a policy worse than its starting parameters") {
  for_each_that_applies([](const PolicyDescription& policy, const PlannedWarehouse& warehouse) {
    TuningConfig config;
    config.replications = 3;
    config.maximum_simulations = 40;
    const TuningResult tuned = tune(warehouse.model, policy.name, config);
    double start = 0;
    for (const TunedSku& sku : tuned.skus) start += sku.starting_cost;
    CHECK(std::isfinite(tuned.cost.mean));
    CHECK(tuned.cost.mean <= start * (1 + 1e-9) + 1e-9);
    const auto again = make_policy(tuned.parameters);
    const Evaluation evaluation =
        evaluate(warehouse.model, *again, {.seed = 1, .split = Split::tune, .replications = 3});
    CHECK(estimate_of(evaluation.costs_per_period(*warehouse.model->warehouse)).mean ==
          Approx(tuned.cost.mean));
  });
}

TEST_CASE("every parameter may depend on the weekday, and every quantity on the forecast") {
  for_each_that_applies([](const PolicyDescription& policy, const PlannedWarehouse& warehouse) {
    const PolicyParameters start = starting_parameters(policy, *warehouse.model);
    for (std::size_t i = 0; i < policy.parameters.size(); ++i) {
      PolicyParameters other = start;
      for (std::size_t sku = 0; sku < other.skus.size(); ++sku)
        other.weekdays.push_back({{sku, i}, 2, other.values[sku][i]});
      const auto same = make_policy(other);
      CHECK(evaluate(warehouse.model, *same, {.replications = 2}).ledger_hash() ==
            evaluate(warehouse.model, *make_policy(start), {.replications = 2}).ledger_hash());
      if (!policy.parameters[i].is_quantity() || !warehouse.model->forecaster) continue;
      PolicyParameters multiples = start;
      for (std::size_t sku = 0; sku < multiples.skus.size(); ++sku) {
        multiples.values[sku][i] = 1.5;
        multiples.times_forecast.push_back({sku, i});
      }
      const auto scaled = make_policy(multiples);
      CHECK(scaled->needs_forecast());
      ask_for_a_while(warehouse, *scaled);
    }
  });
}
