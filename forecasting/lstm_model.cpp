#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "env/core/check.h"
#include "env/core/error.h"
#include "forecasting/lstm.h"

namespace restock::forecasting {

namespace {

constexpr std::int64_t kMaximumSize = 1 << 20;

/// Mean daily sales of days that did not end with an empty shelf.
float sales_scale_of(const Panel& panel, std::size_t s, std::size_t train_days) {
  double sum = 0, days = 0;
  for (std::size_t t = panel.listed_from[s]; t < train_days; ++t) {
    if (panel.stocked_out_of(s)[t] != 0) continue;
    sum += static_cast<double>(panel.sales_of(s)[t]);
    ++days;
  }
  return std::max(0.05F, static_cast<float>(sum / std::max(days, 1.0)));
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

std::size_t size_in(const TensorFile& file, const char* name) {
  return static_cast<std::size_t>(file.number(name, 1, kMaximumSize));
}

}  // namespace

LstmModel::LstmModel(LstmParameters parameters)
    : parameters_(std::make_shared<const LstmParameters>(std::move(parameters))),
      network_(std::make_shared<const LstmNetwork>(*parameters_)) {}

LstmParameters LstmModel::untrained(const Panel& panel, std::size_t train_days, const LstmConfig& config) {
  const auto size = [](std::int64_t n) { return static_cast<std::size_t>(n); };
  for (std::size_t q = 0; q < config.levels.size(); ++q) {
    if (config.levels.size() < 2 || (q > 0 && config.levels[q] <= config.levels[q - 1]))
      throw InputError(
          "levels of forecaster 'lstm': expected at least two numbers, each larger than the one before");
  }
  require_whole_days(first_days(panel, train_days), "forecaster 'lstm'");
  LstmParameters parameters;
  parameters.ids = panel.ids;
  for (std::size_t s = 0; s < panel.series(); ++s)
    parameters.sales_scale.push_back(sales_scale_of(panel, s, train_days));
  parameters.covariates = scale_covariates(panel, train_days);
  parameters.levels = config.levels;
  parameters.maximum_lead = size(config.maximum_lead_days);
  const LstmShape shape{panel.series(),
                        KnownInputs::kCalendar + parameters.covariates.size(),
                        size(config.units),
                        size(config.embedding),
                        size(config.decoder_units),
                        size(config.interval_units),
                        config.levels.size()};
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
  file.metadata["ids"] = join_ids(p.ids);
  file.metadata["levels"] = join_levels(p.levels);
  const auto number = [&](const char* name, std::size_t value) {
    file.set_number(name, static_cast<std::int64_t>(value));
  };
  number("units", shape.units);
  number("embedding", shape.embedding);
  number("decoder_units", shape.decoder);
  number("interval_units", shape.interval);
  number("maximum_lead_days", p.maximum_lead);
  save_covariates(file, p.covariates, p.ids.size());
  file.set("sales_scale", {p.ids.size()}, p.sales_scale);
  for (const PartLayout& part : layout_of(shape)) {
    const auto from = p.weights.values.begin() + static_cast<std::ptrdiff_t>(part.offset);
    file.set(std::string(part.name), {part.rows, part.columns},
             {from, from + static_cast<std::ptrdiff_t>(part.size())});
  }
  return file;
}

std::unique_ptr<ForecastModel> LstmModel::load(const TensorFile& file) {
  LstmParameters p;
  p.ids = split_ids(file.text("ids"));
  p.sales_scale = file.get("sales_scale", {p.ids.size()});
  for (const float scale : p.sales_scale) {
    if (!(scale > 0)) file.fail("tensor 'sales_scale' holds a number that is not positive");
  }
  p.covariates = load_covariates(file, p.ids.size());
  p.levels = split_levels(file);
  p.maximum_lead = static_cast<std::size_t>(file.number("maximum_lead_days", 1, 1000));
  p.weights.shape = {p.ids.size(),
                     KnownInputs::kCalendar + p.covariates.size(),
                     size_in(file, "units"),
                     size_in(file, "embedding"),
                     size_in(file, "decoder_units"),
                     size_in(file, "interval_units"),
                     p.levels.size()};
  for (const PartLayout& part : layout_of(p.weights.shape)) {
    const std::vector<float>& values = file.get(std::string(part.name), {part.rows, part.columns});
    p.weights.values.insert(p.weights.values.end(), values.begin(), values.end());
  }
  return std::make_unique<LstmModel>(std::move(p));
}

}  // namespace restock::forecasting
