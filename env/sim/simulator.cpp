#include "env/sim/simulator.h"

#include <algorithm>
#include <cmath>

namespace restock {

namespace {

/// Where an order is due that will not be received within any horizon.
constexpr SimTime kNeverReceived = SimTime::at_milliseconds(EventQueue::kMaximumMilliseconds - 1);

}  // namespace

Simulator::Simulator(std::shared_ptr<const WarehouseModel> model, std::shared_ptr<const DemandPaths> paths)
    : model_(std::move(model)),
      paths_(std::move(paths)),
      sku_count_(static_cast<std::int32_t>(model_->skus.size())) {
  RESTOCK_CHECK(model_->days * kMillisecondsPerDay < EventQueue::kMaximumMilliseconds, "{} days",
                model_->days);
  if (paths_)
    RESTOCK_CHECK(paths_->skus == sku_count_ && paths_->days >= model_->days && paths_->paths > 0,
                  "{} paths of {} days and {} SKUs for {} days and {} SKUs", paths_->paths, paths_->days,
                  paths_->skus, model_->days, sku_count_);
  for (const SkuModel& sku : model_->skus)
    RESTOCK_CHECK(paths_ || !sku.demand.empty(), "SKU '{}' has no demand law, and no paths are given",
                  sku.id);
  order_slots_ = static_cast<std::size_t>(model_->order_slots);
  demand_slot_ = order_slots_ + model_->review_groups.size();
  close_slot_ = demand_slot_ + 1;
  lay_out_state();
}

void Simulator::reset(const RunKey& run) {
  std::fill(block_.begin(), block_.end(), 0);
  queue_.clear();
  clock_->run = run;
  for (std::int32_t sku = 0; sku < sku_count_; ++sku) {
    const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
    const auto entity = static_cast<std::uint64_t>(sku);
    states_[sku] = SkuState{.on_hand = model.initial_on_hand, .next_slot = model.first_order_slot};
    streams_[sku] = {Stream(run, Purpose::demand, entity), Stream(run, Purpose::lead_time, entity),
                     Stream(run, Purpose::customer_time, entity), Stream(run, Purpose::order_size, entity)};
    for (std::int32_t slot = 0; slot < model.order_slots; ++slot)
      sku_of_slot_[model.first_order_slot + slot] = sku;
  }
  for (std::size_t group = 0; group < model_->review_groups.size(); ++group)
    queue_.schedule(slot_of_review(group), SimTime::start_of_day(model_->review_groups[group].first_day));
  start_day(0);
}

void Simulator::start_day(std::int64_t day) {
  clock_->day = day;
  if (model_->arrivals == Arrivals::daily)
    queue_.schedule(demand_slot_, SimTime::end_of_day(day));
  else
    draw_customers(day);
  queue_.schedule(close_slot_, SimTime::end_of_day(day));
}

std::optional<Decision> Simulator::run_until_decision() {
  if (clock_->zero_lead > 0) receive_zero_lead();
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
    } else if (slot < demand_slot_) {
      return gather_review(key);
    } else if (slot == demand_slot_) {
      customer == key ? serve_customer() : serve_day();
    } else if (close_day()) {
      return std::nullopt;
    }
  }
}

Decision Simulator::gather_review(std::uint64_t key) {
  const SimTime time = EventQueue::time_of(key);
  std::size_t count = 0;
  std::size_t groups = 0;
  for (; EventQueue::time_of(key) == time && EventQueue::slot_of(key) < demand_slot_;
       key = queue_.next(), ++groups) {
    const ReviewGroup& group = model_->review_groups[EventQueue::slot_of(key) - order_slots_];
    queue_.schedule(EventQueue::slot_of(key), time + Duration::days(group.period_days));
    for (const std::int32_t sku : group.skus) due_[count++] = sku;
  }
  if (groups > 1) std::sort(due_, due_ + count);
  return {time, {due_, count}};
}

void Simulator::trigger(std::int32_t sku) noexcept {
  if (model_->review != Review::continuous || is_triggered_[sku]) return;
  is_triggered_[sku] = 1;
  due_[clock_->triggered++] = sku;
}

Decision Simulator::take_triggered() noexcept {
  const auto count = static_cast<std::size_t>(clock_->triggered);
  clock_->triggered = 0;
  std::sort(due_, due_ + count);
  for (std::size_t i = 0; i < count; ++i) is_triggered_[due_[i]] = 0;
  return {now(), {due_, count}};
}

void Simulator::place_order(std::int32_t sku, Quantity quantity) {
  if (quantity == 0) return;
  const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
  RESTOCK_CHECK(quantity == legal_order_quantity(model, quantity), "SKU '{}': order of {} units", model.id,
                quantity);
  SkuState& state = states_[sku];
  SkuLedger& ledger = ledgers_[sku];
  state.on_order += quantity;
  ledger.ordered += quantity;
  ++ledger.orders;
  const std::optional<Duration> lead_time = draw_lead_time(sku);
  if (observer_) observer_->on_order(*this, sku, quantity, now() + lead_time.value_or(Duration()));
  if (!lead_time) {
    if (zero_lead_[sku] == 0) ++clock_->zero_lead;
    zero_lead_[sku] += quantity;
    return;
  }
  const std::size_t slot = free_slot(sku);
  open_orders_[slot] = {quantity, clock_->day, clock_->now};
  queue_.schedule(slot, std::min(now() + *lead_time, kNeverReceived));
}

/// nullopt: no lead time, received in the same instant.
std::optional<Duration> Simulator::draw_lead_time(std::int32_t sku) {
  SkuState& state = states_[sku];
  const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
  const bool one_value =
      !model.lead_time.empty() && model.lead_time.front().minimum() == model.lead_time.front().maximum();
  if (state.order_day != clock_->day) state.orders_today = 0;
  state.order_day = clock_->day;
  const auto k = static_cast<std::uint64_t>(state.orders_today++);
  const std::uint64_t bits = one_value ? 0 : streams_[sku].lead_time.bits(clock_->day, k);
  Duration lead_time;
  if (!model.lead_time.empty())
    lead_time = Duration::days(model.lead_time.front().sample(bits));
  else
    lead_time = Duration::milliseconds(std::llround(model.lead_time_law->quantile(unit_interval(bits)) *
                                                    static_cast<double>(kMillisecondsPerDay)));
  if (lead_time == Duration()) return std::nullopt;
  return lead_time;
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

void Simulator::receive_slot(std::size_t slot) {
  queue_.cancel(slot);
  receive(sku_of_slot_[slot], open_orders_[slot].quantity);
}

void Simulator::receive_zero_lead() {
  for (std::int32_t sku = 0; sku < sku_count_; ++sku) {
    if (zero_lead_[sku] == 0) continue;
    const Quantity quantity = zero_lead_[sku];
    zero_lead_[sku] = 0;
    receive(sku, quantity);
    // An order placed at a triggered review must not ask again in the same instant.
    if (is_triggered_[sku]) {
      is_triggered_[sku] = 0;
      std::int32_t* const end = std::remove(due_, due_ + clock_->triggered, sku);
      clock_->triggered = end - due_;
    }
  }
  clock_->zero_lead = 0;
}

void Simulator::receive(std::int32_t sku, Quantity quantity) {
  integrate(sku);
  SkuState& state = states_[sku];
  SkuLedger& ledger = ledgers_[sku];
  const Quantity to_backlog = std::min(state.backlog, quantity);
  state.on_order -= quantity;
  state.backlog -= to_backlog;
  state.on_hand += quantity - to_backlog;
  ledger.received += quantity;
  ledger.shipped += to_backlog;
  ++ledger.cycles;
  ledger.cycles_without_stockout += state.stockout_in_cycle == 0;
  state.stockout_in_cycle = 0;
  if (observer_) observer_->on_receipt(*this, sku, quantity);
  trigger(sku);
}

void Simulator::serve(std::int32_t sku, Quantity demanded) {
  integrate(sku);
  SkuState& state = states_[sku];
  SkuLedger& ledger = ledgers_[sku];
  const Quantity served = std::min(state.on_hand, demanded);
  const Quantity unmet = demanded - served;
  state.on_hand -= served;
  state.demanded_today += demanded;
  ledger.demanded += demanded;
  ledger.served_at_once += served;
  ledger.shipped += served;
  if (unmet > 0) {
    state.stockout_in_cycle = 1;
    if (model_->skus[static_cast<std::size_t>(sku)].unmet_demand == UnmetDemand::lost) {
      state.lost_today += unmet;
      ledger.lost += unmet;
    } else {
      state.backlog += unmet;
    }
  }
  state.was_empty_today |= state.on_hand == 0;
  if (observer_) observer_->on_demand(*this, sku, demanded, served);
  if (demanded > 0) trigger(sku);
}

Quantity Simulator::demand_of_day(std::int32_t sku, std::int64_t day) const noexcept {
  if (paths_) return paths_->day(clock_->run.replication, day)[sku];
  return model_->skus[static_cast<std::size_t>(sku)].demand.front().sample(streams_[sku].demand.bits(day));
}

void Simulator::serve_day() {
  queue_.cancel(demand_slot_);
  for (std::int32_t sku = 0; sku < sku_count_; ++sku) serve(sku, demand_of_day(sku, clock_->day));
}

/// Brings the time integrals up to now (arrivals: orders).
void Simulator::integrate(std::int32_t sku) noexcept {
  if (model_->arrivals == Arrivals::daily) return;
  SkuState& state = states_[sku];
  const std::int64_t elapsed = clock_->now - state.counted_until;
  state.was_empty_today |= state.on_hand == 0 && elapsed > 0;
  ledgers_[sku].on_hand_time += state.on_hand * elapsed;
  ledgers_[sku].backlog_time += state.backlog * elapsed;
  state.counted_until = clock_->now;
}

void Simulator::close_sku(std::int32_t sku) {
  SkuState& state = states_[sku];
  SkuLedger& ledger = ledgers_[sku];
  if (model_->arrivals == Arrivals::daily) {
    ledger.on_hand_time += state.on_hand;
    ledger.backlog_time += state.backlog;
  } else {
    integrate(sku);
    ledger.on_hand_time +=
        state.on_hand;  // the day's last millisecond, which the next day's integral does not hold
    ledger.backlog_time += state.backlog;
    state.counted_until = clock_->now + 1;
    state.was_empty_today |= state.on_hand == 0;
  }
  ++ledger.days;
  ledger.no_stockout_days += state.backlog == 0 && state.lost_today == 0;
  check_conservation(sku);
  const auto field = [](Quantity value, std::uint64_t odd) {
    return static_cast<std::uint64_t>(value) * odd;
  };
  clock_->hash =
      absorb(clock_->hash,
             field(state.on_hand, 0x9e3779b97f4a7c15) ^ field(state.backlog, 0xc2b2ae3d27d4eb4f) ^
                 field(state.on_order, 0x165667b19e3779f9) ^ field(ledger.demanded, 0xff51afd7ed558ccd) ^
                 field(ledger.shipped, 0xc4ceb9fe1a85ec53) ^ field(ledger.lost, 0x87c37b91114253d5) ^
                 field(ledger.ordered, 0x4cf5ad432745937f) ^
                 field(ledger.on_hand_time + ledger.backlog_time, 0x52dce729da3ed7b5));
}

bool Simulator::close_day() {
  for (std::int32_t sku = 0; sku < sku_count_; ++sku) close_sku(sku);
  if (observer_) observer_->on_day_close(*this, clock_->day);
  for (std::int32_t sku = 0; sku < sku_count_; ++sku) {
    states_[sku].demanded_today = states_[sku].lost_today = 0;
    states_[sku].was_empty_today = 0;
  }
  const std::int64_t closed = clock_->day + 1;
  if (closed == model_->warm_up_days) std::copy_n(ledgers_, sku_count_, at_warm_up_end_);
  if (closed == model_->days) {
    queue_.clear();
    return true;
  }
  start_day(closed);
  return false;
}

void Simulator::check_conservation(std::int32_t sku) const {
  const SkuState& state = states_[sku];
  const SkuLedger& ledger = ledgers_[sku];
  const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
  RESTOCK_CHECK(model.initial_on_hand + ledger.received == ledger.shipped + state.on_hand,
                "SKU '{}', day {}: initial {} + received {}, shipped {} + on hand {}", model.id, clock_->day,
                model.initial_on_hand, ledger.received, ledger.shipped, state.on_hand);
  RESTOCK_CHECK(ledger.ordered == ledger.received + state.on_order,
                "SKU '{}', day {}: ordered {}, received {} + on order {}", model.id, clock_->day,
                ledger.ordered, ledger.received, state.on_order);
  RESTOCK_CHECK(ledger.demanded == ledger.shipped + ledger.lost + state.backlog && state.on_hand >= 0 &&
                    state.backlog >= 0,
                "SKU '{}', day {}: demanded {}, shipped {} + lost {} + backlog {}, on hand {}", model.id,
                clock_->day, ledger.demanded, ledger.shipped, ledger.lost, state.backlog, state.on_hand);
}

}  // namespace restock
