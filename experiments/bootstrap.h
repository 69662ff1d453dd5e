// How sure the mean of a time series is, when its days are not independent: the circular block bootstrap.
//
// The series is bent to a circle and cut into blocks of `block_length` neighbouring days that start anywhere
// (Politis and Romano 1992, "A circular block-resampling procedure for stationary data"; Künsch 1989 has the
// moving blocks it stands on). A resample is as many blocks, drawn with replacement, as fill the series; the
// circle gives every day the same weight, so resampled means centre on the mean of the series. What depends
// on the neighbouring days stays together inside a block.
//
// With few blocks a plain percentile interval is too narrow (84 days are 12 weeks). The percentiles taken are
// therefore those of Hesterberg's expanded percentile interval (2015, "What teachers should know about the
// bootstrap", section 5.2): level Φ(−√(b/(b−1)) t) instead of 2.5 %, with b blocks and t the 0.975 quantile
// of Student's t with b − 1 degrees.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace restock::experiments {

struct BlockBootstrapConfig {
  std::size_t block_length = 7;  ///< days: a whole week keeps its weekdays together
  std::size_t resamples = 10'000;
  std::uint64_t seed = 1;
};

/// A 95 % interval of a mean.
struct BootstrapInterval {
  double mean = 0;
  double lower = 0;
  double upper = 0;
  std::size_t blocks = 0;  ///< whole blocks in the series
  std::size_t resamples = 0;
};

/// Fewer blocks than this say nothing about the spread between blocks.
inline constexpr std::size_t kMinimumBlocks = 4;

/// nullopt where the series holds fewer than kMinimumBlocks whole blocks. Draws are keyed: the same series
/// gives the same interval wherever and whenever it is computed.
std::optional<BootstrapInterval> block_bootstrap_of_mean(std::span<const double> series,
                                                         const BlockBootstrapConfig& config = {});

/// The share below which the lower end of the interval lies, for `blocks` blocks: 0.025 for very many.
double expanded_tail(std::size_t blocks);

}  // namespace restock::experiments
