// Room: the volume in use, what does not fit, and what it costs to lie above the capacity.
#include <algorithm>
#include <utility>

#include "env/core/error.h"
#include "env/sim/simulator.h"

namespace restock {

namespace {

/// More than this lies in no warehouse: a cubic kilometre.
constexpr std::int64_t kMostVolume = std::int64_t{1} << 50;

}  // namespace

void Floor::change_volume(std::int32_t sku, Quantity units) {
  const SkuModel& model = sku_model(sku);
  FacilityState& state = facilities_[model.facility];
  if (units > (kMostVolume - state.volume) / model.volume)
    throw InputError(fmt::format("SKU '{}': {} more units are beyond any warehouse, expected smaller orders",
                                 model.id, units));
  count_overflow(model.facility, now());
  state.volume += units * model.volume;
  if (units < 0) wake_room_line(model.facility);
}

/// Brings the overflow up to an instant (arrivals: orders).
void Floor::count_overflow(std::int32_t facility, std::int64_t until) noexcept {
  FacilityState& state = facilities_[facility];
  const FacilityModel& model = model_of(facility);
  const std::int64_t elapsed = until - state.counted_until;
  if (elapsed <= 0 || simulator_.model_->arrivals == Arrivals::daily) return;
  state.counted_until = until;
  if (state.volume <= model.capacity || model.overflow != OverflowRule::cost) return;
  const Wide sum = static_cast<Wide>(state.volume - model.capacity) * static_cast<Wide>(elapsed) +
                   static_cast<Wide>(state.overflow_rest);
  state.overflow += static_cast<std::int64_t>(sum / kMillisecondsPerDay);
  state.overflow_rest = static_cast<std::int64_t>(sum % kMillisecondsPerDay);
}

void Floor::close_day() {
  const bool is_daily = simulator_.model_->arrivals == Arrivals::daily;
  for (std::int32_t facility = 0; facility < static_cast<std::int32_t>(lines_.size()); ++facility) {
    const FacilityModel& model = model_of(facility);
    FacilityState& state = facilities_[facility];
    if (model.capacity == 0) continue;
    check_volume(facility);
    if (model.overflow != OverflowRule::cost) continue;
    if (is_daily) state.overflow += std::max<std::int64_t>(0, state.volume - model.capacity);
    count_overflow(facility, now() + 1);  // the day's last millisecond belongs to it
    share_overflow(facility);
  }
}

void Floor::check_volume(std::int32_t facility) const {
  std::int64_t sum = 0;
  for (const std::int32_t sku : model_of(facility).skus)
    sum += (simulator_.states_[sku].on_hand + allocated_[sku].units) * sku_model(sku).volume;
  RESTOCK_CHECK(sum == facilities_[facility].volume, "facility {}, day {}: a volume of {}, SKU by SKU {}",
                facility, simulator_.clock_->day, facilities_[facility].volume, sum);
}

/// In proportion to the volume of each SKU at the close, rounded down; the first that has some bears the
/// rest.
void Floor::share_overflow(std::int32_t facility) {
  FacilityState& state = facilities_[facility];
  const std::vector<std::int32_t>& skus = model_of(facility).skus;
  const std::int64_t whole = std::exchange(state.overflow, 0);
  if (whole == 0) return;
  std::int64_t left = whole;
  std::int32_t first = -1;
  for (const std::int32_t sku : skus) {
    const Quantity units = simulator_.states_[sku].on_hand + allocated_[sku].units;
    if (units == 0) continue;
    if (first < 0) first = sku;
    const std::int64_t share = static_cast<std::int64_t>(static_cast<Wide>(whole) *
                                                         static_cast<Wide>(units * sku_model(sku).volume) /
                                                         static_cast<Wide>(state.volume));
    ledger_of(sku).overflow_time += share;
    left -= share;
  }
  ledger_of(first < 0 ? skus.front() : first).overflow_time += left;
}

/// What others wait for leaves at once and takes no room: other locations, and customers where nobody picks.
Quantity Floor::leaving_at_once(std::int32_t sku) const noexcept {
  const SkuState& state = simulator_.states_[sku];
  return picks(sku) ? state.owed : state.waited_for();
}

Quantity Floor::room_for(std::int32_t sku, std::int64_t volume, Quantity leaving) const noexcept {
  const SkuModel& model = sku_model(sku);
  return leaving + std::max<std::int64_t>(0, model_of(model.facility).capacity - volume) / model.volume;
}

OpenOrder Floor::admit(std::int32_t sku, OpenOrder order) {
  const std::int32_t facility = facility_of(sku);
  if (!model_of(facility).refuses()) return order;
  SkuState& state = simulator_.states_[sku];
  const Quantity fits = room_for(sku, facilities_[facility].volume, leaving_at_once(sku));
  const Quantity refused = std::max<Quantity>(0, order.delivered - fits);
  if (refused == 0) return order;
  state.on_order -= refused;
  ledger_of(sku).refused += refused;
  order.quantity -= refused;
  order.delivered -= refused;
  tell(sku, FloorEvent::refused, refused);
  return order;
}

std::int64_t Floor::recorded_volume(std::int32_t facility) const noexcept {
  std::int64_t volume = facilities_[facility].volume;
  if (!has_shrinkage_) return volume;
  for (const std::int32_t sku : model_of(facility).skus)
    volume += simulator_.states_[sku].unseen * sku_model(sku).volume;
  return volume;
}

double Floor::capacity_used(std::int32_t facility) const noexcept {
  const std::int64_t capacity = model_of(facility).capacity;
  if (capacity == 0) return 0;
  return static_cast<double>(recorded_volume(facility)) / static_cast<double>(capacity);
}

}  // namespace restock
