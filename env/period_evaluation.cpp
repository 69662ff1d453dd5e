#include "env/period_evaluation.h"

#include <algorithm>

#include "env/core/ledger_hash.h"
#include "env/period/customer_replay.h"

namespace restock {

namespace {

/// Fewer replications than this are faster one by one than in lockstep with idle lanes.
constexpr std::size_t kFewestInLockstep = 3;

// Whatever the kernels do not know must be refused here. The models are taken apart into all their fields, so
// that a new one does not compile until somebody has decided whether the kernels know it.

bool is_plain(const SupplierModel& supplier) {
  [[maybe_unused]] const auto& [id, joint_order, days_between, days_to_repair] = supplier;
  return days_between == nullptr && !joint_order.costs() && !joint_order.constrains();
}

bool is_plain(const ReviewGroup& group) {
  [[maybe_unused]] const auto& [period_days, first_day, weekdays, milliseconds, weekday_of_day_0] =
      group.calendar;
  return milliseconds == 0;
}

bool is_plain(const SourceModel& source) {
  [[maybe_unused]] const auto& [supplier, upstream, review_group, pack_size, minimum_order, maximum_order,
                                lead_time_days, protection_interval_days, lead_time, lead_time_law, yield,
                                orders_cross, late_probability, share_on_time, late_days, purchase_per_unit,
                                price_breaks, discounts_all_units, value_per_unit, freight_per_unit,
                                extra_per_order] = source;
  return upstream < 0 && yield == nullptr && orders_cross && late_probability == 0 && price_breaks.empty() &&
         freight_per_unit == 0;
}

/// What promotions make of demand is in the tables of its days.
bool is_plain(const MarketModel& market) {
  [[maybe_unused]] const auto& [price, promotions, substitute, substitute_share, factor, loading, own_loading,
                                return_hazards, busiest, first_shipped] = market;
  return !market.has_markdowns() && substitute < 0 && factor < 0 && !market.has_returns();
}

bool is_plain(const SkuModel& sku) {
  [[maybe_unused]] const auto& [id, unmet_demand, rates, mean_demand, initial_on_hand, initial_pipeline,
                                initial_on_order, trigger_level, in_transit, allocation, downstream, location,
                                facility, volume, shelf_life_days, first_batch, issuing, fifo_share,
                                backlog_share, patience_days, first_waiting, first_order_slot, order_slots,
                                demand, demand_of_day, kinds, order_size, market, sources, first_source] =
      sku;
  return facility < 0 && shelf_life_days == 0 && backlog_share == 1 && patience_days == 0 &&
         sources.size() == 1 && initial_on_order == 0 && in_transit == InTransit::none &&
         is_plain(sources.front()) && is_plain(market);
}

bool is_plain(const WarehouseModel& warehouse) {
  [[maybe_unused]] const auto& [arrivals, review, trigger, start, days, warm_up_days, discount_factor,
                                lines_per_order, skus, suppliers, review_groups, facilities, upstream_first,
                                sources, order_slots, batches, waiting, shipped] = warehouse;
  const auto all_plain = [](const auto& parts) {
    return std::all_of(parts.begin(), parts.end(), [](const auto& part) { return is_plain(part); });
  };
  return review == Review::periodic && discount_factor == 1 && lines_per_order.empty() &&
         all_plain(suppliers) && all_plain(review_groups) && all_plain(skus);
}

std::vector<period::DrawTable> tables_of(const std::vector<QuantileTable>& tables) {
  return {tables.begin(), tables.end()};
}

period::Sku period_sku(const WarehouseModel& warehouse, std::size_t index, const period::OrderRule& rule) {
  const SkuModel& sku = warehouse.skus[index];
  const SourceModel& source = sku.regular();
  const ReviewCalendar& calendar =
      warehouse.review_groups[static_cast<std::size_t>(source.review_group)].calendar;
  return {.entity = index,
          .loses_sales = sku.unmet_demand == UnmetDemand::lost,
          .days = warehouse.days,
          .warm_up_days = warehouse.warm_up_days,
          .reviews = {calendar.on_or_after(0), calendar.longest_gap_days(), calendar.weekdays,
                      calendar.weekday_of_day_0},
          .initial_on_hand = sku.initial_on_hand,
          .pack_size = source.pack_size,
          .minimum_order_quantity = source.minimum_order_quantity,
          .maximum_order_quantity = source.maximum_order_quantity,
          .demand = tables_of(sku.demand),
          .demand_of_day = sku.demand_of_day,
          .lead_time = tables_of(source.lead_time),
          .rule = rule,
          .order_size = tables_of(sku.order_size),
          .lead_time_law = source.lead_time_law};
}

SkuLedger sku_ledger(const period::Ledger& counts) {
  SkuLedger ledger;
  ledger.demanded = counts.demanded;
  ledger.served_at_once = counts.served_at_once;
  ledger.shipped = counts.shipped;
  ledger.lost = counts.lost;
  ledger.ordered = counts.ordered;
  ledger.received = counts.received;
  ledger.orders = counts.orders;
  ledger.on_hand_time = counts.on_hand_time;
  ledger.backlog_time = counts.backlog_time;
  ledger.days = counts.days;
  ledger.no_stockout_days = counts.no_stockout_days;
  ledger.cycles = counts.cycles;
  ledger.cycles_without_stockout = counts.cycles_without_stockout;
  return ledger;
}

}  // namespace

PeriodEvaluation::PeriodEvaluation(std::shared_ptr<const DecisionModel> model, std::vector<period::Sku> skus)
    : model_(std::move(model)), skus_(std::move(skus)) {
  if (model_->warehouse->arrivals == Arrivals::daily && !model_->paths &&
      std::all_of(skus_.begin(), skus_.end(), period::fits_lockstep))
    block_ = period::lockstep_lanes();
}

std::optional<PeriodEvaluation> PeriodEvaluation::of(std::shared_ptr<const DecisionModel> model,
                                                     const Policy& policy) {
  if (policy.needs_forecast() || !is_plain(*model->warehouse)) return std::nullopt;
  std::vector<period::Sku> skus;
  for (std::size_t sku = 0; sku < model->warehouse->skus.size(); ++sku) {
    const auto rule = policy.order_rule(static_cast<std::int32_t>(sku));
    if (!rule) return std::nullopt;
    skus.push_back(period_sku(*model->warehouse, sku, *rule));
  }
  return PeriodEvaluation(std::move(model), std::move(skus));
}

period::Outcome PeriodEvaluation::run_alone(std::size_t sku, const RunKey& run) const {
  period::Path path;
  if (model_->paths)
    path = {model_->paths->day(run.replication, 0) + sku, static_cast<std::int64_t>(skus_.size())};
  return model_->warehouse->arrivals == Arrivals::daily ? period::run_one(skus_[sku], run, path)
                                                        : period::replay_customers(skus_[sku], run, path);
}

void PeriodEvaluation::run_sku(std::size_t sku, const RunKey& run,
                               std::span<period::Outcome> outcomes) const {
  if (block_ > 1 && outcomes.size() >= kFewestInLockstep)
    return period::run_lockstep(skus_[sku], run, outcomes);
  RunKey key = run;
  for (period::Outcome& outcome : outcomes) {
    outcome = run_alone(sku, key);
    ++key.replication;
  }
}

void PeriodEvaluation::run(const RunKey& run, std::span<ReplicationResult> results) const {
  std::vector<period::Outcome> outcomes(results.size());
  for (ReplicationResult& result : results) result = {};
  for (std::size_t sku = 0; sku < skus_.size(); ++sku) {
    std::fill(outcomes.begin(), outcomes.end(), period::Outcome());
    run_sku(sku, run, outcomes);
    for (std::size_t i = 0; i < results.size(); ++i) {
      const SkuLedger at_end = sku_ledger(outcomes[i].at_end);
      results[i].ledgers.push_back(at_end - sku_ledger(outcomes[i].at_warm_up_end));
      results[i].ledger_hash = absorb(results[i].ledger_hash, absorb_counts(outcomes[i].hash, at_end));
    }
  }
}

}  // namespace restock
