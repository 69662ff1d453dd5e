#include "forecasting/combination/combined_forecaster.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/core/error.h"

namespace restock::forecasting {

const StepwiseForecaster& stepwise_of(const Forecaster& forecaster) {
  if (const auto* steps = dynamic_cast<const StepwiseForecaster*>(&forecaster)) return *steps;
  throw InputError(fmt::format("the forecaster '{}' knows sums only and cannot be combined; leave it out",
                               forecaster.name()));
}

CombinedForecaster::CombinedForecaster(std::vector<std::unique_ptr<Forecaster>> members,
                                       CombinationWeights weights)
    : members_(std::move(members)), weights_(std::move(weights)), offsets_{0} {
  for (const auto& member : members_) {
    steps_.push_back(&stepwise_of(*member));
    offsets_.push_back(offsets_.back() + member->state_size());
  }
}

std::vector<float> CombinedForecaster::own_state(std::size_t member, std::span<const float> state) const {
  const std::size_t width = offsets_[member + 1] - offsets_[member];
  const std::size_t rows = state_size() > 0 ? state.size() / state_size() : 0;
  std::vector<float> own(rows * width);
  for (std::size_t i = 0; i < rows; ++i) {
    const auto from = state.subspan(i * state_size() + offsets_[member], width);
    std::copy(from.begin(), from.end(), own.begin() + static_cast<std::ptrdiff_t>(i * width));
  }
  return own;
}

void CombinedForecaster::put_back(std::size_t member, std::span<const float> own,
                                  std::span<float> state) const {
  const std::size_t width = offsets_[member + 1] - offsets_[member];
  for (std::size_t i = 0; i * width < own.size(); ++i) {
    const auto from = own.subspan(i * width, width);
    std::copy(from.begin(), from.end(),
              state.begin() + static_cast<std::ptrdiff_t>(i * state_size() + offsets_[member]));
  }
}

void CombinedForecaster::start(std::span<const std::int32_t> series, std::span<float> state) const {
  for (std::size_t m = 0; m < members_.size(); ++m) {
    std::vector<float> own(series.size() * members_[m]->state_size());
    members_[m]->start(series, own);
    put_back(m, own, state);
  }
}

void CombinedForecaster::advance(std::int64_t day, std::span<const std::int32_t> series,
                                 std::span<const float> sales, std::span<const std::uint8_t> stocked_out,
                                 std::span<float> state) const {
  for (std::size_t m = 0; m < members_.size(); ++m) {
    std::vector<float> own = own_state(m, state);
    members_[m]->advance(day, series, sales, stocked_out, own);
    put_back(m, own, state);
  }
}

template <class Say>
void CombinedForecaster::average(std::span<const float> state, std::span<float> mean,
                                 std::span<float> quantiles, const Say& say) const {
  std::fill(mean.begin(), mean.end(), 0.0F);
  std::fill(quantiles.begin(), quantiles.end(), 0.0F);
  std::vector<float> own_mean(mean.size()), own_quantiles(quantiles.size());
  for (std::size_t m = 0; m < members_.size(); ++m) {
    if (weights_.means[m] == 0 && weights_.quantiles[m] == 0) continue;
    say(m, own_state(m, state), std::span(own_mean), std::span(own_quantiles));
    const auto of_mean = static_cast<float>(weights_.means[m]);
    const auto of_quantile = static_cast<float>(weights_.quantiles[m]);
    for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += of_mean * own_mean[i];
    for (std::size_t i = 0; i < quantiles.size(); ++i) quantiles[i] += of_quantile * own_quantiles[i];
  }
}

void CombinedForecaster::predict(std::int64_t day, std::span<const std::int32_t> series,
                                 std::span<const std::int32_t> days, std::span<const double> levels,
                                 std::span<const float> state, std::span<float> mean,
                                 std::span<float> quantiles) const {
  average(state, mean, quantiles,
          [&](std::size_t m, const std::vector<float>& own, std::span<float> own_mean,
              std::span<float> own_quantiles) {
            members_[m]->predict(day, series, days, levels, own, own_mean, own_quantiles);
          });
}

void CombinedForecaster::predict_steps(std::int64_t day, std::span<const std::int32_t> series,
                                       std::size_t horizon, std::span<const double> levels,
                                       std::span<const float> state, std::span<float> mean,
                                       std::span<float> quantiles) const {
  average(state, mean, quantiles,
          [&](std::size_t m, const std::vector<float>& own, std::span<float> own_mean,
              std::span<float> own_quantiles) {
            steps_[m]->predict_steps(day, series, horizon, levels, own, own_mean, own_quantiles);
          });
}

}  // namespace restock::forecasting
