// What lies on the shelf: customers take it, it expires, and its time is counted.
#include <algorithm>
#include <cmath>

#include "env/sim/simulator.h"

namespace restock {

/// Returns whether stock could serve all of it at once.
bool Simulator::serve(std::int32_t sku, Quantity demanded) {
  integrate(sku);
  SkuState& state = states_[sku];
  SkuLedger& ledger = ledgers_[sku];
  const Quantity served = std::min(state.on_hand, demanded);
  issue(sku, served, Taker::customer);
  state.demanded_today += demanded;
  ledger.demanded += demanded;
  ledger.served_at_once += served;
  hand_over(sku, served);
  if (served < demanded) miss(sku, demanded - served);
  state.was_empty_today |= state.on_hand == 0;
  if (observer_) observer_->on_demand(*this, sku, demanded, served);
  if (demanded > 0) trigger(sku, Trigger::demand);
  if (settles_at_once_) [[unlikely]]
    settle_unserved(sku);
  return served == demanded;
}

/// Puts fresh units on the shelf.
void Simulator::shelve(std::int32_t sku, Quantity units) {
  const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
  states_[sku].on_hand += units;
  if (model.volume > 0) floor_.change_volume(sku, units);
  if (model.shelf_life_days > 0) *batch(model, model.shelf_life_days - 1) += units;
}

/// Of the units that leave the shelf, how many are those that expire last. Where customers choose, others
/// take those that expire first.
Quantity Simulator::freshest_of(std::int32_t sku, Quantity units, Taker taker) const noexcept {
  const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
  if (model.issuing != Issuing::by_customer)
    return units - static_cast<Quantity>(std::floor(static_cast<double>(units) * model.fifo_share + 0.5));
  if (taker != Taker::customer) return 0;
  const Stream kinds(clock_->run, Purpose::customer_kind, static_cast<std::uint64_t>(sku));
  return model.kinds_on(clock_->day).freshest_of(units, kinds.uniform(clock_->day));
}

/// Takes units off the shelf, those that expire first or last as the SKU or its customers say. What the shelf
/// holds is enough.
void Simulator::issue(std::int32_t sku, Quantity units, Taker taker) {
  const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
  states_[sku].on_hand -= units;
  if (model.volume > 0) floor_.change_volume(sku, -units);
  if (model.shelf_life_days == 0 || units == 0) return;
  const std::int64_t last = model.shelf_life_days - 1;
  const auto take = [&](std::int64_t remaining_life, Quantity wanted) {
    Quantity& lying = *batch(model, remaining_life);
    const Quantity taken = std::min(lying, wanted);
    lying -= taken;
    return taken;
  };
  Quantity lifo = freshest_of(sku, units, taker);
  Quantity fifo = units - lifo;
  for (std::int64_t life = 0; life <= last && fifo > 0; ++life) fifo -= take(life, fifo);
  for (std::int64_t life = last; life >= 0 && lifo > 0; --life) lifo -= take(life, lifo);
}

void Simulator::expire(std::int32_t sku) {
  const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
  if (model.shelf_life_days == 0) return;
  const Quantity units = *batch(model, 0);
  if (units == 0) return;
  *batch(model, 0) = 0;
  states_[sku].on_hand -= units;
  if (model.volume > 0) floor_.change_volume(sku, -units);
  ledgers_[sku].expired += units;
  if (observer_) observer_->on_expiry(*this, sku, units);
}

/// Brings the time integrals up to now (arrivals: orders).
void Simulator::integrate(std::int32_t sku) noexcept {
  if (model_->arrivals == Arrivals::daily) return;
  SkuState& state = states_[sku];
  const std::int64_t elapsed = clock_->now - state.counted_until;
  state.was_empty_today |= state.on_hand == 0 && elapsed > 0;
  ledgers_[sku].on_hand_time += state.on_hand * elapsed;
  ledgers_[sku].backlog_time += state.backlog * elapsed;
  if (has_transit_) ledgers_[sku].transit_time += state.in_transit * elapsed;
  state.counted_until = clock_->now;
}

}  // namespace restock
