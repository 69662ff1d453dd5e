#include "forecasting/forecasters.h"

#include <fmt/format.h>

#include "env/core/error.h"
#include "env/core/suggest.h"

namespace restock::forecasting {

namespace {

std::unique_ptr<ForecastModel> fit_linear(const Panel& panel, std::size_t train_days,
                                          const ForecasterConfig& config, const LstmTrainer&) {
  return fit_ridge(panel, train_days, config.ridge);
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

}  // namespace

void describe(FieldVisitor& visitor, ForecasterConfig& config) {
  describe_object(visitor, "lstm", config.lstm, {"settings of the LSTM"});
  describe_object(visitor, "seasonal_naive", config.seasonal_naive, {"settings of the seasonal naive"});
  describe_object(visitor, "moving_average", config.moving_average, {"settings of the moving average"});
  describe_object(visitor, "classical", config.classical, {"settings of other classical methods"});
  describe_object(visitor, "ridge", config.ridge, {"settings of the linear regression"});
}

const std::vector<ForecasterDescription>& forecaster_registry() {
  static const std::vector<ForecasterDescription> registry = [] {
    std::vector<ForecasterDescription> all{
        {"lstm", "one LSTM for all series: daily law and interval quantiles", fit_lstm, LstmModel::load}};
    for (const ClassicalMethod& method : classical_methods()) all.push_back(describe_classical(method));
    all.push_back({"ridge", "one linear regression for all series: levels, seasons, calendar, covariates",
                   fit_linear, load_ridge});
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
