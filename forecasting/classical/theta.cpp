#include "forecasting/classical/theta.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "forecasting/classical/exponential_smoothing.h"
#include "forecasting/classical/fitting.h"

namespace restock::forecasting {

namespace {

// parameters: α, b/2, season by phase; state: level, number of values smoothed

double autocorrelation(const SeriesSample& sample, double mean, std::size_t lag) {
  double covariance = 0, variance = 0;
  for (std::size_t t = 0; t < sample.values.size(); ++t) {
    if (!sample.known(t)) continue;
    const double now = static_cast<double>(sample.values[t]) - mean;
    variance += now * now;
    if (t >= lag && sample.known(t - lag))
      covariance += now * (static_cast<double>(sample.values[t - lag]) - mean);
  }
  return variance > 0 ? covariance / variance : 0;
}

bool has_season(const SeriesSample& sample, std::size_t season) {
  const std::size_t known = sample.count_known();
  if (season < 2 || known < 3 * season) return false;
  const double mean = sample.mean();
  double sum = 1;
  for (std::size_t lag = 1; lag < season; ++lag) sum += 2 * std::pow(autocorrelation(sample, mean, lag), 2);
  return std::fabs(autocorrelation(sample, mean, season)) >
         1.645 * std::sqrt(sum / static_cast<double>(known));
}

struct Line {
  double slope = 0;
  std::vector<double> season;  ///< its mean is 0
};

/// Trend line and, where wanted, what each phase differs from it.
Line fit_line(const SeriesSample& sample, std::size_t season, bool seasonal) {
  const std::size_t phases = seasonal ? season : 1;
  LeastSquares system(phases + 1);
  const double scale = sample.mean() > 0 ? sample.mean() : 1,
               length = static_cast<double>(sample.values.size());
  for (std::size_t t = 0; t < sample.values.size(); ++t) {
    if (!sample.known(t)) continue;
    std::vector<double> row(phases + 1);
    row[phases] = static_cast<double>(t) / length - 0.5;
    row[phase_of(sample.clock + static_cast<std::int64_t>(t), phases)] = 1;
    system.add(row, static_cast<double>(sample.values[t]) / scale);
  }
  const std::vector<double> x = system.solve(1e-9).x;
  Line line{sample.count_known() > 2 ? x[phases] * scale / length : 0, std::vector<double>(season)};
  double mean = 0;
  for (std::size_t p = 0; p < phases; ++p) mean += x[p] / static_cast<double>(phases);
  for (std::size_t p = 0; seasonal && p < season; ++p) line.season[p] = (x[p] - mean) * scale;
  return line;
}

}  // namespace

void Theta::fit(const SeriesSample& sample, std::span<float> parameters, std::span<float> start) const {
  const Line line = fit_line(sample, season_, has_season(sample, season_));
  std::vector<float> rest(sample.values.begin(), sample.values.end());
  for (std::size_t t = 0; t < rest.size(); ++t)
    rest[t] -=
        static_cast<float>(line.season[phase_of(sample.clock + static_cast<std::int64_t>(t), season_)]);
  const EtsFit smoothing = fit_ets({rest, sample.stocked_out, sample.clock}, {}, 1);
  parameters[0] = static_cast<float>(smoothing.numbers[0]);
  parameters[1] = static_cast<float>(line.slope / 2);
  std::transform(line.season.begin(), line.season.end(), parameters.begin() + 2,
                 [](double s) { return static_cast<float>(s); });
  start[0] = static_cast<float>(smoothing.start[0]);
  start[1] = 0;
}

void Theta::observe(std::span<const float> parameters, std::int64_t clock, float value,
                    std::span<float> state) const {
  state[0] += parameters[0] * (value - parameters[2 + phase_of(clock, season_)] - state[0]);
  state[1] += 1;
}

void Theta::path(std::span<const float> parameters, std::int64_t clock, std::span<const float> state,
                 std::span<float> means) const {
  const float alpha = parameters[0], half_slope = parameters[1];
  const float lag = (1 - std::pow(1 - alpha, state[1])) / alpha;
  for (std::size_t h = 0; h < means.size(); ++h)
    means[h] = state[0] + half_slope * (static_cast<float>(h) + lag) +
               parameters[2 + phase_of(clock + static_cast<std::int64_t>(h), season_)];
}

}  // namespace restock::forecasting
