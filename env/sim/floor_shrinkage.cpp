// Units that vanish from the shelf unseen, and the count that finds out.
//
// Of n units a drawn share p vanishes: n·p units, rounded up or down at random so that the mean is exact.
#include <algorithm>
#include <cmath>
#include <utility>

#include "env/sim/simulator.h"

namespace restock {

void Floor::close_sku(std::int32_t sku) {
  if (picks(sku)) count_allocated(sku, now() + 1);  // the day's last millisecond belongs to it
  const FacilityModel& model = model_of(facility_of(sku));
  if (model.shrinkage == nullptr) return;
  find_missing_of_expired(sku);
  shrink(sku);
  if (model.count_period_days > 0 && (simulator_.clock_->day + 1) % model.count_period_days == 0)
    write_off(sku);
}

/// Who throws away what has expired finds out what is missing of it.
void Floor::find_missing_of_expired(std::int32_t sku) {
  const SkuModel& model = sku_model(sku);
  if (model.shelf_life_days == 0) return;
  const Quantity units = std::exchange(unseen_batches_[simulator_.batch(model, 0) - simulator_.batches_], 0);
  if (units == 0) return;
  simulator_.states_[sku].unseen -= units;
  ledger_of(sku).written_off += units;
  tell(sku, FloorEvent::written_off, units);
}

void Floor::shrink(std::int32_t sku) {
  const Simulator::Clock& clock = *simulator_.clock_;
  const Stream draws(clock.run, Purpose::shrinkage, static_cast<std::uint64_t>(sku));
  const double share =
      std::clamp(model_of(facility_of(sku)).shrinkage->quantile(draws.uniform(clock.day, 0)), 0.0, 1.0);
  const Quantity on_hand = simulator_.states_[sku].on_hand;
  const auto units =
      static_cast<Quantity>(std::floor(static_cast<double>(on_hand) * share + draws.uniform(clock.day, 1)));
  vanish(sku, std::min(on_hand, units));
}

/// Of stock that expires, what expires first.
void Floor::vanish(std::int32_t sku, Quantity units) {
  if (units == 0) return;
  const SkuModel& model = sku_model(sku);
  SkuState& state = simulator_.states_[sku];
  state.on_hand -= units;
  state.unseen += units;
  ledger_of(sku).vanished += units;
  if (model.volume > 0) change_volume(sku, -units);
  tell(sku, FloorEvent::vanished, units);
  for (std::int64_t life = 0; life < model.shelf_life_days && units > 0; ++life) {
    Quantity& lying = *simulator_.batch(model, life);
    const Quantity taken = std::min(lying, units);
    lying -= taken;
    units -= taken;
    unseen_batches_[&lying - simulator_.batches_] += taken;
  }
}

/// A count: the record says again what lies on the shelf.
void Floor::write_off(std::int32_t sku) {
  const SkuModel& model = sku_model(sku);
  const Quantity units = std::exchange(simulator_.states_[sku].unseen, 0);
  std::fill_n(unseen_batches_ + model.first_batch, model.shelf_life_days, Quantity{0});
  if (units == 0) return;
  ledger_of(sku).written_off += units;
  tell(sku, FloorEvent::written_off, units);
}

Quantity Floor::unseen(std::int32_t sku, std::int64_t remaining_life) const noexcept {
  if (!has_shrinkage_) return 0;
  return unseen_batches_[simulator_.batch(sku_model(sku), remaining_life) - simulator_.batches_];
}

}  // namespace restock
