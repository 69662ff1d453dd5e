// What a policy is shown, and what a forecaster is told.
#include "env/decision_process.h"

#include <catch2/catch.hpp>

#include "env/core/error.h"
#include "tests/support/event_log.h"
#include "tests/support/recording_forecaster.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

template <class T>
std::vector<T> list(std::span<const T> values) {
  return {values.begin(), values.end()};
}

struct Watched {
  std::shared_ptr<RecordingForecaster> forecaster;
  std::shared_ptr<const DecisionModel> model;
};

/// a: lost sales, reviewed daily; b: backlog, reviewed every second day.
Watched watched(std::shared_ptr<const DemandPaths> paths, std::int64_t days) {
  SkuSpec a = lost_sales_sku("a", poisson(2), LawSpec::constant(1));
  SkuSpec b = backlog_sku("b", poisson(2), LawSpec::constant(3));
  a.initial_on_hand = b.initial_on_hand = 5;
  b.supply.review_period_days = 2;
  auto model = std::make_shared<DecisionModel>(*decisions_of(warehouse_of({a, b}, days), std::move(paths)));
  auto forecaster = std::make_shared<RecordingForecaster>(2);
  model->forecaster = forecaster;
  model->forecast_levels = {0.5, 0.9};
  return {forecaster, model};
}

}  // namespace

TEST_CASE("a batch shows the rows that may order, as columns") {
  const Watched it = watched(path_of({{3, 1}, {4, 2}, {0, 9}, {1, 1}}), 4);
  DecisionProcess process(it.model, {});
  process.reset({});
  REQUIRE(process.advance());
  CHECK(process.batch().rows == 2);
  CHECK(list(process.batch().days_since_order) == std::vector<std::int32_t>{1, 1});  // never yet
  CHECK(list(process.batch().on_hand) == std::vector<Quantity>{5, 5});
  CHECK(list(process.batch().weekday) == std::vector<std::int32_t>{0, 0});  // 2026-01-05 is a Monday
  process.order(process.due(), std::vector<Quantity>{7, 6});
  REQUIRE(process.advance());
  const DecisionBatch& batch = process.batch();  // day 1: only a
  CHECK(batch.rows == 1);
  CHECK(list(batch.sku) == std::vector<std::int32_t>{0});
  CHECK(batch.day[0] == 1);
  CHECK(batch.weekday[0] == 1);
  CHECK(batch.month[0] == 1);
  CHECK(batch.day_of_year[0] == 6);
  CHECK(batch.days_since_order[0] == 1);
  CHECK(batch.on_hand[0] == 2 + 7);
  process.order(process.due(), std::vector<Quantity>{0});
  REQUIRE(process.advance());  // day 2: a and b
  CHECK(list(process.batch().sku) == std::vector<std::int32_t>{0, 1});
  CHECK(list(process.batch().on_hand) == std::vector<Quantity>{5, 2});
  CHECK(list(process.batch().on_order) == std::vector<Quantity>{0, 6});
  CHECK(process.batch().pipeline_width == 2);
  CHECK(list(process.batch().pipeline_by_age) == std::vector<Quantity>{0, 0, 0, 6});
  CHECK(process.batch().inventory_position(1) == 8);
  process.order(process.due(), std::vector<Quantity>{0, 0});
  REQUIRE(process.advance());
  const DecisionBatch& all = process.observe(std::vector<std::int32_t>{0, 1});
  CHECK(list(all.backlog) == std::vector<Quantity>{0, 1});  // 6 received for the 7 that waited
  process.order(process.due(), std::vector<Quantity>{0});
  CHECK_FALSE(process.advance());
  CHECK(process.due().empty());
}

TEST_CASE("a forecaster is told sales and an empty shelf, never the demand that was lost") {
  const Watched it = watched(path_of({{3, 7}, {4, 2}, {6, 0}}), 3);
  DecisionProcess process(it.model, {});
  process.reset({});
  while (process.advance()) process.order(process.due(), std::vector<Quantity>(process.due().size(), 0));
  REQUIRE(it.forecaster->advances.size() == 3);
  const auto& told = it.forecaster->advances;
  CHECK(told[0].day == 0);
  CHECK(told[0].sales == std::vector<float>{3, 7});  // b's demand waits: it is known in full
  CHECK(told[0].stocked_out == std::vector<std::uint8_t>{0, 0});
  CHECK(told[1].sales == std::vector<float>{2, 2});  // of 4
  CHECK(told[1].stocked_out == std::vector<std::uint8_t>{1, 0});
  CHECK(told[2].sales == std::vector<float>{0, 0});  // of 6
  CHECK(told[2].stocked_out == std::vector<std::uint8_t>{1, 0});
}

TEST_CASE("a forecast for a day knows all days before it, and nothing of the day itself") {
  const Watched it = watched(path_of({{1, 1}, {2, 2}, {4, 4}, {8, 8}}), 4);
  DecisionProcess process(it.model, {});
  process.reset({});
  CHECK(it.forecaster->starts == 1);
  std::vector<float> means;
  while (process.advance()) {
    CHECK(it.forecaster->predicts.back().day == process.simulator().day());
    CHECK(it.forecaster->advances.size() == static_cast<std::size_t>(process.simulator().day()));
    CHECK(it.forecaster->predicts.back().series == list(process.due()));
    means.push_back(process.batch().forecast_mean[0]);
    process.order(process.due(), std::vector<Quantity>(process.due().size(), 10));
  }
  CHECK(it.forecaster->predicts.size() == 4);
  CHECK(it.forecaster->predicts[0].days == std::vector<std::int32_t>{2, 5});  // lead time + review period
  CHECK(means == std::vector<float>{2.0F, 2 * 1.0F, 2 * 1.5F, 2 * (7.0F / 3)});
  for (std::size_t day = 0; day < 4; ++day)
    CHECK(it.forecaster->advances[day].day == static_cast<std::int64_t>(day));
  process.reset({});
  CHECK(it.forecaster->starts == 2);
}

TEST_CASE("a change of the future does not change what is seen before it") {
  const auto seen_until_day_three = [](std::int32_t later) {
    const Watched it = watched(path_of({{1, 2}, {3, 1}, {2, 2}, {later, later}, {later, 0}}), 5);
    DecisionProcess process(it.model, {});
    process.reset({});
    std::vector<double> seen;
    while (process.advance() && process.simulator().day() <= 3) {
      for (std::size_t row = 0; row < process.batch().rows; ++row) {
        seen.push_back(process.batch().forecast_mean[row]);
        seen.push_back(process.batch().forecast_quantiles[2 * row + 1]);
        seen.push_back(static_cast<double>(process.batch().inventory_position(row)));
      }
      process.order(process.due(), std::vector<Quantity>(process.due().size(), 3));
    }
    return seen;
  };
  CHECK(seen_until_day_three(0) == seen_until_day_three(1000));
}

TEST_CASE("quantiles belong to their rows and levels") {
  const Watched it = watched(path_of({{1, 1}, {2, 2}}), 2);
  DecisionProcess process(it.model, {});
  process.reset({});
  REQUIRE(process.advance());
  CHECK(list(process.batch().forecast_levels) == std::vector<double>{0.5, 0.9});
  CHECK(list(process.batch().forecast_quantiles) == std::vector<float>{2, 3.6F, 5, 9});
}

TEST_CASE("what nobody reads is left out") {
  const Watched it = watched(path_of({{1, 1}, {2, 2}}), 2);
  DecisionProcess process(it.model, {.pipeline = false, .forecast = false});
  process.reset({});
  REQUIRE(process.advance());
  CHECK(process.batch().pipeline_width == 0);
  CHECK(process.batch().forecast_levels.empty());
  while (process.advance()) process.order(process.due(), std::vector<Quantity>(process.due().size(), 0));
  CHECK(it.forecaster->starts == 0);
  CHECK(it.forecaster->advances.empty());
  CHECK(it.forecaster->predicts.empty());
}

TEST_CASE("an observer sees the same events with and without a forecaster") {
  const auto told = [](bool forecast) {
    const Watched it = watched(path_of({{1, 1}, {2, 2}, {0, 5}}), 3);
    DecisionProcess process(it.model, {.pipeline = true, .forecast = forecast});
    EventLog log;
    process.set_observer(&log);
    process.reset({});
    while (process.advance()) process.order(process.due(), std::vector<Quantity>(process.due().size(), 2));
    process.set_observer(nullptr);
    return log.lines;
  };
  CHECK(told(true).size() > 9);
  CHECK(told(true) == told(false));
}

TEST_CASE("a process restored from bytes goes on with its forecaster's memory") {
  auto paths = path_of({{3, 1}, {4, 2}, {0, 9}, {1, 1}, {5, 2}, {2, 2}});
  const Watched it = watched(paths, 6);
  const auto rest_of = [](DecisionProcess& process) {
    std::vector<float> seen;
    do {
      seen.insert(seen.end(), process.batch().forecast_mean.begin(), process.batch().forecast_mean.end());
      process.order(process.due(), std::vector<Quantity>(process.due().size(), 4));
    } while (process.advance());
    seen.push_back(static_cast<float>(process.simulator().ledger_hash() >> 44));
    return seen;
  };
  DecisionProcess straight(it.model, {});
  straight.reset({});
  for (int i = 0; i < 3; ++i) {
    REQUIRE(straight.advance());
    if (i < 2) straight.order(straight.due(), std::vector<Quantity>(straight.due().size(), 4));
  }
  std::vector<std::byte> bytes;
  straight.save(bytes);
  const std::vector<std::int32_t> due = list(straight.due());
  DecisionProcess other(it.model, {});
  other.reset({1, Split::train, 3});
  other.restore(bytes);
  CHECK(other.due().empty());  // whom a decision was due for, the owner remembers
  other.observe(due);
  std::vector<float> expected = rest_of(straight);
  std::vector<float> seen(other.batch().forecast_mean.begin(), other.batch().forecast_mean.end());
  other.order(due, std::vector<Quantity>(due.size(), 4));
  REQUIRE(other.advance());
  const std::vector<float> rest = rest_of(other);
  seen.insert(seen.end(), rest.begin(), rest.end());
  CHECK(seen == expected);
}

TEST_CASE("the pipeline is as wide as open orders are old at a review") {
  const auto width = [](LawSpec lead_time) {
    return pipeline_width_of(*build_warehouse(warehouse_of({lost_sales_sku("a", poisson(1), lead_time)}, 1)));
  };
  CHECK(width(LawSpec::constant(0)) == 1);
  CHECK(width(LawSpec::constant(1)) == 1);
  CHECK(width(LawSpec::constant(4)) == 3);
  CHECK(width(discrete({1, 6}, {9, 1})) == 5);
  CHECK(width(LawSpec::constant(365)) == 64);
}
