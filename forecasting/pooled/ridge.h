// Linear regression of all series at once on the features of features.h, with a ridge (Hoerl and Kennard
// 1970, Technometrics 12(1)): the mean of each coming step from what was known at the origin, leads and
// origins of the history mixed. The law around it is that of past errors. Series that it was not fitted on
// are forecast from their own past, with the law of all others.
#pragma once

#include <memory>
#include <string_view>

#include "env/core/description.h"
#include "forecasting/model.h"

namespace restock::forecasting {

struct RidgeConfig {
  double penalty = 0.001;
  std::int64_t rows = 200'000;
};
void describe(FieldVisitor& visitor, RidgeConfig& config);

/// `name` of the registry must live as long: "ridge", or "linear", which has no penalty. Throws InputError.
std::unique_ptr<ForecastModel> fit_ridge(std::string_view name, const Panel& panel, std::size_t train_days,
                                         const RidgeConfig& config);
std::unique_ptr<ForecastModel> load_ridge(std::string_view name, const TensorFile& file);

}  // namespace restock::forecasting
