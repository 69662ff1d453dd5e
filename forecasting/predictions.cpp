#include "forecasting/predictions.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

#include "env/core/csv.h"
#include "forecasting/stepwise.h"

namespace restock::forecasting {

namespace {

constexpr std::size_t kChunk = 256;  ///< series that are forecast at once

/// The rows of a few series.
class Table {
 public:
  Table(std::string& text, const Forecaster& forecaster, const Panel& panel, const PredictionConfig& config,
        std::size_t from)
      : text_(text),
        forecaster_(forecaster),
        panel_(panel),
        config_(config),
        rows_(std::min(kChunk, panel.series() - from)),
        horizon_(static_cast<std::size_t>(config.horizon)),
        width_(config.levels.size()) {
    std::iota(rows_.begin(), rows_.end(), static_cast<std::int32_t>(from));
    state_.resize(rows_.size() * forecaster.state_size());
    forecaster.start(rows_, state_);
    means_.resize(rows_.size() * horizon_);
    ask_steps();
    for (const std::int64_t steps : config.sums) ask_sum(steps);
  }

  void write() const {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      for (std::size_t h = 0; h < horizon_; ++h) {
        std::span<const float> quantiles;
        if (!quantiles_.empty())
          quantiles = std::span(quantiles_).subspan((i * horizon_ + h) * width_, width_);
        write_row(i, h, 1, means_[i * horizon_ + h], quantiles);
      }
      for (const Sum& sum : sums_)
        write_row(i, 0, sum.steps, sum.means[i], std::span(sum.quantiles).subspan(i * width_, width_));
    }
  }

 private:
  struct Sum {
    std::int64_t steps;
    std::vector<float> means, quantiles;
  };

  void ask_steps() {
    if (const auto* stepwise = dynamic_cast<const StepwiseForecaster*>(&forecaster_)) {
      quantiles_.resize(means_.size() * width_);
      stepwise->predict_steps(0, rows_, horizon_, config_.levels, state_, means_, quantiles_);
      return;
    }
    std::vector<float> sum(rows_.size()), before(rows_.size());
    for (std::size_t h = 0; h < horizon_; ++h) {
      const std::vector<std::int32_t> days(rows_.size(), static_cast<std::int32_t>(h) + 1);
      forecaster_.predict(0, rows_, days, {}, state_, sum, {});
      for (std::size_t i = 0; i < rows_.size(); ++i)
        means_[i * horizon_ + h] = sum[i] - std::exchange(before[i], sum[i]);
    }
  }

  void ask_sum(std::int64_t steps) {
    Sum sum{steps, std::vector<float>(rows_.size()), std::vector<float>(rows_.size() * width_)};
    const std::vector<std::int32_t> days(rows_.size(), static_cast<std::int32_t>(steps));
    forecaster_.predict(0, rows_, days, config_.levels, state_, sum.means, sum.quantiles);
    sums_.push_back(std::move(sum));
  }

  void write_row(std::size_t i, std::size_t step, std::int64_t steps, float mean,
                 std::span<const float> quantiles) const {
    const auto out = std::back_inserter(text_);
    fmt::format_to(out, "{},{},{},{:.6g}", csv_field(panel_.ids[static_cast<std::size_t>(rows_[i])]),
                   format_date(panel_.date(panel_.days + step)), steps, mean);
    for (std::size_t q = 0; q < width_; ++q) {
      if (quantiles.empty())
        text_ += ',';
      else
        fmt::format_to(out, ",{:.6g}", quantiles[q]);
    }
    text_ += '\n';
  }

  std::string& text_;
  const Forecaster& forecaster_;
  const Panel& panel_;
  const PredictionConfig& config_;
  std::vector<std::int32_t> rows_;
  std::size_t horizon_, width_;
  std::vector<float> state_, means_, quantiles_;
  std::vector<Sum> sums_;
};

}  // namespace

std::string prediction_header(const PredictionConfig& config) {
  std::string text = "unique_id,ds,steps,mean";
  for (const double level : config.levels) text += fmt::format(",q{}", level);
  return text + "\n";
}

void append_predictions(std::string& text, const Forecaster& forecaster, const Panel& panel,
                        const PredictionConfig& config) {
  for (std::size_t from = 0; from < panel.series(); from += kChunk)
    Table(text, forecaster, panel, config, from).write();
}

}  // namespace restock::forecasting
