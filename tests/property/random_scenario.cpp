#include "tests/property/random_scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace restock::property {

namespace {

LawSpec law(std::string name, std::vector<LawSpec::Parameter> parameters) {
  return {std::move(name), std::move(parameters)};
}

LawSpec exponential_days(double mean) {
  return law("exponential", {{"mean", {mean}}});
}

LawSpec random_demand(Choices& choose) {
  return choose.of<LawSpec>({
      LawSpec::constant(1),
      law("poisson", {{"mean", {3}}}),
      law("poisson", {{"mean", {0.1}}}),
      law("poisson", {{"mean", {12}}}),
      law("geometric", {{"mean", {2}}}),
      law("negative_binomial", {{"mean", {2}}, {"variance", {9}}}),
      law("discrete", {{"values", {0, 1, 20}}, {"weights", {5, 4, 1}}}),
      law("discrete_uniform", {{"minimum", {0}}, {"maximum", {4}}}),
      law("empirical", {{"values", {0, 0, 0, 7, 2}}}),
      law("gamma", {{"mean", {4}}, {"cv", {1.5}}}),
      law("normal", {{"mean", {5}}, {"standard_deviation", {2}}}),
      law("exponential", {{"mean", {2}}}),
      law("uniform", {{"minimum", {0}}, {"maximum", {6}}}),
  });
}

LawSpec random_lead_time(Choices& choose) {
  return choose.of<LawSpec>({
      LawSpec::constant(0),
      LawSpec::constant(1),
      LawSpec::constant(4),
      LawSpec::constant(2.5),
      law("discrete", {{"values", {0, 2, 7}}, {"weights", {1, 2, 1}}}),
      law("discrete_uniform", {{"minimum", {1}}, {"maximum", {3}}}),
      law("exponential", {{"mean", {2}}}),
      law("gamma", {{"mean", {3}}, {"cv", {0.5}}}),
      law("uniform", {{"minimum", {0.1}}, {"maximum", {1.5}}}),
  });
}

void choose_costs(Choices& choose, SkuSpec& sku) {
  CostSpec& costs = sku.costs;
  if (choose.maybe()) {
    sku.unit_cost = 20;
    costs.holding_rate_per_year = 0.25;
  } else {
    costs.holding_per_unit_day = choose.of<double>({1, 0, 0.25, 3.7});
  }
  costs.shortage_per_unit = choose.of<double>({9, 0, 0.3});
  if (sku.unmet_demand == UnmetDemand::backlog) costs.shortage_per_unit_day = choose.of<double>({9, 0, 1.1});
  if (choose.below(4) == 3) {
    sku.price = 30;
    sku.unit_cost = 20;
    costs.shortage = ShortageRule::lost_margin;
    costs.shortage_per_unit = kNotSet;
  }
  costs.purchase_per_unit = choose.of<double>({0, 0.75, 12.1});
  if (choose.below(4) == 3) costs.in_transit = InTransit::downstream;
}

void choose_shelf_life(Choices& choose, SkuSpec& sku) {
  sku.shelf_life_days = choose.of<std::int64_t>({0, 0, 0, 1, 2, 5});
  if (sku.shelf_life_days == 0) return;
  sku.issuing = choose.of<Issuing>({Issuing::fifo, Issuing::lifo, Issuing::mixed});
  sku.fifo_share = choose.of<double>({0.5, 0, 1, 0.3});
  sku.costs.disposal_per_unit = choose.of<double>({0, 7, -0.4});
}

void choose_faults(Choices& choose, SupplierSpec& supply) {
  if (choose.below(4) == 3)
    supply.yield = choose.of<LawSpec>({LawSpec::constant(0.5), LawSpec::constant(0),
                                       law("uniform", {{"minimum", {0.4}}, {"maximum", {1}}})});
  supply.orders_cross = choose.below(4) != 3;
  if (choose.below(4) == 3)
    supply.partial_delivery = {choose.of<double>({1, 0.5}), choose.of<double>({0.5, 0, 0.9}),
                               choose.of<LawSpec>({LawSpec::constant(2), exponential_days(1)})};
  if (choose.below(4) == 3)
    supply.outages = {
        choose.of<LawSpec>({LawSpec::constant(3), law("exponential", {{"mean", {4}}})}),
        choose.of<LawSpec>({LawSpec::constant(2), law("weibull", {{"mean", {3}}, {"shape", {2}}})})};
}

/// Weekdays or a time of day where they have a meaning.
void choose_calendar(Choices& choose, const WarehouseSpec& warehouse, SupplierSpec& supply) {
  if (warehouse.review == Review::continuous) return;
  if (choose.below(4) == 3) {
    supply.order_days = choose.of<std::vector<std::string>>({{"mon"}, {"tue", "fri"}, {"sat", "sun", "mon"}});
    supply.review_period_days = 1;
    supply.first_review_day = 0;
  }
  if (warehouse.arrivals == Arrivals::orders)
    supply.order_time = choose.of<std::string>({"", "00:00", "14:30"});
}

SkuSpec random_sku(Choices& choose, std::uint32_t index) {
  SkuSpec sku;
  sku.id = fmt::format("sku-{}", index);
  sku.demand = random_demand(choose);
  if (choose.below(4) == 3) {
    sku.pattern.weekday_factors = choose.of<std::vector<double>>({{}, {0.5, 1, 1, 1, 2, 3, 0}});
    sku.pattern.yearly_amplitude = choose.of<double>({0, 0.3});
    sku.pattern.trend_per_year = choose.of<double>({0, 0.5, -0.2});
  }
  sku.unmet_demand = choose.of<UnmetDemand>({UnmetDemand::lost, UnmetDemand::backlog});
  if (sku.unmet_demand == UnmetDemand::backlog) {
    sku.backlog_share = choose.of<double>({1, 1, 0.4, 0});
    sku.patience_days = choose.of<std::int64_t>({0, 0, 1, 4});
    sku.costs.lost_sale_per_unit = choose.of<double>({0, 5.5});
  }
  sku.supply.lead_time_days = random_lead_time(choose);
  sku.supply.review_period_days = choose.of<std::int64_t>({1, 1, 2, 7});
  sku.supply.first_review_day = choose.of<std::int64_t>({0, 0, 1, 3});
  sku.supply.fixed_cost_per_order = choose.of<double>({0, 64, 1.3});
  sku.initial_on_hand = choose.of<std::int64_t>({0, 3, 50});
  sku.initial_pipeline = choose.of<std::vector<std::int64_t>>({{}, {}, {4}, {0, 2, 1}});
  sku.trigger_level = choose.of<std::int64_t>({0, 5});
  sku.pack_size = choose.of<std::int64_t>({1, 1, 4});
  sku.minimum_order_quantity = choose.of<std::int64_t>({0, 0, 5});
  sku.maximum_order_quantity = choose.of<std::int64_t>({0, 0, 9, 20});
  if (choose.below(3) == 2) sku.order_size = law("discrete", {{"values", {1, 3}}, {"weights", {3, 1}}});
  choose_costs(choose, sku);
  choose_shelf_life(choose, sku);
  choose_faults(choose, sku.supply);
  return sku;
}

WorkHoursSpec random_hours(Choices& choose) {
  return choose.of<WorkHoursSpec>({{},
                                   {"06:00", "14:00", {}},
                                   {"", "12:30", {"mon", "tue", "wed", "thu", "fri"}},
                                   {"22:15", "", {"sun"}}});
}

/// Docks, put-away and pickers, where single customers come.
void choose_crews(Choices& choose, FacilitySpec& facility) {
  if (choose.maybe()) {
    facility.docks.number = choose.of<std::int64_t>({1, 2});
    if (choose.maybe())
      facility.docks.units_per_hour = choose.of<double>({10, 0.5});
    else
      facility.docks.hours_per_receipt =
          choose.of<LawSpec>({LawSpec::constant(2), law("exponential", {{"mean", {5}}})});
    facility.docks.hours = random_hours(choose);
  }
  if (choose.maybe())
    facility.put_away_hours = choose.of<LawSpec>({LawSpec::constant(0), law("exponential", {{"mean", {3}}})});
  if (choose.maybe()) return;
  facility.pickers.number = choose.of<std::int64_t>({1, 3});
  if (choose.maybe())
    facility.pickers.lines_per_hour = choose.of<double>({20, 1, 0.3});
  else
    facility.pickers.hours_per_line =
        choose.of<LawSpec>({LawSpec::constant(0), law("exponential", {{"mean", {1.5}}})});
  facility.pickers.hours = random_hours(choose);
  facility.dispatch.cut_off = choose.of<std::string>({"", "16:00", "09:30"});
}

void choose_facility(Choices& choose, WarehouseSpec& warehouse) {
  FacilitySpec& facility = warehouse.facility;
  if (choose.maybe()) {
    facility.capacity_m3 = choose.of<double>({1, 0.2});
    facility.overflow.rule =
        choose.of<OverflowRule>({OverflowRule::cost, OverflowRule::refuse, OverflowRule::wait});
    if (facility.overflow.rule == OverflowRule::cost)
      facility.overflow.cost_per_m3_day = choose.of<double>({6, 0, 0.7});
    for (SkuSpec& sku : warehouse.skus) sku.volume_m3 = choose.of<double>({0.01, 0.2, 0.0011});
  }
  if (choose.below(3) == 2) {
    facility.shrinkage.share_per_day =
        choose.of<LawSpec>({LawSpec::constant(0.1), LawSpec::constant(1),
                            law("uniform", {{"minimum", {0}}, {"maximum", {0.1}}})});
    facility.cycle_count.every_days = choose.of<std::int64_t>({0, 1, 5});
    for (SkuSpec& sku : warehouse.skus) sku.costs.write_off_per_unit = choose.of<double>({kNotSet, 2.5});
  }
  if (warehouse.arrivals == Arrivals::orders) choose_crews(choose, facility);
  if (facility.dispatch.cut_off.empty()) return;
  for (SkuSpec& sku : warehouse.skus) sku.costs.late_per_unit = choose.of<double>({0, 1.7});
}

MarketSpec random_market(Choices& choose, const WarehouseSpec& warehouse, std::size_t sku) {
  MarketSpec market;
  market.demand_probability = choose.of<double>({1, 1, 0.3, 0});
  const std::size_t other = choose.below(static_cast<std::uint32_t>(warehouse.skus.size()));
  if (warehouse.skus[other].id != warehouse.skus[sku].id)
    market.substitute = {warehouse.skus[other].id, choose.of<double>({1, 0.4, 0})};
  if (warehouse.skus.size() > 1) market.correlation = {"weather", choose.of<double>({0, 0.6, -0.9, 1})};
  if (choose.maybe())
    market.returns = {
        choose.of<double>({0.5, 1, 0.05}),
        choose.of<LawSpec>({LawSpec::constant(1), law("discrete", {{"values", {2, 5}}, {"weights", {1, 2}}}),
                            law("uniform", {{"minimum", {0.5}}, {"maximum", {9}}})})};
  return market;
}

/// From some day within the horizon on.
PromotionSpec random_promotion(Choices& choose, const WarehouseSpec& warehouse) {
  PromotionSpec promotion;
  const std::size_t sku = choose.below(static_cast<std::uint32_t>(warehouse.skus.size()));
  promotion.skus = {warehouse.skus[sku].id};
  const std::int64_t first = std::min<std::int64_t>(choose.below(20), warehouse.horizon.days - 1);
  promotion.from = format_date(parse_date(warehouse.horizon.start).value() + std::chrono::days(first));
  promotion.days = choose.of<std::int64_t>({1, 3});
  promotion.repeat_every_days = choose.of<std::int64_t>({0, 3, 7});
  promotion.lift = choose.of<double>({1, 3, 0});
  const auto has_price = [&](const SkuSpec& each) {
    return each.id != promotion.skus[0] || is_set(each.price);
  };
  if (std::all_of(warehouse.skus.begin(), warehouse.skus.end(), has_price))
    promotion.price = choose.of<double>({kNotSet, 0, 25.5, 31});
  const std::string& last = warehouse.skus.back().id;
  if (last != warehouse.skus[sku].id) promotion.cannibalises = {{last}, choose.of<double>({0.5, 0})};
  return promotion;
}

void choose_market(Choices& choose, WarehouseSpec& warehouse) {
  for (std::size_t sku = 0; sku < warehouse.skus.size(); ++sku) {
    warehouse.skus[sku].market = random_market(choose, warehouse, sku);
    warehouse.skus[sku].costs.substitution_per_unit = choose.of<double>({0, 1.5});
  }
  if (choose.maybe()) warehouse.promotions.push_back(random_promotion(choose, warehouse));
}

JointOrderSpec random_joint_order(Choices& choose) {
  JointOrderSpec joint;
  joint.set_up_cost = choose.of<double>({0, 64, 0.000001});
  joint.minimum_value = choose.of<double>({0, 0, 40});
  joint.maximum_units = choose.of<std::int64_t>({0, 0, 17});
  joint.truck_units = choose.of<std::int64_t>({0, 12});
  if (joint.truck_units > 0) joint.cost_per_truck = choose.of<double>({0, 75, 0.1});
  joint.full_trucks_only = joint.truck_units > 0 && choose.maybe();
  joint.rounding = choose.of<Rounding>({Rounding::up, Rounding::down, Rounding::nearest});
  joint.sharing = choose.of<Sharing>({Sharing::cover, Sharing::proportional, Sharing::priority});
  return joint;
}

/// A supplier that several SKUs have in common.
void share_supplier(Choices& choose, WarehouseSpec& warehouse) {
  SupplierSpec supplier = warehouse.skus.front().supply;
  supplier.id = "shared";
  supplier.joint_order = random_joint_order(choose);
  for (std::size_t i = 0; i < warehouse.skus.size(); i += 2) {
    warehouse.skus[i].supplier = "shared";
    warehouse.skus[i].supply = {};
  }
  warehouse.suppliers.push_back(std::move(supplier));
}

/// A second supplier, with its own terms, for some of the SKUs.
void add_second_sources(Choices& choose, WarehouseSpec& warehouse) {
  for (std::size_t i = 0; i < warehouse.skus.size(); ++i) {
    SkuSpec& sku = warehouse.skus[i];
    if (!sku.supplier.empty() || choose.maybe()) continue;
    SupplierSpec regular = sku.supply;
    regular.id = fmt::format("regular-{}", i);
    SupplierSpec express = regular;
    express.id = fmt::format("express-{}", i);
    express.lead_time_days =
        choose.of<LawSpec>({LawSpec::constant(0), LawSpec::constant(1), exponential_days(1)});
    express.freight_per_unit = choose.of<double>({0, 2.5});
    express.fixed_cost_per_order = choose.of<double>({0, 7});
    SourceSpec second{.supplier = express.id};
    if (choose.maybe()) second.purchase_per_unit = 14.3;
    if (choose.maybe()) second.price_breaks = {{5, 13}, {9, 12.5}};
    second.discount = choose.of<DiscountRule>({DiscountRule::all_units, DiscountRule::incremental});
    second.pack_size = choose.of<std::int64_t>({0, 1, 3});
    second.maximum_order_quantity = choose.of<std::int64_t>({-1, 0, 12});
    second.minimum_order_quantity = 0;
    sku.sources = {{.supplier = regular.id}, second};
    sku.supply = {};
    warehouse.suppliers.push_back(std::move(regular));
    warehouse.suppliers.push_back(std::move(express));
  }
}

/// The first SKU becomes a centre, which delivers the others: the same SKU at other locations.
void make_network(Choices& choose, WarehouseSpec& warehouse) {
  const auto allocation =
      choose.of<Allocation>({Allocation::first_come, Allocation::proportional, Allocation::priority});
  for (std::size_t i = 0; i < warehouse.skus.size(); ++i) {
    SkuSpec& sku = warehouse.skus[i];
    warehouse.locations.push_back({fmt::format("place-{}", i), allocation, warehouse.facility});
    sku.id = "item";
    sku.location = warehouse.locations.back().id;
    if (i == 0) continue;
    sku.supply.from = choose.maybe() ? "place-0" : fmt::format("place-{}", i - 1);
    if (choose.maybe()) sku.costs.in_transit = InTransit::upstream;
  }
  if (choose.maybe() && warehouse.skus.size() > 1) warehouse.skus[0].demand = LawSpec{};
}

/// Customers who choose their unit, where a day's demand is one total.
void choose_kinds(Choices& choose, WarehouseSpec& warehouse) {
  for (SkuSpec& sku : warehouse.skus) {
    if (sku.shelf_life_days == 0 || !sku.demand.is_set() || choose.maybe()) continue;
    sku.issuing = Issuing::by_customer;
    sku.freshest_demand = random_demand(choose);
  }
}

/// An order that comes in two parts asks twice under continuous review: some_order() would order ever more.
void deliver_in_one_part(WarehouseSpec& warehouse) {
  for (SkuSpec& sku : warehouse.skus) sku.supply.partial_delivery = {};
  for (SupplierSpec& supplier : warehouse.suppliers) supplier.partial_delivery = {};
}

ActionConfig random_action(Choices& choose) {
  ActionConfig action;
  action.kind =
      choose.of<ActionKind>({ActionKind::order_quantity, ActionKind::order_up_to, ActionKind::cover});
  action.maximum = choose.of<double>({16, 40, kNotSet});
  action.levels = choose.of<std::int64_t>({8, 2, 33});
  return action;
}

/// Below it an action space would hold no order at all.
bool fits(const ActionConfig& action, const WarehouseSpec& warehouse) {
  if (action.kind != ActionKind::order_quantity || !std::isnan(action.maximum)) return true;
  for (const SkuSpec& sku : warehouse.skus)
    if (sku.pack_size > 1) return false;
  return true;
}

}  // namespace

Scenario random_scenario(Choices& choose) {
  Scenario scenario;
  scenario.name = "random";
  WarehouseSpec& warehouse = scenario.warehouse;
  warehouse.horizon.days = choose.of<std::int64_t>({8, 1, 30, 60});
  warehouse.horizon.warm_up_days = std::min(choose.of<std::int64_t>({0, 5, 7}), warehouse.horizon.days - 1);
  warehouse.arrivals = choose.of<Arrivals>({Arrivals::daily, Arrivals::orders});
  warehouse.review = choose.of<Review>({Review::periodic, Review::periodic, Review::continuous});
  if (warehouse.arrivals == Arrivals::orders && choose.maybe())
    warehouse.demand.lines_per_order = choose.of<LawSpec>(
        {LawSpec::constant(2), law("discrete", {{"values", {1, 2, 9}}, {"weights", {3, 2, 1}}})});
  const std::uint32_t skus = 1 + choose.below(4);
  for (std::uint32_t i = 0; i < skus; ++i) {
    warehouse.skus.push_back(random_sku(choose, i));
    choose_calendar(choose, warehouse, warehouse.skus.back().supply);
  }
  if (choose.below(5) == 4) warehouse.horizon.discount_factor = 0.98;
  if (warehouse.review == Review::continuous)
    warehouse.trigger =
        choose.of<Trigger>({Trigger::any, Trigger::demand, Trigger::receipt, Trigger::position});
  if (choose.below(3) == 2) choose_facility(choose, warehouse);
  const std::uint32_t supply = choose.below(6);
  if (supply == 5) share_supplier(choose, warehouse);
  if (supply == 4 || supply == 5) add_second_sources(choose, warehouse);
  if (supply == 3) make_network(choose, warehouse);
  if (choose.below(3) == 2) choose_market(choose, warehouse);
  if (warehouse.review == Review::continuous) deliver_in_one_part(warehouse);
  if (warehouse.arrivals == Arrivals::daily) choose_kinds(choose, warehouse);
  scenario.action = random_action(choose);
  const bool has_choices = std::any_of(warehouse.skus.begin(), warehouse.skus.end(),
                                       [](const SkuSpec& sku) { return sku.sources.size() > 1; });
  if (has_choices) scenario.action.levels = std::min<std::int64_t>(scenario.action.levels, 8);
  if (has_choices || !fits(scenario.action, warehouse)) scenario.action.maximum = 16;
  return scenario;
}

std::shared_ptr<const DecisionModel> decision_model(const Scenario& scenario) {
  auto model = std::make_shared<DecisionModel>();
  model->warehouse = build_warehouse(scenario.warehouse);
  return model;
}

std::shared_ptr<const EnvModel> environment_model(const Scenario& scenario) {
  auto model = std::make_shared<EnvModel>();
  model->decisions = decision_model(scenario);
  model->observation = ObservationSpec(*model->decisions->warehouse, scenario.observation, {});
  model->action = ActionSpec(*model->decisions->warehouse, scenario.action);
  return model;
}

Quantity some_order(const SkuModel& sku, std::int32_t index, std::int32_t source, std::int64_t day,
                    Quantity position) {
  const SourceModel& terms = sku.sources[static_cast<std::size_t>(source)];
  const std::uint64_t draw =
      mix64(mix64(static_cast<std::uint64_t>(day)) + static_cast<std::uint64_t>(index + 100 * source));
  if (draw % 4 == 0) return 0;
  const double most = 4 + 3 * sku.mean_demand_per_day * terms.protection_interval_days;
  const auto level = static_cast<Quantity>(unit_interval(mix64(draw)) * most);
  return legal_order_quantity(terms, std::max<Quantity>(0, level - position));
}

}  // namespace restock::property
