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
/// came on the days after each: index k stands for day first_day[b] + 1 + k, k < days + leads − 1.
struct TrainingBatch {
  std::size_t size = 0, days = 0, leads = 0;
  std::vector<std::int64_t> series;    ///< [size]
  std::vector<std::size_t> first_day;  ///< [size]
  std::vector<float> scale;            ///< [size]
  std::vector<float> inputs;           ///< [days × size × inputs]
  std::vector<float> known;            ///< [size × (days + leads − 1) × known]
  std::vector<float> demand;           ///< [size × (days + leads − 1)] sales, or demand drawn above them
  std::vector<float> counts;           ///< [same] 1 where the day may be learned from
  std::vector<float> sales;            ///< [size × days] of the next day
  std::vector<float> censored;         ///< [size × days] 1 where the next day ended with an empty shelf
  std::vector<std::int64_t> origins;   ///< days t from whose evening all leads are learned
  std::vector<std::int64_t> interval_days;  ///< [size × origins × intervals] lengths of sums, less one
  std::size_t intervals = 0;
};

class TrainingData {
 public:
  TrainingData(const Panel& panel, std::size_t train_days, const LstmParameters& parameters);
  std::size_t days() const noexcept { return days_; }
  std::size_t first_day_of(std::size_t s) const { return listed_from_[s]; }

  /// Days [first, first + days) of the given series as a batch; only targets in [from, to) count.
  TrainingBatch batch(std::span<const std::size_t> series, std::span<const std::size_t> first_day,
                      std::size_t days, std::size_t leads, std::span<const std::size_t> from,
                      std::size_t to) const;
  /// Draws the demand of the batch's censored next days from laws mean[size × days], dispersion[size × days].
  void impute(const TrainingBatch& batch, std::span<const float> mean, std::span<const float> dispersion,
              std::uint64_t seed, std::uint64_t step);

 private:
  std::size_t cell(std::size_t s, std::size_t day) const { return s * days_ + day; }
  std::size_t days_, width_;
  KnownInputs known_;
  std::vector<float> scale_;
  std::vector<std::size_t> listed_from_;
  std::vector<float> observed_;  ///< [series × days × LstmShape::kObserved]
  std::vector<float> sales_, demand_;
  std::vector<std::uint8_t> stocked_out_;
};

}  // namespace restock::forecasting
