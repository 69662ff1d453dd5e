// What a model of all series may know of a step to come: levels and seasons of the past as of the origin, the
// calendar and the covariates of the step itself.
//
// The memory of a series is a ring of its last steps (state[clock mod window], −1 where unknown), so that
// features cost the same however long the history is. Values are in units of the series' scale, the root mean
// square of its lag-1 differences where the model was fitted. What acts in proportion (phases of the season,
// waves of the year, covariates) is multiplied by the level, the mean of four seasons.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "forecasting/known_inputs.h"
#include "forecasting/panel.h"
#include "forecasting/pooled/feature_settings.h"

namespace restock::forecasting {

class Features {
 public:
  static constexpr float kUnknown = -1;  ///< of a step in memory

  /// Day 0 is the panel's day `origin`.
  Features(Acquainted acquainted, const Panel& panel, std::size_t origin);

  std::size_t series_count() const noexcept { return rows_.size(); }
  /// Steps in memory, columns of a row and lengths of the means that are features.
  static std::size_t window(Frequency frequency);
  static std::size_t columns(const FeatureSettings& settings);
  static std::vector<std::size_t> means(const FeatureSettings& settings);
  std::size_t row(std::size_t series) const { return static_cast<std::size_t>(rows_[series]); }
  const FeatureSettings& settings() const noexcept { return settings_; }

  static void forget(std::span<float> state);
  void remember(std::int64_t day, float sales, std::span<float> state) const;

  /// Features of the past: the same for all steps that are forecast on the morning of `day`.
  struct Past {
    std::vector<float> means;   ///< as in means(), in units of the scale
    std::vector<float> phases;  ///< by phase: mean of its values in memory
    std::vector<float> last;    ///< by phase: its last value
    float level = 0;
  };
  void look_back(std::size_t series, std::int64_t day, std::span<const float> state, Past& past) const;
  /// Features [columns()] of the step `lead` >= 0 after `day`.
  void write(std::size_t series, std::int64_t day, std::size_t lead, const Past& past,
             std::span<float> out) const;

 private:
  const FeatureSettings settings_;
  std::vector<std::int32_t> rows_;
  std::int64_t clock_;  ///< of day 0
  Date first_day_;
  std::size_t origin_;
  std::optional<KnownInputs> known_;  ///< where there are covariates
};

}  // namespace restock::forecasting
