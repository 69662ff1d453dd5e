#include "forecasting/forecasters.h"

#include <fmt/format.h>

#include "env/core/error.h"
#include "env/core/suggest.h"

namespace restock::forecasting {

namespace {

/// A model of all series that `fit` makes and `load` reads, each given the name.
template <class Fit, class Load>
ForecasterDescription describe_pooled(std::string_view name, std::string_view meaning, Fit fit, Load load) {
  return {name, meaning,
          [name, fit](const Panel& panel, std::size_t train_days, const ForecasterConfig& config,
                      const LstmTrainer&) { return fit(name, panel, train_days, config); },
          [name, load](const TensorFile& file) { return load(name, file); }};
}

std::unique_ptr<ForecastModel> fit_without_penalty(std::string_view name, const Panel& panel,
                                                   std::size_t train_days, const ForecasterConfig& config) {
  constexpr double kDecides = 1e-8;  // where the data do not
  return fit_ridge(name, panel, train_days, {kDecides, config.ridge.rows});
}

std::vector<ForecasterDescription> pooled_forecasters() {
  using Config = const ForecasterConfig&;
  return {describe_pooled(
              "ridge", "one linear regression for all series: levels, seasons, calendar, covariates",
              [](std::string_view name, const Panel& panel, std::size_t days, Config config) {
                return fit_ridge(name, panel, days, config.ridge);
              },
              load_ridge),
          describe_pooled("linear", "the same regression without a penalty", fit_without_penalty, load_ridge),
          describe_pooled(
              "boosted_trees", "gradient-boosted trees of all series, law of errors by trees too",
              [](std::string_view name, const Panel& panel, std::size_t days, Config config) {
                return fit_boosted_trees(name, panel, days, config.boosted_trees);
              },
              load_trees),
          describe_pooled(
              "random_forest", "a random forest of all series, law of errors by boosted trees",
              [](std::string_view name, const Panel& panel, std::size_t days, Config config) {
                return fit_random_forest(name, panel, days, config.random_forest);
              },
              load_trees)};
}

ForecasterDescription describe_classical(const ClassicalMethod& method) {
  const auto fit = [&method](const Panel& panel, std::size_t train_days, const ForecasterConfig& config,
                             const LstmTrainer&) {
    return fit_classical(method, panel, train_days,
                         {config.seasonal_naive, config.moving_average, config.classical});
  };
  const auto load = [&method](const TensorFile& file) { return load_recursive(method.description, file); };
  return {method.description.name, method.description.meaning, fit, load};
}

std::unique_ptr<ForecastModel> fit_lstm(const Panel& panel, std::size_t train_days,
                                        const ForecasterConfig& config, const LstmTrainer& trainer) {
  if (!trainer) {
    throw InputError(
        "forecaster 'lstm' cannot be trained by this build, which is without LibTorch; load a trained one or "
        "build with RESTOCK_TORCH=ON");
  }
  return std::make_unique<LstmModel>(trainer(panel, train_days, config.lstm));
}

std::unique_ptr<ForecastModel> fit_combined(const Panel& panel, std::size_t train_days,
                                            const ForecasterConfig& config, const LstmTrainer& trainer) {
  return fit_combination(panel, train_days, config.combination,
                         [&](const std::string& name, const Panel& seen, std::size_t days) {
                           return fit_forecaster(name, seen, days, config, trainer);
                         });
}

std::unique_ptr<ForecastModel> load_combined(const TensorFile& file) {
  return load_combination(file,
                          [](const TensorFile& own) { return find_forecaster(own.text("name")).load(own); });
}

}  // namespace

void describe(FieldVisitor& visitor, ForecasterConfig& config) {
  describe_object(visitor, "lstm", config.lstm, {"settings of the LSTM"});
  describe_object(visitor, "seasonal_naive", config.seasonal_naive, {"settings of the seasonal naive"});
  describe_object(visitor, "moving_average", config.moving_average, {"settings of the moving average"});
  describe_object(visitor, "classical", config.classical, {"settings of other classical methods"});
  describe_object(visitor, "ridge", config.ridge, {"settings of the linear regression"});
  describe_object(visitor, "boosted_trees", config.boosted_trees, {"settings of the boosted trees"});
  describe_object(visitor, "random_forest", config.random_forest, {"settings of the random forest"});
  describe_object(visitor, "combination", config.combination, {"settings of the combination"});
}

const std::vector<ForecasterDescription>& forecaster_registry() {
  static const std::vector<ForecasterDescription> registry = [] {
    std::vector<ForecasterDescription> all{
        {"lstm", "one LSTM for all series: daily law and interval quantiles", fit_lstm, LstmModel::load}};
    for (const ClassicalMethod& method : classical_methods()) all.push_back(describe_classical(method));
    for (ForecasterDescription& one : pooled_forecasters()) all.push_back(std::move(one));
    all.push_back({"combination", "weighted means of what several forecasters say, weights from the past",
                   fit_combined, load_combined});
    return all;
  }();
  return registry;
}

const ForecasterDescription& find_forecaster(std::string_view name) {
  std::vector<std::string_view> names;
  std::string listed;
  for (const ForecasterDescription& forecaster : forecaster_registry()) {
    if (forecaster.name == name) return forecaster;
    names.push_back(forecaster.name);
    (listed += listed.empty() ? "" : ", ") += forecaster.name;
  }
  throw InputError(
      fmt::format("no forecaster {}{}; there are {}", in_quotes(name), did_you_mean(name, names), listed));
}

std::unique_ptr<ForecastModel> fit_forecaster(std::string_view name, const Panel& panel,
                                              std::size_t train_days, const ForecasterConfig& config,
                                              const LstmTrainer& trainer) {
  return find_forecaster(name).fit(panel, train_days, config, trainer);
}

void save_forecaster(const ForecastModel& model, const std::string& file) {
  write_tensor_file(model.tensors(), file);
}

std::unique_ptr<ForecastModel> load_forecaster(const std::string& file) {
  const TensorFile tensors = read_tensor_file(file);
  return find_forecaster(tensors.text("name")).load(tensors);
}

}  // namespace restock::forecasting
