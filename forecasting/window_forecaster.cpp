#include "forecasting/window_forecaster.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/core/check.h"
#include "env/core/error.h"
#include "forecasting/residual_law.h"

namespace restock::forecasting {

namespace {

constexpr float kUnknown = -1;
constexpr std::size_t kMaximumWindow = 1000;

/// What all series of a model share with the forecasters bound to it.
struct Fitted {
  std::string_view name;
  WindowRule rule;
  std::size_t window = 0;
  std::vector<std::string> ids;
  std::vector<float> mean_sales;
  ResidualLaw residuals;
};

class WindowForecaster final : public Forecaster {
 public:
  WindowForecaster(std::shared_ptr<const Fitted> fitted, const Panel& panel, std::size_t origin)
      : fitted_(std::move(fitted)),
        rows_(rows_in_model(fitted_->name, fitted_->ids, panel.ids)),
        origin_(static_cast<std::int64_t>(origin)) {
    start_.assign(panel.series() * fitted_->window, kUnknown);
    replay(*this, panel, origin - std::min(origin, fitted_->window), origin, origin, start_);
  }

  std::string_view name() const override { return fitted_->name; }
  std::size_t series_count() const override { return rows_.size(); }
  std::size_t state_size() const override { return fitted_->window; }

  void start(std::span<const std::int32_t> series, std::span<float> state) const override {
    for (std::size_t i = 0; i < series.size(); ++i) {
      const auto from = start_.begin() + series[i] * static_cast<std::ptrdiff_t>(state_size());
      std::copy_n(from, state_size(), state.begin() + static_cast<std::ptrdiff_t>(i * state_size()));
    }
  }

  void advance(std::int64_t day, std::span<const std::int32_t> series, std::span<const float> sales,
               std::span<const std::uint8_t> stocked_out, std::span<float> state) const override {
    for (std::size_t i = 0; i < series.size(); ++i) {
      const auto window = state.subspan(i * state_size(), state_size());
      const float expected = fitted_->rule(window, day + origin_, mean_sales(series[i]));
      window[slot(day)] = stocked_out[i] != 0 ? std::max(sales[i], expected) : sales[i];
    }
  }

  void predict(std::int64_t day, std::span<const std::int32_t> series, std::span<const std::int32_t> days,
               std::span<const double> levels, std::span<const float> state, std::span<float> mean,
               std::span<float> quantiles) const override {
    std::vector<LevelGrid::Place> places;
    for (const double level : levels) places.push_back(fitted_->residuals.grid().place(level));
    for (std::size_t i = 0; i < series.size(); ++i) {
      const auto out = quantiles.subspan(i * levels.size(), levels.size());
      mean[i] = sum(state.subspan(i * state_size(), state_size()), day, days[i], mean_sales(series[i]));
      if (days[i] < 1) {
        std::fill(out.begin(), out.end(), 0.0F);
      } else if (!levels.empty()) {
        fitted_->residuals.quantiles(row(series[i]), days[i], mean[i], mean_sales(series[i]), places, out);
      }
    }
  }

 private:
  std::size_t row(std::int32_t series) const {
    return static_cast<std::size_t>(rows_[static_cast<std::size_t>(series)]);
  }
  float mean_sales(std::int32_t series) const { return fitted_->mean_sales[row(series)]; }
  std::size_t slot(std::int64_t day) const {
    const std::int64_t absolute = day + origin_;
    RESTOCK_CHECK(absolute >= 0, "day {} lies before the history", day);
    return static_cast<std::size_t>(absolute) % state_size();
  }
  float sum(std::span<const float> window, std::int64_t day, std::int32_t days, float mean_sales) const {
    float total = 0;
    for (std::int32_t d = 0; d < days; ++d) total += fitted_->rule(window, day + d + origin_, mean_sales);
    return total;
  }

  std::shared_ptr<const Fitted> fitted_;
  std::vector<std::int32_t> rows_;
  std::int64_t origin_;  ///< the panel's day that is day 0
  std::vector<float> start_;
};

class WindowModel final : public ForecastModel {
 public:
  explicit WindowModel(Fitted fitted) : fitted_(std::make_shared<const Fitted>(std::move(fitted))) {}
  std::string_view name() const override { return fitted_->name; }
  const std::vector<std::string>& ids() const override { return fitted_->ids; }
  std::unique_ptr<Forecaster> bind(const Panel& panel, std::size_t origin) const override {
    RESTOCK_CHECK(origin <= panel.days, "origin {} of a history of {} days", origin, panel.days);
    return std::make_unique<WindowForecaster>(fitted_, panel, origin);
  }
  TensorFile tensors() const override {
    TensorFile file;
    file.metadata["name"] = fitted_->name;
    file.metadata["ids"] = join_ids(fitted_->ids);
    file.set_number("window", static_cast<std::int64_t>(fitted_->window));
    file.set("mean_sales", {fitted_->ids.size()}, fitted_->mean_sales);
    fitted_->residuals.save(file, fitted_->ids.size());
    return file;
  }

 private:
  std::shared_ptr<const Fitted> fitted_;
};

std::vector<float> mean_sales_of(const Panel& panel) {
  std::vector<float> means;
  for (std::size_t s = 0; s < panel.series(); ++s) {
    double sum = 0, days = 0;
    for (std::size_t t = panel.listed_from[s]; t < panel.days; ++t)
      sum += static_cast<double>(panel.sales_of(s)[t]), ++days;
    means.push_back(days > 0 ? static_cast<float>(sum / days) : 0.0F);
  }
  return means;
}

std::unique_ptr<ForecastModel> fit(std::string_view name, WindowRule rule, std::int64_t window,
                                   const Panel& panel, std::size_t train_days) {
  if (window < 1 || train_days < 2 * static_cast<std::size_t>(window)) {
    throw InputError(fmt::format("forecaster '{}' needs {} days of history to learn from, got {}", name,
                                 2 * window, train_days));
  }
  const Panel seen = first_days(panel, train_days);
  Fitted fitted{name, rule, static_cast<std::size_t>(window), seen.ids, mean_sales_of(seen), {}};
  const WindowForecaster forecaster(std::make_shared<const Fitted>(fitted), seen, 0);
  fitted.residuals.fit(forecaster, seen, fitted.mean_sales);
  return std::make_unique<WindowModel>(std::move(fitted));
}

std::unique_ptr<ForecastModel> load(std::string_view name, WindowRule rule, const TensorFile& file) {
  Fitted fitted{name, rule, 0, split_ids(file.text("ids")), {}, {}};
  fitted.window = static_cast<std::size_t>(file.number("window", 1, kMaximumWindow));
  fitted.mean_sales = file.get("mean_sales", {fitted.ids.size()});
  fitted.residuals.load(file, fitted.ids.size());
  return std::make_unique<WindowModel>(std::move(fitted));
}

/// The value of the same day of the last season.
float same_day_of_season(std::span<const float> window, std::int64_t day, float mean_sales) {
  const float value = window[static_cast<std::size_t>(day) % window.size()];
  return value == kUnknown ? mean_sales : value;
}

float mean_of_window(std::span<const float> window, std::int64_t, float mean_sales) {
  float sum = 0, known = 0;
  for (const float value : window) {
    if (value != kUnknown) sum += value, ++known;
  }
  return known > 0 ? sum / known : mean_sales;
}

}  // namespace

void describe(FieldVisitor& visitor, SeasonalNaiveConfig& config) {
  visitor.field("season_days", config.season_days,
                {"a day is expected to sell as one so many days before", "days", 1, 400});
}

void describe(FieldVisitor& visitor, MovingAverageConfig& config) {
  visitor.field("window_days", config.window_days,
                {"a day is expected to sell the mean of the last so many", "days", 1, 400});
}

std::unique_ptr<ForecastModel> fit_seasonal_naive(const Panel& panel, std::size_t train_days,
                                                  const SeasonalNaiveConfig& config) {
  return fit("seasonal_naive", same_day_of_season, config.season_days, panel, train_days);
}
std::unique_ptr<ForecastModel> fit_moving_average(const Panel& panel, std::size_t train_days,
                                                  const MovingAverageConfig& config) {
  return fit("moving_average", mean_of_window, config.window_days, panel, train_days);
}
std::unique_ptr<ForecastModel> load_seasonal_naive(const TensorFile& file) {
  return load("seasonal_naive", same_day_of_season, file);
}
std::unique_ptr<ForecastModel> load_moving_average(const TensorFile& file) {
  return load("moving_average", mean_of_window, file);
}

}  // namespace restock::forecasting
