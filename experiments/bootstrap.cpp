#include "experiments/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "env/core/check.h"
#include "env/core/keyed_random.h"
#include "env/core/student_t.h"

namespace restock::experiments {

namespace {

/// sums[i] = the first i days of the series, laid out twice so that blocks may run over its end.
std::vector<double> circular_sums(std::span<const double> series) {
  std::vector<double> sums{0.0};
  sums.reserve(2 * series.size() + 1);
  for (std::size_t i = 0; i < 2 * series.size(); ++i) sums.push_back(sums.back() + series[i % series.size()]);
  return sums;
}

/// Blocks drawn with replacement; the last one is cut so that a resample is as long as the series.
double resampled_mean(const std::vector<double>& sums, const BlockBootstrapConfig& config,
                      const Stream& stream, std::int64_t resample) {
  const std::size_t n = (sums.size() - 1) / 2;
  double total = 0;
  std::uint64_t k = 0;
  for (std::size_t filled = 0; filled < n; filled += config.block_length) {
    const std::size_t length = std::min(config.block_length, n - filled);
    const auto start = static_cast<std::size_t>(stream.below(n, resample, k++));
    total += sums[start + length] - sums[start];
  }
  return total / static_cast<double>(n);
}

/// Linear between order statistics (type 7 of Hyndman and Fan 1996).
double quantile_of_sorted(const std::vector<double>& sorted, double level) {
  const double position = level * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (position - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

double expanded_tail(std::size_t blocks) {
  RESTOCK_CHECK(blocks >= kMinimumBlocks, "{} blocks", blocks);
  const auto b = static_cast<double>(blocks);
  return std::erfc(std::sqrt(b / (b - 1)) * student_t_quantile_975(b - 1) / std::sqrt(2.0)) / 2;
}

std::optional<BootstrapInterval> block_bootstrap_of_mean(std::span<const double> series,
                                                         const BlockBootstrapConfig& config) {
  RESTOCK_CHECK(config.block_length > 0 && config.resamples > 1, "blocks of {} days, {} resamples",
                config.block_length, config.resamples);
  const std::size_t blocks = series.size() / config.block_length;
  if (blocks < kMinimumBlocks) return std::nullopt;
  const std::vector<double> sums = circular_sums(series);
  const Stream stream({config.seed, Split::evaluate, 0}, Purpose::resampling, 0);
  std::vector<double> means(config.resamples);
  for (std::size_t i = 0; i < means.size(); ++i)
    means[i] = resampled_mean(sums, config, stream, static_cast<std::int64_t>(i));
  std::sort(means.begin(), means.end());
  const double tail = expanded_tail(blocks);
  return BootstrapInterval{sums[series.size()] / static_cast<double>(series.size()),
                           quantile_of_sorted(means, tail), quantile_of_sorted(means, 1 - tail), blocks,
                           config.resamples};
}

}  // namespace restock::experiments
