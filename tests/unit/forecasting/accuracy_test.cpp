#include "forecasting/accuracy.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <limits>
#include <vector>

#include "forecasting/read_history.h"
#include "tests/unit/forecasting/shared_data.h"

using namespace restock;
using namespace restock::forecasting;

namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

/// Every series of a file, as its own vector.
std::vector<std::vector<float>> series_of(const std::string& file) {
  const Panel panel = read_history(file, {{}, RowStep::automatic, Gaps::missing});
  std::vector<std::vector<float>> series;
  for (std::size_t s = 0; s < panel.series(); ++s)
    series.emplace_back(panel.sales_of(s).begin(), panel.sales_of(s).end());
  return series;
}

struct Scores {
  double mase = 0;
  double wql = 0;
  std::size_t dropped = 0;
};

/// The seasonal naive over the last 12 months, all quantiles equal to the point forecast; a missing forecast
/// is 0.
Scores seasonal_naive_scores(const std::vector<std::vector<float>>& series) {
  constexpr std::size_t kSeason = 12;
  RunningMean mase, wql;
  std::vector<WeightedQuantileLoss> losses(9);
  std::size_t dropped = 0;
  for (const auto& y : series) {
    const std::span<const float> all(y);
    const auto history = all.first(y.size() - kSeason);
    const auto actual = all.last(kSeason);
    std::vector<float> forecast(history.end() - kSeason, history.end());
    for (float& f : forecast) f = std::isnan(f) ? 0.0F : f;
    const double scale = seasonal_scale(history, kSeason);
    const double error = mean_absolute_error(actual, forecast);
    if (scale > 0 && !std::isnan(error)) mase.add(error / scale);
    if (!(scale > 0)) ++dropped;
    for (std::size_t q = 0; q < losses.size(); ++q) {
      for (std::size_t h = 0; h < kSeason; ++h)
        losses[q].add(static_cast<double>(actual[h]), static_cast<double>(forecast[h]),
                      0.1 * static_cast<double>(q + 1));
    }
  }
  for (const auto& loss : losses) wql.add(loss.value());
  return {mase.value(), wql.value(), dropped};
}

}  // namespace

TEST_CASE("accuracy measures equal hand calculations") {
  const std::vector<float> history{0, 0, 2, 4, 2, 8};
  CHECK(seasonal_scale(history, 2) == Approx((2 + 4 + 0 + 4) / 4.0));
  CHECK(lag_one_scale(history).mean_absolute == Approx((2 + 2 + 6) / 3.0));
  CHECK(lag_one_scale(history).root_mean_square == Approx(std::sqrt((4 + 4 + 36) / 3.0)));
  const std::vector<float> actual{1, 5}, forecast{3, 4};
  CHECK(mean_absolute_error(actual, forecast) == Approx(1.5));
  CHECK(root_mean_square_error(actual, forecast) == Approx(std::sqrt(2.5)));
  CHECK(pinball_loss(5, 4, 0.9) == Approx(0.9));
  CHECK(pinball_loss(1, 3, 0.9) == Approx(0.2));
  WeightedQuantileLoss wql;
  wql.add(5, 4, 0.9);
  wql.add(1, 3, 0.9);
  CHECK(wql.value() == Approx(2 * 1.1 / 6));
}

TEST_CASE("accuracy measures skip what is missing and say where nothing is known") {
  CHECK(seasonal_scale(std::vector<float>{1, kMissing, 4, 7, 9}, 2) == Approx((3 + 5) / 2.0));
  CHECK(mean_absolute_error(std::vector<float>{1, kMissing}, std::vector<float>{2, 9}) == Approx(1));
  CHECK(std::isnan(seasonal_scale(std::vector<float>{1, 2}, 2)));
  CHECK(std::isnan(lag_one_scale(std::vector<float>{0, 0, 0}).root_mean_square));
  CHECK(std::isnan(WeightedQuantileLoss{}.value()));
}

TEST_CASE("coverage of a discrete law brackets its level") {
  Coverage coverage;
  for (const double y : {0.0, 1.0, 1.0, 2.0}) coverage.add(y, 1.0);
  CHECK(coverage.below() == Approx(0.25));
  CHECK(coverage.at_or_below() == Approx(0.75));
}

TEST_CASE("the seasonal naive scores as published on car parts and hospital") {
  struct Gold {
    const char* file;
    double mase, wql;
    std::size_t dropped;
  };
  for (const Gold& gold : {Gold{"anchors/carparts.csv.gz", 1.201464, 1.599952, 68},
                           Gold{"anchors/hospital.csv.gz", 0.920528, 0.072626, 0}}) {
    const SharedFile file(gold.file);
    if (!file.exists()) return file.skip();
    const Scores scores = seasonal_naive_scores(series_of(file.path()));
    INFO(gold.file);
    CHECK(scores.mase == Approx(gold.mase).margin(1e-6));
    CHECK(scores.wql == Approx(gold.wql).margin(1e-6));
    CHECK(scores.dropped == gold.dropped);
  }
}

TEST_CASE("filling holes with zeros would give another score on car parts") {
  const SharedFile file("anchors/carparts.csv.gz");
  if (!file.exists()) return file.skip();
  auto series = series_of(file.path());
  for (auto& y : series)
    std::replace_if(
        y.begin(), y.end(), [](float v) { return std::isnan(v); }, 0.0F);
  CHECK(seasonal_naive_scores(series).mase == Approx(1.126881).margin(1e-6));
}

TEST_CASE("the CRPS of quantiles and of samples is that of the law they stand for") {
  // Of the uniform law on (0, 1) at y = 1/4: ∫ (F − 1(x >= y))² dx = (y³ + (1 − y)³) / 3.
  const double exact = (1 + 27) / 64.0 / 3;
  std::vector<double> levels, samples;
  std::vector<float> quantiles;
  for (int i = 1; i < 1000; ++i) {
    levels.push_back(i / 1000.0);
    quantiles.push_back(static_cast<float>(i) / 1000);
    samples.push_back(i / 1000.0);
  }
  CHECK(crps_of_quantiles(0.25, levels, quantiles) == Approx(exact).epsilon(1e-4));
  CHECK(crps_of_samples(0.25, samples) == Approx(exact).epsilon(1e-3));
  const std::vector<double> one{0.5};
  const std::vector<float> point{3};
  CHECK(crps_of_quantiles(5, one, point) == Approx(2));  // the absolute error
  CHECK(crps_of_samples(5, {3}) == Approx(2));
  CHECK(crps_of_samples(2, {1, 5}) == Approx((1 + 3) / 2.0 - (4 + 4) / 4.0 / 2));
}

TEST_CASE("bias is the excess of the forecast over what came") {
  Bias bias;
  bias.add(2, 3);
  bias.add(kMissing, 9);
  bias.add(2, 2);
  CHECK(bias.value() == Approx(0.25));
  CHECK(std::isnan(Bias{}.value()));
}
