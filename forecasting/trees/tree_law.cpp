#include "forecasting/trees/tree_law.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "env/core/laws/portable_math.h"

namespace restock::forecasting {

namespace {

float relative(const StepFeatures::Past& past, float forecast, std::size_t steps) {
  const float usual = past.level * static_cast<float>(steps);
  return usual > 0 ? std::clamp(forecast / usual, 0.0F, 100.0F) : 1.0F;
}

}  // namespace

std::size_t leads_of(Frequency frequency) {
  constexpr std::array<std::size_t, 3> kLeads{28, 13, 12};
  return kLeads[static_cast<std::size_t>(frequency)];
}

float error_width(const StepFeatures::Past& past, float forecast, std::size_t steps) {
  const auto d = static_cast<float>(steps);
  const float variance =
      past.deviation * past.deviation * std::sqrt(std::max(0.02F, relative(past, forecast, steps)));
  return std::sqrt(d * variance) + 0.01F * std::sqrt(d) * past.level + 1e-6F;
}

void write_forecast(const StepFeatures::Past& past, float forecast, std::size_t steps, std::span<float> out) {
  const auto base = out.last(kOfForecast);
  base[0] = static_cast<float>(portable::log(static_cast<double>(forecast) + 0.01));
  base[1] = relative(past, forecast, steps);
  base[2] = std::min(forecast / error_width(past, forecast, steps), 1000.0F);
}

void TreeLaw::quantiles(const TreeEnsemble& errors, std::span<const float> row, float forecast, float width,
                        std::span<const LevelGrid::Place> levels, std::span<float> out) const {
  thread_local std::vector<float> known;
  known.resize(grid.size());
  errors.evaluate(row, known);
  // Where trees let quantiles cross, sorted ones are closer to the law (Chernozhukov et al. 2010).
  std::sort(known.begin(), known.end());
  for (std::size_t i = 0; i < levels.size(); ++i)
    out[i] = std::max(0.0F, forecast + width * levels[i].in(known));
}

}  // namespace restock::forecasting
