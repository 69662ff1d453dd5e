#include "agents/policies/tune.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "env/core/error.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::policies;

namespace {

TuningConfig eight_replications(std::vector<std::string> fixed = {}) {
  TuningConfig config;
  config.replications = 8;
  config.fixed = std::move(fixed);
  return config;
}

/// Knows the law: Poisson demand whose mean repeats by the week.
class WeeklyForecaster final : public Forecaster {
 public:
  explicit WeeklyForecaster(std::vector<double> means) : means_(std::move(means)) {}
  std::string_view name() const override { return "weekly"; }
  std::size_t series_count() const override { return 1; }
  std::size_t state_size() const override { return 1; }
  void start(std::span<const std::int32_t>, std::span<float>) const override {}
  void advance(std::int64_t, std::span<const std::int32_t>, std::span<const float>,
               std::span<const std::uint8_t>, std::span<float>) const override {}
  void predict(std::int64_t day, std::span<const std::int32_t>, std::span<const std::int32_t> days,
               std::span<const double> levels, std::span<const float>, std::span<float> mean,
               std::span<float> quantiles) const override {
    double sum = 0;
    for (std::int64_t ahead = 0; ahead < days[0]; ++ahead) sum += mean_of(day + ahead);
    mean[0] = static_cast<float>(sum);
    const Law& law = *laws_.at(sum);
    for (std::size_t i = 0; i < levels.size(); ++i)
      quantiles[i] = static_cast<float>(law.quantile(levels[i]));
  }
  /// Makes the laws of demand over so many days ready.
  void prepare(std::int64_t days) {
    for (std::size_t first = 0; first < means_.size(); ++first) {
      double sum = 0;
      for (std::int64_t ahead = 0; ahead < days; ++ahead)
        sum += mean_of(static_cast<std::int64_t>(first) + ahead);
      laws_[sum] = make_law(testing::poisson(sum));
    }
  }
  double mean_of(std::int64_t day) const { return means_[static_cast<std::size_t>(day) % means_.size()]; }

 private:
  std::vector<double> means_;
  std::map<double, std::unique_ptr<Law>> laws_;
};

std::vector<std::unique_ptr<Law>> laws_by_weekday(const WeeklyForecaster& forecaster) {
  std::vector<std::unique_ptr<Law>> laws;
  for (std::int64_t day = 0; day < 7; ++day)
    laws.push_back(make_law(testing::poisson(forecaster.mean_of(day))));
  return laws;
}

/// 20 paths of 280 days that follow the forecaster's law.
std::shared_ptr<const DecisionModel> weekly_model(const SkuSpec& sku, std::vector<double> means) {
  auto forecaster = std::make_shared<WeeklyForecaster>(std::move(means));
  auto paths = std::make_shared<DemandPaths>();
  *paths = {.paths = 20, .days = 280, .skus = 1, .units = {}};
  const auto daily = laws_by_weekday(*forecaster);
  for (std::uint64_t path = 0; path < 20; ++path) {
    const Stream stream({7, Split::tune, path}, Purpose::demand_path, 0);
    for (std::int64_t day = 0; day < paths->days; ++day)
      paths->units.push_back(
          static_cast<std::int32_t>(daily[static_cast<std::size_t>(day % 7)]->quantile(stream.uniform(day))));
  }
  auto model =
      std::make_shared<DecisionModel>(*testing::decisions_of(testing::warehouse_of({sku}, 280, 28), paths));
  forecaster->prepare(model->warehouse->skus[0].regular().protection_interval_days);
  model->forecaster = forecaster;
  model->forecast_levels = {0.1, 0.5, 0.75, 0.9, 0.95};
  return model;
}

}  // namespace

TEST_CASE("tuning finds the best base-stock levels of Zipkin's instance") {
  const auto model = testing::decisions_of(testing::zipkin(10'000, 100));
  const TuningResult capped = tune(model, "capped_base_stock", eight_replications());
  CHECK(capped.parameters.values[0] == std::vector<double>{29, 5});
  CHECK(capped.converged);
  CHECK(capped.simulations < 60);
  CHECK(std::abs(capped.cost.mean - 6.9123) < 2 * capped.cost.half_width);
  CHECK(capped.skus[0].starting_cost > capped.skus[0].cost.mean + 0.3);
  const TuningResult plain = tune(model, "base_stock", eight_replications());
  CHECK(plain.parameters.values[0] == std::vector<double>{28, 0});
  CHECK(std::abs(plain.cost.mean - 7.2709) < 2 * plain.cost.half_width);
}

TEST_CASE("tuning finds the (s, S) policies of Zheng and Federgruen") {
  // 25 and 65 have a second basin, with another number of reviews between two orders.
  struct Case {
    double mean, cost;
  };
  for (const Case& known : {Case{10, 35.0216}, {25, 54.2622}, {65, 78.5182}}) {
    const auto model = testing::decisions_of(testing::zheng_federgruen(known.mean, 10'000, 100));
    const TuningResult tuned = tune(model, "s_S", eight_replications());
    CAPTURE(known.mean, tuned.cost.mean, tuned.cost.half_width);
    CHECK(tuned.converged);
    CHECK(std::abs(tuned.cost.mean - known.cost) < 0.004 * known.cost);
  }
}

TEST_CASE("SKUs are tuned together as each would be alone, whatever the number of threads") {
  SkuSpec fast = testing::lost_sales_sku("fast", testing::poisson(20), LawSpec::constant(2));
  SkuSpec slow = testing::lost_sales_sku("slow", testing::poisson(0.3), LawSpec::constant(5));
  slow.supply.fixed_cost_per_order = 20;
  slow.pack_size = 2;
  const auto both = testing::decisions_of(testing::warehouse_of({fast, slow}, 2000, 100));
  const auto alone = testing::decisions_of(testing::warehouse_of({fast}, 2000, 100));
  for (const char* policy : {"s_S", "fixed_quantity", "capped_base_stock", "tracking"}) {
    const TuningResult together = tune(both, policy, eight_replications());
    TuningConfig threaded = eight_replications();
    threaded.threads = 3;
    const TuningResult again = tune(both, policy, threaded);
    CHECK(again.parameters.values == together.parameters.values);
    CHECK(again.cost.mean == together.cost.mean);
    CHECK(again.simulations == together.simulations);
    CHECK(together.parameters.values[0] == tune(alone, policy, eight_replications()).parameters.values[0]);
    CHECK(together.skus[0].cost.mean + together.skus[1].cost.mean == Approx(together.cost.mean));
  }
}

TEST_CASE("given parameters stay as they are") {
  const auto model = testing::decisions_of(testing::zheng_federgruen(10, 2000, 100));
  CHECK(tune(model, "s_S", eight_replications({"reorder_point=20"})).parameters.values[0][0] == 20);
  const TuningResult level = tune(model, "s_S", eight_replications({"item.order_up_to_level=30"}));
  CHECK(level.parameters.values[0][1] == 30);
  CHECK(level.parameters.values[0][0] <= 30);
  const TuningResult all =
      tune(model, "s_S", eight_replications({"reorder_point=6", "order_up_to_level=40"}));
  CHECK(all.parameters.values[0] == std::vector<double>{6, 40});
  CHECK(all.skus[0].neighbours.empty());
  CHECK_THROWS_AS(tune(model, "s_S", eight_replications({"reorder_point=60", "order_up_to_level=40"})),
                  InputError);
  CHECK_THROWS_AS(tune(model, "s_S", eight_replications({"reorder=60"})), InputError);
  CHECK_THROWS_AS(tune(model, "forecast_order_up_to", {}), InputError);
}

TEST_CASE("neighbours say how flat the cost is around the best") {
  const auto model = testing::decisions_of(testing::zipkin(2000, 100));
  const TuningResult tuned = tune(model, "capped_base_stock", eight_replications());
  REQUIRE(tuned.skus[0].neighbours.size() == 4);
  for (const NeighbourCost& neighbour : tuned.skus[0].neighbours) {
    CHECK(neighbour.values != tuned.skus[0].values);
    CHECK(neighbour.extra_cost.mean >= 0);
    CHECK(neighbour.extra_cost.half_width < tuned.skus[0].cost.half_width * 3);
  }
}

TEST_CASE("tuning that is cut short says so and keeps the best so far") {
  const auto model = testing::decisions_of(testing::zheng_federgruen(10, 500, 0));
  TuningConfig config = eight_replications();
  config.maximum_simulations = 9;
  std::vector<std::int64_t> told;
  const TuningResult tuned = tune(
      model, "s_S", config, [&](const TuningProgress& progress) { told.push_back(progress.simulations); });
  CHECK_FALSE(tuned.converged);
  CHECK(told == std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7, 8, 9});
  CHECK(tuned.skus[0].cost.mean <= tuned.skus[0].starting_cost);
}

TEST_CASE("with a forecast of the week the forecast rule beats every rule without") {
  const SkuSpec sku = testing::lost_sales_sku("item", testing::poisson(20), LawSpec::constant(1));
  const auto model = weekly_model(sku, {10, 10, 10, 10, 20, 50, 40});
  TuningConfig config = eight_replications();
  config.replications = 20;
  const double forecast = tune(model, "forecast_order_up_to", config).cost.mean;
  CHECK(forecast < 0.6 * tune(model, "base_stock", config).cost.mean);
  CHECK(forecast < 0.6 * tune(model, "s_S", config).cost.mean);
}

TEST_CASE("on stationary demand the forecast rule is as good as the rules that it contains") {
  TuningConfig config = eight_replications();
  config.replications = 20;
  const SkuSpec lost = testing::lost_sales_sku("item", testing::poisson(5), LawSpec::constant(4));
  const auto zipkin = weekly_model(lost, {5});
  CHECK(tune(zipkin, "forecast_order_up_to", config).cost.mean <
        1.01 * tune(zipkin, "capped_base_stock", config).cost.mean);
  SkuSpec fixed = testing::backlog_sku("item", testing::poisson(10), LawSpec::constant(0));
  fixed.supply.fixed_cost_per_order = 64;
  const auto zheng = weekly_model(fixed, {10});
  CHECK(tune(zheng, "forecast_order_up_to", config).cost.mean < 1.01 * tune(zheng, "s_S", config).cost.mean);
}

TEST_CASE("levels by weekday, or as multiples of the forecast, follow a week that one level cannot") {
  const SkuSpec sku = testing::lost_sales_sku("item", testing::poisson(20), LawSpec::constant(1));
  const auto model = weekly_model(sku, {10, 10, 10, 10, 20, 50, 40});
  TuningConfig config = eight_replications();
  config.replications = 20;
  const double constant = tune(model, "base_stock", config).cost.mean;
  const double by_quantile = tune(model, "forecast_order_up_to", config).cost.mean;
  config.by_weekday = {"order_up_to_level"};
  const TuningResult by_weekday = tune(model, "base_stock", config);
  CHECK(by_weekday.cost.mean < 0.35 * constant);
  CHECK(by_weekday.cost.mean < 1.02 * by_quantile);  // this week does not change, and nor do its levels
  CHECK_FALSE(by_weekday.parameters.weekdays.empty());
  config.by_weekday.clear();
  config.by_forecast = {"order_up_to_level"};
  const TuningResult scaled = tune(model, "base_stock", config);
  CHECK(scaled.cost.mean < 0.5 * constant);
  CHECK(scaled.parameters.values[0][0] > 1);
  CHECK(scaled.parameters.values[0][0] < 3);
  REQUIRE(scaled.parameters.times_forecast.size() == 1);
  CHECK(make_policy(scaled.parameters)->needs_forecast());
}

TEST_CASE("with two parameters by weekday the search is not caught by the best largest order of all days") {
  const SkuSpec sku = testing::lost_sales_sku("item", testing::poisson(20), LawSpec::constant(1));
  const auto model = weekly_model(sku, {10, 10, 10, 10, 20, 50, 40});
  TuningConfig config = eight_replications();
  config.by_weekday = {"order_up_to_level"};
  const double levels = tune(model, "base_stock", config).cost.mean;
  config.by_weekday = {"order_up_to_level", "maximum_order"};
  const TuningResult both = tune(model, "capped_base_stock", config);
  CAPTURE(text_of(both.parameters, 0), both.simulations, both.converged);
  CHECK(both.cost.mean < 1.01 * levels);
}

TEST_CASE("where the horizon discounts, discounted cost is tuned") {
  // A unit bought a day later costs a tenth less: the newsvendor's ratio falls from 9 / 10 to
  // (9 − 0.1 · 20) / (9 + 1) = 0.7, and the level from 8 to 6.
  SkuSpec sku = testing::backlog_sku("item", testing::poisson(5), LawSpec::constant(0));
  sku.costs.purchase_per_unit = 20;
  WarehouseSpec spec = testing::warehouse_of({sku}, 200);
  TuningConfig config = eight_replications();
  config.replications = 400;
  const auto averaged = testing::decisions_of(spec);
  CHECK(tuned_measure(*averaged->warehouse).name == "cost_per_period");
  CHECK(tune(averaged, "base_stock", config).parameters.values[0][0] == 8);
  spec.horizon.discount_factor = 0.9;
  const auto discounted = testing::decisions_of(spec);
  CHECK(tuned_measure(*discounted->warehouse).name == "discounted_cost");
  CHECK(tune(discounted, "base_stock", config).parameters.values[0][0] == 6);
}

TEST_CASE("what cannot depend on the weekday or the forecast is refused") {
  const auto model = testing::decisions_of(testing::zipkin(200, 0));
  TuningConfig config = eight_replications({"order_up_to_level=20"});
  config.by_weekday = {"order_up_to_level"};
  CHECK_THROWS_WITH(tune(model, "base_stock", config), Catch::Contains("is given"));
  config.by_weekday = {"order_up_to_levl"};
  CHECK_THROWS_WITH(tune(model, "base_stock", config), Catch::Contains("did you mean 'order_up_to_level'"));
  config.by_weekday.clear();
  config.fixed.clear();
  config.by_forecast = {"order_up_to_level"};
  CHECK_THROWS_WITH(tune(model, "base_stock", config), Catch::Contains("cannot follow forecasts"));
  config.by_forecast = {"smoothing"};
  CHECK_THROWS_WITH(tune(model, "tracking", config), Catch::Contains("is no quantity"));
}
