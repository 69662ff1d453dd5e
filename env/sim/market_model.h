// Prices, promotions, substitutes, shared factors and returns of one SKU as the simulator sees them: resolved
// and checked.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "env/core/money.h"
#include "env/core/quantity.h"
#include "env/sim/promotion_spec.h"
#include "env/sim/warehouse_spec.h"

namespace restock {

/// The days on which a SKU is promoted, and what its customers save on them.
struct PromotionModel {
  PromotionDays days;
  Micros markdown = 0;  ///< money a unit: usual price − promotional price
};

struct MarketModel {
  double price = kNotSet;                  ///< usual, money a unit
  std::vector<PromotionModel> promotions;  ///< no two on the same day
  std::int32_t substitute = -1;            ///< SKU that is taken instead; −1: none
  double substitute_share = 0;
  std::int32_t factor = -1;  ///< what its demand shares with other SKUs; −1: nothing
  double loading = 0;        ///< of the factor
  double own_loading = 1;    ///< √(1 − loading²)
  /// Element d − 1: P(a unit comes back d days after it was shipped | it has not come back before). Empty
  /// where nothing comes back.
  std::vector<double> return_hazards;
  /// At least what is asked for on a day on which promotions, intermittent demand, substitution and returns
  /// come together; 0 where there is none of them.
  double busiest_demand_per_day = 0;
  std::int32_t first_shipped = 0;  ///< units by day of shipping own [first, first + shipped_places())

  bool has_returns() const noexcept { return !return_hazards.empty(); }
  std::int32_t shipped_places() const noexcept {
    return has_returns() ? static_cast<std::int32_t>(return_hazards.size()) + 1 : 0;
  }
  bool has_markdowns() const noexcept;
  /// The promotion of a day, which may lie beyond the horizon; nullptr: none.
  const PromotionModel* promotion_on(std::int64_t day) const noexcept;
  Micros markdown_on(std::int64_t day) const noexcept;
  /// Price of the day / usual price; 1 without a price.
  double relative_price_on(std::int64_t day) const noexcept;
};

/// What the SKU at this place of a scenario without problems comes to; `first_shipped` is left to the caller.
/// Throws InputError where units may come back on the day on which they were shipped.
MarketModel resolve_market(const WarehouseSpec& warehouse, std::size_t sku);

/// What promotions, or the cannibalisation by those of others, make of the mean demand of a SKU.
struct PromotionEffect {
  PromotionDays days;
  double factor = 1;
};
std::vector<PromotionEffect> promotion_effects_on(const WarehouseSpec& warehouse, const std::string& id);
/// The factor of a day.
double factor_of(const std::vector<PromotionEffect>& effects, std::int64_t day) noexcept;

}  // namespace restock
