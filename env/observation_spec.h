// What a learned policy sees: named features with unit, bounds and scale, computed from a DecisionBatch. The
// same code writes the observation in training, in evaluation and in a bundle.
//
// Quantities are seen as q / (mean demand a day) − 1, each input of order one for fast and slow movers alike
// (raw inputs cost learners two to three percent on the lost-sales instances of Zipkin 2008). Forecasts and
// positions of SKUs whose protection interval is longer than a day are divided by its length as well. This
// normaliser is fixed by the scenario, so that it needs no learning, no freezing and no file of its own. A
// scenario may ask for one more on top that is learned before training: Normaliser.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "env/policy.h"
#include "env/sim/warehouse_model.h"

namespace restock {

/// One feature of a spec: the columns [offset, offset + width) of an observation row.
struct Feature {
  std::string name;
  std::string unit;
  std::size_t offset = 0;
  std::size_t width = 1;
  double minimum = 0;  ///< of the raw value, inclusive
  double maximum = 0;
};

/// How one SKU's raw values become inputs.
struct SkuScale {
  float per_day = 1;                ///< 1 / mean demand a day
  float per_interval = 1;           ///< 1 / mean demand over the protection interval
  std::int32_t lead_time_days = 0;  ///< what pipeline_by_due_day reckons with
};

/// What is seen of column c: (x − shift[c]) · factor[c]. Learned from what is met under orders around the
/// typical action (normaliser.h), then frozen.
struct Normaliser {
  std::vector<float> shift;
  std::vector<float> factor;

  bool is_set() const noexcept { return !shift.empty(); }
};

class ObservationSpec {
 public:
  ObservationSpec() = default;
  /// `names` may be empty: inventory, pipeline, and the forecast where there is one. Throws InputError where
  /// a name is unknown or needs what the scenario does not have: a forecast, due days that are known.
  ObservationSpec(const WarehouseModel& warehouse, const std::vector<std::string>& names,
                  const std::vector<double>& forecast_levels);
  /// As read back from a bundle.
  ObservationSpec(std::vector<Feature> features, std::vector<SkuScale> scales);

  std::size_t width() const noexcept { return width_; }
  /// One shift and factor a column.
  void set_normaliser(Normaliser normaliser);
  const std::vector<Feature>& features() const noexcept { return features_; }
  const std::vector<SkuScale>& scales() const noexcept { return scales_; }
  bool needs_pipeline() const noexcept;
  bool needs_forecast() const noexcept;
  bool has_feature(std::string_view name) const noexcept;
  /// Writes observations[rows × width]. Throws InvariantError where the batch lacks what a feature reads.
  void write(const DecisionBatch& batch, std::span<float> observations) const;

 private:
  enum class Kind : std::uint8_t;
  void resolve_kinds();
  bool reads(Kind kind) const noexcept { return (read_ >> static_cast<int>(kind) & 1) != 0; }
  void write_feature(std::size_t feature, const DecisionBatch& batch, std::size_t row, float* out) const;

  std::vector<Feature> features_;
  std::vector<Kind> kinds_;
  std::uint64_t read_ = 0;  ///< a bit for each kind among kinds_
  std::vector<SkuScale> scales_;
  Normaliser normaliser_;
  std::size_t width_ = 0;
};

std::span<const std::string_view> feature_names();
bool is_feature(std::string_view name);
/// "'nam' is no feature, did you mean …", with all names there are.
std::string no_feature(std::string_view name);
/// Columns of features whose width does not depend on the scenario; 1 for most.
std::size_t fixed_width_of(std::string_view name);
/// Sine and cosine of the year, by day of the year from 0 (unused) to 366.
const std::vector<std::array<float, 2>>& waves_of_year();

}  // namespace restock
