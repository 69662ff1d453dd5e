#include "forecasting/pooled/feature_settings.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "forecasting/accuracy.h"
#include "forecasting/evaluation/scores.h"
#include "forecasting/model.h"

namespace restock::forecasting {

namespace {

/// Root mean square of lag-1 differences; where there is none, the mean; where nothing was sold, 1.
float scale_of(const Panel& seen, std::size_t s, float mean) {
  const std::vector<float> demand = known_demand(seen, s);
  const double difference = lag_one_scale(demand).root_mean_square;
  if (difference > 0) return static_cast<float>(difference);
  return mean > 0 ? mean : 1.0F;
}

RunningMean known_mean(const Panel& seen, std::size_t s) {
  RunningMean mean;
  for (const float value : known_demand(seen, s))
    if (!std::isnan(value)) mean.add(static_cast<double>(value));
  return mean;
}

float median_of(std::vector<float> values, float otherwise) {
  if (values.empty()) return otherwise;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Adds rows of strangers to a model's settings.
class Acquaintance {
 public:
  Acquaintance(const FeatureSettings& settings, const Panel& panel, std::size_t origin)
      : known_(settings), panel_(panel), seen_(first_days(panel, origin)), whole_(settings) {}

  bool has_sold(std::size_t s) const {
    const auto sales = seen_.sales_of(s);
    return std::any_of(sales.begin(), sales.end(), [](float y) { return y > 0; });
  }

  std::int32_t add(std::size_t s) {
    if (own_.empty() && panel_.days > 0)
      own_ = scale_covariates(panel_, std::max<std::size_t>(1, seen_.days));
    const RunningMean mean = known_mean(seen_, s);
    const bool nothing = mean.count() == 0;
    const auto sales = nothing ? median_of(known_.mean_sales, 0.0F) : static_cast<float>(mean.value());
    whole_.mean_sales.push_back(sales);
    whole_.scale.push_back(nothing ? median_of(known_.scale, 1.0F) : scale_of(seen_, s, sales));
    for (CovariateScaling& covariate : whole_.covariates) covariate.offset.push_back(offset(covariate, s));
    return static_cast<std::int32_t>(whole_.scale.size() - 1);
  }
  FeatureSettings settings() && { return std::move(whole_); }

 private:
  /// Prices count relative to the series' own mean, other covariates to that of all series.
  float offset(const CovariateScaling& covariate, std::size_t s) const {
    if (!covariate.is_price()) return covariate.offset.empty() ? 0.0F : covariate.offset.front();
    for (const CovariateScaling& own : own_)
      if (own.name == covariate.name) return own.offset[s];
    return 0;
  }

  const FeatureSettings& known_;
  const Panel& panel_;
  Panel seen_;
  FeatureSettings whole_;
  std::vector<CovariateScaling> own_;
};

}  // namespace

FeatureSettings feature_settings(const Panel& panel, std::size_t train_days, std::size_t window) {
  const Panel seen = first_days(panel, train_days);
  FeatureSettings settings{panel.frequency, season_of(panel.frequency), window, false, {}, {}, {}};
  const auto years = static_cast<double>((panel.date(train_days) - panel.first_day).count()) / 365.25;
  settings.year = panel.frequency != Frequency::month && years >= 2;
  settings.covariates = scale_covariates(panel, train_days);
  for (std::size_t s = 0; s < panel.series(); ++s) {
    const RunningMean mean = known_mean(seen, s);
    settings.mean_sales.push_back(mean.count() > 0 ? static_cast<float>(mean.value()) : 0.0F);
    settings.scale.push_back(scale_of(seen, s, settings.mean_sales.back()));
  }
  return settings;
}

void save_settings(TensorFile& file, const FeatureSettings& settings) {
  file.set_number("step", static_cast<std::int64_t>(settings.frequency));
  file.set_number("season", static_cast<std::int64_t>(settings.season));
  file.set_number("window", static_cast<std::int64_t>(settings.window));
  file.set_number("year", settings.year ? 1 : 0);
  save_covariates(file, settings.covariates, settings.scale.size());
  file.set("scale", {settings.scale.size()}, settings.scale);
  file.set("mean_sales", {settings.mean_sales.size()}, settings.mean_sales);
}

FeatureSettings load_settings(const TensorFile& file, std::size_t series) {
  FeatureSettings settings;
  settings.frequency = static_cast<Frequency>(file.number("step", 0, 2));
  settings.season = static_cast<std::size_t>(file.number("season", 1, 1000));
  settings.window = static_cast<std::size_t>(file.number("window", 13, 1000));
  settings.year = file.number("year", 0, 1) == 1;
  settings.covariates = load_covariates(file, series);
  settings.scale = file.get("scale", {series});
  settings.mean_sales = file.get("mean_sales", {series});
  if (std::any_of(settings.scale.begin(), settings.scale.end(), [](float scale) { return !(scale > 0); }))
    file.fail("tensor 'scale' holds a number that is not positive");
  return settings;
}

Acquainted acquaint(std::string_view model, const FeatureSettings& settings,
                    std::span<const std::string> model_ids, const Panel& panel, std::size_t origin) {
  require_same_step(model, settings.frequency, panel);
  std::unordered_map<std::string_view, std::size_t> row_of;
  for (std::size_t row = 0; row < model_ids.size(); ++row) row_of.emplace(model_ids[row], row);
  Acquaintance acquaintance(settings, panel, origin);
  std::vector<std::int32_t> rows;
  for (std::size_t s = 0; s < panel.series(); ++s) {
    const auto found = row_of.find(panel.ids[s]);
    const bool known =
        found != row_of.end() && (settings.mean_sales[found->second] > 0 || !acquaintance.has_sold(s));
    rows.push_back(known ? static_cast<std::int32_t>(found->second) : acquaintance.add(s));
  }
  return {std::move(acquaintance).settings(), std::move(rows)};
}

}  // namespace restock::forecasting
