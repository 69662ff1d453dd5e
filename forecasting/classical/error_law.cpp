#include "forecasting/classical/error_law.h"

#include <algorithm>
#include <cmath>

#include "env/core/laws/portable_math.h"
#include "forecasting/classical/recursive_method.h"

namespace restock::forecasting {

namespace {

constexpr std::size_t kEnough = 10;         ///< errors of a law of their own
constexpr std::size_t kEnoughOfPhase = 60;  ///< errors of every phase
constexpr std::size_t kLeadsPerOrigin = 4;

float spread(float forecast, std::size_t steps, float mean_sales) {
  return std::sqrt(forecast + 0.1F * static_cast<float>(steps) * mean_sales + 1e-6F);
}

/// Between order statistics, (n + 1/3)·p + 1/3 from 1 (Hyndman and Fan 1996, type 8: nearly unbiased in the
/// median whatever the law). Sorts.
void write_quantiles(std::vector<float>& values, std::span<const double> levels, std::span<float> out) {
  std::sort(values.begin(), values.end());
  const auto n = static_cast<double>(values.size());
  for (std::size_t q = 0; q < levels.size(); ++q) {
    const double at = std::clamp((n + 1.0 / 3) * levels[q] + 1.0 / 3 - 1, 0.0, n - 1);
    const auto lower = static_cast<std::size_t>(at);
    const auto upper = std::min(lower + 1, values.size() - 1);
    out[q] =
        values[lower] + static_cast<float>(at - static_cast<double>(lower)) * (values[upper] - values[lower]);
  }
}

/// Where next to nothing is known: as if demand were Poisson's.
void write_normal(std::span<const double> levels, std::span<float> out) {
  std::transform(levels.begin(), levels.end(), out.begin(),
                 [](double level) { return static_cast<float>(portable::normal_quantile(level)); });
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
    // A few leads an origin, others at the next one, are as good as all of them.
    if ((static_cast<std::size_t>(phase_of(clock, kMaximumSteps)) + h) % (kMaximumSteps / kLeadsPerOrigin) ==
        0)
      singles_.push_back({h, phase_of(step, season_), error});
  }
}

void ErrorLaw::set(std::size_t series, Errors& errors) {
  set_sums(series, errors);
  set_steps(series, errors);
}

void ErrorLaw::set_sums(std::size_t series, Errors& errors) {
  for (std::size_t d = 0; d < kMaximumSteps; ++d) {
    const auto out = row(sums_, series * kMaximumSteps + d);
    if (errors.sums_[d].size() >= kEnough) {
      write_quantiles(errors.sums_[d], grid_.levels(), out);
    } else if (d > 0) {
      std::copy_n(row(sums_, series * kMaximumSteps + d - 1).begin(), out.size(), out.begin());
    } else {
      write_normal(grid_.levels(), out);
    }
  }
}

void ErrorLaw::set_steps(std::size_t series, Errors& errors) {
  double squares = 0, count = 0;
  for (std::size_t h = 0; h < kMaximumSteps; ++h) squares += errors.squares_[h], count += errors.counts_[h];
  const double mean_square = count > 0 ? squares / count : 0;
  const auto widths = std::span(widths_).subspan(series * kMaximumSteps, kMaximumSteps);
  for (std::size_t h = 0; h < kMaximumSteps; ++h) {
    const bool enough = errors.counts_[h] >= static_cast<double>(kEnough) && mean_square > 0;
    const double own = enough ? std::sqrt(errors.squares_[h] / errors.counts_[h] / mean_square) : 1;
    widths[h] = enough ? static_cast<float>(std::max(own, 0.1)) : h > 0 ? widths[h - 1] : 1;
  }
  std::vector<std::vector<float>> by_phase(season_);
  std::vector<float> all;
  for (const Errors::Single& one : errors.singles_) {
    by_phase[one.phase].push_back(one.error / widths[one.lead]);
    all.push_back(by_phase[one.phase].back());
  }
  const bool phases = std::all_of(by_phase.begin(), by_phase.end(),
                                  [](const auto& errors_of) { return errors_of.size() >= kEnoughOfPhase; });
  for (std::size_t p = 0; p < season_; ++p) {
    const auto out = row(steps_, series * season_ + p);
    if (all.size() < kEnough) {
      write_normal(grid_.levels(), out);
    } else {
      write_quantiles(phases ? by_phase[p] : all, grid_.levels(), out);
    }
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

void ErrorLaw::load(const TensorFile& file) {
  sums_ = file.get("errors_of_sums", {series_, kMaximumSteps, grid_.size()});
  steps_ = file.get("errors_of_steps", {series_, season_, grid_.size()});
  widths_ = file.get("widths_of_leads", {series_, kMaximumSteps});
  for (const std::vector<float>* table : {&sums_, &steps_}) {
    for (std::size_t i = 0; i + 1 < table->size(); ++i) {
      if ((i + 1) % grid_.size() != 0 && (*table)[i] > (*table)[i + 1])
        file.fail("quantiles of errors fall where their levels rise");
    }
  }
  if (std::any_of(widths_.begin(), widths_.end(), [](float width) { return width < 0; }))
    file.fail("tensor 'widths_of_leads' holds a negative number");
}

}  // namespace restock::forecasting
