#include "env/period_evaluation.h"

#include <algorithm>

#include "env/core/ledger_hash.h"

namespace restock {

namespace {

/// Fewer replications than this are faster one by one than in lockstep with idle lanes.
constexpr std::size_t kFewestInLockstep = 3;

bool is_period_sku(const WarehouseModel& warehouse, const SkuModel& sku) {
  const auto group = static_cast<std::size_t>(sku.review_group);
  const auto supplier = static_cast<std::size_t>(sku.supplier);
  return sku.demand_of_day.empty() && sku.shelf_life_days == 0 && sku.backlog_share == 1 &&
         sku.patience_days == 0 && !sku.yield && !warehouse.suppliers[supplier].days_between &&
         warehouse.review_groups[group].calendar.weekdays == 0;
}

/// Whatever the kernel does not know must be refused here.
bool is_period_model(const DecisionModel& model, const Policy& policy) {
  const WarehouseModel& warehouse = *model.warehouse;
  return warehouse.arrivals == Arrivals::daily && warehouse.review == Review::periodic &&
         warehouse.discount_factor == 1 && !policy.needs_forecast() &&
         std::all_of(warehouse.skus.begin(), warehouse.skus.end(),
                     [&](const SkuModel& sku) { return is_period_sku(warehouse, sku); });
}

std::vector<period::DrawTable> tables_of(const std::vector<QuantileTable>& tables) {
  return {tables.begin(), tables.end()};
}

period::Sku period_sku(const WarehouseModel& warehouse, std::size_t index, const period::OrderRule& rule) {
  const SkuModel& sku = warehouse.skus[index];
  const ReviewGroup& group = warehouse.review_groups[static_cast<std::size_t>(sku.review_group)];
  return {.entity = index,
          .loses_sales = sku.unmet_demand == UnmetDemand::lost,
          .days = warehouse.days,
          .warm_up_days = warehouse.warm_up_days,
          .review_period = group.calendar.period_days,
          .first_review = group.calendar.first_day,
          .initial_on_hand = sku.initial_on_hand,
          .pack_size = sku.pack_size,
          .minimum_order_quantity = sku.minimum_order_quantity,
          .maximum_order_quantity = sku.maximum_order_quantity,
          .demand = tables_of(sku.demand),
          .lead_time = tables_of(sku.lead_time),
          .rule = rule};
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
  if (!model_->paths && std::all_of(skus_.begin(), skus_.end(), period::fits_lockstep))
    block_ = period::lockstep_lanes();
}

std::optional<PeriodEvaluation> PeriodEvaluation::of(std::shared_ptr<const DecisionModel> model,
                                                     const Policy& policy) {
  if (!is_period_model(*model, policy)) return std::nullopt;
  std::vector<period::Sku> skus;
  for (std::size_t sku = 0; sku < model->warehouse->skus.size(); ++sku) {
    const auto rule = policy.order_rule(static_cast<std::int32_t>(sku));
    if (!rule) return std::nullopt;
    skus.push_back(period_sku(*model->warehouse, sku, *rule));
  }
  return PeriodEvaluation(std::move(model), std::move(skus));
}

void PeriodEvaluation::run_sku(std::size_t sku, const RunKey& run,
                               std::span<period::Outcome> outcomes) const {
  if (block_ > 1 && outcomes.size() >= kFewestInLockstep)
    return period::run_lockstep(skus_[sku], run, outcomes);
  RunKey key = run;
  for (period::Outcome& outcome : outcomes) {
    period::Path path;
    if (model_->paths)
      path = {model_->paths->day(key.replication, 0) + sku, static_cast<std::int64_t>(skus_.size())};
    outcome = period::run_one(skus_[sku], key, path);
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
