// The equations of the classical methods, against hand calculations and processes with known numbers.
#include <catch2/catch.hpp>
#include <limits>
#include <memory>

#include "forecasting/classical/arma.h"
#include "forecasting/classical/autoregression.h"
#include "forecasting/classical/exponential_smoothing.h"
#include "forecasting/classical/fitting.h"
#include "forecasting/classical/intermittent.h"
#include "forecasting/classical/seasonal_arma.h"
#include "forecasting/classical/theta.h"
#include "forecasting/classical/window_mean.h"
#include "tests/unit/forecasting/series_examples.h"

using namespace restock;
using namespace restock::forecasting;

namespace {

constexpr float kHole = std::numeric_limits<float>::quiet_NaN();

/// A method fitted to values and run to their end.
struct Run {
  template <class Method>
  Run(Method m, const std::vector<float>& values, std::int64_t clock = 0)
      : kept(std::make_shared<Method>(std::move(m))),
        method(*kept),
        parameters(method.parameter_count()),
        state(method.state_size()),
        next(clock) {
    const std::vector<std::uint8_t> whole(values.size(), 0);
    method.fit({values, whole, clock}, parameters, state);
    for (const float value : values) take(value);
  }
  void take(float value, bool stocked_out = false) {
    method.take(parameters, next++, value, stocked_out, state);
  }
  std::vector<float> path(std::size_t steps) const {
    std::vector<float> means(steps);
    method.path(parameters, next, state, means);
    return means;
  }
  std::shared_ptr<const RecursiveMethod> kept;
  const RecursiveMethod& method;
  std::vector<float> parameters, state;
  std::int64_t next;
};

double squared_errors_of_ses(const std::vector<float>& y, double alpha, double level) {
  double sum = 0;
  for (const float value : y) {
    const double error = static_cast<double>(value) - level;
    level += alpha * error;
    sum += error * error;
  }
  return sum;
}

}  // namespace

TEST_CASE("the search finds minima inside and on the edge of its box") {
  const auto bowl = [](std::span<const double> x) {
    return std::pow(x[0] - 0.3, 2) + 5 * std::pow(x[1] - 2, 2);
  };
  std::vector<double> inside{0.9, 0.1};
  CHECK(minimise(bowl, {{0, 0}, {1, 3}}, inside, 200) < 1e-8);
  CHECK(inside[0] == Approx(0.3).margin(1e-4));
  std::vector<double> edge{0.9, 0.1};
  minimise(bowl, {{0, 0}, {1, 1.5}}, edge, 200);
  CHECK(edge[1] == Approx(1.5));
}

TEST_CASE("least squares solve for all columns or the first ones") {
  LeastSquares system(2);
  for (int i = 0; i < 10; ++i) {
    const std::vector<double> row{1, static_cast<double>(i)};
    system.add(row, 3 + 2.0 * i);
  }
  const auto both = system.solve(0);
  CHECK(both.x[0] == Approx(3));
  CHECK(both.x[1] == Approx(2));
  CHECK(both.squares == Approx(0).margin(1e-6));
  CHECK(system.solve(0, 1).x[0] == Approx(12));
  CHECK(system.solve(0, 1).squares == Approx(330));
}

TEST_CASE("window means take the last values, or those of the same phase") {
  const std::vector<float> y{1, 2, 3, 4, 5, 6, 7, 8};
  CHECK(Run(WindowMean(1, 1), y).path(2) == std::vector<float>{8, 8});
  CHECK(Run(WindowMean(1, 4), y).path(2) == std::vector<float>{6.5F, 6.5F});
  CHECK(Run(WindowMean(3, 1), y).path(4) == std::vector<float>{6, 7, 8, 6});
  CHECK(Run(WindowMean(3, 2), y).path(4) == std::vector<float>{4.5F, 5.5F, 6.5F, 4.5F});
  CHECK(Run(WindowMean(3, 1), y, -5).path(3) == std::vector<float>{6, 7, 8});
  CHECK(Run(WindowMean(1, 2), {4, 2}).path(1)[0] == 3);
  CHECK(Run(WindowMean(1, 2), {4, kHole, 2}).path(1)[0] == 3);  // the hole was 4, as expected
}

TEST_CASE("simple exponential smoothing has the least squared errors there are") {
  const std::vector<float> y = count_draws(120, {20, 0.05});
  const std::vector<std::uint8_t> whole(y.size(), 0);
  const EtsFit fit = fit_ets({y, whole, 0}, {}, 1);
  CHECK(squared_errors_of_ses(y, fit.numbers[0], fit.start[0]) == Approx(fit.squares));
  for (double alpha = 0.01; alpha < 1; alpha += 0.01) {
    for (double level = 15; level <= 25; level += 0.25)
      CHECK(squared_errors_of_ses(y, alpha, level) >= fit.squares * (1 - 1e-4));
  }
}

TEST_CASE("exponential smoothing recovers the numbers of its own process") {
  const std::size_t length = 4000;
  const std::vector<double> noise = normal_draws(length);
  std::vector<double> season{-20, -10, 0, 5, 10, 25, -10};
  std::vector<float> y;
  double level = 200;
  for (std::size_t t = 0; t < length; ++t) {
    y.push_back(static_cast<float>(level + season[t % 7] + 3 * noise[t]));
    level += 0.3 * 3 * noise[t];
    season[t % 7] += 0.1 * 3 * noise[t];
  }
  const std::vector<std::uint8_t> whole(length, 0);
  const EtsFit fit = fit_ets({y, whole, 0}, {false, false, true}, 7);
  CHECK(fit.numbers[0] == Approx(0.3).margin(0.04));
  CHECK(fit.numbers[2] == Approx(0.1).margin(0.04));
  CHECK(std::sqrt(fit.squares / static_cast<double>(length)) == Approx(3).epsilon(0.03));
  // Its errors are its noise, so the criterion prefers it to forms without a season.
  CHECK(fit.akaike < fit_ets({y, whole, 0}, {true, true, false}, 7).akaike);
  const Run run(ExponentialSmoothing(every_ets_form(7), 7), y);
  for (std::size_t h = 0; h < 7; ++h)
    CHECK(static_cast<double>(run.path(7)[h]) == Approx(level + season[(length + h) % 7]).margin(4));
}

TEST_CASE("a damped trend levels off, and a line goes on") {
  std::vector<float> line;
  for (int t = 0; t < 60; ++t) line.push_back(static_cast<float>(10 + 2 * t));
  const auto holt = Run(ExponentialSmoothing({{true, false, false}}, 1), line).path(20);
  CHECK(holt[19] == Approx(10 + 2 * 79).epsilon(0.01));
  const auto damped = Run(ExponentialSmoothing({{true, true, false}}, 1), line).path(200);
  CHECK(damped[199] - damped[198] < 0.1F);
  CHECK(damped[0] > 128);
}

TEST_CASE("Theta drifts by half the slope of the trend line, with the season on top") {
  std::vector<float> y;
  for (int t = 0; t < 70; ++t) y.push_back(static_cast<float>(50 + t + (t % 7 == 0 ? 14 : 0)));
  const auto path = Run(Theta(7), y).path(15);
  CHECK(path[14] - path[7] == Approx(3.5).margin(0.05));
  CHECK(path[0] - path[1] == Approx(14 - 0.5).margin(0.1));
}

TEST_CASE("intermittent demand: size over interval, less its bias, or times a probability that decays") {
  std::vector<float> y;
  for (int t = 0; t < 60; ++t) y.push_back(t % 3 == 2 ? 6.0F : 0.0F);
  const Run croston(Intermittent(IntermittentKind::croston), y), sba(Intermittent(IntermittentKind::sba), y);
  CHECK(croston.path(1)[0] == Approx(2));
  CHECK(sba.path(1)[0] == Approx(2 * (1 - sba.parameters[1] / 2)));
  Run tsb(Intermittent(IntermittentKind::tsb), y);
  const float before = tsb.path(1)[0];
  tsb.take(0);
  CHECK(tsb.path(1)[0] == Approx(before * (1 - tsb.parameters[1])));
  const float unseen = tsb.path(1)[0];
  tsb.take(kHole);
  CHECK(tsb.path(1)[0] == unseen);
}

TEST_CASE("autoregression recovers its coefficients and does not explode") {
  const std::vector<double> noise = normal_draws(5000);
  std::vector<float> y{50, 50};
  for (std::size_t t = 2; t < noise.size(); ++t)
    y.push_back(static_cast<float>(10 + 0.5 * static_cast<double>(y[t - 1]) +
                                   0.3 * static_cast<double>(y[t - 2]) + noise[t]));
  const Run run(Autoregression(5), y);
  CHECK(run.parameters[1] == Approx(0.5).margin(0.04));
  CHECK(run.parameters[2] == Approx(0.3).margin(0.04));
  CHECK(run.path(400)[399] == Approx(50).margin(1));
  std::vector<float> growing{1};
  for (int t = 1; t < 60; ++t) growing.push_back(growing.back() * 1.3F);
  CHECK(Run(Autoregression(3), growing).path(500)[499] <= 2 * growing.back());
}

TEST_CASE("ARIMA(1,0,1) recovers its numbers around the means of the weekdays") {
  const std::vector<double> noise = normal_draws(6000);
  std::vector<float> y;
  double rest = 0, before = 0;
  for (std::size_t t = 0; t < noise.size(); ++t) {
    rest = 0.8 * rest - 0.5 * before + noise[t];
    before = noise[t];
    y.push_back(static_cast<float>(100 + 10.0 * static_cast<double>(t % 7) + rest));
  }
  const Run run(Arma(7), y);
  CHECK(run.parameters[0] == Approx(0.8).margin(0.05));
  CHECK(run.parameters[1] == Approx(-0.5).margin(0.06));
  CHECK(run.parameters[2 + 3] == Approx(130).margin(0.5));
  Run holes = run;
  const auto path = run.path(5);
  for (int i = 0; i < 3; ++i) holes.take(kHole);
  CHECK(holes.path(1)[0] == Approx(path[3]).epsilon(1e-5));  // nothing was learned
}

TEST_CASE("a stockout never lowers what is expected") {
  const std::vector<float> y = count_draws(100, {8, 0.2});
  Run run(ExponentialSmoothing({{}}, 1), y);
  const float before = run.path(1)[0];
  run.take(0, true);
  CHECK(run.path(1)[0] == Approx(before));
  run.take(80, true);
  CHECK(run.path(1)[0] > before);
}

TEST_CASE("seasonal ARIMA recovers its numbers, and steps far ahead return to the mean") {
  const std::vector<double> noise = normal_draws(6000);
  std::vector<double> n;
  std::vector<float> y;
  const auto back = [](const std::vector<double>& of, std::size_t t, std::size_t steps) {
    return steps <= t ? of[t - steps] : 0.0;
  };
  for (std::size_t t = 0; t < noise.size(); ++t) {
    n.push_back(0.5 * back(n, t, 1) + 0.7 * back(n, t, 7) - 0.35 * back(n, t, 8) + noise[t] -
                0.3 * back(noise, t, 1) + 0.2 * back(noise, t, 7) - 0.06 * back(noise, t, 8));
    y.push_back(static_cast<float>(40 + n.back()));
  }
  const Run run(SeasonalArma(7), y);
  CHECK(run.parameters[0] == Approx(0.5).margin(0.12));
  CHECK(run.parameters[1] == Approx(-0.3).margin(0.12));
  CHECK(run.parameters[2] == Approx(0.7).margin(0.05));
  CHECK(run.parameters[3] == Approx(0.2).margin(0.07));
  CHECK(run.path(300)[299] == Approx(40).margin(0.5));
  const std::size_t t = n.size();
  const double next = 40 + 0.5 * back(n, t, 1) + 0.7 * back(n, t, 7) - 0.35 * back(n, t, 8) -
                      0.3 * back(noise, t, 1) + 0.2 * back(noise, t, 7) - 0.06 * back(noise, t, 8);
  CHECK(run.path(1)[0] == Approx(next).margin(0.3));
  Run holes = run;
  const auto path = run.path(5);
  for (int i = 0; i < 3; ++i) holes.take(kHole);
  CHECK(holes.path(1)[0] == Approx(path[3]).epsilon(1e-5));
}
