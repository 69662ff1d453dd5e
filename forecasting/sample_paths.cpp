#include "forecasting/sample_paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "env/core/error.h"
#include "env/core/parallel.h"

namespace restock::forecasting {

namespace {

/// Samples one path after the other, all series of a path side by side.
class PathSampler {
 public:
  explicit PathSampler(const GenerativeForecaster& forecaster)
      : forecaster_(forecaster),
        series_(forecaster.series_count()),
        state_(series_.size() * forecaster.state_size()),
        sales_(series_.size()),
        stocked_out_(series_.size()),
        laws_(series_.size()) {
    std::iota(series_.begin(), series_.end(), 0);
  }

  /// units[days × series].
  void sample(const RunKey& run, std::span<std::int32_t> units) {
    const std::size_t n = series_.size();
    forecaster_.start(series_, state_);
    for (std::size_t day = 0; day * n < units.size(); ++day) {
      const auto index = static_cast<std::int64_t>(day);
      forecaster_.next_day(index, series_, state_, laws_);
      for (std::size_t i = 0; i < n; ++i) {
        const double u = Stream(run, Purpose::demand_path, i).uniform(index);
        const std::int64_t demand =
            std::min<std::int64_t>(laws_[i].quantile(u), std::numeric_limits<std::int32_t>::max());
        units[day * n + i] = static_cast<std::int32_t>(demand);
        sales_[i] = static_cast<float>(demand);
      }
      forecaster_.advance(index, series_, sales_, stocked_out_, state_);
    }
  }

 private:
  const GenerativeForecaster& forecaster_;
  std::vector<std::int32_t> series_;
  std::vector<float> state_;
  std::vector<float> sales_;
  std::vector<std::uint8_t> stocked_out_;
  std::vector<NegativeBinomial> laws_;
};

}  // namespace

std::vector<std::int32_t> sample_paths(const Forecaster& forecaster, const PathSampling& sampling) {
  const auto* const generative = dynamic_cast<const GenerativeForecaster*>(&forecaster);
  if (generative == nullptr)
    throw InputError(
        fmt::format("forecaster '{}' gives quantiles but no law of the next day, so that no futures can be "
                    "sampled from it; "
                    "use lstm",
                    forecaster.name()));
  const std::size_t each = sampling.days * forecaster.series_count();
  std::vector<std::int32_t> units(sampling.paths * each);
  std::vector<std::unique_ptr<PathSampler>> samplers(static_cast<std::size_t>(std::max(1, sampling.threads)));
  parallel_for(sampling.paths, sampling.threads, [&](std::size_t path, int worker) {
    auto& sampler = samplers[static_cast<std::size_t>(worker)];
    if (!sampler) sampler = std::make_unique<PathSampler>(*generative);
    sampler->sample({sampling.seed, sampling.split, path}, std::span(units).subspan(path * each, each));
  });
  return units;
}

}  // namespace restock::forecasting
