#include "agents/policies/exact/checklist.h"

#include <fmt/format.h>

namespace restock::exact {

namespace {

class Checklist {
 public:
  Checklist(const DecisionModel& model, const Abilities& can) : model_(model), can_(can) {}

  Reasons run() {
    if (model_.paths != nullptr) add("demand.evaluation.source", "paths or a history", "law");
    check_warehouse(*model_.warehouse);
    return std::move(reasons_);
  }

 private:
  void add(std::string_view key, std::string_view got, std::string_view expected) {
    reasons_.push_back(reason(key, got, expected));
  }
  void refuse(bool has, std::string_view key, std::string_view got, std::string_view expected) {
    if (has) add(key, got, expected);
  }
  std::string in_sku(std::string_view key) const { return fmt::format("skus.{}.{}", sku_, key); }
  void refuse_in_sku(bool has, std::string_view key, std::string_view got, std::string_view expected) {
    if (has) add(in_sku(key), got, expected);
  }

  void check_warehouse(const WarehouseModel& warehouse) {
    [[maybe_unused]] const auto& [arrivals, review, trigger, start, days, warm_up_days, discount_factor,
                                  lines_per_order, skus, suppliers, review_groups, facilities, upstream_first,
                                  sources, order_slots, batches, waiting, shipped] = warehouse;
    const bool is_orders = arrivals == Arrivals::orders;
    const bool is_continuous = review == Review::continuous;
    if (is_orders != can_.continuous)
      add("arrivals", is_orders ? "orders" : "daily", can_.continuous ? "orders" : "daily");
    if (is_continuous != can_.continuous)
      add("review", is_continuous ? "continuous" : "periodic", can_.continuous ? "continuous" : "periodic");
    refuse(can_.continuous && (trigger == Trigger::receipt || trigger == Trigger::position), "trigger",
           "not after each customer", "any or demand");
    refuse(discount_factor < 1 && !can_.has_discount, "horizon.discount_factor",
           fmt::format("{}", discount_factor), "1");
    refuse(!lines_per_order.empty(), "demand.lines_per_order", "orders of several lines", "not set");
    refuse(!facilities.empty(), "facility", "a floor with limits or steps", "none");
    if (skus.size() < can_.fewest_skus || skus.size() > can_.most_skus)
      add("skus", fmt::format("{} stocking points", skus.size()),
          can_.fewest_skus == can_.most_skus ? fmt::format("{}", can_.most_skus)
                                             : fmt::format("{} to {}", can_.fewest_skus, can_.most_skus));
    for (const SupplierModel& supplier : suppliers) check_supplier(supplier);
    for (const ReviewGroup& group : review_groups) check_calendar(group.calendar);
    for (const SkuModel& sku : skus) check_sku(sku);
  }

  void check_supplier(const SupplierModel& supplier) {
    [[maybe_unused]] const auto& [id, joint, days_between, days_to_repair] = supplier;
    const std::string key = "suppliers." + id;
    refuse(days_between != nullptr && !can_.has_outages, key + ".outages",
           "the supplier can be out of action", "no outages");
    if (can_.has_joint_orders) return;
    refuse(joint.costs(), key + ".joint_order", "costs that SKUs share", "none");
    refuse(joint.constrains(), key + ".joint_order", "limits that SKUs share", "none");
  }

  void check_calendar(const ReviewCalendar& calendar) {
    [[maybe_unused]] const auto& [period_days, first_day, weekdays, milliseconds, weekday_of_day_0] =
        calendar;
    refuse(milliseconds != 0, "order_time", "later than the first instant of the day", "not set");
    if (can_.has_cycle) return;
    refuse(weekdays != 0, "order_days", "only some weekdays", "every day");
    refuse(weekdays == 0 && period_days != 1, "review_period_days", fmt::format("{}", period_days), "1");
    refuse(weekdays == 0 && first_day != 0, "first_review_day", fmt::format("{}", first_day), "0");
  }

  void check_sku(const SkuModel& sku) {
    [[maybe_unused]] const auto& [id, unmet_demand, rates, mean_demand, initial_on_hand, initial_pipeline,
                                  initial_on_order, trigger_level, in_transit, allocation, downstream,
                                  location, facility, volume, shelf_life_days, first_batch, issuing,
                                  fifo_share, backlog_share, patience_days, first_waiting, first_order_slot,
                                  order_slots, demand, demand_of_day, kinds, order_size, market, sources,
                                  first_source] = sku;
    sku_ = id;
    if (unmet_demand == UnmetDemand::lost)
      refuse_in_sku(!can_.loses_sales, "unmet_demand", "lost", "backlog");
    if (unmet_demand == UnmetDemand::backlog)
      refuse_in_sku(!can_.has_backlog, "unmet_demand", "backlog", "lost");
    refuse_in_sku(backlog_share < 1, "backlog_share", fmt::format("{}", backlog_share), "1");
    refuse_in_sku(patience_days > 0, "patience_days", fmt::format("{}", patience_days), "0");
    refuse_in_sku(shelf_life_days > 0 && !can_.expires, "shelf_life_days", fmt::format("{}", shelf_life_days),
                  "0 (keeps for ever)");
    refuse_in_sku(shelf_life_days == 0 && can_.expires, "shelf_life_days", "0 (keeps for ever)", "1 or more");
    refuse_in_sku(in_transit != InTransit::none && !can_.has_network, "costs.in_transit", "paid", "none");
    refuse_in_sku(!downstream.empty() && !can_.has_network, "supply.from", "a network of locations",
                  "suppliers outside");
    refuse_in_sku(initial_on_order > 0 && !can_.has_initial_pipeline, "initial_pipeline", "units on order",
                  "none");
    refuse_in_sku(!demand_of_day.empty() && !can_.has_cycle, "demand",
                  "a law that changes with the day (pattern or promotions)", "the same law every day");
    refuse_in_sku(!order_size.empty() && !can_.has_order_sizes, "order_size", "a law", "one unit a customer");
    check_market(market);
    if (sources.size() < can_.fewest_sources || sources.size() > can_.most_sources)
      refuse_in_sku(true, "sources", fmt::format("{} suppliers", sources.size()),
                    can_.fewest_sources == can_.most_sources
                        ? fmt::format("{}", can_.most_sources)
                        : fmt::format("{} to {}", can_.fewest_sources, can_.most_sources));
    for (const SourceModel& source : sources) check_source(source);
  }

  /// What promotions make of demand is in the laws of its days.
  void check_market(const MarketModel& market) {
    [[maybe_unused]] const auto& [price, promotions, substitute, substitute_share, factor, loading,
                                  own_loading, return_hazards, busiest, first_shipped] = market;
    refuse_in_sku(market.has_markdowns(), "promotions", "prices that change", "none");
    refuse_in_sku(substitute >= 0, "substitute", "customers who take another SKU", "none");
    refuse_in_sku(factor >= 0 && can_.most_skus > 1, "correlation", "demand that SKUs share", "none");
    refuse_in_sku(market.has_returns(), "returns", "units that come back", "none");
  }

  void check_source(const SourceModel& source) {
    [[maybe_unused]] const auto& [supplier, upstream, review_group, pack_size, minimum_order, maximum_order,
                                  lead_time_days, protection_interval_days, lead_time, lead_time_law, yield,
                                  orders_cross, late_probability, share_on_time, late_days, purchase_per_unit,
                                  price_breaks, discounts_all_units, value_per_unit, freight_per_unit,
                                  extra_per_order] = source;
    refuse_in_sku(upstream >= 0 && !can_.has_network, "supply.from", "another location",
                  "a supplier outside");
    const bool varies = lead_time.empty() ? lead_time_law->variance() > 0
                                          : lead_time.front().minimum() != lead_time.front().maximum();
    refuse_in_sku(varies && !can_.has_random_lead_time, "supply.lead_time_days",
                  fmt::format("a random lead time ({})", lead_time_law->name()), "a plain number");
    refuse_in_sku(yield != nullptr, "supply.yield", "a law", "not set (all of an order arrives)");
    refuse_in_sku(late_probability > 0, "supply.partial_delivery", "orders in two parts", "none");
    refuse_in_sku(!orders_cross && can_.has_random_lead_time, "supply.orders_cross", "false", "true");
    refuse_in_sku(!price_breaks.empty() && !can_.has_price_breaks, "sources.price_breaks", "price breaks",
                  "one price");
  }

  const DecisionModel& model_;
  const Abilities& can_;
  std::string sku_;
  Reasons reasons_;
};

}  // namespace

std::string reason(std::string_view key, std::string_view got, std::string_view expected) {
  return fmt::format("{}: {}, expected {}", key, got, expected);
}

Reasons check(const DecisionModel& model, const Abilities& abilities) {
  return Checklist(model, abilities).run();
}

}  // namespace restock::exact
