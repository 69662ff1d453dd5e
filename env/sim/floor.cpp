#include "env/sim/floor.h"

#include <algorithm>

#include "env/sim/simulator.h"

namespace restock {

Floor::Floor(Simulator& simulator)
    : simulator_(simulator),
      skus_(simulator.model_->skus.data()),
      models_(simulator.model_->facilities.data()) {
  for (const FacilityModel& facility : simulator.model_->facilities) {
    pickers_ += static_cast<std::size_t>(facility.pickers.number);
    has_steps_ |= facility.receives_in_steps();
    has_shrinkage_ |= facility.shrinkage != nullptr;
  }
  picker_slot_ = static_cast<std::size_t>(simulator.model_->order_slots);
  lines_.resize(simulator.model_->facilities.size());
}

std::int32_t Floor::sku_of(std::size_t slot) const noexcept {
  return simulator_.sku_of_slot_[slot];
}
void Floor::tell(std::int32_t sku, FloorEvent event, Quantity units) {
  if (simulator_.observer_) simulator_.observer_->on_floor(simulator_, sku, event, units);
}
bool Floor::receives_in_steps(std::int32_t sku) const noexcept {
  const std::int32_t facility = facility_of(sku);
  return facility >= 0 && model_of(facility).receives_in_steps();
}

bool Floor::picks(std::int32_t sku) const noexcept {
  const std::int32_t facility = facility_of(sku);
  return facility >= 0 && model_of(facility).picks();
}

/// After the simulator has cleared its block of state and put the initial stock on the shelves.
void Floor::reset() {
  const WarehouseModel& warehouse = *simulator_.model_;
  for (std::int32_t facility = 0; facility < static_cast<std::int32_t>(lines_.size()); ++facility) {
    const FacilityModel& model = model_of(facility);
    facilities_[facility] = {};
    facilities_[facility].idle_pickers = model.pickers.number;
    lines_[static_cast<std::size_t>(facility)].clear();
    for (std::int32_t i = 0; i < model.pickers.number; ++i) {
      const std::int32_t picker = model.first_picker + i;
      picker_states_[picker] = {};
      picker_states_[picker].facility = facility;
      idle_pickers_[model.first_picker + model.pickers.number - 1 - i] = picker;  // the first is on top
    }
  }
  start_streams();
  if (has_steps_) std::fill_n(receipts_, warehouse.order_slots, ReceiptState());
  if (pickers_ > 0) backlog_.reset(warehouse.skus.size());
  for (std::int32_t sku = 0; sku < simulator_.sku_count_; ++sku)
    if (sku_model(sku).volume > 0) change_volume(sku, sku_model(sku).initial_on_hand);
}

void Floor::start_streams() noexcept {
  for (std::size_t facility = 0; facility < lines_.size(); ++facility) {
    FacilityState& state = facilities_[facility];
    state.picking = Stream(simulator_.clock_->run, Purpose::picking, facility);
    state.picking_today = state.picking.key_of_day(simulator_.clock_->day);
  }
}

void Floor::start_day(std::int64_t day) {
  for (std::int32_t facility = 0; facility < static_cast<std::int32_t>(lines_.size()); ++facility) {
    const FacilityModel& model = model_of(facility);
    if (model.picks()) facilities_[facility].picking_today = facilities_[facility].picking.key_of_day(day);
    if (model.cut_off < 0) continue;
    facilities_[facility].due_before_cut_off = model.pickers.calendar.working_day_from(day);
    facilities_[facility].due_after_cut_off = model.pickers.calendar.working_day_from(day + 1);
  }
}

void Floor::check_conservation(std::int32_t sku) const {
  const SkuState& state = simulator_.states_[sku];
  const SkuLedger& ledger = simulator_.ledgers_[sku];
  const SkuModel& model = sku_model(sku);
  RESTOCK_CHECK(ledger.vanished == ledger.written_off + state.unseen && state.unseen >= 0,
                "SKU '{}', day {}: vanished {}, written off {} + unseen {}", model.id, simulator_.clock_->day,
                ledger.vanished, ledger.written_off, state.unseen);
  if (picks(sku))
    RESTOCK_CHECK(backlog_.units(sku) == state.backlog && allocated_[sku].units >= 0,
                  "SKU '{}', day {}: backlog {}, line by line {}; allocated {}", model.id,
                  simulator_.clock_->day, state.backlog, backlog_.units(sku), allocated_[sku].units);
  if (has_shrinkage_ && model.shelf_life_days > 0)
    simulator_.check_ring(
        sku, "unseen", state.unseen,
        {unseen_batches_ + model.first_batch, static_cast<std::size_t>(model.shelf_life_days)});
}

void Floor::save(std::vector<std::byte>& bytes) const {
  if (pickers_ == 0) return;
  for (const LineQueue& lines : lines_) lines.save(bytes);
  backlog_.save(bytes);
}

void Floor::restore(std::span<const std::byte> bytes) {
  if (pickers_ > 0) {
    for (LineQueue& lines : lines_) bytes = lines.restore(bytes);
    bytes = backlog_.restore(bytes);
  }
  RESTOCK_CHECK(bytes.empty(), "{} bytes too many in a state", bytes.size());
}

}  // namespace restock
