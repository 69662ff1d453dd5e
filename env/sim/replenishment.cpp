// From the order to the receipt: lead times, what is delivered and when.
#include <algorithm>
#include <cmath>

#include "env/sim/simulator.h"

namespace restock {

namespace {

/// Where an order is due that will not be received within any horizon.
constexpr SimTime kNeverReceived = SimTime::at_milliseconds(EventQueue::kMaximumMilliseconds - 1);

}  // namespace

/// Puts units on their way from a source.
void Simulator::send(std::int32_t sku, std::int32_t source, Quantity quantity) {
  const SourceModel& terms = source_of(sku, source);
  if (has_outages_) advance_supplier(terms.supplier);
  const std::uint64_t k = name_order(sku, source);
  const std::int64_t start = is_out(terms.supplier) ? suppliers_[terms.supplier].until : clock_->now;
  OpenOrder order{.quantity = quantity, .ordered_on = clock_->day, .started_at = start, .source = source};
  draw_delivery(sku, order, clock_->day, k);
  SimTime due = std::min(SimTime::at_milliseconds(start) + draw_lead_time(sku, terms, k), kNeverReceived);
  if (!terms.orders_cross) due = after_earlier_orders(sku, source, due);
  if (observer_) observer_->on_order(*this, sku, source, quantity, due);
  const bool has_floor = model_->skus[static_cast<std::size_t>(sku)].facility >= 0;
  if (due == now() && !(has_floor && floor_.receives_in_steps(sku)))
    return receive_in_this_instant(sku, order);
  pay_for_transit(sku, order, order.delivered);
  const std::size_t slot = free_slot(sku);
  open_orders_[slot] = order;
  if (has_floor) floor_.expect(slot, k);
  queue_.schedule(slot, due);
}

/// Not before what was ordered earlier.
SimTime Simulator::after_earlier_orders(std::int32_t sku, std::int32_t source, SimTime due) noexcept {
  SourceState& state = state_of_source(sku, source);
  state.latest_due = std::max(state.latest_due, due.in_milliseconds());
  return SimTime::at_milliseconds(state.latest_due);
}

/// Units that start (or end) their way count where their holding on it is paid.
void Simulator::pay_for_transit(std::int32_t sku, const OpenOrder& order, Quantity units) noexcept {
  const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
  if (model.in_transit == InTransit::none) return;
  const std::int32_t upstream = source_of(sku, order.source).upstream;
  const std::int32_t payer = model.in_transit == InTransit::upstream ? upstream : sku;
  if (payer < 0) return;  // a supplier outside pays itself
  integrate(payer);
  states_[payer].in_transit += units;
}

/// What names an order's draws: its source, and how many it has taken of the SKU today before.
std::uint64_t Simulator::name_order(std::int32_t sku, std::int32_t source) noexcept {
  SourceState& state = state_of_source(sku, source);
  if (state.order_day != clock_->day) state.orders_today = 0;
  state.order_day = clock_->day;
  constexpr int kSourceBit = 32;
  return static_cast<std::uint64_t>(source) << kSourceBit | static_cast<std::uint64_t>(state.orders_today++);
}

Duration Simulator::draw_lead_time(std::int32_t sku, const SourceModel& source,
                                   std::uint64_t k) const noexcept {
  const bool one_value =
      !source.lead_time.empty() && source.lead_time.front().minimum() == source.lead_time.front().maximum();
  const std::uint64_t bits = one_value ? 0 : streams_[sku].lead_time.bits(clock_->day, k);
  if (!source.lead_time.empty()) return Duration::days(source.lead_time.front().sample(bits));
  return duration_of(source.lead_time_law->quantile(unit_interval(bits)));
}

/// What will arrive of an order, and how much of it later than the rest. k and day name the draws.
void Simulator::draw_delivery(std::int32_t sku, OpenOrder& order, std::int64_t day,
                              std::uint64_t k) noexcept {
  const SourceModel& source = source_of(sku, order.source);
  const auto part = [](Quantity units, double share) {
    return static_cast<Quantity>(std::floor(static_cast<double>(units) * share + 0.5));
  };
  order.delivered = order.quantity;
  if (source.yield)
    order.delivered =
        part(order.quantity, std::min(1.0, source.yield->quantile(streams_[sku].yield.uniform(day, k))));
  order.late = order.late_by = 0;
  if (source.late_probability == 0 || streams_[sku].late.uniform(day, k) >= source.late_probability) return;
  const Duration delay =
      duration_of(source.late_days->quantile(unit_interval(streams_[sku].late.bits(day, ~k))));
  if (delay == Duration()) return;
  order.late = order.delivered - part(order.delivered, source.share_on_time);
  order.late_by = delay.in_milliseconds();
}

/// As time passes in this simulation: to the millisecond, or in whole days, rounded up, with `arrivals:
/// daily`.
Duration Simulator::duration_of(double days) const noexcept {
  if (model_->arrivals == Arrivals::daily) return Duration::days(static_cast<std::int64_t>(std::ceil(days)));
  return Duration::milliseconds(std::llround(days * static_cast<double>(kMillisecondsPerDay)));
}

void Simulator::receive_in_this_instant(std::int32_t sku, const OpenOrder& order) {
  if (order.late > 0) {
    pay_for_transit(sku, order, order.late);
    schedule_rest(sku, order);
    OpenOrder first = order;
    first.quantity -= order.late;
    first.delivered -= order.late;
    first.late = 0;
    if (first.quantity > 0) receive_in_this_instant(sku, first);
    return;
  }
  if (zero_lead_[sku].quantity == 0) ++clock_->zero_lead;
  zero_lead_[sku].quantity += order.quantity;
  zero_lead_[sku].delivered += order.delivered;
}

std::size_t Simulator::free_slot(std::int32_t sku) {
  const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
  SkuState& state = states_[sku];
  for (std::int32_t tries = 0; tries < model.order_slots; ++tries) {
    const std::int32_t slot = state.next_slot;
    const std::int32_t following = slot + 1 - model.first_order_slot;
    state.next_slot = model.first_order_slot + (following == model.order_slots ? 0 : following);
    if (!queue_.is_scheduled(static_cast<std::size_t>(slot))) return static_cast<std::size_t>(slot);
  }
  throw InputError(fmt::format(
      "SKU '{}': more than {} orders are open at once, which its mean demand did not let expect; use a "
      "shorter lead time or periodic review",
      model.id, model.order_slots));
}

void Simulator::schedule_initial_pipeline(std::int32_t sku) {
  const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
  for (std::size_t i = 0; i < model.initial_pipeline.size(); ++i) {
    const Quantity quantity = model.initial_pipeline[i];
    if (quantity == 0) continue;
    const auto due_day = static_cast<std::int64_t>(i) + 1;
    const std::int64_t ordered_on = std::min<std::int64_t>(due_day - model.regular().lead_time_days, -1);
    const std::size_t slot = free_slot(sku);
    open_orders_[slot] = {
        .quantity = quantity, .delivered = quantity, .ordered_on = ordered_on, .stage = OrderStage::initial};
    states_[sku].on_order += quantity;
    pay_for_transit(sku, open_orders_[slot], quantity);
    if (model.facility >= 0) floor_.expect(slot, i);
    queue_.schedule(slot, SimTime::start_of_day(due_day));
  }
}

/// The part of an order that comes late has a slot to itself.
std::size_t Simulator::schedule_rest(std::int32_t sku, const OpenOrder& order) {
  const std::size_t slot = free_slot(sku);
  open_orders_[slot] = order;
  open_orders_[slot].quantity = open_orders_[slot].delivered = order.late;
  open_orders_[slot].late = 0;
  open_orders_[slot].started_at = clock_->now;
  open_orders_[slot].stage = OrderStage::late_rest;
  queue_.schedule(slot, std::min(now() + Duration::milliseconds(order.late_by), kNeverReceived));
  return slot;
}

void Simulator::receive_slot(std::size_t slot) {
  const std::int32_t sku = sku_of_slot_[slot];
  const bool has_floor = model_->skus[static_cast<std::size_t>(sku)].facility >= 0;
  const bool in_steps = has_floor && floor_.receives_in_steps(sku);
  const bool has_arrived = (in_steps && floor_.has_arrived(slot)) || begin_receipt(slot, in_steps);
  if (has_arrived && in_steps) floor_.advance_order(slot);
  receive_zero_lead(false);
}

/// An order has come to the end of its way: it is received, or lies on the dock in its slot. False where all
/// of it is late.
bool Simulator::begin_receipt(std::size_t slot, bool in_steps) {
  const std::int32_t sku = sku_of_slot_[slot];
  OpenOrder order = open_orders_[slot];
  if (order.late > 0) {
    const std::size_t rest = schedule_rest(sku, order);
    if (in_steps) floor_.expect(rest, ~floor_.number_of(slot));  // its work is drawn by another name
    order.quantity -= order.late;
    order.delivered -= order.late;
    order.late = 0;
  }
  if (!in_steps || order.quantity == 0) queue_.cancel(slot);
  if (order.quantity == 0) return false;
  pay_for_transit(sku, order, -order.delivered);
  if (in_steps)
    open_orders_[slot] = order;
  else
    receive(sku, order);
  return true;
}

/// A receipt may send units on without lead time, so that it goes on until nothing is left. What was ordered
/// at a triggered review must not ask again in the same instant.
void Simulator::receive_zero_lead(bool follows_decision) {
  while (clock_->zero_lead > 0) {
    for (std::int32_t sku = 0; sku < sku_count_; ++sku) {
      if (zero_lead_[sku].quantity == 0) continue;
      const OpenOrder order = zero_lead_[sku];
      zero_lead_[sku] = {};
      --clock_->zero_lead;
      receive(sku, order);
      if (follows_decision) forget_trigger(sku);
    }
  }
}

void Simulator::forget_trigger(std::int32_t sku) noexcept {
  if (!is_triggered_[sku]) return;
  is_triggered_[sku] = 0;
  std::int32_t* const end = std::remove(due_, due_ + clock_->triggered, sku);
  clock_->triggered = end - due_;
}

void Simulator::receive(std::int32_t sku, const OpenOrder& arrived) {
  integrate(sku);
  const bool has_floor = model_->skus[static_cast<std::size_t>(sku)].facility >= 0;
  const OpenOrder order = has_floor ? floor_.admit(sku, arrived) : arrived;
  SkuState& state = states_[sku];
  SkuLedger& ledger = ledgers_[sku];
  const Quantity to_backlog = serve_backlog(sku, order.delivered);
  state.on_order -= order.quantity;
  shelve(sku, order.delivered - to_backlog);
  ledger.received += order.delivered;
  ledger.short_delivered += order.quantity - order.delivered;
  hand_over_backlog(sku, to_backlog);
  ++ledger.cycles;
  ledger.cycles_without_stockout += state.stockout_in_cycle == 0;
  state.stockout_in_cycle = 0;
  if (observer_) observer_->on_receipt(*this, sku, order.delivered);
  if (state.owed > 0) allocate(sku);
  trigger(sku, Trigger::receipt);
}

}  // namespace restock
