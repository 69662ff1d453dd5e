// What pooled models keep of the history that they were fitted on, besides weights: the calendar, how series
// and covariates are scaled. A series that a model was not fitted on gets its numbers from its own past at
// the origin, so that one model serves series that it has never seen.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "forecasting/known_inputs.h"
#include "forecasting/panel.h"
#include "forecasting/tensor_file.h"

namespace restock::forecasting {

struct FeatureSettings {
  Frequency frequency = Frequency::day;
  std::size_t season = 7;
  std::size_t window = 56;  ///< steps in memory
  bool year = false;        ///< the time of the year counts: histories of two years and more
  std::vector<CovariateScaling> covariates;
  std::vector<float> scale;       ///< by row: root mean square of lag-1 differences
  std::vector<float> mean_sales;  ///< by row
};
/// From the panel's first `train_days`.
FeatureSettings feature_settings(const Panel& panel, std::size_t train_days, std::size_t window);

void save_settings(TensorFile& file, const FeatureSettings& settings);
/// Throws InputError.
FeatureSettings load_settings(const TensorFile& file, std::size_t series);

/// A model's settings with a row for each series of a panel.
struct Acquainted {
  FeatureSettings settings;
  std::vector<std::int32_t> rows;  ///< those from the model's number of series on are strangers'
};
/// Series that the model does not know, or knew nothing of but zeros, are strangers: their rows are learned
/// from the panel before `origin`; where that holds nothing either, they are taken for the typical series.
/// Throws InputError where the panel's step is not the one that was learned from.
Acquainted acquaint(std::string_view model, const FeatureSettings& settings,
                    std::span<const std::string> model_ids, const Panel& panel, std::size_t origin);

}  // namespace restock::forecasting
