// From the arrival of an order to the shelf: docks, put-away, and room.
#include <algorithm>
#include <cmath>

#include "env/sim/simulator.h"

namespace restock {

namespace {

/// When an order is due that waits for others to move: beyond every horizon, and still scheduled, for it is
/// open.
constexpr std::int64_t kUntilCalled = EventQueue::kMaximumMilliseconds - 1;

}  // namespace

void Floor::expect(std::size_t slot, std::uint64_t number) noexcept {
  if (!has_steps_) return;
  receipts_[slot] = {};
  receipts_[slot].number = number;
}

void Floor::stand_in_line(SlotLine& line, std::size_t slot) noexcept {
  receipts_[slot].behind = -1;
  if (line.first < 0)
    line.first = static_cast<std::int64_t>(slot);
  else
    receipts_[line.last].behind = static_cast<std::int64_t>(slot);
  line.last = static_cast<std::int64_t>(slot);
  schedule(slot, kUntilCalled);
}

std::size_t Floor::leave_line(SlotLine& line) noexcept {
  const std::int64_t slot = line.first;
  line.first = receipts_[slot].behind;
  return static_cast<std::size_t>(slot);
}

void Floor::advance_order(std::size_t slot) {
  switch (receipts_[slot].stage) {
    case ReceivingStage::in_transit:
      return arrive(slot);
    case ReceivingStage::unloading:
      return end_unloading(slot);
    case ReceivingStage::putting_away:
      return find_room(slot);
    case ReceivingStage::without_room:
      return serve_room_line(facility_of(sku_of(slot)));
    case ReceivingStage::at_the_dock:
      break;
  }
  RESTOCK_CHECK(false, "the order of slot {} waits for a dock and is due", slot);
}

void Floor::arrive(std::size_t slot) {
  const std::int32_t facility = facility_of(sku_of(slot));
  const FacilityModel& model = model_of(facility);
  ReceiptState& receipt = receipts_[slot];
  receipt.arrived_at = receipt.started_at = now();
  if (model.docks.number == 0 && model.put_away_hours == nullptr) return find_room(slot);
  tell(sku_of(slot), FloorEvent::arrival, simulator_.open_orders_[slot].delivered);
  if (model.docks.number == 0) return put_away(slot);
  receipt.stage = ReceivingStage::at_the_dock;
  stand_in_line(facilities_[facility].docks, slot);
  start_unloading(facility);
}

void Floor::start_unloading(std::int32_t facility) {
  FacilityState& state = facilities_[facility];
  const CrewModel& docks = model_of(facility).docks;
  while (state.busy_docks < docks.number && state.docks.first >= 0) {
    const std::size_t slot = leave_line(state.docks);
    ++state.busy_docks;
    receipts_[slot].stage = ReceivingStage::unloading;
    receipts_[slot].started_at = now();
    const OpenOrder& order = simulator_.open_orders_[slot];
    const Stream draws(simulator_.clock_->run, Purpose::unloading, static_cast<std::uint64_t>(sku_of(slot)));
    const double uniform = draws.uniform(order.ordered_on, receipts_[slot].number);
    schedule(slot, docks.calendar.finish(now(), work_of(docks, order.delivered, uniform)));
  }
}

void Floor::end_unloading(std::size_t slot) {
  const std::int32_t facility = facility_of(sku_of(slot));
  --facilities_[facility].busy_docks;
  ledger_of(sku_of(slot)).unloading_time +=
      model_of(facility).docks.calendar.time_open(receipts_[slot].started_at, now());
  tell(sku_of(slot), FloorEvent::unloaded, simulator_.open_orders_[slot].delivered);
  put_away(slot);
  start_unloading(facility);
}

void Floor::put_away(std::size_t slot) {
  const FacilityModel& model = model_of(facility_of(sku_of(slot)));
  if (model.put_away_hours == nullptr) return find_room(slot);
  receipts_[slot].stage = ReceivingStage::putting_away;
  receipts_[slot].started_at = now();
  const Stream draws(simulator_.clock_->run, Purpose::put_away, static_cast<std::uint64_t>(sku_of(slot)));
  const double uniform = draws.uniform(simulator_.open_orders_[slot].ordered_on, receipts_[slot].number);
  schedule(slot, now() + milliseconds_of_hours(model.put_away_hours->quantile(uniform)));
}

/// Those who wait for room come first.
void Floor::find_room(std::size_t slot) {
  const std::int32_t facility = facility_of(sku_of(slot));
  if (!model_of(facility).lets_wait()) return end_receipt(slot);
  receipts_[slot].stage = ReceivingStage::without_room;
  stand_in_line(facilities_[facility].room, slot);
  serve_room_line(facility);
  if (receipts_[slot].stage == ReceivingStage::without_room)
    tell(sku_of(slot), FloorEvent::no_room, simulator_.open_orders_[slot].delivered);
}

/// What lies on the dock goes to the shelf as far as there is room, in the order in which it came.
void Floor::serve_room_line(std::int32_t facility) {
  SlotLine& line = facilities_[facility].room;
  while (line.first >= 0) {
    const auto slot = static_cast<std::size_t>(line.first);
    const std::int32_t sku = sku_of(slot);
    const Quantity lying = simulator_.open_orders_[slot].delivered;
    const Quantity fits = std::min(lying, room_for(sku, facilities_[facility].volume, leaving_at_once(sku)));
    if (fits < lying) {
      schedule(slot, kUntilCalled);
      if (fits > 0) receive_part(slot, fits);
      return;
    }
    leave_line(line);
    end_receipt(slot);
  }
}

/// A part of an order that lies on the dock; the rest stays open.
void Floor::receive_part(std::size_t slot, Quantity units) {
  OpenOrder& order = simulator_.open_orders_[slot];
  OpenOrder part = order;
  part.quantity = part.delivered = units;
  order.quantity -= units;
  order.delivered -= units;
  receive(sku_of(slot), part);
}

void Floor::receive(std::int32_t sku, const OpenOrder& order) {
  simulator_.receive(sku, order);
  // An order placed at a triggered review must not ask again in the same instant.
  if (order.started_at == now()) simulator_.forget_trigger(sku);
}

void Floor::end_receipt(std::size_t slot) {
  const std::int32_t sku = sku_of(slot);
  const OpenOrder order = simulator_.open_orders_[slot];
  SkuLedger& ledger = ledger_of(sku);
  ++ledger.receipts;
  ledger.receiving_time += now() - receipts_[slot].arrived_at;
  simulator_.queue_.cancel(slot);
  receipts_[slot] = {};
  receive(sku, order);
}

void Floor::call_for(std::int32_t sku) noexcept {
  const std::int32_t facility = facility_of(sku);
  const std::int64_t head = facilities_[facility].room.first;
  if (head >= 0 && sku_of(static_cast<std::size_t>(head)) == sku) wake_room_line(facility);
}

/// Room has appeared: the order at the head of the line tries again. At a close it waits for the morning.
void Floor::wake_room_line(std::int32_t facility) noexcept {
  const std::int64_t head = facilities_[facility].room.first;
  if (head < 0) return;
  const bool is_last_instant = (now() + 1) % kMillisecondsPerDay == 0;
  schedule(static_cast<std::size_t>(head), is_last_instant ? now() + 1 : now());
}

bool Floor::is_last_step(std::int32_t sku, const OpenOrder& order) const noexcept {
  if (!receives_in_steps(sku)) return true;
  const std::ptrdiff_t slot = &order - simulator_.open_orders_;
  const FacilityModel& model = model_of(facility_of(sku));
  if (receipts_[slot].stage == ReceivingStage::in_transit)
    return model.docks.number == 0 && model.put_away_hours == nullptr;
  return receipts_[slot].stage != ReceivingStage::unloading || model.put_away_hours == nullptr;
}

bool Floor::redraw_order(std::size_t slot) {
  if (!has_steps_ || receipts_[slot].stage == ReceivingStage::in_transit) return false;
  const std::int32_t sku = sku_of(slot);
  const FacilityModel& model = model_of(facility_of(sku));
  const auto entity = static_cast<std::uint64_t>(sku);
  const std::int64_t started_at = receipts_[slot].started_at;
  const auto draw = [&](Purpose purpose) {
    return Stream(simulator_.clock_->run, purpose, entity).uniform(-1, slot);
  };
  if (receipts_[slot].stage == ReceivingStage::unloading && model.docks.job_hours)
    schedule(slot, redrawn_end(model.docks, started_at, draw(Purpose::unloading)));
  if (receipts_[slot].stage == ReceivingStage::putting_away) {
    const double passed = static_cast<double>(now() - started_at) / kMillisecondsPerHour;
    const double hours = quantile_beyond(*model.put_away_hours, passed, draw(Purpose::put_away));
    schedule(slot, std::max(started_at + milliseconds_of_hours(hours), now() + 1));
  }
  return true;
}

}  // namespace restock
