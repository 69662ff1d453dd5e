#include "forecasting/residual_law.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace restock::forecasting {

namespace {

float spread(float forecast, std::int32_t days, float mean_sales) {
  return std::sqrt(forecast + 0.1F * static_cast<float>(days) * mean_sales + 1e-6F);
}

/// Linear between order statistics (Hyndman and Fan 1996, type 7). Sorts.
float quantile(std::vector<float>& values, double level) {
  if (values.empty()) return 0;
  const double at = level * static_cast<double>(values.size() - 1);
  const auto lower = static_cast<std::size_t>(at);
  const auto upper = std::min(lower + 1, values.size() - 1);
  return values[lower] +
         static_cast<float>(at - static_cast<double>(lower)) * (values[upper] - values[lower]);
}

/// Standardised errors of one series: errors[d − 1] of sums over d days.
class SeriesErrors {
 public:
  SeriesErrors(const Forecaster& forecaster, const Panel& panel, std::size_t s, float mean_sales)
      : forecaster_(forecaster),
        sales_(panel.sales_of(s)),
        stocked_out_(panel.stocked_out_of(s)),
        series_(ResidualLaw::kMaximumDays, static_cast<std::int32_t>(s)),
        days_(ResidualLaw::kMaximumDays),
        means_(ResidualLaw::kMaximumDays),
        states_(ResidualLaw::kMaximumDays * forecaster.state_size()),
        mean_sales_(mean_sales),
        errors_(ResidualLaw::kMaximumDays) {
    std::iota(days_.begin(), days_.end(), 1);
    const auto width = forecaster.state_size();
    const auto one = std::span(series_).first(1);
    const auto state = std::span(states_).first(width);
    forecaster.start(one, state);
    for (std::size_t t = panel.listed_from[s]; t < panel.days; ++t) {
      if (t >= panel.listed_from[s] + ResidualLaw::kMaximumDays) collect(t);
      forecaster.advance(static_cast<std::int64_t>(t), one, sales_.subspan(t, 1), stocked_out_.subspan(t, 1),
                         state);
    }
  }
  std::vector<std::vector<float>>& errors() { return errors_; }

 private:
  /// Forecasts of day t for all numbers of days, against what came.
  void collect(std::size_t t) {
    const auto width = static_cast<std::ptrdiff_t>(forecaster_.state_size());
    for (std::size_t d = 1; d < days_.size(); ++d)
      std::copy(states_.begin(), states_.begin() + width,
                states_.begin() + static_cast<std::ptrdiff_t>(d) * width);
    forecaster_.predict(static_cast<std::int64_t>(t), series_, days_, {}, states_, means_, {});
    float sum = 0;
    for (std::size_t d = 0; d < days_.size() && t + d < sales_.size() && stocked_out_[t + d] == 0; ++d) {
      sum += sales_[t + d];
      errors_[d].push_back((sum - means_[d]) / spread(means_[d], days_[d], mean_sales_));
    }
  }

  const Forecaster& forecaster_;
  std::span<const float> sales_;
  std::span<const std::uint8_t> stocked_out_;
  std::vector<std::int32_t> series_, days_;
  std::vector<float> means_, states_;
  float mean_sales_;
  std::vector<std::vector<float>> errors_;
};

}  // namespace

void ResidualLaw::fit(const Forecaster& forecaster, const Panel& panel, std::span<const float> mean_sales) {
  table_.clear();
  for (std::size_t s = 0; s < panel.series(); ++s) {
    SeriesErrors collected(forecaster, panel, s, mean_sales[s]);
    for (std::vector<float>& errors : collected.errors()) {
      std::sort(errors.begin(), errors.end());
      for (const double level : grid_.levels()) table_.push_back(quantile(errors, level));
    }
  }
}

void ResidualLaw::quantiles(std::size_t series, std::int32_t days, float forecast, float mean_sales,
                            std::span<const LevelGrid::Place> levels, std::span<float> out) const {
  const auto row = std::min<std::size_t>(static_cast<std::size_t>(days), kMaximumDays) - 1;
  const auto errors = std::span(table_).subspan((series * kMaximumDays + row) * grid_.size(), grid_.size());
  const float width = spread(forecast, days, mean_sales);
  for (std::size_t i = 0; i < levels.size(); ++i)
    out[i] = std::max(0.0F, forecast + width * levels[i].in(errors));
}

void ResidualLaw::save(TensorFile& file, std::size_t series) const {
  file.set("residual_quantiles", shape(series), table_);
}

void ResidualLaw::load(const TensorFile& file, std::size_t series) {
  table_ = file.get("residual_quantiles", shape(series));
}

}  // namespace restock::forecasting
