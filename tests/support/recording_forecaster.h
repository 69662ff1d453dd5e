// A forecaster that writes down what it is told. Its forecast for a series is the mean of the sales that it
// has seen.
#pragma once

#include <string>
#include <vector>

#include "env/core/forecaster.h"

namespace restock::testing {

class RecordingForecaster final : public Forecaster {
 public:
  struct Advance {
    std::int64_t day;
    std::vector<float> sales;
    std::vector<std::uint8_t> stocked_out;
  };
  struct Predict {
    std::int64_t day;
    std::vector<std::int32_t> series, days;
  };

  explicit RecordingForecaster(std::size_t series) : series_(series) {}
  std::string_view name() const override { return "recording"; }
  std::size_t series_count() const override { return series_; }
  std::size_t state_size() const override { return 2; }  ///< days seen, units seen

  void start(std::span<const std::int32_t> series, std::span<float> state) const override {
    ++starts;
    for (std::size_t i = 0; i < series.size(); ++i) state[2 * i] = state[2 * i + 1] = 0;
  }
  void advance(std::int64_t day, std::span<const std::int32_t> series, std::span<const float> sales,
               std::span<const std::uint8_t> stocked_out, std::span<float> state) const override {
    advances.push_back({day, {sales.begin(), sales.end()}, {stocked_out.begin(), stocked_out.end()}});
    for (std::size_t i = 0; i < series.size(); ++i) {
      state[2 * i] += 1;
      state[2 * i + 1] += sales[i];
    }
  }
  void predict(std::int64_t day, std::span<const std::int32_t> series, std::span<const std::int32_t> days,
               std::span<const double> levels, std::span<const float> state, std::span<float> mean,
               std::span<float> quantiles) const override {
    predicts.push_back({day, {series.begin(), series.end()}, {days.begin(), days.end()}});
    for (std::size_t i = 0; i < series.size(); ++i) {
      const float a_day = state[2 * i] > 0 ? state[2 * i + 1] / state[2 * i] : 1;
      mean[i] = a_day * static_cast<float>(days[i]);
      for (std::size_t l = 0; l < levels.size(); ++l)
        quantiles[i * levels.size() + l] = mean[i] * static_cast<float>(2 * levels[l]);
    }
  }

  mutable int starts = 0;
  mutable std::vector<Advance> advances;
  mutable std::vector<Predict> predicts;

 private:
  std::size_t series_;
};

}  // namespace restock::testing
