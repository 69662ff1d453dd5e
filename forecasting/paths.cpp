#include "forecasting/paths.h"

#include <algorithm>
#include <limits>

#include "env/core/parallel.h"

namespace restock::forecasting {

namespace {

constexpr std::size_t kBlock = 64;  ///< paths that one task samples side by side

/// Paths [first, first + n) of one series.
class Block {
 public:
  Block(const GenerativeForecaster& forecaster, std::size_t s, std::size_t first, std::size_t n,
        const RunKey& run)
      : forecaster_(forecaster),
        first_(first),
        series_(n, static_cast<std::int32_t>(s)),
        draws_(run, Purpose::demand_path, s),
        laws_(n),
        sales_(n),
        stocked_out_(n, 0),
        state_(n * forecaster.state_size()) {
    forecaster_.start(series_, state_);
  }

  void sample(DemandPaths& out) {
    const auto s = static_cast<std::size_t>(series_[0]);
    for (std::size_t day = 0; day < out.days; ++day) {
      const auto t = static_cast<std::int64_t>(day);
      forecaster_.next_day(t, series_, state_, laws_);
      for (std::size_t i = 0; i < laws_.size(); ++i) {
        const std::int64_t units = laws_[i].quantile(draws_.uniform(t, first_ + i + 1));
        const auto demand = static_cast<std::int32_t>(
            std::min<std::int64_t>(units, std::numeric_limits<std::int32_t>::max()));
        out.demand[((first_ + i) * out.days + day) * out.series + s] = demand;
        sales_[i] = static_cast<float>(demand);
      }
      forecaster_.advance(t, series_, sales_, stocked_out_, state_);
    }
  }

 private:
  const GenerativeForecaster& forecaster_;
  std::size_t first_;
  std::vector<std::int32_t> series_;
  Stream draws_;
  std::vector<NegativeBinomial> laws_;
  std::vector<float> sales_;
  std::vector<std::uint8_t> stocked_out_;
  std::vector<float> state_;
};

}  // namespace

DemandPaths sample_paths(const GenerativeForecaster& forecaster, std::size_t paths, std::size_t days,
                         const RunKey& run, int threads) {
  DemandPaths out{paths, days, forecaster.series_count(), {}};
  out.demand.resize(paths * days * out.series);
  const std::size_t blocks = (paths + kBlock - 1) / kBlock;
  parallel_for(blocks * out.series, threads, [&](std::size_t task, int) {
    const std::size_t first = task / out.series * kBlock;
    Block(forecaster, task % out.series, first, std::min(kBlock, paths - first), run).sample(out);
  });
  return out;
}

}  // namespace restock::forecasting
