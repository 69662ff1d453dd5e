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

constexpr std::size_t kStrangers = 1;  ///< laws for series that the model was not fitted on

struct Fitted {
  std::string_view name;
  std::vector<std::string> ids;
  FeatureSettings features;
  std::vector<float> weights;  ///< [columns]
  std::shared_ptr<const ErrorLaw> law;
};

class RidgePaths final : public PathMaker {
 public:
  RidgePaths(std::shared_ptr<const Fitted> fitted, const Panel& panel, std::size_t origin)
      : fitted_(std::move(fitted)),
        features_(acquaint(fitted_->name, fitted_->features, fitted_->ids, panel, origin), panel, origin) {}
  std::size_t series_count() const override { return features_.series_count(); }
  std::size_t state_size() const override { return fitted_->features.window; }
  /// The law of strangers is the last one.
  std::size_t row(std::size_t series) const override {
    return std::min(features_.row(series), fitted_->ids.size());
  }
  float mean_sales(std::size_t series) const override {
    return features_.settings().mean_sales[features_.row(series)];
  }
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
    const float scale = features_.settings().scale[features_.row(series)];
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
        features_(acquaint(fitted.name, fitted.features, fitted.ids, seen, 0), seen, 0),
        leads_(fitted.features.window / 2),
        system_(Features::columns(fitted.features)),
        row_(Features::columns(fitted.features)),
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
  std::string_view name() const override { return fitted_->name; }
  const std::vector<std::string>& ids() const override { return fitted_->ids; }
  std::unique_ptr<Forecaster> bind(const Panel& panel, std::size_t origin) const override {
    RESTOCK_CHECK(origin <= panel.days, "origin {} of a history of {} days", origin, panel.days);
    return path_forecaster(fitted_->name, std::make_shared<RidgePaths>(fitted_, panel, origin), fitted_->law,
                           panel, origin);
  }
  TensorFile tensors() const override {
    TensorFile file;
    file.metadata["name"] = fitted_->name;
    file.metadata["ids"] = join_ids(fitted_->ids);
    save_settings(file, fitted_->features);
    file.set("weights", {fitted_->weights.size()}, fitted_->weights);
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

std::unique_ptr<ForecastModel> fit_ridge(std::string_view name, const Panel& panel, std::size_t train_days,
                                         const RidgeConfig& config) {
  RESTOCK_CHECK(train_days <= panel.days, "{} days of a history of {}", train_days, panel.days);
  if (train_days == 0) throw InputError(fmt::format("forecaster '{}' has no history to learn from", name));
  const Panel seen = first_days(panel, train_days);
  auto fitted = std::make_shared<Fitted>();
  fitted->name = name;
  fitted->ids = panel.ids;
  fitted->features = feature_settings(panel, train_days, Features::window(panel.frequency));
  fitted->weights = Regression(*fitted, seen, static_cast<std::size_t>(config.rows)).weights(config.penalty);
  fitted->law = std::make_shared<const ErrorLaw>(
      learn_errors(RidgePaths(fitted, seen, 0), seen, fitted->features.season, kStrangers).law);
  return std::make_unique<RidgeModel>(fitted);
}

std::unique_ptr<ForecastModel> load_ridge(std::string_view name, const TensorFile& file) {
  auto fitted = std::make_shared<Fitted>();
  fitted->name = name;
  fitted->ids = split_ids(file.text("ids"));
  const std::size_t n = fitted->ids.size();
  fitted->features = load_settings(file, n);
  fitted->weights = file.get("weights", {Features::columns(fitted->features)});
  fitted->law =
      std::make_shared<const ErrorLaw>(ErrorLaw::load(file, n + kStrangers, fitted->features.season));
  return std::make_unique<RidgeModel>(fitted);
}

}  // namespace restock::forecasting
