#include <catch2/catch.hpp>
#include <cmath>

#include "env/core/error.h"
#include "env/core/keyed_random.h"
#include "forecasting/forecasters.h"
#include "forecasting/negative_binomial.h"
#include "tests/support/temporary_file.h"

using namespace restock;
using namespace restock::forecasting;

namespace {

/// Independent days of one series: negative binomial with mean 6 and dispersion 0.2.
Panel independent_days(std::size_t days) {
  Panel panel;
  panel.days = panel.known_days = days;
  panel.ids = {"a"};
  panel.listed_from = {0};
  const Stream stream({11, Split::train, 0}, Purpose::generation, 0);
  for (std::size_t t = 0; t < days; ++t) {
    panel.sales.push_back(
        static_cast<float>(NegativeBinomial{6, 0.2}.quantile(stream.uniform(static_cast<std::int64_t>(t)))));
  }
  panel.stocked_out.assign(days, 0);
  return panel;
}

struct Forecast {
  float mean = 0;
  std::vector<float> quantiles;
};

Forecast predict(const Forecaster& f, const std::vector<float>& state, std::int64_t day, std::int32_t days,
                 const std::vector<double>& levels) {
  Forecast forecast{0, std::vector<float>(levels.size())};
  const std::vector<std::int32_t> series{0}, horizon{days};
  std::vector<float> mean(1);
  f.predict(day, series, horizon, levels, state, mean, forecast.quantiles);
  forecast.mean = mean[0];
  return forecast;
}

std::vector<float> started(const Forecaster& f) {
  std::vector<float> state(f.state_size());
  f.start(std::vector<std::int32_t>{0}, state);
  return state;
}

void advance(const Forecaster& f, std::vector<float>& state, std::int64_t day, float sales,
             bool stocked_out) {
  f.advance(day, std::vector<std::int32_t>{0}, std::vector<float>{sales},
            std::vector<std::uint8_t>{stocked_out}, state);
}

}  // namespace

TEST_CASE("the seasonal naive repeats last week, the moving average its window") {
  Panel panel = independent_days(70);
  for (std::size_t t = 0; t < 70; ++t) panel.sales[t] = static_cast<float>(t);
  const auto naive = fit_seasonal_naive(panel, 70, {})->bind(panel, 70);
  CHECK(predict(*naive, started(*naive), 0, 1, {}).mean == 63);
  CHECK(predict(*naive, started(*naive), 3, 1, {}).mean == 66);
  CHECK(predict(*naive, started(*naive), 0, 8, {}).mean == 63 + 64 + 65 + 66 + 67 + 68 + 69 + 63);
  CHECK(predict(*naive, started(*naive), 0, 0, {0.9}).mean == 0);
  const auto average = fit_moving_average(panel, 70, {})->bind(panel, 70);
  CHECK(predict(*average, started(*average), 0, 2, {}).mean == Approx(2 * 55.5));
  std::vector<float> state = started(*average);
  advance(*average, state, 0, 70, false);
  CHECK(predict(*average, state, 1, 1, {}).mean == Approx(56.5));
}

TEST_CASE("a day with an empty shelf never lowers what is expected") {
  const Panel panel = independent_days(70);
  for (const char* name : {"seasonal_naive", "moving_average"}) {
    const auto f = fit_forecaster(name, panel, 70, {})->bind(panel, 70);
    std::vector<float> state = started(*f);
    const float before = predict(*f, state, 7, 1, {}).mean;
    advance(*f, state, 0, 0, true);
    CHECK(predict(*f, state, 7, 1, {}).mean >= before - 0.3F);
    advance(*f, state, 7, 500, true);
    CHECK(predict(*f, state, 14, 1, {}).mean > before);
  }
}

TEST_CASE("the moving average's quantiles of independent days are those of their law") {
  const Panel panel = independent_days(6000);
  const auto f = fit_moving_average(panel, 6000, {400})->bind(panel, 6000);
  const std::vector<double> levels{0.5, 0.9, 0.95, 0.99};
  const Forecast week = predict(*f, started(*f), 0, 7, levels);
  CHECK(week.mean == Approx(42).epsilon(0.05));
  const double deviation = std::sqrt(7 * 6 * (1 + 0.2 * 6));
  CHECK((week.quantiles[2] - week.mean) / deviation == Approx(1.7).margin(0.25));
  CHECK((week.quantiles[3] - week.mean) / deviation == Approx(2.5).margin(0.4));
  CHECK(week.quantiles[0] == Approx(week.mean).margin(0.25 * deviation));
}

TEST_CASE("a forecaster that is saved and loaded forecasts the same") {
  const Panel panel = independent_days(120);
  const std::vector<double> levels{0.1, 0.9};
  for (const char* name : {"seasonal_naive", "moving_average"}) {
    const auto model = fit_forecaster(name, panel, 100, {});
    const TemporaryFile file;
    save_forecaster(*model, file.path());
    const auto again = load_forecaster(file.path());
    CHECK(again->name() == name);
    const auto a = model->bind(panel, 110), b = again->bind(panel, 110);
    const Forecast x = predict(*a, started(*a), 0, 9, levels), y = predict(*b, started(*b), 0, 9, levels);
    CHECK(x.mean == y.mean);
    CHECK(x.quantiles == y.quantiles);
  }
}

TEST_CASE("forecasters say what is wrong with what they are given") {
  Panel panel = independent_days(20);
  CHECK_THROWS_WITH(fit_forecaster("seasonal_naif", panel, 20, {}),
                    Catch::Matchers::Contains("seasonal_naive"));
  CHECK_THROWS_WITH(fit_forecaster("moving_average", panel, 0, {}), Catch::Matchers::Contains("no history"));
  const auto model = fit_forecaster("seasonal_naive", panel, 20, {});
  panel.ids = {"b"};
  CHECK_THROWS_WITH(model->bind(panel, 20), Catch::Matchers::Contains("'b'"));
  TensorFile file = model->tensors();
  file.metadata["ids"] = join_ids(std::vector<std::string>{"a", "b"});
  const TemporaryFile saved;
  write_tensor_file(file, saved.path());
  CHECK_THROWS_AS(load_forecaster(saved.path()), InputError);
}

TEST_CASE("a file that asks for more than it holds is refused before anything is allocated") {
  const Panel panel = independent_days(120);
  const struct {
    const char* forecaster;
    const char* key;
    std::int64_t value;
  } cases[]{{"moving_average", "setting_1", 1000},
            {"ets", "setting_0", 1000},
            {"ses", "season", 1000},
            {"ridge", "window", 999},
            {"ridge", "season", 31},
            {"ar", "setting_0", 0},
            {"theta", "step", 3}};
  for (const auto& one : cases) {
    INFO(one.forecaster << " " << one.key);
    TensorFile file = fit_forecaster(one.forecaster, panel, 100, {})->tensors();
    file.set_number(one.key, one.value);
    const TemporaryFile saved;
    write_tensor_file(file, saved.path());
    const auto load = [&] { return load_forecaster(saved.path()); };
    if (std::string_view(one.key) == "window") {
      CHECK_NOTHROW(load()->bind(panel, 100));  // a longer memory, which is none of the file's tensors
    } else {
      CHECK_THROWS_AS(load(), InputError);
    }
  }
}
