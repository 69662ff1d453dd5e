#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "env/core/check.h"
#include "env/core/error.h"
#include "forecasting/lstm.h"

namespace restock::forecasting {

namespace {

constexpr std::int64_t kMaximumSize = 1 << 20;

/// What the series in the middle sells a step.
float typical_of(std::vector<float> mean_sales) {
  constexpr float kLeast = 0.01F, kMost = 1000;
  const auto middle = mean_sales.begin() + static_cast<std::ptrdiff_t>(mean_sales.size() / 2);
  std::nth_element(mean_sales.begin(), middle, mean_sales.end());
  return std::clamp(*middle, kLeast, kMost);
}

std::string join_levels(const std::vector<double>& levels) {
  std::string text;
  for (const double level : levels) text += fmt::format("{}\n", level);
  return text;
}

std::vector<double> split_levels(const TensorFile& file) {
  std::vector<double> levels;
  for (const std::string& text : split_ids(file.text("levels"))) {
    double level = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), level);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    if (!whole || !(level > 0 && level < 1) || (!levels.empty() && level <= levels.back()))
      file.fail("metadata 'levels' is no increasing list of numbers between 0 and 1");
    levels.push_back(level);
  }
  if (levels.size() < 2) file.fail("metadata 'levels' holds fewer than two levels");
  return levels;
}

std::size_t size_in(const TensorFile& file, const char* name, std::int64_t least = 1) {
  return static_cast<std::size_t>(file.number(name, least, kMaximumSize));
}

LstmShape shape_of(const LstmParameters& p, std::size_t units, std::size_t item, std::size_t decoder,
                   std::size_t interval) {
  LstmShape shape;
  shape.series = p.known.ids.size();
  shape.known = KnownInputs::kCalendar + p.settings.covariates.size();
  shape.units = units;
  shape.item = item;
  shape.columns = p.known.columns.size();
  shape.categories = category_rows(p.known.columns);
  shape.decoder = decoder;
  shape.interval = interval;
  shape.levels = p.levels.size();
  return shape;
}

}  // namespace

LstmModel::LstmModel(LstmParameters parameters)
    : parameters_(std::make_shared<const LstmParameters>(std::move(parameters))),
      network_(std::make_shared<const LstmNetwork>(*parameters_)) {}

std::size_t LstmModel::leads_of(std::size_t train_days, const LstmConfig& config) {
  return std::clamp<std::size_t>(train_days / 6, 1, static_cast<std::size_t>(config.maximum_lead_days));
}

LstmParameters LstmModel::untrained(const Panel& panel, std::size_t train_days, const LstmConfig& config) {
  const auto size = [](std::int64_t n) { return static_cast<std::size_t>(n); };
  for (std::size_t q = 0; q < config.levels.size(); ++q) {
    if (config.levels.size() < 2 || (q > 0 && config.levels[q] <= config.levels[q - 1]))
      throw InputError(
          "levels of forecaster 'lstm': expected at least two numbers, each larger than the one before");
  }
  LstmParameters parameters;
  parameters.known = acquaintances_of(panel);
  constexpr std::size_t kUnusedWindow =
      13;  // of a ring of past steps, which regressions keep and this does not
  parameters.settings = feature_settings(panel, train_days, kUnusedWindow);
  parameters.typical_sales = typical_of(parameters.settings.mean_sales);
  parameters.levels = config.levels;
  parameters.maximum_lead = leads_of(train_days, config);
  const LstmShape shape = shape_of(parameters, size(config.units), size(config.embedding),
                                   size(config.decoder_units), size(config.interval_units));
  parameters.weights = initial_weights(shape, config.levels, static_cast<std::uint64_t>(config.seed));
  return parameters;
}

std::unique_ptr<Forecaster> LstmModel::bind(const Panel& panel, std::size_t origin) const {
  return std::make_unique<LstmForecaster>(parameters_, network_, panel, origin);
}

TensorFile LstmModel::tensors() const {
  const LstmParameters& p = *parameters_;
  const LstmShape& shape = p.weights.shape;
  TensorFile file;
  file.metadata["name"] = name();
  file.metadata["levels"] = join_levels(p.levels);
  const auto number = [&](const char* name, std::size_t value) {
    file.set_number(name, static_cast<std::int64_t>(value));
  };
  number("units", shape.units);
  number("embedding", shape.item);
  number("decoder_units", shape.decoder);
  number("interval_units", shape.interval);
  number("maximum_lead_days", p.maximum_lead);
  save_settings(file, p.settings);
  save_acquaintances(file, p.known);
  file.set("typical_sales", {1}, {p.typical_sales});
  for (const PartLayout& part : layout_of(shape)) {
    const auto from = p.weights.values.begin() + static_cast<std::ptrdiff_t>(part.offset);
    file.set(std::string(part.name), {part.rows, part.columns},
             {from, from + static_cast<std::ptrdiff_t>(part.size())});
  }
  return file;
}

std::unique_ptr<ForecastModel> LstmModel::load(const TensorFile& file) {
  LstmParameters p;
  p.known = load_acquaintances(file);
  p.settings = load_settings(file, p.known.ids.size());
  p.typical_sales = file.get("typical_sales", {1})[0];
  if (!(p.typical_sales > 0)) file.fail("tensor 'typical_sales' is not positive");
  p.levels = split_levels(file);
  p.maximum_lead = static_cast<std::size_t>(file.number("maximum_lead_days", 1, 1000));
  p.weights.shape = shape_of(p, size_in(file, "units"), size_in(file, "embedding", 0),
                             size_in(file, "decoder_units"), size_in(file, "interval_units"));
  for (const PartLayout& part : layout_of(p.weights.shape)) {
    const std::vector<float>& values = file.get(std::string(part.name), {part.rows, part.columns});
    p.weights.values.insert(p.weights.values.end(), values.begin(), values.end());
  }
  return std::make_unique<LstmModel>(std::move(p));
}

}  // namespace restock::forecasting
