// Rows of one SKU in states of every kind, as a policy gets them.
#pragma once

#include <vector>

#include "env/core/keyed_random.h"
#include "env/policy.h"

namespace restock::testing {

class DecisionRows {
 public:
  explicit DecisionRows(std::size_t rows) {
    const Stream stream({3, Split::train, 0}, Purpose::exploration, 0);
    for (std::size_t row = 0; row < rows; ++row) {
      const auto day = static_cast<std::int64_t>(row);
      const auto below = [&](std::uint64_t n, std::uint64_t k) {
        return static_cast<Quantity>(stream.below(n, day, k));
      };
      const bool is_out = below(3, 0) == 0;
      sku_.push_back(0);
      day_.push_back(day);
      weekday_.push_back(static_cast<std::int32_t>(row % 7));
      on_hand_.push_back(is_out ? 0 : below(80, 1));
      backlog_.push_back(is_out ? below(40, 2) : 0);
      on_order_.push_back(0);
      for (std::uint64_t age = 0; age < kPipelineWidth; ++age) {
        pipeline_.push_back(below(20, 3 + age));
        on_order_.back() += pipeline_.back();
      }
      mean_.push_back(static_cast<float>(10 + below(50, 20)));
      for (const double level : levels_) quantiles_.push_back(mean_.back() * static_cast<float>(0.5 + level));
    }
  }

  DecisionBatch batch() const { return rows_from(0, sku_.size()); }
  DecisionBatch batch_of(std::size_t row) const { return rows_from(row, 1); }

 private:
  static constexpr std::size_t kPipelineWidth = 4;

  DecisionBatch rows_from(std::size_t first, std::size_t count) const {
    const auto of = [&](const auto& column, std::size_t width = 1) {
      return std::span(column).subspan(first * width, count * width);
    };
    DecisionBatch batch;
    batch.rows = count;
    batch.sku = of(sku_);
    batch.day = of(day_);
    batch.weekday = of(weekday_);
    batch.on_hand = of(on_hand_);
    batch.backlog = of(backlog_);
    batch.on_order = of(on_order_);
    batch.pipeline_by_age = of(pipeline_, kPipelineWidth);
    batch.pipeline_width = kPipelineWidth;
    batch.forecast_mean = of(mean_);
    batch.forecast_quantiles = of(quantiles_, levels_.size());
    batch.forecast_levels = levels_;
    return batch;
  }

  std::vector<std::int32_t> sku_, weekday_;
  std::vector<std::int64_t> day_;
  std::vector<Quantity> on_hand_, backlog_, on_order_, pipeline_;
  std::vector<float> mean_, quantiles_;
  std::vector<double> levels_{0.5, 0.9, 0.95, 0.99};
};

}  // namespace restock::testing
