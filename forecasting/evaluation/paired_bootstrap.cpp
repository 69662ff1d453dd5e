#include <algorithm>
#include <cmath>
#include <limits>

#include "env/core/check.h"
#include "env/core/keyed_random.h"
#include "forecasting/evaluation/rolling_origin.h"

namespace restock::forecasting {

PairedDifference paired_bootstrap(std::span<const double> scores, std::span<const double> reference) {
  constexpr std::size_t kResamples = 2000, kTail = 50;  // 2.5 % of them
  RESTOCK_CHECK(scores.size() == reference.size(), "{} scores beside {}", scores.size(), reference.size());
  std::vector<double> differences;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const double difference = scores[i] - reference[i];
    if (!std::isnan(difference)) differences.push_back(difference);
  }
  const double nothing = std::numeric_limits<double>::quiet_NaN();
  if (differences.empty()) return {nothing, nothing, nothing};
  const auto n = static_cast<double>(differences.size());
  double mean = 0;
  for (const double difference : differences) mean += difference / n;
  std::vector<double> resampled(kResamples);
  for (std::size_t r = 0; r < kResamples; ++r) {
    const Stream stream({1, Split::evaluate, 0}, Purpose::resampling, r);
    for (std::size_t i = 0; i < differences.size(); ++i) {
      const double u = stream.uniform(static_cast<std::int64_t>(i));
      resampled[r] += differences[std::min(static_cast<std::size_t>(u * n), differences.size() - 1)] / n;
    }
  }
  std::sort(resampled.begin(), resampled.end());
  return {mean, resampled[kTail], resampled[kResamples - 1 - kTail]};
}

}  // namespace restock::forecasting
