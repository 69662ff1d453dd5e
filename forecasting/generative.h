// A forecaster that names the law of the next day, so that possible futures can be sampled from it.
#pragma once

#include "env/core/forecaster.h"
#include "forecasting/negative_binomial.h"

namespace restock::forecasting {

class GenerativeForecaster : public Forecaster {
 public:
  /// Law of the demand of `day`, seen from its morning: laws[n].
  virtual void next_day(std::int64_t day, std::span<const std::int32_t> series, std::span<const float> state,
                        std::span<NegativeBinomial> laws) const = 0;
};

}  // namespace restock::forecasting
