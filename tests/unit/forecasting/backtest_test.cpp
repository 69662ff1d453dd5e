#include "forecasting/backtest.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "env/core/error.h"
#include "forecasting/forecasters.h"
#include "forecasting/generate.h"

using namespace restock;
using namespace restock::forecasting;

namespace {

/// Knows nothing and always says the same: `mean` a day, every quantile equal to it.
class Constant final : public Forecaster {
 public:
  explicit Constant(float mean) : mean_(mean) {}
  std::string_view name() const override { return "constant"; }
  std::size_t series_count() const override { return 1; }
  std::size_t state_size() const override { return 1; }
  void start(std::span<const std::int32_t>, std::span<float> state) const override { state[0] = 0; }
  void advance(std::int64_t day, std::span<const std::int32_t>, std::span<const float>,
               std::span<const std::uint8_t>, std::span<float> state) const override {
    CHECK(static_cast<float>(day) == state[0]);
    state[0] += 1;
  }
  void predict(std::int64_t day, std::span<const std::int32_t>, std::span<const std::int32_t> days,
               std::span<const double> levels, std::span<const float> state, std::span<float> mean,
               std::span<float> quantiles) const override {
    CHECK(static_cast<float>(day) == state[0]);
    mean[0] = mean_ * static_cast<float>(days[0]);
    for (std::size_t q = 0; q < levels.size(); ++q) quantiles[q] = mean[0];
  }

 private:
  float mean_;
};

Panel one_series(const std::vector<float>& sales) {
  Panel panel;
  panel.days = panel.known_days = sales.size();
  panel.ids = {"a"};
  panel.sales = sales;
  panel.stocked_out.assign(sales.size(), 0);
  panel.listed_from = {0};
  return panel;
}

}  // namespace

TEST_CASE("a backtest equals a calculation by hand") {
  Panel panel = one_series({1, 3, 2, 4, 4, 6, 3, 5});
  const BacktestConfig config{4, 2, {2}, {0.9}};
  const BacktestResult result = backtest(Constant(4), panel, 4, config);
  CHECK(result.path_mase == Approx((0 + 2 + 1 + 1) / 4.0 / 1.0));
  CHECK(result.path_rmsse == Approx(std::sqrt((0 + 4 + 1 + 1) / 4.0) / std::sqrt((4 + 1 + 4) / 3.0)));
  CHECK(result.one_day_mase == result.path_mase);
  CHECK(result.one_day[0].loss == Approx((0 + 0.9 * 2 + 0.1 * 1 + 0.9 * 1) / 4 / ((2 + 1 + 2) / 3.0)));
  CHECK(result.one_day[0].below == Approx(1 / 4.0));
  CHECK(result.one_day[0].at_or_below == Approx(2 / 4.0));
  // Sums of two days: 10, 9, 8 against 8.
  CHECK(result.intervals[0].weighted_error == Approx(3 / 27.0));
  CHECK(result.intervals[0].levels[0].loss == Approx(2 * 0.9 * 3 / 27.0));

  panel.stocked_out[5] = 1;
  const BacktestResult censored = backtest(Constant(4), panel, 4, config);
  CHECK(censored.path_mase == Approx((0 + 1 + 1) / 3.0));
  CHECK(censored.intervals[0].weighted_error == 0);  // only the last window is free of stockouts
}

TEST_CASE("the classical forecasters are calibrated on the held-out days of generated demand") {
  const Panel panel = generate_history({}).panel;
  const auto naive = fit_forecaster("seasonal_naive", panel, panel.days - 112, {});
  const auto average = fit_forecaster("moving_average", panel, panel.days - 112, {});
  const std::vector<const ForecastModel*> models{naive.get(), average.get()};
  BacktestConfig config;
  config.days = 112;
  const auto results = backtest_models(models, panel, config);
  REQUIRE(results.size() == 2);
  CHECK(results[0].forecaster == "seasonal_naive");
  CHECK(results[0].one_day_mase == Approx(1).margin(0.2));
  CHECK(results[1].one_day_rmsse < results[0].one_day_rmsse);
  for (const BacktestResult& result : results) {
    for (const IntervalScore& interval : result.intervals) {
      CHECK(interval.levels[2].at_or_below > 0.85);  // .95
      CHECK(interval.levels[0].below < 0.65);        // .5
      CHECK(interval.levels[0].at_or_below > 0.35);
    }
  }
}

TEST_CASE("a history that is shorter than the backtest is refused") {
  const Panel panel = one_series(std::vector<float>(20, 1.0F));
  CHECK_THROWS_AS(backtest_models({}, panel, {}), InputError);
}
