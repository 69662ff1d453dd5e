// What members of a combination say, averaged. Memories stand side by side in one block.
#pragma once

#include <memory>
#include <vector>

#include "env/core/forecaster.h"
#include "forecasting/stepwise.h"

namespace restock::forecasting {

/// Weights by member, each set >= 0 with the sum 1.
struct CombinationWeights {
  std::vector<double> means, quantiles;
};

/// Throws InputError where a forecaster does not know single steps.
const StepwiseForecaster& stepwise_of(const Forecaster& forecaster);

class CombinedForecaster final : public Forecaster, public StepwiseForecaster {
 public:
  /// Members forecast the same series. Throws InputError where one of them does not know single steps.
  CombinedForecaster(std::vector<std::unique_ptr<Forecaster>> members, CombinationWeights weights);

  std::string_view name() const override { return "combination"; }
  std::size_t series_count() const override { return members_.front()->series_count(); }
  std::size_t state_size() const override { return offsets_.back(); }
  void start(std::span<const std::int32_t> series, std::span<float> state) const override;
  void advance(std::int64_t day, std::span<const std::int32_t> series, std::span<const float> sales,
               std::span<const std::uint8_t> stocked_out, std::span<float> state) const override;
  void predict(std::int64_t day, std::span<const std::int32_t> series, std::span<const std::int32_t> days,
               std::span<const double> levels, std::span<const float> state, std::span<float> mean,
               std::span<float> quantiles) const override;
  void predict_steps(std::int64_t day, std::span<const std::int32_t> series, std::size_t horizon,
                     std::span<const double> levels, std::span<const float> state, std::span<float> mean,
                     std::span<float> quantiles) const override;

 private:
  /// A member's memories of all series, one after the other.
  std::vector<float> own_state(std::size_t member, std::span<const float> state) const;
  void put_back(std::size_t member, std::span<const float> own, std::span<float> state) const;
  /// Adds up what `say(member, its state, mean, quantiles)` gives, weighted.
  template <class Say>
  void average(std::span<const float> state, std::span<float> mean, std::span<float> quantiles,
               const Say& say) const;

  std::vector<std::unique_ptr<Forecaster>> members_;
  std::vector<const StepwiseForecaster*> steps_;
  CombinationWeights weights_;
  std::vector<std::size_t> offsets_;  ///< of each member's memory in a series' block, and its end
};

}  // namespace restock::forecasting
