#include "forecasting/lstm.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "env/core/check.h"

namespace restock::forecasting {

namespace {

/// Room of one thread for the values of a chunk.
struct Room {
  std::vector<LevelGrid::Place> places;
  std::vector<float> base, known, mean, deviation, feature, grid;
  std::vector<NegativeBinomial> laws;
  void fit(const LstmNetwork& network, std::size_t levels) {
    constexpr std::size_t kRows = LstmNetwork::kChunk;
    if (base.size() < kRows * network.decoder()) base.resize(kRows * network.decoder());
    if (known.size() < kRows * network.inputs()) known.resize(kRows * network.inputs());
    if (grid.size() < kRows * padded(levels)) grid.resize(kRows * padded(levels));
    mean.resize(kRows);
    deviation.resize(kRows);
    feature.resize(3 * kRows);
  }
};

Room& room_for(const LstmNetwork& network, std::size_t levels) {
  thread_local Room room;
  room.fit(network, levels);
  return room;
}

/// A law of multiples of a unit as one of whole numbers with the same mean and variance.
NegativeBinomial in_numbers(const NegativeBinomial& law, double unit) {
  if (unit == 1 || law.mean <= 0) return law;
  const double mean = unit * law.mean, variance = unit * unit * law.variance();
  return {mean, std::max(0.0, (variance - mean) / (mean * mean))};
}

std::span<const std::int32_t> chunk(std::span<const std::int32_t> series, std::size_t from) {
  return series.subspan(from, std::min(LstmNetwork::kChunk, series.size() - from));
}

}  // namespace

float counting_unit(const Panel& panel, std::size_t series, std::size_t days) {
  constexpr double kLargestMean = 1000;
  double sum = 0, count = 0;
  float smallest = std::numeric_limits<float>::infinity();
  bool whole = true;
  for (const float y : panel.sales_of(series).first(std::min(days, panel.days))) {
    if (!(y > 0)) continue;
    sum += static_cast<double>(y);
    ++count;
    smallest = std::min(smallest, y);
    whole = whole && y == std::floor(y);
  }
  if (count == 0) return 1;
  const auto large = static_cast<float>(sum / count / kLargestMean);
  return std::max(whole ? 1.0F : smallest, large);
}

void observe_step(const SeriesLevels& levels, float sales, bool stocked_out, std::size_t phase, float* memory,
                  float* x) {
  levels.observe(sales, stocked_out, phase, memory);
  const bool known = !std::isnan(sales);
  *x++ = known ? logarithm(1 + sales / levels.scale(memory)) : 0.0F;
  *x++ = sales > 0 ? 1.0F : 0.0F;
  *x++ = known ? 1.0F : 0.0F;
  *x++ = stocked_out ? 1.0F : 0.0F;
  levels.write_features(memory, x);
  x[SeriesLevels::kFeatures] = levels.phase_feature(memory, (phase + 1) % levels.season());
}

LstmForecaster::LstmForecaster(std::shared_ptr<const LstmParameters> parameters,
                               std::shared_ptr<const LstmNetwork> network, const Panel& panel,
                               std::size_t origin)
    : parameters_(std::move(parameters)),
      network_(std::move(network)),
      acquainted_(acquaint("lstm", parameters_->settings, parameters_->known.ids, panel, origin)),
      biases_(network_->biases_of(identities_of(panel, parameters_->known))),
      origin_(static_cast<std::int64_t>(origin)),
      clock_(panel.clock(origin)),
      grid_(parameters_->levels),
      known_(acquainted_.settings.covariates, panel, acquainted_.rows, acquainted_.settings.year),
      first_projected_(origin) {
  RESTOCK_CHECK(origin <= panel.days, "origin {} of a history of {} days", origin, panel.days);
  const std::size_t days = known_.days() - first_projected_;
  projections_.resize(panel.series() * days * network_->decoder());
  for (std::size_t s = 0; s < panel.series(); ++s) {
    unit_.push_back(counting_unit(panel, s, origin));
    for (std::size_t t = 0; t < days; ++t)
      network_->project_known(known_.at(s, first_projected_ + t),
                              projections_.data() + (s * days + t) * network_->decoder());
  }
  start_.assign(panel.series() * state_size(), 0.0F);
  for (std::size_t s = 0; s < panel.series(); ++s)
    network_->levels().start(network_->levels_in(start_.data() + s * state_size()));
  replay(*this, panel, 0, origin, origin, start_);
}

std::size_t LstmForecaster::known_index(std::int64_t day) const {
  RESTOCK_CHECK(day + origin_ >= 0, "day {} lies before the history", day);
  return known_.index_of(static_cast<std::size_t>(day + origin_));
}

std::size_t LstmForecaster::phase_of(std::int64_t day) const {
  const auto season = static_cast<std::int64_t>(network_->levels().season());
  return static_cast<std::size_t>(((clock_ + day) % season + season) % season);
}

const float* LstmForecaster::known_projection(std::int32_t series, std::size_t index) const {
  const std::size_t days = known_.days() - first_projected_;
  return projections_.data() +
         (static_cast<std::size_t>(series) * days + index - first_projected_) * network_->decoder();
}

void LstmForecaster::start(std::span<const std::int32_t> series, std::span<float> state) const {
  for (std::size_t i = 0; i < series.size(); ++i) {
    std::copy_n(start_.begin() + series[i] * static_cast<std::ptrdiff_t>(state_size()), state_size(),
                state.begin() + static_cast<std::ptrdiff_t>(i * state_size()));
  }
}

void LstmForecaster::advance(std::int64_t day, std::span<const std::int32_t> series,
                             std::span<const float> sales, std::span<const std::uint8_t> stocked_out,
                             std::span<float> state) const {
  const std::size_t width = network_->inputs(), index = known_index(day), phase = phase_of(day);
  for (std::size_t from = 0; from < series.size(); from += LstmNetwork::kChunk) {
    const auto rows = chunk(series, from);
    float* x = room_for(*network_, grid_.size()).known.data();
    float* memory = state.data() + from * state_size();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto s = static_cast<std::size_t>(rows[i]);
      observe_step(network_->levels(), sales[from + i] / unit_[s], stocked_out[from + i] != 0, phase,
                   network_->levels_in(memory + i * state_size()), x + i * width);
      const auto known = known_.at(s, index);
      std::copy(known.begin(), known.end(), x + i * width + LstmShape::kObserved);
    }
    network_->step(biases_, rows, x, memory);
  }
}

void LstmForecaster::daily_laws(std::int32_t series, std::int64_t day, const float* base, const float* memory,
                                std::span<NegativeBinomial> law) const {
  const LstmNetwork::Followed followed = network_->followed(memory, phase_of(day), law.size());
  for (std::size_t d = 0; d < law.size(); ++d) {
    const std::int64_t target = day + static_cast<std::int64_t>(d);
    law[d] = network_->daily(base, known_projection(series, known_index(target)), d + 1, phase_of(target),
                             followed);
  }
}

void LstmForecaster::sum_of_days(std::span<const std::int32_t> series, std::int64_t day,
                                 std::span<const std::int32_t> days, const float* base, const float* memory,
                                 float* mean, float* deviation, float* feature) const {
  std::vector<NegativeBinomial>& laws = room_for(*network_, grid_.size()).laws;
  for (std::size_t i = 0; i < series.size(); ++i) {
    laws.resize(static_cast<std::size_t>(days[i]));
    daily_laws(series[i], day, base + i * network_->decoder(), memory + i * state_size(), laws);
    double sum = 0, variance = 0;
    for (const NegativeBinomial& law : laws) {
      sum += law.mean;
      variance += law.variance();
    }
    mean[i] = static_cast<float>(sum);
    deviation[i] = static_cast<float>(std::sqrt(variance));
    if (days[i] < 1) continue;
    feature[3 * i] = logarithm(1 + mean[i]);
    feature[3 * i + 1] = logarithm(deviation[i] / mean[i]);
    feature[3 * i + 2] = network_->log_days(static_cast<std::size_t>(days[i]));
  }
}

void LstmForecaster::predict(std::int64_t day, std::span<const std::int32_t> series,
                             std::span<const std::int32_t> days, std::span<const double> levels,
                             std::span<const float> state, std::span<float> mean,
                             std::span<float> quantiles) const {
  Room& room = room_for(*network_, grid_.size());
  room.places.clear();
  for (const double level : levels) room.places.push_back(grid_.place(level));
  for (std::size_t from = 0; from < series.size(); from += LstmNetwork::kChunk) {
    const auto rows = chunk(series, from);
    const float* memory = state.data() + from * state_size();
    network_->decoder_base(biases_, rows, memory, room.base.data());
    std::fill(room.feature.begin(), room.feature.end(), 0.0F);
    sum_of_days(rows, day, days.subspan(from, rows.size()), room.base.data(), memory, room.mean.data(),
                room.deviation.data(), room.feature.data());
    if (!levels.empty())
      network_->interval_quantiles(biases_, rows, memory, room.feature.data(), room.mean.data(),
                                   room.deviation.data(), room.grid.data());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const float unit = unit_[static_cast<std::size_t>(rows[i])];
      mean[from + i] = unit * room.mean[i];
      const auto grid = std::span<const float>(room.grid).subspan(i * padded(grid_.size()), grid_.size());
      for (std::size_t q = 0; q < levels.size(); ++q)
        quantiles[(from + i) * levels.size() + q] = unit * std::max(0.0F, room.places[q].in(grid));
    }
  }
}

void LstmForecaster::next_day(std::int64_t day, std::span<const std::int32_t> series,
                              std::span<const float> state, std::span<NegativeBinomial> laws) const {
  Room& room = room_for(*network_, grid_.size());
  for (std::size_t from = 0; from < series.size(); from += LstmNetwork::kChunk) {
    const auto rows = chunk(series, from);
    const float* memory = state.data() + from * state_size();
    network_->decoder_base(biases_, rows, memory, room.base.data());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      NegativeBinomial& law = laws[from + i];
      daily_laws(rows[i], day, room.base.data() + i * network_->decoder(), memory + i * state_size(),
                 {&law, 1});
      law = in_numbers(law, static_cast<double>(unit_[static_cast<std::size_t>(rows[i])]));
    }
  }
}

void LstmForecaster::predict_steps(std::int64_t day, std::span<const std::int32_t> series,
                                   std::size_t horizon, std::span<const double> levels,
                                   std::span<const float> state, std::span<float> mean,
                                   std::span<float> quantiles) const {
  Room& room = room_for(*network_, grid_.size());
  room.laws.resize(horizon);
  for (std::size_t from = 0; from < series.size(); from += LstmNetwork::kChunk) {
    const auto rows = chunk(series, from);
    const float* memory = state.data() + from * state_size();
    network_->decoder_base(biases_, rows, memory, room.base.data());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const float unit = unit_[static_cast<std::size_t>(rows[i])];
      daily_laws(rows[i], day, room.base.data() + i * network_->decoder(), memory + i * state_size(),
                 room.laws);
      for (std::size_t h = 0; h < horizon; ++h) {
        const std::size_t cell = (from + i) * horizon + h;
        mean[cell] = unit * static_cast<float>(room.laws[h].mean);
        for (std::size_t q = 0; q < levels.size(); ++q)
          quantiles[cell * levels.size() + q] = unit * static_cast<float>(room.laws[h].quantile(levels[q]));
      }
    }
  }
}

}  // namespace restock::forecasting
