#include "env/sim/sku_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace restock {

namespace {

constexpr std::size_t kMostDaysOnTheWay = 365;

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

void check_shelf_life(FieldVisitor& visitor, const SkuSpec& sku, const std::string& at) {
  const bool has_kinds = sku.issuing == Issuing::by_customer;
  if (!has_kinds && sku.freshest_demand.is_set())
    visitor.problem(at + ".freshest_demand", "has no meaning without issuing: by_customer");
  if (has_kinds && !(sku.freshest_demand.is_set() && sku.demand.is_set()))
    visitor.problem(at, "missing demand or freshest_demand, which issuing: by_customer needs");
  if (sku.shelf_life_days > 0) return;
  if (sku.issuing != Issuing::fifo)
    visitor.problem(at + ".issuing", "has no meaning without shelf_life_days");
  if (sku.costs.disposal_per_unit > 0)
    visitor.problem(at + ".costs.disposal_per_unit", "has no meaning without shelf_life_days");
}

void check_waiting(FieldVisitor& visitor, const SkuSpec& sku, const std::string& at) {
  if (sku.unmet_demand == UnmetDemand::backlog) return;
  if (sku.backlog_share != 1)
    visitor.problem(at + ".backlog_share", "has no meaning where unmet demand is lost");
  if (sku.patience_days != 0)
    visitor.problem(at + ".patience_days", "has no meaning where unmet demand is lost");
}

}  // namespace

std::span<const std::string_view> names_of(UnmetDemand) {
  static constexpr std::array<std::string_view, 2> names{"lost", "backlog"};
  return names;
}
std::span<const std::string_view> names_of(ShortageRule) {
  static constexpr std::array<std::string_view, 2> names{"per_unit", "lost_margin"};
  return names;
}
std::span<const std::string_view> names_of(Issuing) {
  static constexpr std::array<std::string_view, 4> names{"fifo", "lifo", "mixed", "by_customer"};
  return names;
}

std::span<const std::string_view> names_of(InTransit) {
  static constexpr std::array<std::string_view, 3> names{"none", "upstream", "downstream"};
  return names;
}

std::string stocking_point_of(const SkuSpec& sku) {
  return sku.location.empty() ? sku.id : fmt::format("{}@{}", sku.id, sku.location);
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
  describe_choice(
      visitor, "in_transit", costs.in_transit,
      {.meaning = "holding cost of units on their way to this SKU: none; upstream, at the rate of the "
                  "location that sent them; downstream, at this one's"});
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
  visitor.field("lost_sale_per_unit", costs.lost_sale_per_unit,
                {.meaning = "of a unit whose customer goes, beside shortage_per_unit",
                 .unit = "money/unit",
                 .minimum = 0,
                 .maximum = kMaximumMoney});
  visitor.field("substitution_per_unit", costs.substitution_per_unit,
                {.meaning = "of a unit of another SKU that a customer takes instead of this one, in place of "
                            "shortage_per_unit",
                 .unit = "money/unit",
                 .minimum = 0,
                 .maximum = kMaximumMoney});
  visitor.field("disposal_per_unit", costs.disposal_per_unit,
                {.meaning = "of a unit that expires; negative: it still brings something",
                 .unit = "money/unit",
                 .minimum = -kMaximumMoney,
                 .maximum = kMaximumMoney});
  visitor.field("late_per_unit", costs.late_per_unit,
                {.meaning = "of a unit that is picked after the cut-off of its due day",
                 .unit = "money/unit",
                 .minimum = 0,
                 .maximum = kMaximumMoney});
  visitor.field("write_off_per_unit", costs.write_off_per_unit,
                {.meaning = "of a unit that a count finds missing; not given: unit_cost where it is given",
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
  visitor.field("location", sku.location,
                {.meaning = "one of the locations; the same id may stand at several of them"});
  visitor.law("demand", sku.demand,
              {.meaning = "units a day (arrivals: daily), customer orders a day (arrivals: orders)",
               .unit = "units/day"});
  describe_object(visitor, "pattern", sku.pattern,
                  {.meaning = "how the mean of demand changes by weekday, over the year and with time"});
  describe(visitor, sku.market);
  visitor.law(
      "order_size", sku.order_size,
      {.meaning = "units of one customer order (arrivals: orders); 1 where not given", .unit = "units"});
  describe_choice(visitor, "unmet_demand", sku.unmet_demand,
                  {.meaning = "what happens to demand that stock cannot serve"});
  visitor.field(
      "backlog_share", sku.backlog_share,
      {.meaning = "share of customers who wait, unit by unit, with unmet_demand: backlog; the others go",
       .minimum = 0,
       .maximum = 1});
  visitor.field(
      "patience_days", sku.patience_days,
      {.meaning = "unserved on day t, a unit that waits is lost at the close of day t + patience_days; 0: "
                  "it waits for ever",
       .unit = "days",
       .minimum = 0,
       .maximum = 365});
  describe_object(visitor, "costs", sku.costs, {.meaning = "what stock, shortage and orders cost"});
  visitor.field("supplier", sku.supplier, {.meaning = "id of one of the suppliers"});
  describe_object(visitor, "supply", sku.supply,
                  {.meaning = "the same, for a SKU that has its supplier to itself"});
  describe_list(
      visitor, "sources", sku.sources,
      {.meaning = "several suppliers with their terms, instead of supplier or supply; the regular one "
                  "first"});
  visitor.field(
      "price", sku.price,
      {.meaning = "what a customer pays", .unit = "money/unit", .minimum = 0, .maximum = kMaximumMoney});
  visitor.field("unit_cost", sku.unit_cost,
                {.meaning = "what the unit is worth in stock",
                 .unit = "money/unit",
                 .minimum = 0,
                 .maximum = kMaximumMoney});
  visitor.field("volume_m3", sku.volume_m3,
                {.meaning = "room that a unit takes in the warehouse",
                 .unit = "m3/unit",
                 .minimum = 1e-6,
                 .maximum = 1e3});
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
  visitor.field("initial_pipeline", sku.initial_pipeline,
                {.meaning = "units that are on their way at the start, by the morning on which they come: of "
                            "day 1, day 2, …",
                 .unit = "units",
                 .minimum = 0,
                 .maximum = kMaximumUnits});
  visitor.field(
      "trigger_level", sku.trigger_level,
      {.meaning = "with trigger: position, the policy is asked where the inventory position is below it",
       .unit = "units",
       .minimum = -kMaximumUnits,
       .maximum = kMaximumUnits});
  visitor.field(
      "shelf_life_days", sku.shelf_life_days,
      {.meaning =
           "received on day t, a unit expires at the close of day t + shelf_life_days - 1; 0: it keeps",
       .unit = "days",
       .minimum = 0,
       .maximum = 365});
  describe_choice(
      visitor, "issuing", sku.issuing,
      {.meaning = "which units customers take: fifo, those that expire first; lifo, those that expire "
                  "last; mixed, fifo_share of them the first and the rest the last; by_customer, those of "
                  "demand the first and those of freshest_demand the last"});
  visitor.field(
      "fifo_share", sku.fifo_share,
      {.meaning = "of the units asked for at once, with issuing: mixed", .minimum = 0, .maximum = 1});
  visitor.law("freshest_demand", sku.freshest_demand,
              {.meaning = "with issuing: by_customer, of customers who take the units that expire last, "
                          "independent of demand, whose customers take those that expire first",
               .unit = "units/day"});
}

void check_sku(FieldVisitor& visitor, const SkuSpec& sku, const std::string& at) {
  if (sku.initial_pipeline.size() > kMostDaysOnTheWay)
    visitor.problem(at + ".initial_pipeline", fmt::format("{} days, expected at most {}, as of lead times",
                                                          sku.initial_pipeline.size(), kMostDaysOnTheWay));
  check_costs(visitor, sku, at);
  check_shelf_life(visitor, sku, at);
  check_waiting(visitor, sku, at);
}

}  // namespace restock
