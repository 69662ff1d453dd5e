#include "forecasting/lstm.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "env/core/check.h"

namespace restock::forecasting {

/// Up to kChunk rows of a batch.
struct LstmForecaster::Chunk {
  std::span<const std::int32_t> series;
  std::array<std::size_t, LstmNetwork::kChunk> model_rows;
  std::size_t size() const { return series.size(); }
  std::span<const std::size_t> rows() const { return std::span(model_rows).first(series.size()); }
};

namespace {

/// Room of one thread for the values of a chunk.
struct Room {
  std::vector<LevelGrid::Place> places;
  std::vector<float> base, known, mean, deviation, feature, grid;
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

SalesLevels levels_in(const float* memory, std::size_t units) {
  return {memory[2 * units], memory[2 * units + 1]};
}

}  // namespace

LstmForecaster::LstmForecaster(std::shared_ptr<const LstmParameters> parameters,
                               std::shared_ptr<const LstmNetwork> network, const Panel& panel,
                               std::size_t origin)
    : parameters_(std::move(parameters)),
      network_(std::move(network)),
      rows_(rows_in_model("lstm", parameters_->ids, panel.ids)),
      origin_(static_cast<std::int64_t>(origin)),
      grid_(parameters_->levels),
      known_(parameters_->covariates, panel, rows_),
      first_projected_(origin) {
  RESTOCK_CHECK(origin <= panel.days, "origin {} of a history of {} days", origin, panel.days);
  const std::size_t days = known_.days() - first_projected_;
  projections_.resize(panel.series() * days * network_->decoder());
  for (std::size_t s = 0; s < panel.series(); ++s) {
    for (std::size_t t = 0; t < days; ++t)
      network_->project_known(known_.at(s, first_projected_ + t),
                              projections_.data() + (s * days + t) * network_->decoder());
  }
  start_.assign(panel.series() * state_size(), 0.0F);
  for (std::size_t s = 0; s < panel.series(); ++s)
    std::fill_n(start_.begin() + static_cast<std::ptrdiff_t>((s + 1) * state_size() - 2), 2, 1.0F);
  replay(*this, panel, 0, origin, origin, start_);
}

LstmForecaster::Chunk LstmForecaster::chunk(std::span<const std::int32_t> series, std::size_t from) const {
  Chunk rows{series.subspan(from, std::min(LstmNetwork::kChunk, series.size() - from)), {}};
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows.model_rows[i] = static_cast<std::size_t>(rows_[static_cast<std::size_t>(rows.series[i])]);
  return rows;
}

std::size_t LstmForecaster::known_index(std::int64_t day) const {
  RESTOCK_CHECK(day + origin_ >= 0, "day {} lies before the history", day);
  return known_.index_of(static_cast<std::size_t>(day + origin_));
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
  const std::size_t width = network_->inputs(), units = network_->units(), index = known_index(day);
  for (std::size_t from = 0; from < series.size(); from += LstmNetwork::kChunk) {
    const Chunk rows = chunk(series, from);
    float* x = room_for(*network_, grid_.size()).known.data();
    float* memory = state.data() + from * state_size();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const float scaled = sales[from + i] / parameters_->sales_scale[rows.model_rows[i]];
      const bool censored = stocked_out[from + i] != 0;
      float* own = memory + i * state_size();
      SalesLevels levels = levels_in(own, units);
      levels.observe(scaled, censored);
      own[2 * units] = levels.fast;
      own[2 * units + 1] = levels.slow;
      float* input = x + i * width;
      input[0] = logarithm(1 + scaled);
      input[1] = censored ? 1.0F : 0.0F;
      input[2] = levels.log_fast();
      input[3] = levels.log_slow();
      const auto known = known_.at(static_cast<std::size_t>(rows.series[i]), index);
      std::copy(known.begin(), known.end(), input + LstmShape::kObserved);
    }
    network_->step(rows.rows(), x, memory);
  }
}

void LstmForecaster::sum_of_days(const Chunk& rows, std::int64_t day, std::span<const std::int32_t> days,
                                 const float* base, const float* memory, float* mean, float* deviation,
                                 float* feature) const {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const float followed = network_->followed(memory + i * state_size());
    const double scale = static_cast<double>(parameters_->sales_scale[rows.model_rows[i]]);
    double sum = 0, variance = 0;
    for (std::int32_t d = 0; d < days[i]; ++d) {
      const float* known = known_projection(rows.series[i], known_index(day + d));
      NegativeBinomial law =
          network_->daily(base + i * network_->decoder(), known, static_cast<std::size_t>(d) + 1, followed);
      law.mean *= scale;
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
    const Chunk rows = chunk(series, from);
    const float* memory = state.data() + from * state_size();
    network_->decoder_base(rows.rows(), memory, room.base.data());
    std::fill(room.feature.begin(), room.feature.end(), 0.0F);
    sum_of_days(rows, day, days.subspan(from, rows.size()), room.base.data(), memory, room.mean.data(),
                room.deviation.data(), room.feature.data());
    std::copy_n(room.mean.begin(), rows.size(), mean.begin() + static_cast<std::ptrdiff_t>(from));
    if (levels.empty()) continue;
    network_->interval_quantiles(rows.rows(), memory, room.feature.data(), room.mean.data(),
                                 room.deviation.data(), room.grid.data());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto grid = std::span<const float>(room.grid).subspan(i * padded(grid_.size()), grid_.size());
      for (std::size_t q = 0; q < levels.size(); ++q)
        quantiles[(from + i) * levels.size() + q] = std::max(0.0F, room.places[q].in(grid));
    }
  }
}

void LstmForecaster::next_day(std::int64_t day, std::span<const std::int32_t> series,
                              std::span<const float> state, std::span<NegativeBinomial> laws) const {
  Room& room = room_for(*network_, grid_.size());
  const std::size_t index = known_index(day);
  for (std::size_t from = 0; from < series.size(); from += LstmNetwork::kChunk) {
    const Chunk rows = chunk(series, from);
    const float* memory = state.data() + from * state_size();
    network_->decoder_base(rows.rows(), memory, room.base.data());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      NegativeBinomial& law = laws[from + i];
      law =
          network_->daily(room.base.data() + i * network_->decoder(), known_projection(rows.series[i], index),
                          1, network_->followed(memory + i * state_size()));
      law.mean *= static_cast<double>(parameters_->sales_scale[rows.model_rows[i]]);
    }
  }
}

void LstmForecaster::predict_steps(std::int64_t day, std::span<const std::int32_t> series,
                                   std::size_t horizon, std::span<const double> levels,
                                   std::span<const float> state, std::span<float> mean,
                                   std::span<float> quantiles) const {
  Room& room = room_for(*network_, grid_.size());
  for (std::size_t from = 0; from < series.size(); from += LstmNetwork::kChunk) {
    const Chunk rows = chunk(series, from);
    const float* memory = state.data() + from * state_size();
    network_->decoder_base(rows.rows(), memory, room.base.data());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (std::size_t h = 0; h < horizon; ++h) {
        NegativeBinomial law =
            network_->daily(room.base.data() + i * network_->decoder(),
                            known_projection(rows.series[i], known_index(day + static_cast<std::int64_t>(h))),
                            h + 1, network_->followed(memory + i * state_size()));
        law.mean *= static_cast<double>(parameters_->sales_scale[rows.model_rows[i]]);
        const std::size_t cell = (from + i) * horizon + h;
        mean[cell] = static_cast<float>(law.mean);
        for (std::size_t q = 0; q < levels.size(); ++q)
          quantiles[cell * levels.size() + q] = static_cast<float>(law.quantile(levels[q]));
      }
    }
  }
}

}  // namespace restock::forecasting
