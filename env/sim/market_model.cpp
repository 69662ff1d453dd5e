#include "env/sim/market_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "env/core/error.h"
#include "env/core/laws/table.h"

namespace restock {

namespace {

bool holds(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

/// Factors are numbered in the order in which the SKUs name them.
std::int32_t number_of_factor(const WarehouseSpec& warehouse, const std::string& name) {
  std::vector<std::string> known;
  for (const SkuSpec& sku : warehouse.skus) {
    const std::string& factor = sku.market.correlation.factor;
    if (factor == name) break;
    if (!factor.empty() && !holds(known, factor)) known.push_back(factor);
  }
  return static_cast<std::int32_t>(known.size());
}

/// Of the units that have not come back before, the share that comes back on each day.
std::vector<double> hazards_of(const ReturnsSpec& returns, const std::string& id) {
  if (!returns.delay_days.is_set() || !(returns.share > 0)) return {};
  const QuantileTable delay = QuantileTable::rounded_up(*make_law(returns.delay_days));
  if (delay.minimum() < 1)
    throw InputError(fmt::format("SKU '{}': returns.delay_days can be 0, expected at least 1 day", id));
  constexpr std::int64_t kLongest = 3660;
  if (delay.maximum() > kLongest)
    throw InputError(fmt::format("SKU '{}': returns.delay_days can be {} days, expected at most {}", id,
                                 delay.maximum(), kLongest));
  std::vector<double> hazards(static_cast<std::size_t>(delay.minimum()) - 1, 0.0);
  double before = 0;
  for (const std::uint64_t threshold : delay.thresholds()) {
    const double until = (static_cast<double>(threshold) + 1) * 0x1p-64;
    hazards.push_back(std::clamp(returns.share * (until - before) / (1 - returns.share * before), 0.0, 1.0));
    before = until;
  }
  return hazards;
}

bool is_touched(const WarehouseSpec& warehouse, const SkuSpec& sku) {
  return sku.market.demand_probability < 1 || sku.market.returns.delay_days.is_set() ||
         !promotion_effects_on(warehouse, sku.id).empty();
}

/// Its own busiest day, and those of the SKUs whose customers may take it instead.
double busiest_demand_of(const WarehouseSpec& warehouse, const SkuSpec& sku) {
  double total = 0;
  for (const SkuSpec& other : warehouse.skus) {
    const bool is_itself = &other == &sku && is_touched(warehouse, sku);
    if (!other.demand.is_set() || !(other.market.substitute.sku == sku.id || is_itself)) continue;
    double mean = make_law(other.demand)->mean();
    if (other.order_size.is_set()) mean *= make_law(other.order_size)->mean();
    for (const PromotionEffect& effect : promotion_effects_on(warehouse, other.id))
      mean *= std::max(1.0, effect.factor);
    total += 1 + mean;
  }
  return total;
}

void resolve_prices(MarketModel& model, const WarehouseSpec& warehouse, const SkuSpec& sku) {
  model.price = sku.price;
  const Date start = parse_date(warehouse.horizon.start).value();
  for (const PromotionSpec& promotion : warehouse.promotions) {
    if (!holds(promotion.skus, sku.id)) continue;
    const double saved = is_set(promotion.price) && is_set(sku.price) ? sku.price - promotion.price : 0;
    model.promotions.push_back({days_of(promotion, start), to_micros(saved)});
  }
}

}  // namespace

bool MarketModel::has_markdowns() const noexcept {
  return std::any_of(promotions.begin(), promotions.end(),
                     [](const PromotionModel& promotion) { return promotion.markdown != 0; });
}

const PromotionModel* MarketModel::promotion_on(std::int64_t day) const noexcept {
  for (const PromotionModel& promotion : promotions)
    if (promotion.days.covers(day)) return &promotion;
  return nullptr;
}

Micros MarketModel::markdown_on(std::int64_t day) const noexcept {
  const PromotionModel* const promotion = promotion_on(day);
  return promotion == nullptr ? 0 : promotion->markdown;
}

double MarketModel::relative_price_on(std::int64_t day) const noexcept {
  return price > 0 ? 1 - money_of(markdown_on(day)) / price : 1;
}

MarketModel resolve_market(const WarehouseSpec& warehouse, std::size_t sku) {
  const SkuSpec& spec = warehouse.skus[sku];
  MarketModel model;
  resolve_prices(model, warehouse, spec);
  const SubstituteSpec& substitute = spec.market.substitute;
  if (!substitute.sku.empty() && substitute.share > 0) {
    model.substitute = static_cast<std::int32_t>(*sku_at(warehouse, substitute.sku, spec.location));
    model.substitute_share = substitute.share;
  }
  const CorrelationSpec& correlation = spec.market.correlation;
  if (!correlation.factor.empty() && correlation.loading != 0) {
    model.factor = number_of_factor(warehouse, correlation.factor);
    model.loading = correlation.loading;
    model.own_loading = std::sqrt((1 - model.loading) * (1 + model.loading));
  }
  model.return_hazards = hazards_of(spec.market.returns, spec.id);
  model.busiest_demand_per_day = busiest_demand_of(warehouse, spec);
  return model;
}

std::vector<PromotionEffect> promotion_effects_on(const WarehouseSpec& warehouse, const std::string& id) {
  std::vector<PromotionEffect> effects;
  const Date start = parse_date(warehouse.horizon.start).value();
  for (const PromotionSpec& promotion : warehouse.promotions) {
    if (holds(promotion.skus, id)) effects.push_back({days_of(promotion, start), promotion.lift});
    if (holds(promotion.cannibalises.skus, id))
      effects.push_back({days_of(promotion, start), promotion.cannibalises.factor});
  }
  return effects;
}

double factor_of(const std::vector<PromotionEffect>& effects, std::int64_t day) noexcept {
  double factor = 1;
  for (const PromotionEffect& effect : effects)
    if (effect.days.covers(day)) factor *= effect.factor;
  return factor;
}

}  // namespace restock
