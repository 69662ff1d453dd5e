// What is known of a step in advance, as numbers that a network can take in: of a day the weekday (one of
// seven) and the time of the month (a wave), the time of the year where it counts (two waves), and the
// covariates of the series, centred and scaled as in the period the model learned
// from. Prices enter as the logarithm of the price relative to the series' mean in that period.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "forecasting/panel.h"
#include "forecasting/tensor_file.h"

namespace restock::forecasting {

/// How one covariate is centred and scaled: (v − offset[series]) · factor, v the logarithm for a price.
struct CovariateScaling {
  std::string name;
  std::vector<float> offset;
  float factor = 1;

  bool is_price() const { return name == "price"; }
  float scaled(float value, std::size_t series) const;
  /// What stands for a covariate that a history does not have: the mean price, no promotion, the mean of
  /// others.
  float missing(std::size_t series) const;
};

/// From the panel's first `train_days`.
std::vector<CovariateScaling> scale_covariates(const Panel& panel, std::size_t train_days);

/// As tensors of a model's file, and back. Loading throws InputError.
void save_covariates(TensorFile& file, std::span<const CovariateScaling> covariates, std::size_t series);
std::vector<CovariateScaling> load_covariates(const TensorFile& file, std::size_t series);

class KnownInputs {
 public:
  static constexpr std::size_t kCalendar = 13;
  /// Rows of days beyond the known covariates: the price stays, promotions do not. Later days repeat the last
  /// year.
  static constexpr std::size_t kDaysBeyond = 420;

  /// `rows[s]` is the model's row of the panel's series s; `year`: the time of the year counts.
  KnownInputs(const std::vector<CovariateScaling>& scaling, const Panel& panel,
              std::span<const std::int32_t> rows, bool year = true);
  std::size_t width() const noexcept { return width_; }
  std::size_t days() const noexcept { return days_; }
  /// Index below days() that stands for a day of the panel, however late.
  std::size_t index_of(std::size_t day) const noexcept {
    return day < days_ ? day : day - 364 * ((day - days_) / 364 + 1);
  }
  /// The inputs of a day below days().
  std::span<const float> at(std::size_t series, std::size_t day) const {
    return std::span(values_).subspan((series * days_ + day) * width_, width_);
  }

 private:
  std::size_t width_, days_;
  std::vector<float> values_;
};

}  // namespace restock::forecasting
