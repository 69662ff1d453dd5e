// The global, stateful LSTM forecaster: one network for all series, a memory of a few floats for each, one
// step a day. The network stands in lstm_network.h, its training in neural/train_lstm.h; here it is bound to
// a history, saved and loaded. Inference needs no LibTorch, is constant, safe for any number of threads and
// the same bit by bit however rows are batched.
#pragma once

#include <memory>

#include "forecasting/generative.h"
#include "forecasting/lstm_config.h"
#include "forecasting/lstm_network.h"
#include "forecasting/model.h"
#include "forecasting/stepwise.h"

namespace restock::forecasting {

/// In what a series is counted: whole numbers as they are, fractions in multiples of the smallest, and sales
/// whose mean is above a thousand in thousandths of that, where counts and fractions are the same. From the
/// first `days`.
float counting_unit(const Panel& panel, std::size_t series, std::size_t days);

/// What a network sees of a step, written to x[LstmShape::kObserved]; takes the sales, in units and NaN where
/// unknown, into the levels first. `phase` of the step.
void observe_step(const SeriesLevels& levels, float sales, bool stocked_out, std::size_t phase, float* memory,
                  float* x);

class LstmModel final : public ForecastModel {
 public:
  explicit LstmModel(LstmParameters parameters);
  /// Scales and initial weights for the panel's first `train_days`; what training starts from.
  static LstmParameters untrained(const Panel& panel, std::size_t train_days, const LstmConfig& config);
  /// Steps ahead that are looked at: a sixth of the history at most.
  static std::size_t leads_of(std::size_t train_days, const LstmConfig& config);
  static std::unique_ptr<ForecastModel> load(const TensorFile& file);

  std::string_view name() const override { return "lstm"; }
  const std::vector<std::string>& ids() const override { return parameters_->known.ids; }
  std::unique_ptr<Forecaster> bind(const Panel& panel, std::size_t origin) const override;
  TensorFile tensors() const override;
  const LstmParameters& parameters() const noexcept { return *parameters_; }

 private:
  std::shared_ptr<const LstmParameters> parameters_;
  std::shared_ptr<const LstmNetwork> network_;
};

class LstmForecaster final : public GenerativeForecaster, public StepwiseForecaster {
 public:
  /// Series that the model has not learned from are welcome: their levels speak for them, and their
  /// categories where the panel names any.
  LstmForecaster(std::shared_ptr<const LstmParameters> parameters, std::shared_ptr<const LstmNetwork> network,
                 const Panel& panel, std::size_t origin);

  std::string_view name() const override { return "lstm"; }
  std::size_t series_count() const override { return unit_.size(); }
  std::size_t state_size() const override { return network_->memory_size(); }
  void start(std::span<const std::int32_t> series, std::span<float> state) const override;
  void advance(std::int64_t day, std::span<const std::int32_t> series, std::span<const float> sales,
               std::span<const std::uint8_t> stocked_out, std::span<float> state) const override;
  void predict(std::int64_t day, std::span<const std::int32_t> series, std::span<const std::int32_t> days,
               std::span<const double> levels, std::span<const float> state, std::span<float> mean,
               std::span<float> quantiles) const override;
  void next_day(std::int64_t day, std::span<const std::int32_t> series, std::span<const float> state,
                std::span<NegativeBinomial> laws) const override;
  void predict_steps(std::int64_t day, std::span<const std::int32_t> series, std::size_t horizon,
                     std::span<const double> levels, std::span<const float> state, std::span<float> mean,
                     std::span<float> quantiles) const override;

 private:
  std::size_t known_index(std::int64_t day) const;
  const float* known_projection(std::int32_t series, std::size_t known_index) const;
  std::size_t phase_of(std::int64_t day) const;
  /// Laws of `law.size()` days from `day` on, in multiples of the series' unit.
  void daily_laws(std::int32_t series, std::int64_t day, const float* base, const float* memory,
                  std::span<NegativeBinomial> law) const;
  void sum_of_days(std::span<const std::int32_t> series, std::int64_t day, std::span<const std::int32_t> days,
                   const float* base, const float* memory, float* mean, float* deviation,
                   float* feature) const;

  std::shared_ptr<const LstmParameters> parameters_;
  std::shared_ptr<const LstmNetwork> network_;
  Acquainted acquainted_;
  SeriesBiases biases_;
  std::vector<float> unit_;  ///< [series]
  std::int64_t origin_, clock_;
  LevelGrid grid_;
  KnownInputs known_;
  std::vector<float> projections_;  ///< [series × days from the origin on × decoder]
  std::size_t first_projected_;
  std::vector<float> start_;
};

}  // namespace restock::forecasting
