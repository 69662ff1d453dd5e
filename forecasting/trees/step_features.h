// What a tree may know of a step to come, seen from an origin: the recent past relative to the level, how the
// series varies, the phase of the season, covariates of the step and of its neighbours, and what was sold on
// past steps like it. All of it is known at the origin, and nothing depends on which series it is or in what
// units it sells but the level itself, so that what is learned from some series holds for others.
//
// The memory of a series is a ring of its last steps and running sums over all of them. The level L is the
// mean of the last steps, drawn towards that of the whole memory, and that towards the mean of all that was
// seen; values stand over L.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "forecasting/known_inputs.h"
#include "forecasting/panel.h"
#include "forecasting/pooled/feature_settings.h"

namespace restock::forecasting {

class StepFeatures {
 public:
  /// Steps in memory.
  static std::size_t window(Frequency frequency);
  static std::size_t columns(const FeatureSettings& settings);

  /// Day 0 is the panel's day `origin`.
  StepFeatures(Acquainted acquainted, const Panel& panel, std::size_t origin);

  std::size_t series_count() const noexcept { return rows_.size(); }
  std::size_t state_size() const noexcept { return settings_.window + kSums; }
  const FeatureSettings& settings() const noexcept { return settings_; }
  float mean_sales(std::size_t series) const { return settings_.mean_sales[row(series)]; }
  float scale(std::size_t series) const { return settings_.scale[row(series)]; }

  void forget(std::span<float> state) const;
  /// A step that ended with an empty shelf counts as no less than usual; NaN: nobody knows.
  void remember(std::int64_t day, float sales, bool stocked_out, std::span<float> state) const;

  /// The same for all steps that are forecast on the morning of `day`.
  struct Past {
    float level = 0;                  ///< L, in units
    float deviation = 0;              ///< of a step around the mean, in units
    std::vector<float> common;        ///< features
    std::vector<float> newest_first;  ///< sales over L, kUnknown where nobody knows them
    std::vector<float> phase_mean, phase_recent, phase_last;
    std::vector<float> covariates;  ///< recent means
  };
  void look_back(std::size_t series, std::int64_t day, std::span<const float> state, Past& past) const;
  /// Features [columns()] of the step `lead` >= 0 after `day`.
  void write(std::size_t series, std::int64_t day, std::size_t lead, const Past& past,
             std::span<float> out) const;

 private:
  static constexpr std::size_t kSums = 4;
  static constexpr float kUnknown = -1;

  std::size_t row(std::size_t series) const { return static_cast<std::size_t>(rows_[series]); }
  float usual(std::int64_t day, std::span<const float> state) const;
  void add_means(Past& past, std::span<const float> values) const;
  void add_sums(Past& past, std::span<const float> state) const;
  void add_phases(Past& past, std::int64_t day) const;
  void add_covariates(Past& past, std::size_t series, std::int64_t day) const;
  std::span<const float> covariates_at(std::size_t series, std::int64_t day) const;
  std::size_t write_calendar(std::int64_t day, std::span<float> out) const;
  void write_covariates(std::size_t series, std::int64_t day, std::size_t lead, const Past& past,
                        std::span<float> out) const;

  const FeatureSettings settings_;
  std::vector<std::int32_t> rows_;
  std::int64_t clock_;  ///< of day 0
  Date first_day_;
  std::int64_t origin_;
  std::optional<KnownInputs> known_;  ///< where there are covariates
};

}  // namespace restock::forecasting
