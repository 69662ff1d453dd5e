#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "env/core/error.h"
#include "env/core/keyed_random.h"
#include "forecasting/backtest.h"
#include "forecasting/forecasters.h"
#include "forecasting/generate.h"
#include "forecasting/neural/lstm_module.h"
#include "forecasting/neural/train_lstm.h"

#undef CHECK  // LibTorch brings a macro of this name, which ends the program
#include <catch2/catch.hpp>

using namespace restock;
using namespace restock::forecasting;

namespace {

Panel history(std::int64_t days) {
  GenerateConfig config;
  config.history_days = days;
  config.heldout_days = 40;
  return generate_history(config).panel;
}

LstmConfig quick(std::int64_t steps) {
  LstmConfig config;
  config.units = 16;
  config.decoder_units = 16;
  config.interval_units = 16;
  config.windows = 16;
  config.context_days = 56;
  config.steps = steps;
  config.learning_rate = 1e-2;
  return config;
}

/// Independent days, negative binomial with mean 10 and dispersion 0.05, of which a shelf of 10 sells what it
/// can.
Panel censored_days(std::size_t days) {
  Panel panel;
  panel.first_day = *parse_date("2024-01-01");
  panel.days = panel.known_days = days;
  const restock::Stream stream({2, Split::train, 0}, Purpose::generation, 0);
  for (const char* id : {"a", "b"}) {
    for (std::size_t t = 0; t < days; ++t) {
      const double u = stream.uniform(static_cast<std::int64_t>(t), panel.ids.size());
      const auto demand = NegativeBinomial{10, 0.05}.quantile(u);
      panel.sales.push_back(static_cast<float>(std::min<std::int64_t>(demand, 10)));
      panel.stocked_out.push_back(demand >= 10 ? 1 : 0);
    }
    panel.ids.emplace_back(id);
    panel.listed_from.push_back(0);
  }
  return panel;
}

double element(const torch::Tensor& tensor, std::initializer_list<std::int64_t> where) {
  torch::Tensor found = tensor;
  for (const std::int64_t i : where) found = found.select(0, i);
  return found.item<double>();
}

}  // namespace

TEST_CASE("inference without LibTorch equals the LSTM of LibTorch") {
  constexpr std::size_t kDays = 90, kLeads = 15;
  Panel panel = history(kDays);
  panel.statics.push_back({"shelf", {"a", "b", "a", "b", "a", "b", "a", "c", "", "a"}});
  LstmConfig config;
  config.embedding = 3;
  LstmParameters parameters = LstmModel::untrained(panel, kDays, config);
  for (float& w : parameters.weights.values) w *= 1.3F;
  const LstmModel model(parameters);
  LstmModule module(parameters, 0.3, torch::kCPU);
  module.eval();
  const torch::NoGradGuard no_gradient;

  const TrainingData data(panel, kDays, parameters);
  std::vector<std::size_t> series(10), first(10, 0);
  for (std::size_t s = 0; s < 10; ++s) series[s] = s;
  TrainingBatch batch = data.batch({series, first, kDays - 1, kLeads, 0, 0, kDays});
  for (std::int64_t t = 0; t < static_cast<std::int64_t>(kDays - 1); ++t) batch.origins.push_back(t);
  data.look_ahead(batch);
  const auto pass = module.forward(batch);
  const DailyLaws next = module.next_day(pass);
  const auto origins = torch::arange(static_cast<std::int64_t>(kDays - 1));
  const DailyLaws ahead = module.all_leads(pass, origins);
  const std::vector<std::int64_t> days{1, 3, 7, 15};
  const auto index =
      torch::tensor(days).sub(1).expand({10, static_cast<std::int64_t>(kDays - 1), 4}).contiguous();
  const auto mean = torch::cumsum(ahead.mean, 2).gather(2, index);
  const auto deviation =
      torch::sqrt(torch::cumsum(ahead.mean * (1 + ahead.dispersion * ahead.mean), 2).gather(2, index));
  const auto quantiles = module.interval_quantiles(pass, origins, mean, deviation, index);

  const auto forecaster = model.bind(panel, 0);
  const auto& generative = dynamic_cast<const GenerativeForecaster&>(*forecaster);
  std::vector<std::int32_t> all(10), horizon(10);
  for (std::size_t s = 0; s < 10; ++s) all[s] = static_cast<std::int32_t>(s);
  std::vector<float> state(10 * forecaster->state_size()), means(10), said(10 * parameters.levels.size());
  std::vector<NegativeBinomial> laws(10);
  forecaster->start(all, state);
  for (std::size_t t = 0; t + 1 < kDays; ++t) {
    std::vector<float> sales;
    std::vector<std::uint8_t> out;
    for (std::size_t s = 0; s < 10; ++s)
      sales.push_back(panel.sales_of(s)[t]), out.push_back(panel.stocked_out_of(s)[t]);
    const auto day = static_cast<std::int64_t>(t);
    forecaster->advance(day, all, sales, out, state);
    generative.next_day(day + 1, all, state, laws);
    for (std::int64_t s = 0; s < 10; ++s) {
      REQUIRE(laws[static_cast<std::size_t>(s)].mean == Approx(element(next.mean, {s, day})).epsilon(1e-5));
      REQUIRE(laws[static_cast<std::size_t>(s)].dispersion ==
              Approx(element(next.dispersion, {s, day})).epsilon(1e-5));
    }
    for (std::size_t d = 0; d < days.size(); ++d) {
      std::fill(horizon.begin(), horizon.end(), static_cast<std::int32_t>(days[d]));
      forecaster->predict(day + 1, all, horizon, parameters.levels, state, means, said);
      const auto column = static_cast<std::int64_t>(d);
      for (std::int64_t s = 0; s < 10; ++s) {
        REQUIRE(means[static_cast<std::size_t>(s)] == Approx(element(mean, {s, day, column})).epsilon(1e-5));
        for (std::size_t q = 0; q < parameters.levels.size(); ++q) {
          REQUIRE(said[static_cast<std::size_t>(s) * parameters.levels.size() + q] ==
                  Approx(element(quantiles, {s, day, column, static_cast<std::int64_t>(q)})).epsilon(1e-5));
        }
      }
    }
  }
}

TEST_CASE("the likelihood of counts and of counts at least as large is that of the law") {
  for (const NegativeBinomial law : {NegativeBinomial{0.4, 1.5}, {8, 0.1}, {60, 0.02}, {60, 0.5}}) {
    const auto options = torch::TensorOptions().dtype(torch::kFloat32);
    const auto mean = torch::full({1}, law.mean, options).requires_grad_(true);
    const auto dispersion = torch::full({1}, law.dispersion, options).requires_grad_(true);
    for (const std::int64_t k : {0, 1, 3, 10, 59, 70, 120, 200}) {
      const auto count = torch::full({1}, static_cast<double>(k), options);
      const double tail = 1 - law.cdf(k - 1), mass = law.cdf(k) - law.cdf(k - 1);
      INFO("mean " << law.mean << ", count " << k);
      const auto at_least = log_probability_at_least({mean, dispersion}, count);
      if (mass > 1e-9)
        CHECK(log_probability({mean, dispersion}, count).item<double>() ==
              Approx(std::log(mass)).margin(2e-3));
      if (tail > 1e-9) CHECK(at_least.item<double>() == Approx(std::log(tail)).margin(2e-3));
      at_least.sum().backward();
      CHECK(std::isfinite(mean.grad().item<double>()));
      CHECK(std::isfinite(dispersion.grad().item<double>()));
    }
  }
  const auto big =
      log_probability_at_least({torch::full({1}, 1000.0), torch::full({1}, 0.01)}, torch::full({1}, 1000.0));
  CHECK(big.item<double>() == Approx(std::log(1 - NegativeBinomial{1000, 0.01}.cdf(999))).margin(0.1));
}

TEST_CASE("training knows that a day with an empty shelf may have seen more demand than sales") {
  const Panel panel = censored_days(500);
  double sold = 0;
  for (const float y : panel.sales) sold += static_cast<double>(y) / static_cast<double>(panel.sales.size());
  REQUIRE(sold < 8.8);
  const auto f = train_lstm(panel, 500, quick(150)).bind(panel, 500);
  std::vector<float> state(f->state_size()), mean(1), quantiles(2);
  f->start(std::vector<std::int32_t>{0}, state);
  f->predict(0, std::vector<std::int32_t>{0}, std::vector<std::int32_t>{5}, std::vector<double>{0.5, 0.95},
             state, mean, quantiles);
  CHECK(mean[0] == Approx(50).epsilon(0.08));
  CHECK(quantiles[0] == Approx(49.5).epsilon(0.1));
  CHECK(quantiles[1] == Approx(64.7).epsilon(0.1));  // normal approximation: 50 + 1.645 √(5 · 15)
}

TEST_CASE("training is repeatable, and blind to what comes after its days") {
  Panel panel = history(260);
  const auto weights = [&](std::int64_t seed) {
    LstmConfig config = quick(12);
    config.seed = seed;
    return train_lstm(panel, 260, config).parameters().weights.values;
  };
  const std::vector<float> once = weights(1);
  CHECK(weights(1) == once);
  CHECK(weights(2) != once);
  for (std::size_t s = 0; s < 10; ++s) {
    for (std::size_t t = 260; t < panel.days; ++t) panel.sales[s * panel.days + t] += 100;
  }
  CHECK(weights(1) == once);
}

TEST_CASE("a few seconds of training beat the classical forecasters on generated demand") {
  GenerateConfig generate;
  const Panel panel = generate_history(generate).panel;
  const std::size_t origin = panel.days - 112;
  LstmConfig config = quick(150);
  std::vector<TrainingProgress> reports;
  const LstmModel lstm =
      train_lstm(panel, origin, config, [&](const TrainingProgress& p) { reports.push_back(p); });
  REQUIRE_FALSE(reports.empty());
  CHECK(reports.back().best_validation_loss < reports.front().validation_loss);
  const auto average = fit_forecaster("moving_average", panel, origin, {});
  const std::vector<const ForecastModel*> models{&lstm, average.get()};
  BacktestConfig judged;
  judged.days = 112;
  const auto results = backtest_models(models, panel, judged);
  CHECK(results[0].path_rmsse < 0.9 * results[1].path_rmsse);
  CHECK(results[0].one_day_rmsse < 0.9 * results[1].one_day_rmsse);
  for (std::size_t i = 0; i < judged.interval_days.size(); ++i)
    CHECK(results[0].intervals[i].levels[2].loss < 0.9 * results[1].intervals[i].levels[2].loss);
}

TEST_CASE("training goes through holes, months, items that begin late and sales of any size") {
  for (const Frequency frequency : {Frequency::day, Frequency::month}) {
    constexpr std::size_t kSteps = 60;
    Panel panel;
    panel.first_day = *parse_date("2020-01-01");
    panel.frequency = frequency;
    panel.days = panel.known_days = kSteps;
    const restock::Stream stream({3, Split::train, 0}, Purpose::generation, 0);
    for (const float size : {0.0F, 1.0F, 0.01F, 1e9F}) {
      for (std::size_t t = 0; t < kSteps; ++t) {
        const auto y = size * static_cast<float>(stream.below(9, static_cast<std::int64_t>(t)));
        panel.sales.push_back(t % 7 == 3 ? std::numeric_limits<float>::quiet_NaN() : y);
        panel.stocked_out.push_back(t % 11 == 5 ? 1 : 0);
      }
      panel.ids.push_back(fmt::format("s{}", panel.ids.size()));
      panel.listed_from.push_back(panel.ids.size() == 2 ? 40 : 0);
    }
    const LstmModel model = train_lstm(panel, kSteps, quick(20));
    const auto& weights = model.parameters().weights.values;
    CHECK(std::all_of(weights.begin(), weights.end(), [](float w) { return std::isfinite(w); }));
    const auto f = model.bind(panel, kSteps);
    std::vector<float> state(4 * f->state_size()), mean(4), quantiles(4);
    const std::vector<std::int32_t> all{0, 1, 2, 3}, days{5, 5, 5, 5};
    f->start(all, state);
    f->predict(0, all, days, std::vector<double>{0.95}, state, mean, quantiles);
    CHECK(mean[3] > 1e8F);
    CHECK(mean[3] < 1e12F);
    CHECK(mean[0] < mean[1]);
  }
}

TEST_CASE("training says what it lacks") {
  const Panel panel = history(100);
  CHECK_THROWS_WITH(train_lstm(panel, 11, {}), Catch::Matchers::Contains("12 steps"));
  LstmConfig config = quick(1);
  config.device = Device::cuda;
  if (!torch::cuda::is_available())
    CHECK_THROWS_WITH(train_lstm(history(200), 200, config), Catch::Matchers::Contains("cuda"));
}

TEST_CASE("the documented training gives the documented accuracy", "[long]") {
  const Panel panel = generate_history({}).panel;
  const std::size_t origin = panel.days - 112;
  const LstmModel lstm = train_lstm(panel, origin, {});
  BacktestConfig judged;
  judged.days = 112;
  const BacktestResult result = backtest(*lstm.bind(panel, origin), panel, origin, judged);
  CHECK(result.one_day_rmsse < 0.76);
  CHECK(result.path_rmsse < 0.785);
  CHECK(result.intervals[1].levels[2].loss < 0.047);
  for (const IntervalScore& interval : result.intervals) CHECK(interval.levels[2].at_or_below > 0.87);
}
