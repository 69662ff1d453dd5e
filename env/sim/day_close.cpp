// The close of a day: what has expired leaves the shelf, costs are counted, conservation is checked.
#include <algorithm>
#include <numeric>

#include "env/sim/kpis.h"
#include "env/sim/simulator.h"

namespace restock {

void Simulator::close_sku(std::int32_t sku) {
  SkuState& state = states_[sku];
  SkuLedger& ledger = ledgers_[sku];
  integrate(sku);
  give_up(sku);
  expire(sku);
  if (model_->skus[static_cast<std::size_t>(sku)].facility >= 0) floor_.close_sku(sku);
  // unit-days; or the day's last millisecond, which the next day's integrals do not hold
  ledger.on_hand_time += state.on_hand;
  ledger.backlog_time += state.backlog;
  ledger.transit_time += state.in_transit;
  if (model_->arrivals == Arrivals::orders) {
    state.counted_until = clock_->now + 1;
    state.was_empty_today |= state.on_hand == 0;
  }
  ++ledger.days;
  ledger.no_stockout_days +=
      state.backlog == 0 && state.lost_today == 0 && substitutions_[sku].substituted == 0;
}

/// Once costs that SKUs share have been shared.
void Simulator::settle_sku(std::int32_t sku) {
  SkuState& state = states_[sku];
  check_conservation(sku);
  if (model_->discount_factor < 1) discount(sku);
  state.hash =
      absorb_close(state.hash, state.on_hand, state.waited_for(), state.on_order, state.demanded_today);
}

/// Adds what the day cost and brought in, weighted by its distance from the end of the warm-up.
void Simulator::discount(std::int32_t sku) noexcept {
  const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
  SkuLedger& ledger = ledgers_[sku];
  const double cost = costs_of(ledger, model.rates).total();
  const double revenue = is_set(model.market.price) ? revenue_of(ledger, model.market) : 0;
  if (clock_->day >= model_->warm_up_days) {
    ledger.discounted_cost += clock_->discount * (cost - cost_so_far_[sku]);
    ledger.discounted_revenue += clock_->discount * (revenue - revenue_so_far_[sku]);
  }
  cost_so_far_[sku] = cost;
  revenue_so_far_[sku] = revenue;
}

bool Simulator::close_day() {
  const bool has_floors = !model_->facilities.empty();
  for (std::int32_t sku = 0; sku < sku_count_; ++sku) {
    close_sku(sku);
    if (!has_floors) settle_sku(sku);
  }
  if (has_floors) floor_.close_day();
  for (std::int32_t sku = 0; sku < sku_count_ && has_floors; ++sku) settle_sku(sku);
  if (observer_) observer_->on_day_close(*this, clock_->day);
  if (day_observer_) day_observer_->on_day_close(*this, clock_->day);
  for (std::int32_t sku = 0; sku < sku_count_; ++sku) {
    states_[sku].demanded_today = states_[sku].lost_today = states_[sku].unmet_today = 0;
    states_[sku].was_empty_today = 0;
  }
  if (has_substitutes_) std::fill_n(substitutions_, sku_count_, SubstitutionState());
  if (clock_->day >= model_->warm_up_days) clock_->discount *= model_->discount_factor;
  const std::int64_t closed = clock_->day + 1;
  if (closed == model_->warm_up_days) std::copy_n(ledgers_, sku_count_, at_warm_up_end_);
  if (closed == model_->days) {
    queue_.clear();
    return true;
  }
  start_day(closed);
  return false;
}

/// What a ring holds by day must add up to what the state says.
void Simulator::check_ring(std::int32_t sku, std::string_view what, Quantity units,
                           std::span<const Quantity> ring) const {
  const Quantity sum = std::accumulate(ring.begin(), ring.end(), Quantity{0});
  RESTOCK_CHECK(sum == units, "SKU '{}', day {}: {} {}, by day {}",
                model_->skus[static_cast<std::size_t>(sku)].id, clock_->day, what, units, sum);
}

void Simulator::check_conservation(std::int32_t sku) const {
  const SkuState& state = states_[sku];
  const SkuLedger& ledger = ledgers_[sku];
  const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
  const bool has_floor = model.facility >= 0;
  const Quantity allocated = has_floor ? floor_.allocated(sku) : 0;
  RESTOCK_CHECK(
      model.initial_on_hand + ledger.received + ledger.returned ==
          ledger.shipped + ledger.transferred + ledger.expired + ledger.vanished + allocated + state.on_hand,
      "SKU '{}', day {}: initial {} + received {} + returned {}, shipped {} + transferred {} + expired {} + "
      "vanished {} + allocated {} + on hand {}",
      model.id, clock_->day, model.initial_on_hand, ledger.received, ledger.returned, ledger.shipped,
      ledger.transferred, ledger.expired, ledger.vanished, allocated, state.on_hand);
  RESTOCK_CHECK(
      model.initial_on_order + ledger.ordered ==
          ledger.received + ledger.short_delivered + ledger.refused + state.on_order,
      "SKU '{}', day {}: initially on order {} + ordered {}, received {} + short {} + refused {} + on "
      "order {}",
      model.id, clock_->day, model.initial_on_order, ledger.ordered, ledger.received, ledger.short_delivered,
      ledger.refused, state.on_order);
  RESTOCK_CHECK(ledger.requested == ledger.transferred + state.owed && state.owed >= 0,
                "SKU '{}', day {}: requested {}, transferred {} + owed {}", model.id, clock_->day,
                ledger.requested, ledger.transferred, state.owed);
  if (has_floor) floor_.check_conservation(sku);
  if (model.shelf_life_days > 0)
    check_ring(sku, "on hand", state.on_hand,
               {batches_ + model.first_batch, static_cast<std::size_t>(model.shelf_life_days)});
  if (model.patience_days > 0)
    check_ring(sku, "backlog", state.backlog,
               {waiting_ + model.first_waiting, static_cast<std::size_t>(model.patience_days + 1)});
  RESTOCK_CHECK(
      ledger.demanded + ledger.substitutes_sold ==
              ledger.shipped + allocated + ledger.lost + state.backlog + ledger.substituted &&
          state.on_hand >= 0 && state.backlog >= 0,
      "SKU '{}', day {}: demanded {} + sold as substitute {}, shipped {} + allocated {} + lost {} + "
      "backlog {} + substituted {}, on hand {}",
      model.id, clock_->day, ledger.demanded, ledger.substitutes_sold, ledger.shipped, allocated, ledger.lost,
      state.backlog, ledger.substituted, state.on_hand);
}

}  // namespace restock
