#include "env/sim/warehouse_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "env/core/quantity.h"
#include "env/core/time.h"

namespace restock {

namespace {

constexpr double kMaximumUnits = static_cast<double>(kMaximumQuantity);
constexpr double kMaximumMoney = 1e12;

bool is_set(double value) {
  return !std::isnan(value);
}

bool has_shortage_cost(const SkuSpec& sku) {
  if (sku.costs.shortage == ShortageRule::lost_margin) return true;
  if (is_set(sku.costs.shortage_per_unit)) return true;
  return sku.unmet_demand == UnmetDemand::backlog && is_set(sku.costs.shortage_per_unit_day);
}

void check_costs(FieldVisitor& visitor, const SkuSpec& sku, const std::string& at) {
  const CostSpec& costs = sku.costs;
  if (is_set(costs.holding_per_unit_day) == is_set(costs.holding_rate_per_year))
    visitor.problem(at + ".costs",
                    is_set(costs.holding_per_unit_day)
                        ? "both holding_per_unit_day and holding_rate_per_year, expected one of them"
                        : "no holding cost, expected holding_per_unit_day or holding_rate_per_year");
  if (is_set(costs.holding_rate_per_year) && !is_set(sku.unit_cost))
    visitor.problem(at, "missing unit_cost, which holding_rate_per_year needs");
  if (!has_shortage_cost(sku))
    visitor.problem(at + ".costs",
                    sku.unmet_demand == UnmetDemand::lost
                        ? "no shortage cost, expected shortage_per_unit or shortage: lost_margin"
                        : "no shortage cost, expected shortage_per_unit_day or shortage_per_unit");
  if (costs.shortage == ShortageRule::lost_margin && !(is_set(sku.price) && is_set(sku.unit_cost)))
    visitor.problem(at, "missing price or unit_cost, which shortage: lost_margin needs");
  if (costs.shortage == ShortageRule::lost_margin && is_set(costs.shortage_per_unit))
    visitor.problem(at + ".costs", "both shortage: lost_margin and shortage_per_unit, expected one of them");
  if (sku.unmet_demand == UnmetDemand::lost && is_set(costs.shortage_per_unit_day))
    visitor.problem(at + ".costs", "shortage_per_unit_day has no meaning where unmet demand is lost");
}

void check_supply(FieldVisitor& visitor, const WarehouseSpec& warehouse, const SkuSpec& sku,
                  const std::string& at) {
  if (sku.supplier.empty() && !sku.supply.lead_time_days.is_set())
    visitor.problem(at, "no supply, expected supplier: ID or supply: {lead_time_days: …}");
  if (sku.supplier.empty()) return;
  const bool known = std::any_of(warehouse.suppliers.begin(), warehouse.suppliers.end(),
                                 [&](const SupplierSpec& supplier) { return supplier.id == sku.supplier; });
  if (!known) visitor.problem(at + ".supplier", fmt::format("'{}' is not among the suppliers", sku.supplier));
}

void check_quantities(FieldVisitor& visitor, const SkuSpec& sku, const std::string& at) {
  if (sku.maximum_order_quantity == 0) return;
  const Quantity packs =
      std::max<Quantity>(1, (sku.minimum_order_quantity + sku.pack_size - 1) / sku.pack_size);
  if (sku.maximum_order_quantity < packs * sku.pack_size)
    visitor.problem(at + ".maximum_order_quantity",
                    fmt::format("{}, expected at least the smallest order, {} packs of {}",
                                sku.maximum_order_quantity, packs, sku.pack_size));
}

void check_skus(FieldVisitor& visitor, const WarehouseSpec& warehouse) {
  const bool needs_law = warehouse.demand.training.source == DemandOrigin::law ||
                         warehouse.demand.evaluation.source == DemandOrigin::law;
  std::map<std::string, std::size_t> first_with_id;
  for (std::size_t i = 0; i < warehouse.skus.size(); ++i) {
    const SkuSpec& sku = warehouse.skus[i];
    const std::string at = fmt::format("skus[{}]", i);
    const auto [earlier, is_new] = first_with_id.emplace(sku.id, i);
    if (!is_new && !sku.id.empty())
      visitor.problem(at + ".id", fmt::format("'{}' stands already at skus[{}], expected an id of its own",
                                              sku.id, earlier->second));
    if (needs_law && !sku.demand.is_set())
      visitor.problem(at, "missing demand, expected a law such as {law: poisson, mean: 5}");
    check_costs(visitor, sku, at);
    check_supply(visitor, warehouse, sku, at);
    check_quantities(visitor, sku, at);
  }
}

void check_source(FieldVisitor& visitor, const DemandSourceSpec& source) {
  if (source.source != DemandOrigin::law && source.file.empty())
    visitor.problem("file", "missing, expected the CSV file with the demand history");
  if (source.source == DemandOrigin::forecast_paths && source.forecaster.empty())
    visitor.problem("forecaster", "missing: source: forecast_paths needs the name of a forecaster");
}

}  // namespace

std::span<const std::string_view> names_of(Arrivals) {
  static constexpr std::array<std::string_view, 2> names{"daily", "orders"};
  return names;
}
std::span<const std::string_view> names_of(Review) {
  static constexpr std::array<std::string_view, 2> names{"periodic", "continuous"};
  return names;
}
std::span<const std::string_view> names_of(UnmetDemand) {
  static constexpr std::array<std::string_view, 2> names{"lost", "backlog"};
  return names;
}
std::span<const std::string_view> names_of(ShortageRule) {
  static constexpr std::array<std::string_view, 2> names{"per_unit", "lost_margin"};
  return names;
}
std::span<const std::string_view> names_of(DemandOrigin) {
  static constexpr std::array<std::string_view, 3> names{"law", "forecast_paths", "history"};
  return names;
}

void describe(FieldVisitor& visitor, HorizonSpec& horizon) {
  visitor.field("start", horizon.start, {.meaning = "date of the first day, YYYY-MM-DD"});
  visitor.field("days", horizon.days,
                {.meaning = "days that one replication lasts",
                 .unit = "days",
                 .minimum = 1,
                 .maximum = 200'000,
                 .required = true});
  visitor.field("warm_up_days", horizon.warm_up_days,
                {.meaning = "the first of these days, which no result counts",
                 .unit = "days",
                 .minimum = 0,
                 .maximum = 200'000});
  if (!parse_date(horizon.start))
    visitor.problem("start", fmt::format("'{}', expected a date such as 2026-01-05", horizon.start));
  if (horizon.days > 0 && horizon.warm_up_days >= horizon.days)
    visitor.problem("warm_up_days", fmt::format("{}, expected less than the {} days of the horizon",
                                                horizon.warm_up_days, horizon.days));
}

void describe(FieldVisitor& visitor, DemandSourceSpec& source) {
  describe_choice(visitor, "source", source.source,
                  {.meaning = "law: each SKU's own law; forecast_paths: futures sampled from a forecaster; "
                              "history: what happened"});
  visitor.field(
      "file", source.file,
      {.meaning = "the demand history, relative to the scenario file: unique_id,ds,y and covariates"});
  visitor.field("forecaster", source.forecaster, {.meaning = "whose futures are sampled"});
  check_source(visitor, source);
}

void describe(FieldVisitor& visitor, DemandPhases& phases) {
  describe_object(visitor, "training", phases.training,
                  {.meaning = "what policies are trained and tuned on"});
  describe_object(visitor, "evaluation", phases.evaluation, {.meaning = "what policies are judged on"});
}

void describe(FieldVisitor& visitor, SupplierSpec& supplier) {
  visitor.law("lead_time_days", supplier.lead_time_days, LawFamily::lead_time_days,
              {.meaning = "from order to receipt; an order of day t serves the demand of day t + lead time",
               .unit = "days",
               .minimum = 0,
               .maximum = 365});
  visitor.field(
      "review_period_days", supplier.review_period_days,
      {.meaning = "days from one review to the next", .unit = "days", .minimum = 1, .maximum = 365});
  visitor.field("first_review_day", supplier.first_review_day,
                {.meaning = "day of the first review", .unit = "days", .minimum = 0, .maximum = 364});
  visitor.field("fixed_cost_per_order", supplier.fixed_cost_per_order,
                {.meaning = "charged for each order of each SKU",
                 .unit = "money",
                 .minimum = 0,
                 .maximum = kMaximumMoney});
}

void describe(FieldVisitor& visitor, CostSpec& costs) {
  visitor.field("holding_per_unit_day", costs.holding_per_unit_day,
                {.meaning = "of a unit on hand at the close of a day",
                 .unit = "money/unit/day",
                 .minimum = 0,
                 .maximum = kMaximumMoney});
  visitor.field(
      "holding_rate_per_year", costs.holding_rate_per_year,
      {.meaning = "the same as a share of unit_cost a year", .unit = "1/year", .minimum = 0, .maximum = 100});
  describe_choice(visitor, "shortage", costs.shortage,
                  {.meaning = "per_unit: as given below; lost_margin: price - unit_cost for each unit"});
  visitor.field("shortage_per_unit", costs.shortage_per_unit,
                {.meaning = "of a unit that could not be served at once",
                 .unit = "money/unit",
                 .minimum = 0,
                 .maximum = kMaximumMoney});
  visitor.field("shortage_per_unit_day", costs.shortage_per_unit_day,
                {.meaning = "of a unit in backlog at the close of a day",
                 .unit = "money/unit/day",
                 .minimum = 0,
                 .maximum = kMaximumMoney});
  visitor.field("purchase_per_unit", costs.purchase_per_unit,
                {.meaning = "of a unit ordered, charged at the order",
                 .unit = "money/unit",
                 .minimum = 0,
                 .maximum = kMaximumMoney});
}

void describe(FieldVisitor& visitor, SkuDefaults& defaults) {
  describe_choice(visitor, "unmet_demand", defaults.unmet_demand,
                  {.meaning = "what happens to demand that stock cannot serve"});
  describe_object(visitor, "costs", defaults.costs, {.meaning = "what stock, shortage and orders cost"});
  describe_object(visitor, "supply", defaults.supply,
                  {.meaning = "how SKUs without a supplier are replenished"});
}

void describe(FieldVisitor& visitor, SkuSpec& sku) {
  visitor.field("id", sku.id, {.meaning = "name of the SKU; unique_id of the history", .required = true});
  visitor.law("demand", sku.demand, LawFamily::quantity,
              {.meaning = "units a day (arrivals: daily), customer orders a day (arrivals: orders)",
               .unit = "units/day"});
  visitor.law(
      "order_size", sku.order_size, LawFamily::quantity,
      {.meaning = "units of one customer order (arrivals: orders); 1 where not given", .unit = "units"});
  describe_choice(visitor, "unmet_demand", sku.unmet_demand,
                  {.meaning = "what happens to demand that stock cannot serve"});
  describe_object(visitor, "costs", sku.costs, {.meaning = "what stock, shortage and orders cost"});
  visitor.field("supplier", sku.supplier, {.meaning = "id of one of the suppliers"});
  describe_object(visitor, "supply", sku.supply,
                  {.meaning = "the same, for a SKU that has its supplier to itself"});
  visitor.field(
      "price", sku.price,
      {.meaning = "what a customer pays", .unit = "money/unit", .minimum = 0, .maximum = kMaximumMoney});
  visitor.field("unit_cost", sku.unit_cost,
                {.meaning = "what the unit is worth in stock",
                 .unit = "money/unit",
                 .minimum = 0,
                 .maximum = kMaximumMoney});
  visitor.field(
      "pack_size", sku.pack_size,
      {.meaning = "orders are multiples of it", .unit = "units", .minimum = 1, .maximum = kMaximumUnits});
  visitor.field("minimum_order_quantity", sku.minimum_order_quantity,
                {.meaning = "an order is nothing or at least this",
                 .unit = "units",
                 .minimum = 0,
                 .maximum = kMaximumUnits});
  visitor.field(
      "maximum_order_quantity", sku.maximum_order_quantity,
      {.meaning = "largest order; 0: no limit", .unit = "units", .minimum = 0, .maximum = kMaximumUnits});
  visitor.field(
      "initial_on_hand", sku.initial_on_hand,
      {.meaning = "stock on the first morning", .unit = "units", .minimum = 0, .maximum = kMaximumUnits});
}

void describe(FieldVisitor& visitor, WarehouseSpec& warehouse) {
  describe_object(visitor, "horizon", warehouse.horizon,
                  {.meaning = "how long one replication lasts", .required = true});
  describe_choice(visitor, "arrivals", warehouse.arrivals,
                  {.meaning = "daily: one total a day, as in the literature's period models; orders: single "
                              "customers through the day"});
  describe_choice(
      visitor, "review", warehouse.review,
      {.meaning = "periodic: every review_period_days; continuous: after each demand and each receipt"});
  describe_object(visitor, "demand", warehouse.demand, {.meaning = "where demand comes from"});
  describe_map(visitor, "suppliers", warehouse.suppliers, &SupplierSpec::id,
               {.meaning = "who replenishes, by id"});
  describe_object(visitor, "defaults", warehouse.defaults,
                  {.meaning = "what SKUs have in common unless they say otherwise"});
  SkuSpec prototype;
  prototype.unmet_demand = warehouse.defaults.unmet_demand;
  prototype.costs = warehouse.defaults.costs;
  prototype.supply = warehouse.defaults.supply;
  describe_list(visitor, "skus", warehouse.skus, {.meaning = "what is kept in stock", .required = true},
                prototype);
  check_skus(visitor, warehouse);
}

}  // namespace restock
