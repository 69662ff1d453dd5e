#include "env/sim/simulator.h"

#include <algorithm>
#include <cmath>

namespace restock {

Simulator::Simulator(std::shared_ptr<const WarehouseModel> model, std::shared_ptr<const DemandPaths> paths)
    : model_(std::move(model)),
      paths_(std::move(paths)),
      sku_count_(static_cast<std::int32_t>(model_->skus.size())),
      floor_(*this) {
  RESTOCK_CHECK(model_->days * kMillisecondsPerDay < EventQueue::kMaximumMilliseconds, "{} days",
                model_->days);
  if (paths_)
    RESTOCK_CHECK(paths_->skus == sku_count_ && paths_->days >= model_->days && paths_->paths > 0,
                  "{} paths of {} days and {} SKUs for {} days and {} SKUs", paths_->paths, paths_->days,
                  paths_->skus, model_->days, sku_count_);
  for (const SkuModel& sku : model_->skus)
    RESTOCK_CHECK(paths_ || !sku.demand.empty(), "SKU '{}' has no demand law, and no paths are given",
                  sku.id);
  for (const SkuModel& sku : model_->skus) {
    has_substitutes_ |= sku.market.substitute >= 0;
    has_market_ |= sku.market.has_returns() || sku.market.has_markdowns();
  }
  has_order_lines_ = !model_->lines_per_order.empty();
  settles_at_once_ = has_substitutes_ && model_->arrivals == Arrivals::orders;
  for (const SupplierModel& supplier : model_->suppliers) has_outages_ |= supplier.days_between != nullptr;
  for (const SkuModel& sku : model_->skus) has_transit_ |= sku.in_transit != InTransit::none;
  order_slots_ = static_cast<std::size_t>(model_->order_slots);
  review_slot_ = order_slots_ + floor_.pickers();
  demand_slot_ = review_slot_ + model_->review_groups.size();
  close_slot_ = demand_slot_ + 1;
  lay_out_state();
}

void Simulator::reset(const RunKey& run) {
  std::fill(block_.begin(), block_.end(), 0);
  queue_.clear();
  clock_->discount = 1;
  start_streams(run);
  for (std::int32_t sku = 0; sku < sku_count_; ++sku) {
    const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
    states_[sku] = SkuState{.on_hand = model.initial_on_hand, .next_slot = model.first_order_slot};
    if (model.shelf_life_days > 0)
      batches_[model.first_batch + model.shelf_life_days - 1] = model.initial_on_hand;
    for (std::int32_t slot = 0; slot < model.order_slots; ++slot)
      sku_of_slot_[model.first_order_slot + slot] = sku;
    for (std::size_t source = 0; source < model.sources.size(); ++source)
      sources_[static_cast<std::size_t>(model.first_source) + source] = {};
  }
  floor_.reset();
  for (std::int32_t sku = 0; sku < sku_count_; ++sku) schedule_initial_pipeline(sku);
  for (std::size_t group = 0; group < model_->review_groups.size(); ++group) schedule_review(group, 0);
  for (std::int32_t supplier = 0; supplier < supplier_count(); ++supplier) start_supplier(supplier);
  start_day(0);
}

void Simulator::start_day(std::int64_t day) {
  clock_->day = day;
  floor_.start_day(day);
  if (model_->arrivals == Arrivals::daily)
    queue_.schedule(demand_slot_, SimTime::end_of_day(day));
  else
    draw_customers(day);
  queue_.schedule(close_slot_, SimTime::end_of_day(day));
  if (model_->shipped == 0) return;
  clock_->now = SimTime::start_of_day(day).in_milliseconds();
  for (std::int32_t sku = 0; sku < sku_count_; ++sku) receive_returns(sku);
  receive_zero_lead(false);
}

std::optional<Decision> Simulator::run_until_decision() {
  settle_orders();
  receive_zero_lead(true);
  for (;;) {
    std::uint64_t key = queue_.next();
    const std::uint64_t customer = next_customer_key();
    key = std::min(key, customer);
    if (key == EventQueue::kNever) return std::nullopt;  // the horizon has ended
    const std::uint64_t latest_before_review = EventQueue::key(now(), demand_slot_);
    if (clock_->triggered > 0 && key > latest_before_review) return take_triggered();
    clock_->now = EventQueue::time_of(key).in_milliseconds();
    const std::size_t slot = EventQueue::slot_of(key);
    if (slot < order_slots_) {
      receive_slot(slot);
    } else if (slot < review_slot_) {
      floor_.advance_picker(slot - order_slots_);
    } else if (slot < demand_slot_) {
      return gather_review(key);
    } else if (slot == demand_slot_) {
      customer == key ? serve_customer() : serve_day();
    } else if (close_day()) {
      return std::nullopt;
    }
  }
}

/// The group's first review on `day` or later.
void Simulator::schedule_review(std::size_t group, std::int64_t day) noexcept {
  const ReviewCalendar& calendar = model_->review_groups[group].calendar;
  queue_.schedule(slot_of_review(group), SimTime::start_of_day(calendar.on_or_after(day)) +
                                             Duration::milliseconds(calendar.milliseconds));
}

Decision Simulator::gather_review(std::uint64_t key) {
  const SimTime time = EventQueue::time_of(key);
  std::fill_n(open_sources_, sku_count_, std::uint8_t{0});
  std::size_t count = 0;
  std::size_t groups = 0;
  for (; EventQueue::time_of(key) == time && EventQueue::slot_of(key) < demand_slot_;
       key = queue_.next(), ++groups) {
    const std::size_t group = EventQueue::slot_of(key) - review_slot_;
    schedule_review(group, time.day() + 1);
    for (const auto& [sku, source] : model_->review_groups[group].members) {
      if (open_sources_[sku] == 0) asked_[count++] = sku;
      open_sources_[sku] = static_cast<std::uint8_t>(open_sources_[sku] | 1U << source);
    }
  }
  if (groups > 1) std::sort(asked_, asked_ + count);
  clock_->asked = static_cast<std::int64_t>(count);
  if (has_outages_) advance_suppliers();
  return {time, {asked_, count}};
}

void Simulator::trigger(std::int32_t sku, Trigger cause) noexcept {
  if (model_->review != Review::continuous || is_triggered_[sku]) return;
  const Trigger on = model_->trigger;
  if (on != Trigger::any && on != Trigger::position && on != cause) return;
  if (on == Trigger::position &&
      states_[sku].inventory_position() >= model_->skus[static_cast<std::size_t>(sku)].trigger_level)
    return;
  is_triggered_[sku] = 1;
  due_[clock_->triggered++] = sku;
}

Decision Simulator::take_triggered() noexcept {
  const auto count = static_cast<std::size_t>(clock_->triggered);
  clock_->triggered = 0;
  clock_->asked = static_cast<std::int64_t>(count);
  std::sort(due_, due_ + count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::int32_t sku = asked_[i] = due_[i];
    is_triggered_[sku] = 0;
    open_sources_[sku] = std::uint8_t{0xff};
  }
  if (has_outages_) advance_suppliers();
  return {now(), {asked_, count}};
}

Quantity Simulator::demand_of_day(std::int32_t sku, std::int64_t day) const noexcept {
  if (paths_) return paths_->day(clock_->run.replication, day)[sku];
  const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
  return model.demand_on(day).sample(model.market.factor < 0 ? streams_[sku].demand.bits(day)
                                                             : correlated_bits(sku, day));
}

void Simulator::serve_day() {
  queue_.cancel(demand_slot_);
  for (std::int32_t sku = 0; sku < sku_count_; ++sku) serve(sku, demand_of_day(sku, clock_->day));
  if (!has_substitutes_) return;
  for (std::int32_t sku = 0; sku < sku_count_; ++sku) settle_unserved(sku);
}

}  // namespace restock
