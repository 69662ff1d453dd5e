#include "forecasting/trees/step_features.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "env/core/laws/portable_math.h"
#include "forecasting/classical/recursive_method.h"

namespace restock::forecasting {

namespace {

constexpr float kLargestRatio = 1000;
constexpr float kWeightOfMore = 4;     ///< steps that a longer mean counts for in a shorter one
constexpr std::size_t kPhases = 4;     ///< latest steps of a phase that make its recent mean
constexpr float kAlike = 0.5F;         ///< covariates of like steps differ by less, in deviations
constexpr float kWeightOfLevel = 1.5;  ///< like steps that the level counts for

/// Lengths of memories in steps: those of means, those over which sales vary, that of the level.
struct Lengths {
  std::size_t window, level;
  std::vector<std::size_t> means, spreads;
};

const Lengths& lengths_of(Frequency frequency) {
  static const std::array<Lengths, 3> kLengths{Lengths{84, 28, {1, 2, 3, 7, 14, 28, 56, 84}, {7, 28, 84}},
                                               Lengths{52, 8, {1, 2, 4, 8, 13, 26, 52}, {4, 13, 52}},
                                               Lengths{24, 12, {1, 2, 3, 6, 12, 24}, {3, 12, 24}}};
  return kLengths[static_cast<std::size_t>(frequency)];
}

float over(float value, float level) {
  return level > 0 ? std::clamp(value / level, -kLargestRatio, kLargestRatio) : 0.0F;
}

/// Sums over the steps from the newest back.
struct Stretch {
  float count = 0, sum = 0, squares = 0, zeros = 0, largest = 0;
  void add(float value) {
    ++count, sum += value, squares += value * value, zeros += value == 0 ? 1.0F : 0.0F;
    largest = std::max(largest, value);
  }
  float mean(float otherwise) const { return count > 0 ? sum / count : otherwise; }
  float deviation() const {
    if (count < 1) return 0;
    return std::sqrt(std::max(0.0F, squares / count - (sum / count) * (sum / count)));
  }
};

constexpr std::size_t kOfSpread = 3, kOthers = 9, kOfStep = 8, kOfCovariate = 5;

}  // namespace

std::size_t StepFeatures::window(Frequency frequency) {
  return lengths_of(frequency).window;
}

std::size_t StepFeatures::columns(const FeatureSettings& settings) {
  const Lengths& lengths = lengths_of(settings.frequency);
  const std::size_t covariates = settings.covariates.size();
  return lengths.means.size() + kOfSpread * lengths.spreads.size() + kOthers + kOfStep +
         covariates * (kOfCovariate + 1) + (covariates > 0 ? 1 : 0);
}

StepFeatures::StepFeatures(Acquainted acquainted, const Panel& panel, std::size_t origin)
    : settings_(std::move(acquainted.settings)),
      rows_(std::move(acquainted.rows)),
      clock_(panel.clock(origin)),
      first_day_(panel.first_day),
      origin_(static_cast<std::int64_t>(origin)) {
  if (!settings_.covariates.empty()) known_.emplace(settings_.covariates, panel, rows_);
}

void StepFeatures::forget(std::span<float> state) const {
  std::fill(state.begin(), state.end(), 0.0F);
  std::fill_n(state.begin(), settings_.window, kUnknown);
}

/// Mean of the phase in memory, or of all of it.
float StepFeatures::usual(std::int64_t day, std::span<const float> state) const {
  const std::size_t phase = phase_of(clock_ + day, settings_.season);
  Stretch all, same;
  for (std::size_t back = 1; back <= settings_.window; ++back) {
    const std::int64_t then = clock_ + day - static_cast<std::int64_t>(back);
    const float value = state[phase_of(then, settings_.window)];
    if (value == kUnknown) continue;
    all.add(value);
    if (phase_of(then, settings_.season) == phase) same.add(value);
  }
  return same.mean(all.mean(0));
}

void StepFeatures::remember(std::int64_t day, float sales, bool stocked_out, std::span<float> state) const {
  const auto slot = phase_of(clock_ + day, settings_.window);
  if (std::isnan(sales)) {
    state[slot] = kUnknown;
    return;
  }
  if (stocked_out) sales = std::max(sales, usual(day, state));
  const float before = state[phase_of(clock_ + day - 1, settings_.window)];
  const auto sums = state.subspan(settings_.window, kSums);
  sums[0] += 1;
  sums[1] += sales;
  sums[2] += sales * sales;
  if (before != kUnknown) sums[3] += (sales - before) * (sales - before);
  state[slot] = sales;
}

void StepFeatures::look_back(std::size_t series, std::int64_t day, std::span<const float> state,
                             Past& past) const {
  past.common.clear();
  past.newest_first.resize(settings_.window);
  for (std::size_t back = 1; back <= settings_.window; ++back)
    past.newest_first[back - 1] =
        state[phase_of(clock_ + day - static_cast<std::int64_t>(back), settings_.window)];
  add_means(past, state.subspan(settings_.window, kSums));
  add_sums(past, state.subspan(settings_.window, kSums));
  for (float& value : past.newest_first)
    if (value != kUnknown) value = over(value, past.level);
  add_phases(past, day);
  add_covariates(past, series, day);
  for (float& value : past.common)
    if (!std::isfinite(value)) value = 0;
}

void StepFeatures::add_means(Past& past, std::span<const float> sums) const {
  const Lengths& lengths = lengths_of(settings_.frequency);
  const float always = sums[0] > 0 ? sums[1] / sums[0] : 0;
  std::vector<float> means, spreads;
  Stretch stretch, recent;
  float since_sale = static_cast<float>(settings_.window), older = always;
  for (std::size_t back = 1; back <= settings_.window; ++back) {
    const float value = past.newest_first[back - 1];
    if (value != kUnknown) stretch.add(value);
    if (value > 0) since_sale = std::min(since_sale, static_cast<float>(back));
    if (back == lengths.level) recent = stretch;
    if (std::find(lengths.means.begin(), lengths.means.end(), back) != lengths.means.end())
      means.push_back(stretch.mean(kUnknown));
    if (std::find(lengths.spreads.begin(), lengths.spreads.end(), back) != lengths.spreads.end())
      spreads.insert(spreads.end(), {stretch.deviation(), stretch.largest,
                                     stretch.count > 0 ? stretch.zeros / stretch.count : 1.0F});
  }
  older = (stretch.sum + kWeightOfMore * always) / (stretch.count + kWeightOfMore);
  past.level = (recent.sum + kWeightOfMore * older) / (recent.count + kWeightOfMore);
  for (const float mean : means) past.common.push_back(mean == kUnknown ? 1.0F : over(mean, past.level));
  for (std::size_t i = 0; i < spreads.size(); ++i)
    past.common.push_back(i % kOfSpread == 2 ? spreads[i] : over(spreads[i], past.level));
  past.common.push_back(since_sale);
  past.common.push_back(over(older, past.level));
  const float selling = stretch.count - stretch.zeros;
  past.common.push_back(selling > 0 ? over(stretch.sum / selling, past.level) : 0.0F);
  // The variance of the memory, drawn towards that of all that was seen.
  const float whole = sums[0] > 0 ? std::max(0.0F, sums[2] / sums[0] - always * always) : 0.0F;
  const float own = stretch.deviation();
  past.deviation =
      std::sqrt((stretch.count * own * own + kWeightOfMore * whole) / (stretch.count + kWeightOfMore));
}

void StepFeatures::add_sums(Past& past, std::span<const float> sums) const {
  const float count = sums[0], mean = count > 0 ? sums[1] / count : 0;
  past.common.push_back(static_cast<float>(portable::log(static_cast<double>(past.level) + 0.01)));
  past.common.push_back(std::min(count, 2 * static_cast<float>(settings_.window)));
  past.common.push_back(over(mean, past.level));
  past.common.push_back(count > 0 ? over(std::sqrt(std::max(0.0F, sums[2] / count - mean * mean)), past.level)
                                  : 0.0F);
  past.common.push_back(count > 0 ? over(std::sqrt(sums[3] / count), past.level) : 0.0F);
  past.common.push_back(over(past.deviation, past.level));
}

void StepFeatures::add_phases(Past& past, std::int64_t day) const {
  const std::size_t season = settings_.season;
  past.phase_mean.assign(season, 0);
  past.phase_recent.assign(season, 0);
  past.phase_last.assign(season, kUnknown);
  std::vector<float> counts(season), recent(season);
  for (std::size_t back = 1; back <= settings_.window; ++back) {
    const float value = past.newest_first[back - 1];
    if (value == kUnknown) continue;
    const std::size_t phase = phase_of(clock_ + day - static_cast<std::int64_t>(back), season);
    if (past.phase_last[phase] == kUnknown) past.phase_last[phase] = value;
    past.phase_mean[phase] += value, ++counts[phase];
    if (counts[phase] <= kPhases) past.phase_recent[phase] += value, ++recent[phase];
  }
  const float one = past.level > 0 ? 1 : 0;
  for (std::size_t p = 0; p < season; ++p) {
    past.phase_mean[p] = (past.phase_mean[p] + one) / (counts[p] + 1);
    past.phase_recent[p] = (past.phase_recent[p] + one) / (recent[p] + 1);
    if (past.phase_last[p] == kUnknown) past.phase_last[p] = one;
  }
}

std::span<const float> StepFeatures::covariates_at(std::size_t series, std::int64_t day) const {
  const auto panel_day = static_cast<std::size_t>(std::max<std::int64_t>(0, origin_ + day));
  return known_->at(series, known_->index_of(panel_day)).subspan(KnownInputs::kCalendar);
}

void StepFeatures::add_covariates(Past& past, std::size_t series, std::int64_t day) const {
  past.covariates.assign(settings_.covariates.size(), 0);
  if (!known_) return;
  const std::size_t length = lengths_of(settings_.frequency).level;
  for (std::size_t back = 1; back <= length; ++back) {
    const auto values = covariates_at(series, day - static_cast<std::int64_t>(back));
    for (std::size_t c = 0; c < values.size(); ++c)
      past.covariates[c] += values[c] / static_cast<float>(length);
  }
  past.common.insert(past.common.end(), past.covariates.begin(), past.covariates.end());
}

void StepFeatures::write(std::size_t series, std::int64_t day, std::size_t lead, const Past& past,
                         std::span<float> out) const {
  const std::int64_t step = day + static_cast<std::int64_t>(lead);
  const std::size_t phase = phase_of(clock_ + step, settings_.season);
  std::copy(past.common.begin(), past.common.end(), out.begin());
  std::size_t at = past.common.size();
  out[at++] = static_cast<float>(lead);
  out[at++] = static_cast<float>(phase);
  out[at++] = past.phase_mean[phase];
  out[at++] = past.phase_recent[phase];
  out[at++] = past.phase_last[phase];
  const std::size_t next = (phase + 1) % settings_.season;
  out[at++] = past.phase_mean[next];
  at += write_calendar(step, out.subspan(at));
  if (known_) write_covariates(series, step, lead, past, out.subspan(at));
}

/// Day of the month (of days only) and of the year (where there are years to learn it from).
std::size_t StepFeatures::write_calendar(std::int64_t day, std::span<float> out) const {
  const Date date = step_date(first_day_, origin_ + day, settings_.frequency);
  const std::chrono::year_month_day parts(date);
  out[0] = settings_.frequency == Frequency::day ? static_cast<float>(static_cast<unsigned>(parts.day())) : 0;
  out[1] = settings_.year ? static_cast<float>(day_of_year(date)) : 0;
  return 2;
}

/// Of each covariate its value, how it differs from what was usual and what its neighbours are; then what was
/// sold on past steps that were alike in each, and in all of them.
void StepFeatures::write_covariates(std::size_t series, std::int64_t day, std::size_t lead, const Past& past,
                                    std::span<float> out) const {
  const auto values = covariates_at(series, day), before = covariates_at(series, day - 1),
             after = covariates_at(series, day + 1);
  const std::size_t n = values.size();
  const float one = past.level > 0 ? 1 : 0;
  std::array<float, 65> sums{}, counts{};  // the last: alike in all
  const std::size_t judged = std::min<std::size_t>(n, sums.size() - 1);
  for (std::size_t back = 1; back <= settings_.window; ++back) {
    const float sold = past.newest_first[back - 1];
    if (sold == kUnknown) continue;
    const auto then = covariates_at(series, day - static_cast<std::int64_t>(lead + back));
    bool all = true;
    for (std::size_t c = 0; c < judged; ++c) {
      const bool alike = std::fabs(then[c] - values[c]) < kAlike;
      all = all && alike;
      if (alike) sums[c] += sold, ++counts[c];
    }
    if (all) sums.back() += sold, ++counts.back();
  }
  std::size_t at = 0;
  for (std::size_t c = 0; c < n; ++c) {
    out[at++] = values[c];
    out[at++] = values[c] - past.covariates[c];
    out[at++] = before[c];
    out[at++] = after[c];
    out[at++] = c < judged ? (sums[c] + kWeightOfLevel * one) / (counts[c] + kWeightOfLevel) : 0.0F;
  }
  out[at++] = (sums.back() + kWeightOfLevel * one) / (counts.back() + kWeightOfLevel);
}

}  // namespace restock::forecasting
