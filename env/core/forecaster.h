// The one interface between demand forecasts and those who order by them.
//
// A forecaster is a constant model; what it remembers of a series is a flat block of floats that its user
// keeps (the environment keeps it inside its own state, so that it is copied and restored with it). Each day,
// after the close, it advances all series of a batch by one observed day: the sales and whether the shelf was
// empty. It never sees demand that was lost, and a forecast for day t uses nothing later than day t − 1 but
// covariates that are known in advance (calendar, price, promotion), which the forecaster owns and looks up
// by series and day.
//
// Days are counted as in the simulator: day 0 is the first simulated day of the horizon; history ends at day
// −1.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace restock {

class Forecaster {
 public:
  virtual ~Forecaster() = default;
  virtual std::string_view name() const = 0;
  /// Number of series, in the order of the scenario's SKUs.
  virtual std::size_t series_count() const = 0;
  /// Floats that one series needs for its memory.
  virtual std::size_t state_size() const = 0;
  /// Memory after the whole known history, so that the next observed day is day 0.
  /// series[n]; state[n × state_size].
  virtual void start(std::span<const std::int32_t> series, std::span<float> state) const = 0;
  /// Takes in what was observed on `day`. sales[n] in units; stocked_out[n]: 1 where demand may have exceeded
  /// sales.
  virtual void advance(std::int64_t day, std::span<const std::int32_t> series, std::span<const float> sales,
                       std::span<const std::uint8_t> stocked_out, std::span<float> state) const = 0;
  /// Demand summed over the days `day` … `day + days[i] − 1`, seen from the morning of `day`: mean[n] in
  /// units and quantiles[n × levels.size()] at the given levels in (0, 1), increasing.
  virtual void predict(std::int64_t day, std::span<const std::int32_t> series,
                       std::span<const std::int32_t> days, std::span<const double> levels,
                       std::span<const float> state, std::span<float> mean,
                       std::span<float> quantiles) const = 0;
};

}  // namespace restock
