// Gradient-boosted trees and a random forest over all series at once, as forecasters.
//
// Means: the demand of the step h ahead over the level L of step_features.h is what trees give, h being one
// of the features (direct forecasts of all leads by one model). Squared error counts in units of the root
// mean square lag-1 difference of each series, as RMSSE does.
//
// Three such models are averaged: one of the whole history and two of every other stretch of time.
//
// The law: errors of sums and of single steps around means that were learned without them (those two, each
// judged on the stretches that it has not seen), over a width sigma(F, d) that grows with
// the forecast F of d steps and with how the series has varied; trees give their quantiles from the same
// features and F, so that the law knows leads, weekdays, promotions and how intermittent a series is.
#pragma once

#include <memory>
#include <string_view>

#include "env/core/description.h"
#include "forecasting/model.h"

namespace restock::forecasting {

/// Trees that give quantiles of errors.
struct TreeLawConfig {
  std::int64_t rows = 150'000;
  std::int64_t rounds = 132;
  std::int64_t depth = 5;
  double rate = 0.1;
  double smallest_leaf = 250;
};
void describe(FieldVisitor& visitor, TreeLawConfig& config);

struct BoostedTreesConfig {
  std::int64_t rows = 400'000;
  std::int64_t rounds = 100;
  std::int64_t depth = 6;
  double rate = 0.1;
  double smallest_leaf = 60;
  double penalty = 5;
  double row_share = 0.6;
  double column_share = 0.6;
  std::int64_t seed = 1;
  TreeLawConfig law = {};
};
void describe(FieldVisitor& visitor, BoostedTreesConfig& config);

struct RandomForestConfig {
  std::int64_t rows = 200'000;
  std::int64_t trees = 60;
  std::int64_t depth = 10;
  double smallest_leaf = 40;
  double row_share = 0.5;
  double column_share = 0.4;
  std::int64_t seed = 1;
  TreeLawConfig law = {};
};
void describe(FieldVisitor& visitor, RandomForestConfig& config);

/// `name` of the registry must live as long. Throws InputError.
std::unique_ptr<ForecastModel> fit_boosted_trees(std::string_view name, const Panel& panel,
                                                 std::size_t train_days, const BoostedTreesConfig& config);
std::unique_ptr<ForecastModel> fit_random_forest(std::string_view name, const Panel& panel,
                                                 std::size_t train_days, const RandomForestConfig& config);
/// Throws InputError.
std::unique_ptr<ForecastModel> load_trees(std::string_view name, const TensorFile& file);

}  // namespace restock::forecasting
