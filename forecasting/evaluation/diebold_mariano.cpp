#include "forecasting/evaluation/diebold_mariano.h"

#include <cmath>
#include <limits>
#include <vector>

#include "env/core/check.h"
#include "env/core/student_t.h"

namespace restock::forecasting {

namespace {

double autocovariance(std::span<const double> centred, std::size_t lag) {
  double sum = 0;
  for (std::size_t t = lag; t < centred.size(); ++t) sum += centred[t] * centred[t - lag];
  return sum / static_cast<double>(centred.size());
}

double long_run_variance(std::span<const double> centred, std::size_t horizon) {
  double plain = autocovariance(centred, 0), falling = plain;
  for (std::size_t k = 1; k < horizon; ++k) {
    const double covariance = 2 * autocovariance(centred, k);
    plain += covariance;
    falling += covariance * (1 - static_cast<double>(k) / static_cast<double>(horizon));
  }
  return plain > 0 ? plain : falling;
}

}  // namespace

DieboldMariano diebold_mariano(std::span<const double> differences, std::size_t horizon) {
  RESTOCK_CHECK(horizon >= 1, "a horizon of {} steps", horizon);
  std::vector<double> known;
  double mean = 0;
  for (const double difference : differences) {
    if (std::isnan(difference)) continue;
    known.push_back(difference);
    mean += difference;
  }
  constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
  DieboldMariano result{kNothing, kNothing, known.size()};
  if (known.size() <= horizon || known.size() < 2) return result;
  const auto n = static_cast<double>(known.size()), h = static_cast<double>(horizon);
  mean /= n;
  for (double& difference : known) difference -= mean;
  const double variance = long_run_variance(known, horizon);
  if (!(variance > 0)) return result;
  result.statistic = mean / std::sqrt(variance / n) * std::sqrt((n + 1 - 2 * h + h * (h - 1) / n) / n);
  result.p_value = student_t_two_sided(result.statistic, known.size() - 1);
  return result;
}

}  // namespace restock::forecasting
