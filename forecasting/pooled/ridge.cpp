#include "forecasting/pooled/ridge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "env/core/check.h"
#include "env/core/error.h"
#include "forecasting/classical/fitting.h"
#include "forecasting/path_forecaster.h"
#include "forecasting/pooled/features.h"

namespace restock::forecasting {

namespace {

constexpr std::string_view kName = "ridge";

struct Fitted {
  std::vector<std::string> ids;
  FeatureSettings features;
  std::vector<float> weights;  ///< [columns]
  std::shared_ptr<const ErrorLaw> law;
};

class RidgePaths final : public PathMaker {
 public:
  RidgePaths(std::shared_ptr<const Fitted> fitted, const Panel& panel, std::size_t origin)
      : fitted_(std::move(fitted)),
        features_(fitted_->features, panel, rows_in_model(kName, fitted_->ids, panel.ids), origin) {}
  std::size_t series_count() const override { return features_.series_count(); }
  std::size_t state_size() const override { return fitted_->features.window; }
  std::size_t row(std::size_t series) const override { return features_.row(series); }
  float mean_sales(std::size_t series) const override { return fitted_->features.mean_sales[row(series)]; }
  void start(std::size_t, std::span<float> state) const override { Features::forget(state); }

  /// Steps that nobody knows, and censored ones below it, are remembered as what was expected.
  void take(std::size_t series, std::int64_t day, float sales, bool stocked_out,
            std::span<float> state) const override {
    if (std::isnan(sales) || stocked_out) {
      float expected = 0;
      clean_path(series, day, state, {&expected, 1});
      sales = std::isnan(sales) ? expected : std::max(sales, expected);
    }
    features_.remember(day, sales, state);
  }

  void path(std::size_t series, std::int64_t day, std::span<const float> state,
            std::span<float> means) const override {
    thread_local Features::Past past;
    thread_local std::vector<float> row;
    row.resize(fitted_->weights.size());
    features_.look_back(series, day, state, past);
    const float scale = fitted_->features.scale[this->row(series)];
    for (std::size_t h = 0; h < means.size(); ++h) {
      features_.write(series, day, h, past, row);
      float mean = 0;
      for (std::size_t c = 0; c < row.size(); ++c) mean += row[c] * fitted_->weights[c];
      means[h] = mean * scale;
    }
  }

 private:
  std::shared_ptr<const Fitted> fitted_;
  Features features_;
};

/// Rows of all series, from origins at even distances, each with leads that differ from one to the next.
class Regression {
 public:
  Regression(const Fitted& fitted, const Panel& seen, std::size_t rows)
      : seen_(seen),
        features_(fitted.features, seen, rows_in_model(kName, fitted.ids, seen.ids), 0),
        leads_(fitted.features.window / 2),
        system_(fitted.features.columns()),
        row_(fitted.features.columns()),
        wide_(row_.size()) {
    const std::size_t cells = seen.series() * seen.days;
    every_ = std::max<std::size_t>(1, leads_ * cells / std::max<std::size_t>(1, rows)) | 1U;
  }

  std::vector<float> weights(double penalty) {
    for (std::size_t s = 0; s < seen_.series(); ++s) add_series(s);
    const std::vector<double> x = system_.solve(penalty).x;
    return {x.begin(), x.end()};
  }

 private:
  void add_series(std::size_t s) {
    std::vector<float> state(features_.settings().window);
    Features::forget(state);
    const std::size_t first = std::min(seen_.listed_from[s], seen_.days);
    const std::size_t settled = first + std::min(state.size() / 2, (seen_.days - first) / 3);
    for (std::size_t t = first; t < seen_.days; ++t) {
      if (t >= settled) add_origin(s, t, state);
      const float sales = seen_.sales_of(s)[t];
      const bool known = !std::isnan(sales) && seen_.stocked_out_of(s)[t] == 0;
      features_.remember(static_cast<std::int64_t>(t), known ? sales : Features::kUnknown, state);
    }
  }

  void add_origin(std::size_t s, std::size_t t, std::span<const float> state) {
    const auto day = static_cast<std::int64_t>(t);
    bool looked = false;
    for (std::size_t h = 0; h < leads_ && t + h < seen_.days; ++h) {
      if ((s + 2 * t + h) % every_ != 0) continue;
      const float truth = seen_.sales_of(s)[t + h];
      if (std::isnan(truth) || seen_.stocked_out_of(s)[t + h] != 0) continue;
      if (!std::exchange(looked, true)) features_.look_back(s, day, state, past_);
      features_.write(s, day, h, past_, row_);
      std::copy(row_.begin(), row_.end(), wide_.begin());
      system_.add(wide_, static_cast<double>(truth / features_.settings().scale[features_.row(s)]));
    }
  }

  const Panel& seen_;
  Features features_;
  std::size_t leads_;
  LeastSquares system_;
  std::vector<float> row_;
  std::vector<double> wide_;
  Features::Past past_;
  std::size_t every_ = 1;
};

class RidgeModel final : public ForecastModel {
 public:
  explicit RidgeModel(std::shared_ptr<const Fitted> fitted) : fitted_(std::move(fitted)) {}
  std::string_view name() const override { return kName; }
  const std::vector<std::string>& ids() const override { return fitted_->ids; }
  std::unique_ptr<Forecaster> bind(const Panel& panel, std::size_t origin) const override {
    RESTOCK_CHECK(origin <= panel.days, "origin {} of a history of {} days", origin, panel.days);
    if (panel.frequency != fitted_->features.frequency)
      throw InputError(
          fmt::format("the forecaster '{}' has learned from one row a {}, and this history has one a {}",
                      kName, name_of(fitted_->features.frequency), name_of(panel.frequency)));
    return path_forecaster(kName, std::make_shared<RidgePaths>(fitted_, panel, origin), fitted_->law, panel,
                           origin);
  }
  TensorFile tensors() const override {
    const FeatureSettings& f = fitted_->features;
    TensorFile file;
    file.metadata["name"] = kName;
    file.metadata["ids"] = join_ids(fitted_->ids);
    file.set_number("step", static_cast<std::int64_t>(f.frequency));
    file.set_number("season", static_cast<std::int64_t>(f.season));
    file.set_number("window", static_cast<std::int64_t>(f.window));
    file.set_number("year", f.year ? 1 : 0);
    save_covariates(file, f.covariates, fitted_->ids.size());
    file.set("weights", {fitted_->weights.size()}, fitted_->weights);
    file.set("scale", {f.scale.size()}, f.scale);
    file.set("mean_sales", {f.mean_sales.size()}, f.mean_sales);
    fitted_->law->save(file);
    return file;
  }

 private:
  std::shared_ptr<const Fitted> fitted_;
};

}  // namespace

void describe(FieldVisitor& visitor, RidgeConfig& config) {
  visitor.field("penalty", config.penalty,
                {"what is added to the mean square of each feature, relative to it", "", 0, 10});
  visitor.field("rows", config.rows, {"rows that are learned from, about", "", 1000, 1e8});
}

std::unique_ptr<ForecastModel> fit_ridge(const Panel& panel, std::size_t train_days,
                                         const RidgeConfig& config) {
  RESTOCK_CHECK(train_days <= panel.days, "{} days of a history of {}", train_days, panel.days);
  if (train_days == 0) throw InputError("forecaster 'ridge' has no history to learn from");
  const Panel seen = first_days(panel, train_days);
  auto fitted = std::make_shared<Fitted>();
  fitted->ids = panel.ids;
  fitted->features = feature_settings(panel, train_days, season_of(panel.frequency));
  fitted->weights = Regression(*fitted, seen, static_cast<std::size_t>(config.rows)).weights(config.penalty);
  fitted->law = std::make_shared<const ErrorLaw>(
      learn_errors(RidgePaths(fitted, seen, 0), seen, fitted->features.season).law);
  return std::make_unique<RidgeModel>(fitted);
}

std::unique_ptr<ForecastModel> load_ridge(const TensorFile& file) {
  auto fitted = std::make_shared<Fitted>();
  fitted->ids = split_ids(file.text("ids"));
  const std::size_t n = fitted->ids.size();
  FeatureSettings& f = fitted->features;
  f.frequency = static_cast<Frequency>(file.number("step", 0, 2));
  f.season = static_cast<std::size_t>(file.number("season", 1, 1000));
  f.window = static_cast<std::size_t>(file.number("window", 13, 1000));
  f.year = file.number("year", 0, 1) == 1;
  f.covariates = load_covariates(file, n);
  f.scale = file.get("scale", {n});
  f.mean_sales = file.get("mean_sales", {n});
  if (std::any_of(f.scale.begin(), f.scale.end(), [](float scale) { return !(scale > 0); }))
    file.fail("tensor 'scale' holds a number that is not positive");
  fitted->weights = file.get("weights", {f.columns()});
  fitted->law = std::make_shared<const ErrorLaw>(ErrorLaw::load(file, n, f.season));
  return std::make_unique<RidgeModel>(fitted);
}

}  // namespace restock::forecasting
