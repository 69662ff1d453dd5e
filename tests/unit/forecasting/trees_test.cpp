#include <xgboost/c_api.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "env/core/error.h"
#include "forecasting/accuracy.h"
#include "forecasting/forecasters.h"
#include "forecasting/trees/boosting.h"
#include "forecasting/trees/step_features.h"
#include "forecasting/trees/tree_law.h"
#include "tests/unit/forecasting/series_examples.h"

using namespace restock;
using namespace restock::forecasting;

namespace {

/// Rows of three features and a target that no sum of single features gives.
struct Table {
  std::vector<float> features, targets;
  explicit Table(std::size_t rows) {
    for (std::size_t i = 0; i < rows; ++i) {
      const std::vector<double> draws = normal_draws(4, 50 + i);
      for (std::size_t c = 0; c < 3; ++c) features.push_back(static_cast<float>(draws[c]));
      const bool both = draws[0] > 0 && draws[1] > 0.5;
      targets.push_back((both ? 5.0F : 1.0F) + 0.1F * static_cast<float>(draws[3]));
    }
  }
};

BoostingSettings all_rows_and_columns() {
  BoostingSettings settings;
  settings.growth = {4, 5, 1, 1, 1};
  settings.rounds = 12;
  settings.rate = 0.3F;
  return settings;
}

TreeEnsemble grown(const Table& table, const BoostingSettings& settings) {
  const TreeGrower grower(table.features, 3);
  const std::vector<float> weights(table.targets.size(), 1.0F);
  return boost(grower, SquaredLoss(table.targets, weights, settings.growth.penalty), settings);
}

/// What XGBoost's own training and prediction give with the same settings.
std::vector<float> by_the_library(const Table& table, float start) {
  DMatrixHandle matrix = nullptr;
  const auto rows = static_cast<bst_ulong>(table.targets.size());
  REQUIRE(XGDMatrixCreateFromMat_omp(table.features.data(), rows, 3, std::numeric_limits<float>::quiet_NaN(),
                                     &matrix, 1) == 0);
  REQUIRE(XGDMatrixSetFloatInfo(matrix, "label", table.targets.data(), rows) == 0);
  BoosterHandle booster = nullptr;
  REQUIRE(XGBoosterCreate(&matrix, 1, &booster) == 0);
  const std::vector<std::pair<std::string, std::string>> settings{{"objective", "reg:squarederror"},
                                                                  {"tree_method", "hist"},
                                                                  {"nthread", "1"},
                                                                  {"base_score", fmt::format("{}", start)},
                                                                  {"eta", "0.3"},
                                                                  {"max_depth", "4"},
                                                                  {"min_child_weight", "5"},
                                                                  {"lambda", "1"},
                                                                  {"max_bin", "64"},
                                                                  {"verbosity", "0"}};
  for (const auto& [name, value] : settings)
    REQUIRE(XGBoosterSetParam(booster, name.c_str(), value.c_str()) == 0);
  for (int round = 0; round < 12; ++round) REQUIRE(XGBoosterUpdateOneIter(booster, round, matrix) == 0);
  bst_ulong count = 0;
  const float* values = nullptr;
  REQUIRE(XGBoosterPredict(booster, matrix, 0, 0, 0, &count, &values) == 0);
  std::vector<float> predictions(values, values + count);
  XGBoosterFree(booster);
  XGDMatrixFree(matrix);
  return predictions;
}

double mean_pinball(const std::vector<float>& quantiles, const std::vector<float>& truths, double level) {
  double sum = 0;
  for (std::size_t i = 0; i < truths.size(); ++i)
    sum += pinball_loss(static_cast<double>(truths[i]), static_cast<double>(quantiles[i]), level);
  return sum / static_cast<double>(truths.size());
}

}  // namespace

TEST_CASE("boosting for squared error says what XGBoost itself says") {
  const Table table(2000);
  const std::vector<float> weights(table.targets.size(), 1.0F);
  const TreeEnsemble ensemble = grown(table, all_rows_and_columns());
  const auto expected = by_the_library(table, SquaredLoss(table.targets, weights, 1).start()[0]);
  CHECK(ensemble.trees() == 12);
  for (std::size_t i = 0; i < table.targets.size(); ++i) {
    float said = 0;
    ensemble.evaluate(std::span(table.features).subspan(3 * i, 3), {&said, 1});
    REQUIRE(said == Approx(expected[i]).epsilon(1e-4));
  }
}

TEST_CASE("the same seed grows the same trees, another one others") {
  const Table table(1000);
  BoostingSettings settings = all_rows_and_columns();
  settings.growth.rows = 0.5;
  const auto bytes = [&] {
    TensorFile file;
    grown(table, settings).save(file, "x_");
    return tensor_file_bytes(file);
  };
  const std::string once = bytes();
  CHECK(once == bytes());
  settings.seed = 2;
  CHECK(once != bytes());
}

TEST_CASE("a forest and boosting both find what two features do together") {
  const Table table(4000);
  const TreeGrower grower(table.features, 3);
  const std::vector<float> weights(table.targets.size(), 1.0F);
  const SquaredLoss loss(table.targets, weights, 0);
  const TreeEnsemble forest = grow_forest(grower, loss, {6, 20, 0, 0.5, 0.7, true}, 40, 1);
  CHECK(forest.trees() == 40);
  const TreeEnsemble boosted = grown(table, all_rows_and_columns());
  const std::vector<float> together{1, 1.5F, 0}, apart{1, -1, 0};
  for (const TreeEnsemble* ensemble : {&forest, &boosted}) {
    float high = 0, low = 0;
    ensemble->evaluate(together, {&high, 1});
    ensemble->evaluate(apart, {&low, 1});
    CHECK(high == Approx(5).margin(0.3));
    CHECK(low == Approx(1).margin(0.3));
  }
}

TEST_CASE("boosted quantiles know where demand varies more") {
  std::vector<float> features, targets;
  const std::vector<double> draws = normal_draws(12'000);
  for (std::size_t i = 0; i < draws.size(); ++i) {
    features.push_back(static_cast<float>(i % 4));
    targets.push_back(static_cast<float>(draws[i]) * (i % 4 == 3 ? 5.0F : 1.0F));
  }
  const std::vector<double> levels{0.1, 0.5, 0.9, 0.99};
  BoostingSettings settings;
  settings.growth = {2, 200, 1, 0.7, 1};
  settings.rounds = 60;
  const TreeGrower grower(features, 1);
  const TreeEnsemble law = boost(grower, QuantileLoss(targets, levels), settings);
  for (const float x : {0.0F, 3.0F}) {
    std::vector<float> quantiles(levels.size());
    law.evaluate({&x, 1}, quantiles);
    const double width = x == 3 ? 5 : 1;
    CHECK(static_cast<double>(quantiles[0]) == Approx(-1.2816 * width).margin(0.12 * width));
    CHECK(static_cast<double>(quantiles[1]) == Approx(0).margin(0.12 * width));
    CHECK(static_cast<double>(quantiles[2]) == Approx(1.2816 * width).margin(0.12 * width));
    CHECK(static_cast<double>(quantiles[3]) == Approx(2.3263 * width).margin(0.3 * width));
  }
  const std::vector<float> flat(targets.size(), QuantileLoss(targets, levels).start()[2]);
  std::vector<float> own;
  for (const float x : features) {
    std::vector<float> quantiles(levels.size());
    law.evaluate({&x, 1}, quantiles);
    own.push_back(quantiles[2]);
  }
  CHECK(mean_pinball(own, targets, 0.9) < 0.95 * mean_pinball(flat, targets, 0.9));
}

TEST_CASE("the mean of ensembles says the mean of what they say") {
  const Table table(500);
  BoostingSettings other = all_rows_and_columns();
  other.rounds = 3;
  const std::vector<TreeEnsemble> both{grown(table, all_rows_and_columns()), grown(table, other)};
  const TreeEnsemble mean = TreeEnsemble::mean_of(both);
  for (std::size_t i = 0; i < 50; ++i) {
    const auto row = std::span(table.features).subspan(3 * i, 3);
    float a = 0, b = 0, said = 0;
    both[0].evaluate(row, {&a, 1});
    both[1].evaluate(row, {&b, 1});
    mean.evaluate(row, {&said, 1});
    CHECK(said == Approx((a + b) / 2).epsilon(1e-5));
  }
}

TEST_CASE("trees that lead nowhere, in circles or to features that are not there are refused") {
  TensorFile file;
  grown(Table(500), all_rows_and_columns()).save(file, "x_");
  CHECK_NOTHROW(TreeEnsemble::load(file, "x_", 3, 1));
  CHECK_THROWS_AS(TreeEnsemble::load(file, "x_", 2, 1), InputError);
  CHECK_THROWS_AS(TreeEnsemble::load(file, "x_", 3, 2), InputError);
  const auto spoiled = [&](const std::string& tensor, std::size_t at, float value) {
    TensorFile other = file;
    other.tensors.at("x_" + tensor).values.at(at) = value;
    CHECK_THROWS_AS(TreeEnsemble::load(other, "x_", 3, 1), InputError);
  };
  spoiled("left", 0, 0);
  spoiled("right", 0, 1e6F);
  spoiled("feature", 0, 3);
  spoiled("feature", 0, 0.5F);
  spoiled("root", 0, -1);
  spoiled("threshold", 0, std::numeric_limits<float>::infinity());
  const auto& features = file.tensors.at("x_feature").values;
  const auto leaf = std::find(features.begin(), features.end(), -1.0F) - features.begin();
  spoiled("left", static_cast<std::size_t>(leaf), static_cast<float>(file.number("x_values", 1, 1'000'000)));
  TensorFile counts = file;
  counts.set_number("x_nodes", 3);
  CHECK_THROWS_AS(TreeEnsemble::load(counts, "x_", 3, 1), InputError);
}

TEST_CASE("features for trees are those of the past, and none changes with the unit of demand") {
  std::vector<float> y;
  for (int t = 0; t < 100; ++t) y.push_back(static_cast<float>(t % 7));
  std::vector<float> tenfold(y);
  for (float& value : tenfold) value *= 10;
  const Panel panel = panel_of_series({y, tenfold});
  const FeatureSettings settings = feature_settings(panel, 100, StepFeatures::window(panel.frequency));
  const StepFeatures features(acquaint("trees", settings, panel.ids, panel, 0), panel, 0);
  std::vector<std::vector<float>> rows;
  for (std::size_t s = 0; s < 2; ++s) {
    std::vector<float> state(features.state_size());
    features.forget(state);
    for (int t = 0; t < 100; ++t)
      features.remember(t, panel.sales_of(s)[static_cast<std::size_t>(t)], false, state);
    StepFeatures::Past past;
    features.look_back(s, 100, state, past);
    CHECK(past.level == Approx(s == 0 ? 3.0 : 30.0).epsilon(0.01));
    rows.emplace_back(StepFeatures::columns(settings));
    features.write(s, 100, 4, past, rows.back());
    CHECK(rows[s][0] * past.level == Approx(panel.sales_of(s)[99]));
  }
  int different = 0;
  for (std::size_t c = 0; c < rows[0].size(); ++c)
    different += rows[0][c] != Approx(rows[1][c]).epsilon(1e-4);
  CHECK(different == 1);  // the logarithm of the level
}

TEST_CASE("a stockout never lowers the level that trees stand on") {
  const Panel panel = panel_of_series({std::vector<float>(60, 8.0F)});
  const FeatureSettings settings = feature_settings(panel, 60, StepFeatures::window(panel.frequency));
  const StepFeatures features(acquaint("trees", settings, panel.ids, panel, 0), panel, 0);
  std::vector<float> state(features.state_size());
  features.forget(state);
  for (int t = 0; t < 60; ++t) features.remember(t, 8, false, state);
  for (int t = 60; t < 80; ++t) features.remember(t, 1, true, state);
  StepFeatures::Past past;
  features.look_back(0, 80, state, past);
  CHECK(past.level == Approx(8));
}
