#include "forecasting/classical/error_law_fit.h"

#include <algorithm>
#include <cmath>

#include "env/core/laws/portable_math.h"

namespace restock::forecasting {

namespace {

constexpr std::size_t kSteps = ErrorLaw::kMaximumSteps;
constexpr double kEnough = 10;              ///< errors of a lead for a width of its own
constexpr std::size_t kEnoughOfPhase = 60;  ///< errors of every phase for laws of their own
constexpr std::size_t kPooled = 300'000;    ///< errors of all series together
constexpr double kWeightOfOthers = 10;      ///< in own errors beyond the level
constexpr double kNeverWrong = 20;          ///< own errors, all 0, after which none is expected: a closed day
constexpr double kWeightOfSize = 20;        ///< in own errors

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

}  // namespace

ErrorLawFit::ErrorLawFit(ErrorLaw& law)
    : law_(law),
      thinned_(std::max<std::size_t>(20, kPooled / std::max<std::size_t>(1, law.series_))),
      sums_(law.series_ * kSteps),
      steps_(law.series_ * law.season_),
      sum_pools_(kSteps) {}

void ErrorLawFit::add_row(std::vector<float>& errors, double overlap, std::span<float> row, Own& own,
                          Pool& pool) {
  if (errors.empty()) return;
  double sum = 0;
  for (const float error : errors) sum += std::fabs(static_cast<double>(error));
  own = {sum / static_cast<double>(errors.size()), static_cast<double>(errors.size()) / overlap};
  write_quantiles(errors, law_.grid_.levels(), row);
  pool.size += own.size;
  pool.sizes += 1;
  if (!(own.size > 0)) return;
  // Sorted errors at even distances are a smaller sample of the same law.
  const double step = std::max(1.0, static_cast<double>(errors.size()) / static_cast<double>(thinned_));
  for (double at = step / 2 - 0.5; at < static_cast<double>(errors.size()); at += step)
    pool.errors.push_back(errors[static_cast<std::size_t>(at)] / static_cast<float>(own.size));
}

void ErrorLawFit::add(std::size_t series, ErrorLaw::Errors& errors) {
  const std::size_t width = law_.grid_.size();
  for (std::size_t d = 0; d < kSteps; ++d) {
    const std::size_t row = series * kSteps + d;
    add_row(errors.sums_[d], static_cast<double>(d + 1), std::span(law_.sums_).subspan(row * width, width),
            sums_[row], sum_pools_[d]);
  }
  set_widths(series, errors);
  add_steps(series, errors);
}

void ErrorLawFit::set_widths(std::size_t series, const ErrorLaw::Errors& errors) {
  double squares = 0, count = 0;
  for (std::size_t h = 0; h < kSteps; ++h) squares += errors.squares_[h], count += errors.counts_[h];
  const auto widths = std::span(law_.widths_).subspan(series * kSteps, kSteps);
  for (std::size_t h = 0; h < kSteps; ++h) {
    const bool enough = errors.counts_[h] >= kEnough && squares > 0;
    const double own = enough ? std::sqrt(errors.squares_[h] / errors.counts_[h] / (squares / count)) : 1;
    widths[h] = enough ? static_cast<float>(std::clamp(own, 0.1, 10.0)) : h > 0 ? widths[h - 1] : 1;
  }
}

void ErrorLawFit::add_steps(std::size_t series, ErrorLaw::Errors& errors) {
  const auto widths = std::span(law_.widths_).subspan(series * kSteps, kSteps);
  std::vector<std::vector<float>> by_phase(law_.season_);
  std::vector<float> all;
  for (const ErrorLaw::Errors::Single& one : errors.singles_) {
    by_phase[one.phase].push_back(one.error / widths[one.lead]);
    all.push_back(by_phase[one.phase].back());
  }
  const bool phases = std::all_of(by_phase.begin(), by_phase.end(),
                                  [](const auto& of_phase) { return of_phase.size() >= kEnoughOfPhase; });
  const std::size_t width = law_.grid_.size();
  for (std::size_t p = 0; p < law_.season_; ++p) {
    const std::size_t row = series * law_.season_ + p;
    const auto out = std::span(law_.steps_).subspan(row * width, width);
    if (phases || p == 0) {
      add_row(phases ? by_phase[p] : all, ErrorLaw::kLeadsPerOrigin, out, steps_[row], step_pool_);
    } else {
      steps_[row] = steps_[row - p];
      std::copy_n(law_.steps_.begin() + static_cast<std::ptrdiff_t>((row - p) * width), width, out.begin());
    }
  }
}

/// Where no series has an error the law is Poisson's, about.
void ErrorLawFit::shape(Pool& pool) const {
  std::vector<float> quantiles;
  for (const double level : law_.grid_.levels())
    quantiles.push_back(static_cast<float>(portable::normal_quantile(level)));
  if (pool.sizes == 0) pool.size = pool.sizes = 1;
  if (!pool.errors.empty()) write_quantiles(pool.errors, law_.grid_.levels(), quantiles);
  pool.errors = quantiles;
}

void ErrorLawFit::blend(std::span<float> row, const Own& own, double size, const Pool& pool) const {
  const std::vector<double>& levels = law_.grid_.levels();
  for (std::size_t q = 0; q < row.size(); ++q) {
    const double beyond = own.count * std::min(levels[q], 1 - levels[q]);
    const double weight = beyond / (beyond + kWeightOfOthers);
    const double others = size * static_cast<double>(pool.errors[q]);
    row[q] = static_cast<float>(weight * static_cast<double>(row[q]) + (1 - weight) * others);
    if (q > 0) row[q] = std::max(row[q], row[q - 1]);
  }
}

void ErrorLawFit::finish() {
  const std::size_t width = law_.grid_.size();
  for (Pool& pool : sum_pools_) shape(pool);
  shape(step_pool_);
  const auto shrunk = [](const Own& own, double size) {
    if (own.size == 0 && own.count >= kNeverWrong) return 0.0;
    return (own.count * own.size + kWeightOfSize * size) / (own.count + kWeightOfSize);
  };
  for (std::size_t s = 0; s < law_.series_; ++s) {
    double relative = 1;  // to the mean of all series
    for (std::size_t d = 0; d < kSteps; ++d) {
      const std::size_t row = s * kSteps + d;
      const double usual = sum_pools_[d].size / sum_pools_[d].sizes;
      const double size = shrunk(sums_[row], relative * usual);
      if (d == 0 && usual > 0) relative = size / usual;
      blend(std::span(law_.sums_).subspan(row * width, width), sums_[row], size, sum_pools_[d]);
    }
    for (std::size_t p = 0; p < law_.season_; ++p) {
      const std::size_t row = s * law_.season_ + p;
      const double size = shrunk(steps_[row], step_pool_.size / step_pool_.sizes);
      blend(std::span(law_.steps_).subspan(row * width, width), steps_[row], size, step_pool_);
    }
  }
}

}  // namespace restock::forecasting
