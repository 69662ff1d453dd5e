// Possible futures: demand paths sampled day by day from the law that a forecaster names for the next day,
// each sampled day being shown to it as an observed one (ancestral sampling; Salinas et al. 2020,
// section 3.2).
//
// Draws are keyed by (run, series, day, path), so that path p is the same however many paths are sampled and
// on however many threads.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "env/core/keyed_random.h"
#include "forecasting/generative.h"

namespace restock::forecasting {

struct DemandPaths {
  std::size_t paths = 0, days = 0, series = 0;
  std::vector<std::int32_t> demand;  ///< [paths × days × series] units

  std::int32_t at(std::size_t path, std::size_t day, std::size_t s) const {
    return demand[(path * days + day) * series + s];
  }
};

/// Days 0 … days − 1 of every series. Demand is uncensored: a path says what customers ask for.
DemandPaths sample_paths(const GenerativeForecaster& forecaster, std::size_t paths, std::size_t days,
                         const RunKey& run, int threads = 1);

}  // namespace restock::forecasting
