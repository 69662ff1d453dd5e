#include "forecasting/classical/error_law.h"

#include <algorithm>
#include <cmath>

#include "forecasting/classical/recursive_method.h"

namespace restock::forecasting {

namespace {

constexpr std::size_t kLeadsPerOrigin = ErrorLaw::kLeadsPerOrigin;

float spread(float forecast, std::size_t steps, float mean_sales) {
  return std::sqrt(forecast + 0.1F * static_cast<float>(steps) * mean_sales + 1e-6F);
}

}  // namespace

ErrorLaw::ErrorLaw(std::size_t series, std::size_t season)
    : grid_({0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99, 0.995}),
      series_(series),
      season_(season),
      sums_(series * kMaximumSteps * grid_.size()),
      steps_(series * season * grid_.size()),
      widths_(series * kMaximumSteps, 1.0F) {}

void ErrorLaw::Errors::add(std::int64_t clock, std::span<const float> path, std::span<const float> truth) {
  const auto mean_sales = static_cast<float>(mean_sales_);
  double sum = 0, forecast = 0;
  bool whole = true;
  for (std::size_t h = 0; h < std::min({path.size(), truth.size(), kMaximumSteps}); ++h) {
    const bool known = !std::isnan(truth[h]);
    whole = whole && known;
    sum += static_cast<double>(truth[h]);
    forecast += static_cast<double>(path[h]);
    if (whole)
      sums_[h].push_back(static_cast<float>(sum - forecast) /
                         spread(static_cast<float>(forecast), h + 1, mean_sales));
    if (!known) continue;
    const std::int64_t step = clock + static_cast<std::int64_t>(h);
    const float error = (truth[h] - path[h]) / spread(path[h], 1, mean_sales);
    squares_[h] += static_cast<double>(error) * static_cast<double>(error);
    ++counts_[h];
    // A few leads an origin are as good as all of them; over the origins every step takes part as often.
    if ((2 * phase_of(clock, kMaximumSteps) + h) % (kMaximumSteps / kLeadsPerOrigin) == 0)
      singles_.push_back({h, phase_of(step, season_), error});
  }
}

void ErrorLaw::write(std::span<const LevelGrid::Place> levels, std::span<const float> quantiles,
                     float forecast, float width, std::span<float> out) const {
  for (std::size_t i = 0; i < levels.size(); ++i)
    out[i] = std::max(0.0F, forecast + width * levels[i].in(quantiles));
}

void ErrorLaw::quantiles_of_sum(const Law& law, std::size_t steps, std::span<const LevelGrid::Place> levels,
                                std::span<float> out) const {
  const std::size_t d = std::min(steps, kMaximumSteps) - 1;
  const auto quantiles =
      std::span(sums_).subspan((law.series * kMaximumSteps + d) * grid_.size(), grid_.size());
  write(levels, quantiles, law.forecast, spread(law.forecast, steps, law.mean_sales), out);
}

void ErrorLaw::quantiles_of_step(const Law& law, std::size_t lead, std::int64_t clock,
                                 std::span<const LevelGrid::Place> levels, std::span<float> out) const {
  const std::size_t h = std::min(lead, kMaximumSteps) - 1;
  const auto quantiles = std::span(steps_).subspan(
      (law.series * season_ + phase_of(clock, season_)) * grid_.size(), grid_.size());
  const float width = spread(law.forecast, 1, law.mean_sales) * widths_[law.series * kMaximumSteps + h];
  write(levels, quantiles, law.forecast, width, out);
}

void ErrorLaw::save(TensorFile& file) const {
  file.set("errors_of_sums", {series_, kMaximumSteps, grid_.size()}, sums_);
  file.set("errors_of_steps", {series_, season_, grid_.size()}, steps_);
  file.set("widths_of_leads", {series_, kMaximumSteps}, widths_);
}

ErrorLaw ErrorLaw::load(const TensorFile& file, std::size_t series, std::size_t season) {
  ErrorLaw law(0, season);
  const std::size_t width = law.grid_.size();
  law.series_ = series;
  law.sums_ = file.get("errors_of_sums", {series, kMaximumSteps, width});
  law.steps_ = file.get("errors_of_steps", {series, season, width});
  law.widths_ = file.get("widths_of_leads", {series, kMaximumSteps});
  for (const std::vector<float>* table : {&law.sums_, &law.steps_}) {
    for (std::size_t i = 0; i + 1 < table->size(); ++i) {
      if ((i + 1) % width != 0 && (*table)[i] > (*table)[i + 1])
        file.fail("quantiles of errors fall where their levels rise");
    }
  }
  if (std::any_of(law.widths_.begin(), law.widths_.end(), [](float w) { return w < 0; }))
    file.fail("tensor 'widths_of_leads' holds a negative number");
  return law;
}

}  // namespace restock::forecasting
