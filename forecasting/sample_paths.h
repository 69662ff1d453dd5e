// Futures that a forecaster thinks could happen: each day is drawn from the law of the next day given the
// days drawn before (ancestral sampling). Demand is drawn, so every sampled day is fed back as sold in full.
#pragma once

#include <cstdint>
#include <vector>

#include "env/core/keyed_random.h"
#include "forecasting/generative.h"

namespace restock::forecasting {

struct PathSampling {
  std::size_t paths = 1;
  std::size_t days = 1;  ///< from day 0 of the forecaster on
  std::uint64_t seed = 1;
  Split split = Split::train;
  int threads = 1;
};

/// Units by [path][day][series]. Draw (path, series, day) is keyed (Purpose::demand_path, path as the
/// replication): a path is the same however many there are and on however many threads. Throws InputError
/// where the forecaster names no law of the next day.
std::vector<std::int32_t> sample_paths(const Forecaster& forecaster, const PathSampling& sampling);

}  // namespace restock::forecasting
