#include "env/sim/warehouse_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "env/core/error.h"
#include "env/core/laws/intermittent.h"
#include "env/sim/event_queue.h"
#include "env/sim/resolve_network.h"
#include "env/sim/resolve_supply.h"

namespace restock {

namespace {

constexpr std::size_t kMostDemandTables = 4096;

CostRates rates_of(const SkuSpec& sku, const SourceTerms& regular, Arrivals arrivals) {
  const auto or_zero = [](double value) { return std::isnan(value) ? 0.0 : value; };
  const double per_day = arrivals == Arrivals::daily ? 1.0 : static_cast<double>(kMillisecondsPerDay);
  CostRates rates;
  rates.purchase_per_unit = regular.source.purchase_per_unit;
  rates.fixed_per_order = regular.supply->fixed_cost_per_order;
  const double holding_per_day = std::isnan(sku.costs.holding_per_unit_day)
                                     ? sku.costs.holding_rate_per_year * sku.unit_cost / 365.0
                                     : sku.costs.holding_per_unit_day;
  rates.holding_per_unit_time = holding_per_day / per_day;
  rates.shortage_per_unit = sku.costs.shortage == ShortageRule::lost_margin
                                ? sku.price - sku.unit_cost
                                : or_zero(sku.costs.shortage_per_unit);
  rates.shortage_per_unit_time = or_zero(sku.costs.shortage_per_unit_day) / per_day;
  rates.lost_sale_per_unit = sku.costs.lost_sale_per_unit;
  rates.substitution_per_unit = sku.costs.substitution_per_unit;
  rates.disposal_per_unit = sku.costs.disposal_per_unit;
  rates.late_per_unit = sku.costs.late_per_unit;
  rates.write_off_per_unit =
      or_zero(is_set(sku.costs.write_off_per_unit) ? sku.costs.write_off_per_unit : sku.unit_cost);
  return rates;
}

QuantileTable scaled_table(const LawSpec& law, double factor) {
  return QuantileTable::rounded_half_up(*make_law(scaled(law, factor)));
}

/// Adds the demand of a day with this factor.
void add_table(SkuModel& model, const SkuSpec& sku, double factor) {
  const double probability = sku.market.demand_probability;
  if (sku.issuing == Issuing::by_customer) {
    model.kinds.emplace_back(scaled_table(sku.demand, factor), scaled_table(sku.freshest_demand, factor),
                             probability);
    model.demand.push_back(model.kinds.back().total());
    return;
  }
  std::unique_ptr<Law> law = make_law(scaled(sku.demand, factor));
  if (probability < 1) law = intermittent(probability, std::move(law));
  model.demand.push_back(QuantileTable::rounded_half_up(*law));
}

/// One table for each factor that pattern and promotions have within the horizon.
void resolve_pattern(SkuModel& model, const SkuSpec& sku, const std::vector<PromotionEffect>& effects,
                     const HorizonSpec& horizon) {
  std::map<double, std::uint16_t> places;
  const Date start = parse_date(horizon.start).value();
  for (std::int64_t day = 0; day < horizon.days; ++day) {
    const double factor = demand_factor(sku.pattern, start, day) * factor_of(effects, day);
    const auto [place, is_new] = places.emplace(factor, static_cast<std::uint16_t>(model.demand.size()));
    if (is_new) add_table(model, sku, factor);
    if (model.demand.size() > kMostDemandTables)
      throw InputError(fmt::format(
          "SKU '{}': its pattern needs more than {} laws within the horizon, expected a smaller trend or "
          "fewer days",
          sku.id, kMostDemandTables));
    model.demand_of_day.push_back(place->second);
  }
}

double mean_of_days(const SkuModel& model) {
  double sum = 0;
  for (const std::uint16_t place : model.demand_of_day) sum += model.demand[place].mean();
  return sum / static_cast<double>(model.demand_of_day.size());
}

void resolve_demand(SkuModel& model, const SkuSpec& sku, const WarehouseSpec& spec, double mean_demand) {
  model.mean_demand_per_day = mean_demand;
  double mean_order_size = 1;
  if (sku.order_size.is_set()) {
    model.order_size.push_back(QuantileTable::rounded_half_up(*make_law(sku.order_size)));
    mean_order_size = model.order_size.front().mean();
    if (model.order_size.front().minimum() < 1)
      throw InputError(fmt::format("SKU '{}': order_size can be 0, expected a law of at least 1", sku.id));
  }
  if (!sku.demand.is_set()) {  // paths tell, or nobody but other locations asks for it
    if (mean_demand == 0)
      model.demand.push_back(QuantileTable::rounded_half_up(*make_law(LawSpec::constant(0))));
    return;
  }
  const std::vector<PromotionEffect> effects = promotion_effects_on(spec, sku.id);
  if (sku.pattern.is_flat() && effects.empty())
    add_table(model, sku, 1);
  else
    resolve_pattern(model, sku, effects, spec.horizon);
  if (!model.kinds.empty()) model.fifo_share = model.kinds.front().share_of_oldest();
  const double mean = model.demand_of_day.empty() ? model.demand.front().mean() : mean_of_days(model);
  model.mean_demand_per_day = mean * (spec.arrivals == Arrivals::orders ? mean_order_size : 1.0);
}

std::int32_t location_of(const WarehouseSpec& spec, const SkuSpec& sku) {
  const auto is_its = [&](const LocationSpec& location) { return location.id == sku.location; };
  const auto found = std::find_if(spec.locations.begin(), spec.locations.end(), is_its);
  return found == spec.locations.end() ? 0 : static_cast<std::int32_t>(found - spec.locations.begin()) + 1;
}

std::vector<QuantileTable> lines_per_order_of(const WarehouseSpec& spec) {
  if (!spec.demand.lines_per_order.is_set()) return {};
  QuantileTable table = QuantileTable::rounded_half_up(*make_law(spec.demand.lines_per_order));
  if (table.minimum() < 1) throw InputError("demand.lines_per_order can be 0, expected a law of at least 1");
  return {std::move(table)};
}

SkuModel resolve_sku(const WarehouseSpec& spec, const SkuSpec& sku, double mean_demand) {
  SkuModel model;
  model.id = stocking_point_of(sku);
  model.unmet_demand = sku.unmet_demand;
  const std::vector<SourceTerms> sources = sources_of(spec, sku);
  if (sources.empty())
    throw InputError(fmt::format("SKU '{}' has no supplier, expected one of those of the scenario", sku.id));
  model.rates = rates_of(sku, sources.front(), spec.arrivals);
  model.location = location_of(spec, sku);
  model.initial_on_hand = sku.initial_on_hand;
  model.initial_pipeline = sku.initial_pipeline;
  model.initial_on_order =
      std::accumulate(sku.initial_pipeline.begin(), sku.initial_pipeline.end(), Quantity{0});
  model.trigger_level = sku.trigger_level;
  model.in_transit = sku.costs.in_transit;
  model.shelf_life_days = static_cast<std::int32_t>(sku.shelf_life_days);
  model.issuing = sku.issuing;
  if (sku.issuing == Issuing::lifo) model.fifo_share = 0;
  if (sku.issuing == Issuing::mixed) model.fifo_share = sku.fifo_share;
  model.backlog_share = sku.backlog_share;
  model.patience_days = static_cast<std::int32_t>(sku.patience_days);
  resolve_demand(model, sku, spec, mean_demand);
  return model;
}

/// Puts SKUs into a facility, the next one of the model.
void add_facility(WarehouseModel& model, const FacilitySpec& spec, const std::vector<std::int32_t>& skus,
                  const std::vector<SkuSpec>& said) {
  FacilityModel facility = resolve_facility(spec, weekday_of(model.start));
  facility.skus = skus;
  for (const FacilityModel& earlier : model.facilities) facility.first_picker += earlier.pickers.number;
  for (const std::int32_t index : skus) {
    SkuModel& sku = model.skus[static_cast<std::size_t>(index)];
    sku.facility = static_cast<std::int32_t>(model.facilities.size());
    if (facility.capacity > 0) sku.volume = volume_of(said[static_cast<std::size_t>(index)].volume_m3);
    sku.rates.overflow_per_volume_day = facility.overflow_per_volume_day;
  }
  model.facilities.push_back(std::move(facility));
}

/// One for each location that says something of its floor, and one for the SKUs without a location.
void add_facilities(WarehouseModel& model, const WarehouseSpec& spec) {
  std::vector<const FacilitySpec*> said{&spec.facility};
  for (const LocationSpec& location : spec.locations) said.push_back(&location.facility);
  for (const FacilitySpec* const facility : said) {
    std::vector<std::int32_t> skus;
    for (std::size_t i = 0; i < spec.skus.size(); ++i)
      if (&facility_of(spec, spec.skus[i]) == facility) skus.push_back(static_cast<std::int32_t>(i));
    if (facility->is_set() && !skus.empty()) add_facility(model, *facility, skus, spec.skus);
  }
}

void check_slots(const WarehouseModel& model) {
  constexpr std::size_t most = (std::size_t{1} << EventQueue::kSlotBits) - 2;
  std::size_t others = model.review_groups.size();
  for (const FacilityModel& facility : model.facilities)
    others += static_cast<std::size_t>(facility.pickers.number);
  if (static_cast<std::size_t>(model.order_slots) + others > most)
    throw InputError(fmt::format(
        "up to {} orders of all SKUs could be open at once, expected at most {}; use shorter lead times, "
        "longer review periods or fewer SKUs",
        model.order_slots, most));
}

}  // namespace

std::shared_ptr<const WarehouseModel> build_warehouse(const WarehouseSpec& spec,
                                                      const std::vector<double>& mean_demand) {
  auto model = std::make_shared<WarehouseModel>();
  model->arrivals = spec.arrivals;
  model->review = spec.review;
  model->start = parse_date(spec.horizon.start).value();
  model->days = spec.horizon.days;
  model->warm_up_days = spec.horizon.warm_up_days;
  model->discount_factor = spec.horizon.discount_factor;
  model->trigger = spec.trigger;
  model->lines_per_order = lines_per_order_of(spec);
  for (std::size_t i = 0; i < spec.skus.size(); ++i)
    model->skus.push_back(resolve_sku(spec, spec.skus[i], i < mean_demand.size() ? mean_demand[i] : 0.0));
  resolve_network(*model, spec);
  for (std::size_t i = 0; i < spec.skus.size(); ++i) {
    SkuModel& sku = model->skus[i];
    sku.market = resolve_market(spec, i);
    sku.market.first_shipped = model->shipped;
    model->shipped += sku.market.shipped_places();
    resolve_sources(*model, static_cast<std::int32_t>(i), spec);
    sku.first_source = model->sources;
    model->sources += static_cast<std::int32_t>(sku.sources.size());
    sku.first_order_slot = model->order_slots;
    model->order_slots += sku.order_slots;
    sku.first_batch = model->batches;
    model->batches += sku.shelf_life_days;
    sku.first_waiting = model->waiting;
    model->waiting += sku.patience_days > 0 ? sku.patience_days + 1 : 0;
  }
  add_facilities(*model, spec);
  check_slots(*model);
  return model;
}

}  // namespace restock
