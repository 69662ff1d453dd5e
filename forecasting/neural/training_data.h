// The days that the LSTM learns from, cut into batches of plain arrays.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "forecasting/known_inputs.h"
#include "forecasting/lstm_network.h"
#include "forecasting/panel.h"

namespace restock::forecasting {

/// A stretch of days of several series. Inputs of the network on observed days first_day[b] + t, and what
/// came on the days after each: index k stands for day first_day[b] + 1 + k, k < days + leads − 1. Laws are
/// looked at from the evenings of the days t >= learn_from, of which there are `evenings()`. Units are those
/// in which a series is counted.
struct TrainingBatch {
  std::size_t size = 0, days = 0, leads = 0, learn_from = 0;
  std::size_t evenings() const noexcept { return days - learn_from; }
  std::vector<std::size_t> series;       ///< [size]
  std::vector<std::int64_t> items;       ///< [size] rows of embeddings
  std::vector<std::int64_t> categories;  ///< [size × columns]
  std::vector<std::size_t> first_day;    ///< [size]
  std::vector<float> inputs;             ///< [days × size × inputs]
  std::vector<float> scale;              ///< [size × evenings]
  std::vector<float> precision;          ///< [size] 1 over the mean square of lag-1 differences
  std::vector<float> known;              ///< [size × (days + leads − 1) × known]
  std::vector<float> demand;             ///< [size × (days + leads − 1)] sales, or demand drawn above them
  std::vector<float> counts;             ///< [same] 1 where the day may be learned from
  std::vector<float> sales;              ///< [size × evenings] of the next day
  std::vector<float> censored;        ///< [size × evenings] 1 where the next day ended with an empty shelf
  std::vector<std::int64_t> origins;  ///< evenings from which all leads are learned
  std::vector<float> phases;          ///< [size × origins × leads] features of the phases of the days ahead
  std::vector<std::int64_t> interval_days;  ///< [size × origins × intervals] lengths of sums, less one
  std::size_t intervals = 0;
};

class TrainingData {
 public:
  TrainingData(const Panel& panel, std::size_t train_days, const LstmParameters& parameters);
  std::size_t days() const noexcept { return days_; }
  std::size_t first_day_of(std::size_t s) const { return listed_from_[s]; }
  /// Of each column of categories the row that stands for values not learned from.
  const std::vector<std::size_t>& unknown_categories() const noexcept { return unknown_categories_; }

  /// Which days of which series a batch holds, and which of its targets count: days in [from, to).
  struct Stretch {
    std::span<const std::size_t> series, first_day;
    std::size_t days = 0, leads = 0, learn_from = 0;
    std::size_t from = 0, to = 0;
  };
  TrainingBatch batch(const Stretch& stretch) const;
  /// Fills in the phases once the origins are chosen.
  void look_ahead(TrainingBatch& batch) const;
  /// Draws the demand of the batch's censored next days from laws [size × evenings].
  void impute(const TrainingBatch& batch, std::span<const float> mean, std::span<const float> dispersion,
              std::uint64_t seed, std::uint64_t step);

 private:
  std::size_t cell(std::size_t s, std::size_t day) const { return s * days_ + day; }
  std::size_t phase_of(std::size_t day) const {
    return static_cast<std::size_t>(clock_ + static_cast<std::int64_t>(day)) % season_;
  }
  void observe(const Panel& panel, std::size_t s, const SeriesLevels& levels);
  void add_target(TrainingBatch& batch, std::size_t s, std::size_t day, const Stretch& stretch) const;

  std::size_t days_, season_;
  std::int64_t clock_;
  KnownInputs known_;
  std::vector<SeriesIdentity> identities_;
  std::vector<std::size_t> unknown_categories_;
  std::vector<std::size_t> listed_from_;
  std::vector<float> precision_;
  std::vector<float> observed_;  ///< [series × days × LstmShape::kObserved]
  std::vector<float> scale_;     ///< [series × days]
  std::vector<float> phases_;    ///< [series × days × season]
  std::vector<float> sales_, demand_;
  std::vector<std::uint8_t> stocked_out_;
};

}  // namespace restock::forecasting
