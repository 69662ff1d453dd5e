// Forecast-driven order-up-to: when the position is below the forecast quantile of demand over the protection
// interval, order up to that quantile plus a cover, at most the largest order.
//
// With an order cover and a largest order of 0 this is the plain order-up-to rule on forecast quantiles. The
// cover makes it a forecast-driven (s, S) where an order has a fixed cost, the largest order a capped
// base-stock where sales are lost; so it has every lever of the other classical policies, and the forecast on
// top. Cover and largest order are multiples of the forecast mean over the protection interval: they follow
// the season too.
//
// With lost sales the forecaster sees sales and an empty shelf, never the demand that was lost
// (forecaster.h): the quantiles are those of demand only as far as the forecaster corrects for that. One that
// takes censored sales for demand forecasts too little after a stockout, and a tuned service level makes up
// for it on average only.
//
// Between the forecast's levels the quantile is interpolated linearly in the normal score of the level.
// Beyond the outermost levels it goes on with the slope there, at the upper end with at least √mean, the
// deviation of the least variable count.
#include <algorithm>
#include <array>
#include <cmath>

#include "agents/policies/registry.h"
#include "agents/policies/row_parameters.h"
#include "env/core/check.h"
#include "env/core/laws/portable_math.h"

namespace restock::policies {

PolicyDescription forecast_order_up_to();

namespace {

constexpr std::size_t kMostLevels = 64;
constexpr double kScoreStep = 1.0 / 16;  ///< of the tuning grid, in normal scores
constexpr double kHighestScore = 5;
constexpr double kLowestLevel = 1e-6;

using Scores = std::array<double, kMostLevels>;

/// The forecast's quantile at normal score z; scores[i] belongs to quantiles[i].
double quantile_at(double z, double mean, std::span<const float> quantiles, const Scores& scores) {
  const std::size_t n = quantiles.size();
  if (n == 1) return quantiles[0] + (z - scores[0]) * std::sqrt(mean);
  std::size_t upper = 1;
  while (upper + 1 < n && z > scores[upper]) ++upper;
  const double slope = (static_cast<double>(quantiles[upper]) - static_cast<double>(quantiles[upper - 1])) /
                       (scores[upper] - scores[upper - 1]);
  if (z <= scores[upper]) return quantiles[upper - 1] + (z - scores[upper - 1]) * slope;
  return quantiles[upper] + (z - scores[upper]) * std::max(slope, std::sqrt(mean));
}

class ForecastOrderUpTo final : public Policy {
 public:
  explicit ForecastOrderUpTo(const PolicyParameters& parameters) : values_(parameters) {
    for (std::size_t sku = 0; sku < values_.skus(); ++sku)
      scores_.push_back(portable::normal_quantile(values_.constant(sku)[0]));
  }
  std::string_view name() const override { return "forecast_order_up_to"; }
  bool needs_forecast() const override { return true; }
  void decide(const DecisionBatch& batch, PolicyMemory&, OrderBatch& orders) const override {
    const std::size_t levels = batch.forecast_levels.size();
    RESTOCK_CHECK(levels > 0 && levels <= kMostLevels, "{} forecast levels", levels);
    Scores scores;
    for (std::size_t i = 0; i < levels; ++i) scores[i] = portable::normal_quantile(batch.forecast_levels[i]);
    for (std::size_t row = 0; row < batch.rows; ++row)
      orders.quantity[row] =
          wanted(batch, row, batch.forecast_quantiles.subspan(row * levels, levels), scores);
  }

 private:
  Quantity wanted(const DecisionBatch& batch, std::size_t row, std::span<const float> quantiles,
                  const Scores& scores) const {
    const auto sku = static_cast<std::size_t>(batch.sku[row]);
    const auto [service_level, order_cover, maximum_order_cover, unused] = values_.of(batch, row);
    const double score = values_.is_constant(sku) ? scores_[sku] : portable::normal_quantile(service_level);
    const double mean = std::max(0.0, static_cast<double>(batch.forecast_mean[row]));
    const double level = std::max(0.0, quantile_at(score, mean, quantiles, scores));
    const Quantity position = batch.inventory_position(row);
    if (position >= std::llround(level)) return 0;
    const Quantity gap = std::llround(level + order_cover * mean) - position;
    if (maximum_order_cover <= 0) return gap;
    return std::min(gap, std::max<Quantity>(1, std::llround(maximum_order_cover * mean)));
  }

  RowParameters values_;
  std::vector<double> scores_;  ///< of the service level that holds every day, by SKU
};

/// Coordinates: the service level as a normal score; cover; largest order, where the last one stands for
/// none.
struct Grid {
  double cover_step;
  double cap_step;
  std::int64_t no_cap;

  std::vector<double> values(const SearchPoint& point) const {
    const double level = portable::normal_cdf(static_cast<double>(point[0]) * kScoreStep);
    const double cap = point[2] == no_cap ? 0.0 : static_cast<double>(point[2]) * cap_step;
    return {std::clamp(level, kLowestLevel, 1 - kLowestLevel), static_cast<double>(point[1]) * cover_step,
            cap};
  }
};

std::int64_t score_index(double score) {
  return std::llround(score / kScoreStep);
}

Grid grid_of(const SkuFigures& sku, double interval_mean) {
  const double unit = static_cast<double>(sku.pack_size) / interval_mean;
  const double economic = static_cast<double>(economic_order_quantity(sku)) / interval_mean;
  Grid grid{std::max({unit, 0.02, economic / 32}), std::max(unit, 0.02), 0};
  grid.no_cap =
      static_cast<std::int64_t>(std::ceil(3 * sku.demand_per_review() / interval_mean / grid.cap_step)) + 1;
  return grid;
}

ParameterSpace space_of(const PlannedSku& planned_sku, std::span<const double>) {
  const SkuFigures& sku = planned_sku.figures;
  const double mean = std::max(sku.interval_mean(), 1e-3);
  const Grid grid = grid_of(sku, mean);
  const auto bound = score_index(kHighestScore);
  const auto covers = [&](Quantity units) {
    return std::llround(static_cast<double>(units) / mean / grid.cover_step);
  };
  const bool costs_to_order = sku.fixed_per_order > 0;
  const bool cap_helps = (sku.loses_sales || sku.lead_time_varies) && !costs_to_order;
  const Quantity largest_cover = costs_to_order ? 4 * economic_order_quantity(sku) : 0;
  const std::int64_t start = score_index(portable::normal_quantile(critical_ratio(sku)));
  ParameterSpace space;
  space.axes = {{-bound, bound, 8},
                {0, covers(largest_cover), std::max<std::int64_t>(1, covers(largest_cover) / 32)},
                {cap_helps ? 1 : grid.no_cap, grid.no_cap, std::max<std::int64_t>(1, grid.no_cap / 8)}};
  if (costs_to_order) {
    for (const OrderCycle& cycle : likely_cycles(sku)) {
      const double above_mean = static_cast<double>(cycle.reorder_point) - sku.interval_mean();
      space.starts.push_back({score_index(above_mean / std::max(sku.interval_deviation, 1e-6)),
                              covers(cycle.order_quantity), grid.no_cap});
    }
  } else {
    space.starts = {{start, 0, grid.no_cap},
                    {start, 0, std::llround(1.2 * sku.demand_per_review() / mean / grid.cap_step)}};
  }
  space.values = [grid](const SearchPoint& point) { return grid.values(point); };
  return space;
}

}  // namespace

PolicyDescription forecast_order_up_to() {
  constexpr double most = 1e6;
  return {.name = "forecast_order_up_to",
          .meaning =
              "when the inventory position is below the forecast quantile of demand over the protection "
              "interval, order up to that quantile plus a cover, at most the largest order",
          .needs_forecast = true,
          .parameters = {{.name = "service_level",
                          .unit = "",
                          .meaning = "level of the forecast quantile",
                          .minimum = kLowestLevel,
                          .maximum = 1 - kLowestLevel,
                          .whole_number = false},
                         {.name = "order_cover",
                          .unit = "forecast means",
                          .meaning = "ordered beyond the quantile",
                          .maximum = most,
                          .whole_number = false},
                         {.name = "maximum_order_cover",
                          .unit = "forecast means",
                          .meaning = "largest order; 0: no limit",
                          .maximum = most,
                          .whole_number = false}},
          .space = space_of,
          .make = [](const PolicyParameters& parameters) -> std::unique_ptr<Policy> {
            return std::make_unique<ForecastOrderUpTo>(parameters);
          }};
}

}  // namespace restock::policies
