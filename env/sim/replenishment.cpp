// From the order to the receipt: lead times, what is delivered, suppliers that are out of action.
#include <algorithm>
#include <cmath>

#include "env/sim/simulator.h"

namespace restock {

namespace {

/// Where an order is due that will not be received within any horizon.
constexpr SimTime kNeverReceived = SimTime::at_milliseconds(EventQueue::kMaximumMilliseconds - 1);
/// Longer than any horizon.
constexpr double kLongestSpellDays = 200'000;

double days_of(Duration duration) noexcept {
  return static_cast<double>(duration.in_milliseconds()) / static_cast<double>(kMillisecondsPerDay);
}

Duration milliseconds_of(double days) noexcept {
  return Duration::milliseconds(std::llround(days * static_cast<double>(kMillisecondsPerDay)));
}

}  // namespace

void Simulator::place_order(std::int32_t sku, std::int32_t source, Quantity quantity) {
  if (quantity == 0) return;
  const SourceModel& terms = source_of(sku, source);
  RESTOCK_CHECK(quantity == legal_order_quantity(terms, quantity) && is_open(sku, source),
                "SKU '{}': order of {} units from source {}", model_->skus[static_cast<std::size_t>(sku)].id,
                quantity, source);
  SkuState& state = states_[sku];
  SkuLedger& ledger = ledgers_[sku];
  state.on_order += quantity;
  ledger.ordered += quantity;
  ++ledger.orders;
  const std::uint64_t k = name_order(sku, source);
  const std::int64_t start = is_out(terms.supplier) ? suppliers_[terms.supplier].until : clock_->now;
  const OpenOrder order{quantity, draw_delivery(sku, terms, quantity, clock_->day, k), clock_->day, start,
                        source};
  const SimTime due =
      std::min(SimTime::at_milliseconds(start) + draw_lead_time(sku, terms, k), kNeverReceived);
  if (observer_) observer_->on_order(*this, sku, quantity, due);
  if (due == now()) return receive_in_this_instant(sku, order);
  const std::size_t slot = free_slot(sku);
  open_orders_[slot] = order;
  queue_.schedule(slot, due);
}

/// What names an order's draws: its source, and how many it has taken of the SKU today before.
std::uint64_t Simulator::name_order(std::int32_t sku, std::int32_t source) noexcept {
  SourceState& state = sources_[model_->skus[static_cast<std::size_t>(sku)].first_source + source];
  if (state.order_day != clock_->day) state.orders_today = 0;
  state.order_day = states_[sku].order_day = clock_->day;
  constexpr int kSourceBit = 32;
  return static_cast<std::uint64_t>(source) << kSourceBit | static_cast<std::uint64_t>(state.orders_today++);
}

Duration Simulator::draw_lead_time(std::int32_t sku, const SourceModel& source,
                                   std::uint64_t k) const noexcept {
  const bool one_value =
      !source.lead_time.empty() && source.lead_time.front().minimum() == source.lead_time.front().maximum();
  const std::uint64_t bits = one_value ? 0 : streams_[sku].lead_time.bits(clock_->day, k);
  if (!source.lead_time.empty()) return Duration::days(source.lead_time.front().sample(bits));
  return milliseconds_of(source.lead_time_law->quantile(unit_interval(bits)));
}

/// What will arrive of an order.
Quantity Simulator::draw_delivery(std::int32_t sku, const SourceModel& source, Quantity quantity,
                                  std::int64_t day, std::uint64_t k) const noexcept {
  const Law* const yield = source.yield.get();
  if (yield == nullptr) return quantity;
  const double share = std::min(1.0, yield->quantile(streams_[sku].yield.uniform(day, k)));
  return static_cast<Quantity>(std::floor(static_cast<double>(quantity) * share + 0.5));
}

void Simulator::receive_in_this_instant(std::int32_t sku, const OpenOrder& order) noexcept {
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

void Simulator::receive_slot(std::size_t slot) {
  queue_.cancel(slot);
  receive(sku_of_slot_[slot], open_orders_[slot]);
}

void Simulator::receive_zero_lead() {
  for (std::int32_t sku = 0; sku < sku_count_; ++sku) {
    if (zero_lead_[sku].quantity == 0) continue;
    const OpenOrder order = zero_lead_[sku];
    zero_lead_[sku] = {};
    receive(sku, order);
    // An order placed at a triggered review must not ask again in the same instant.
    if (is_triggered_[sku]) {
      is_triggered_[sku] = 0;
      std::int32_t* const end = std::remove(due_, due_ + clock_->triggered, sku);
      clock_->triggered = end - due_;
    }
  }
  clock_->zero_lead = 0;
}

void Simulator::receive(std::int32_t sku, const OpenOrder& order) {
  integrate(sku);
  SkuState& state = states_[sku];
  SkuLedger& ledger = ledgers_[sku];
  const Quantity to_backlog = serve_backlog(sku, order.delivered);
  state.on_order -= order.quantity;
  shelve(sku, order.delivered - to_backlog);
  ledger.received += order.delivered;
  ledger.short_delivered += order.quantity - order.delivered;
  ship(sku, to_backlog);
  ++ledger.cycles;
  ledger.cycles_without_stockout += state.stockout_in_cycle == 0;
  state.stockout_in_cycle = 0;
  if (observer_) observer_->on_receipt(*this, sku, order.delivered);
  trigger(sku);
}

void Simulator::start_supplier(std::int32_t supplier) noexcept {
  suppliers_[supplier] = {};
  if (model_->suppliers[static_cast<std::size_t>(supplier)].days_between == nullptr)
    suppliers_[supplier] = {.until = EventQueue::kMaximumMilliseconds, .spells = 1};
}

/// Brings all suppliers to the spell that holds now.
void Simulator::advance_suppliers() noexcept {
  for (std::int32_t supplier = 0; supplier < supplier_count(); ++supplier) {
    SupplierState& state = suppliers_[supplier];
    while (state.until <= clock_->now) {
      ++state.spells;
      state.since = state.until;
      state.until += draw_spell(supplier, state.spells, Duration()).in_milliseconds();
    }
  }
}

/// How long a spell lasts, given that it lasts longer than `beyond`; in whole days, rounded up, with
/// `arrivals: daily`.
Duration Simulator::draw_spell(std::int32_t supplier, std::int64_t spell, Duration beyond) const noexcept {
  const SupplierModel& model = model_->suppliers[static_cast<std::size_t>(supplier)];
  const Law& law = spell % 2 == 0 ? *model.days_to_repair : *model.days_between;
  const Stream stream(clock_->run, Purpose::outage, static_cast<std::uint64_t>(supplier));
  const double days =
      std::min(quantile_beyond(law, days_of(beyond), stream.uniform(spell)), kLongestSpellDays);
  if (model_->arrivals == Arrivals::orders) return milliseconds_of(days);
  return Duration::days(static_cast<std::int64_t>(std::ceil(days)));
}

}  // namespace restock
