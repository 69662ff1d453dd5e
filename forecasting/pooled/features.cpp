#include "forecasting/pooled/features.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "env/core/calendar_wave.h"
#include "forecasting/classical/recursive_method.h"

namespace restock::forecasting {

namespace {

constexpr std::size_t kWaves = 4;  ///< sine and cosine of one and two waves a year

}  // namespace

std::size_t Features::window(Frequency frequency) {
  constexpr std::array<std::size_t, 3> kWindows{56, 26, 24};
  return kWindows[static_cast<std::size_t>(frequency)];
}

std::vector<std::size_t> Features::means(const FeatureSettings& settings) {
  if (settings.frequency == Frequency::day) return {1, 3, 7, 14, 28, settings.window};
  return {1, 2, 4, 8, 12, settings.window};
}

std::size_t Features::columns(const FeatureSettings& settings) {
  const std::size_t phases = settings.season > 1 ? settings.season : 0;
  return 1 + means(settings).size() + 1 + 2 + phases + (settings.year ? kWaves : 0) +
         settings.covariates.size() * 2;
}

Features::Features(Acquainted acquainted, const Panel& panel, std::size_t origin)
    : settings_(std::move(acquainted.settings)),
      rows_(std::move(acquainted.rows)),
      clock_(panel.clock(origin)),
      first_day_(panel.first_day),
      origin_(origin) {
  if (!settings_.covariates.empty()) known_.emplace(settings_.covariates, panel, rows_);
}

void Features::forget(std::span<float> state) {
  std::fill(state.begin(), state.end(), kUnknown);
}

void Features::remember(std::int64_t day, float sales, std::span<float> state) const {
  state[phase_of(clock_ + day, settings_.window)] = sales;
}

void Features::look_back(std::size_t series, std::int64_t day, std::span<const float> state,
                         Past& past) const {
  const std::size_t row = this->row(series), season = settings_.season;
  const std::int64_t now = clock_ + day;
  const float scale = settings_.scale[row];
  const std::vector<std::size_t> lengths = means(settings_);
  const float usual = settings_.mean_sales[row] / scale;
  past.means.assign(lengths.size(), usual);
  past.phases.assign(season, 0);
  past.last.assign(season, kUnknown);
  std::vector<float> counts(season);
  float sum = 0, known = 0;
  std::size_t next = 0;
  for (std::size_t back = 1; back <= settings_.window; ++back) {
    const std::int64_t then = now - static_cast<std::int64_t>(back);
    const float value = state[phase_of(then, settings_.window)];
    if (value != kUnknown) {
      const std::size_t phase = phase_of(then, season);
      const float own = value / scale;
      sum += own, ++known;
      past.phases[phase] += own, ++counts[phase];
      if (past.last[phase] == kUnknown) past.last[phase] = own;
    }
    if (next < lengths.size() && back == lengths[next]) past.means[next++] = known > 0 ? sum / known : usual;
  }
  past.level = past.means[lengths.size() - 2];
  for (std::size_t p = 0; p < season; ++p) {
    past.phases[p] = counts[p] > 0 ? past.phases[p] / counts[p] : past.level;
    if (past.last[p] == kUnknown) past.last[p] = past.level;
  }
}

void Features::write(std::size_t series, std::int64_t day, std::size_t lead, const Past& past,
                     std::span<float> out) const {
  const std::int64_t step = day + static_cast<std::int64_t>(lead);
  const std::size_t phase = phase_of(clock_ + step, settings_.season);
  std::size_t at = 0;
  out[at++] = 1;
  for (const float mean : past.means) out[at++] = mean;
  // What is new wears off with the lead.
  out[at++] = (past.means[2] - past.level) * static_cast<float>(lead) / 28;
  out[at++] = past.phases[phase];
  out[at++] = past.last[phase];
  if (settings_.season > 1) {
    for (std::size_t p = 0; p < settings_.season; ++p) out[at++] = p == phase ? past.level : 0.0F;
  }
  const auto panel_day = static_cast<std::int64_t>(origin_) + step;
  if (settings_.year) {
    const double turn = day_of_year(step_date(first_day_, panel_day, settings_.frequency)) / 365.25;
    for (const double waves : {1.0, 2.0}) {
      out[at++] = past.level * static_cast<float>(cosine_of_turns(turn * waves - 0.25));
      out[at++] = past.level * static_cast<float>(cosine_of_turns(turn * waves));
    }
  }
  if (!known_) return;
  const auto inputs = known_->at(series, known_->index_of(static_cast<std::size_t>(panel_day)));
  for (std::size_t c = 0; c < settings_.covariates.size(); ++c) {
    const float value = inputs[KnownInputs::kCalendar + c];
    out[at++] = value;
    out[at++] = value * past.level;
  }
}

}  // namespace restock::forecasting
