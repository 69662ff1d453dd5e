// Stocking points that deliver to others: what they are asked for waits with them until they have it, and
// goes on its way in one shipment for each stocking point and instant. Customers of a location come first.
#include <algorithm>
#include <tuple>

#include "env/sim/simulator.h"

namespace restock {

namespace {

/// When a request that waits is due, as far as the queue knows.
constexpr SimTime kWaits = SimTime::at_milliseconds(EventQueue::kMaximumMilliseconds - 1);

}  // namespace

/// Asks the stocking point upstream, which answers once all orders of the instant stand.
void Simulator::request(std::int32_t sku, std::int32_t source, Quantity quantity) {
  const std::int32_t upstream = source_of(sku, source).upstream;
  states_[upstream].owed += quantity;
  ledgers_[upstream].requested += quantity;
  clock_->has_requests = 1;
  if (model_->skus[static_cast<std::size_t>(upstream)].facility >= 0) floor_.call_for(upstream);
  if (observer_) observer_->on_request(*this, sku, upstream, quantity);
  state_of_source(sku, source).asked_now = quantity;
  trigger(upstream, Trigger::demand);
}

/// What has been asked of a stocking point in this instant leaves at once where there is enough for all.
void Simulator::answer_requests(std::int32_t sku) {
  const SkuState& state = states_[sku];
  if (state.owed == 0) return;
  const auto& downstream = model_->skus[static_cast<std::size_t>(sku)].downstream;
  const bool at_once = state.on_hand >= state.owed &&
                       std::none_of(downstream.begin(), downstream.end(), [&](const auto& member) {
                         return state_of_source(member.sku, member.source).waiting > 0;
                       });
  for (const auto& [asking, source] : downstream) {
    Quantity& asked = state_of_source(asking, source).asked_now;
    if (asked == 0) continue;
    at_once ? transfer(sku, asking, source, asked) : add_request(asking, source, asked);
    asked = 0;
  }
  if (!at_once) allocate(sku);
}

/// One more request that waits; beyond a number it is counted with the latest.
void Simulator::add_request(std::int32_t sku, std::int32_t source, Quantity quantity) {
  SourceState& state = state_of_source(sku, source);
  if (state.waiting == kMostWaitingRequests) {
    latest_request(sku, source).quantity += quantity;
    return;
  }
  ++state.waiting;
  const std::size_t slot = free_slot(sku);
  open_orders_[slot] = {.quantity = quantity,
                        .ordered_on = clock_->day,
                        .started_at = clock_->now,
                        .source = source,
                        .stage = OrderStage::requested};
  queue_.schedule(slot, kWaits);
}

OpenOrder& Simulator::latest_request(std::int32_t sku, std::int32_t source) noexcept {
  const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
  OpenOrder* latest = nullptr;
  for (std::int32_t i = 0; i < model.order_slots; ++i) {
    const auto slot = static_cast<std::size_t>(model.first_order_slot + i);
    OpenOrder& order = open_orders_[slot];
    if (queue_.is_scheduled(slot) && order.is_request() && order.source == source)
      if (latest == nullptr || order.started_at > latest->started_at) latest = &order;
  }
  return *latest;
}

/// Everything that waits with a stocking point, those first who are served first.
void Simulator::gather_requests(std::int32_t sku) {
  requests_.clear();
  for (const auto& [downstream, source] : model_->skus[static_cast<std::size_t>(sku)].downstream) {
    if (state_of_source(downstream, source).waiting == 0) continue;
    const SkuModel& model = model_->skus[static_cast<std::size_t>(downstream)];
    for (std::int32_t i = 0; i < model.order_slots; ++i) {
      const auto slot = static_cast<std::size_t>(model.first_order_slot + i);
      const OpenOrder& order = open_orders_[slot];
      if (queue_.is_scheduled(slot) && order.is_request() && order.source == source)
        requests_.push_back({order.started_at, downstream, slot});
    }
  }
  const bool by_time = model_->skus[static_cast<std::size_t>(sku)].allocation == Allocation::first_come;
  std::sort(requests_.begin(), requests_.end(), [by_time](const Request& a, const Request& b) {
    if (by_time && a.since != b.since) return a.since < b.since;
    return std::tie(a.sku, a.since, a.slot) < std::tie(b.sku, b.since, b.slot);
  });
}

/// Gives what is on the shelf to the stocking points that wait for it.
void Simulator::allocate(std::int32_t sku) {
  SkuState& state = states_[sku];
  const Quantity available = std::min(state.on_hand, state.owed);
  if (available == 0) return;
  gather_requests(sku);
  const bool in_proportion =
      model_->skus[static_cast<std::size_t>(sku)].allocation == Allocation::proportional;
  const Quantity owed = state.owed;
  Quantity before = 0;  // of the requests so far
  for (const Request& request : requests_) {
    OpenOrder& order = open_orders_[request.slot];
    const auto granted = [&](Quantity asked) {
      return in_proportion ? static_cast<Quantity>(static_cast<Wide>(asked) * static_cast<Wide>(available) /
                                                   static_cast<Wide>(owed))
                           : std::min(asked, available);
    };
    const Quantity part = granted(before + order.quantity) - granted(before);
    before += order.quantity;
    order.quantity -= part;
    SourceState& asking = state_of_source(request.sku, order.source);
    asking.granted += part;
    if (order.quantity > 0) continue;
    queue_.cancel(request.slot);
    --asking.waiting;
  }
  for (const auto& [downstream, source] : model_->skus[static_cast<std::size_t>(sku)].downstream) {
    Quantity& units = state_of_source(downstream, source).granted;
    if (units > 0) transfer(sku, downstream, source, units);
    units = 0;
  }
}

/// Units leave one stocking point for another.
void Simulator::transfer(std::int32_t from, std::int32_t to, std::int32_t source, Quantity units) {
  integrate(from);
  issue(from, units, Taker::other);
  states_[from].owed -= units;
  states_[from].was_empty_today |= states_[from].on_hand == 0;
  ledgers_[from].transferred += units;
  send(to, source, units);
}

}  // namespace restock
