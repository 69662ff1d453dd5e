// A look into a future that might be: a state is copied, and all that is still open in it is drawn anew, each
// thing by its law given what is known at the decision.
//
// - Demand of days to come, and today's where it is one total at the day's end: by its law.
// - Today's single customers: of N customers at independent uniform times k have come in the share f of the
//   day that has passed, so that r more are to come with probability proportional to
//   P(N = k + r) · C(k + r, k) · (1 − f)^r, at uniform times in what is left of the day. Lines to come fall
//   into orders anew; that those that came stood in orders is not taken for knowledge of their number.
// - Work at docks, put-away and picks in progress: the same way, by the work that has been done. What has
// vanished
//   unseen stays as it is, for its law given all sales has no simple form.
// - Lead times of open orders and spells of suppliers: by their law given that they are longer than what has
//   passed of them (inversion of F(passed) + (1 − F(passed)) · U). What is delivered of an open order: anew.
#include <algorithm>
#include <array>
#include <cmath>

#include "env/core/error.h"
#include "env/sim/simulator.h"

namespace restock {

namespace {

constexpr double kPerDay = static_cast<double>(kMillisecondsPerDay);

/// A draw of the whole number X given X > beyond.
std::int64_t sample_beyond(const QuantileTable& table, std::int64_t beyond, std::uint64_t bits) {
  if (beyond < table.minimum()) return table.sample(bits);
  if (beyond >= table.maximum()) return beyond + 1;  // has been cut off with the tail
  const std::uint64_t below = table.thresholds()[static_cast<std::size_t>(beyond - table.minimum())];
  const std::uint64_t width = ~std::uint64_t{0} - below;
  return table.sample(below + 1 + static_cast<std::uint64_t>((static_cast<Wide>(bits) * width) >> 64));
}

/// A draw of R with P(R = r) ∝ P(N = known + r) · C(known + r, known) · open^r.
std::int64_t sample_left(const QuantileTable& table, std::int64_t known, double open, double uniform) {
  constexpr double kLarge = 1e200;
  std::vector<double> cumulative;
  double ways = 1;  // C(known + r, known) · open^r, on a scale that moves
  double total = 0;
  for (std::int64_t r = 0; known + r <= table.maximum(); ++r) {
    const std::int64_t index = known + r - table.minimum();
    if (index >= 0) total += ways * table.mass(static_cast<std::size_t>(index));
    cumulative.push_back(total);
    ways *= static_cast<double>(known + r + 1) / static_cast<double>(r + 1) * open;
    if (ways < kLarge) continue;
    ways /= kLarge;
    total /= kLarge;
    for (double& share : cumulative) share /= kLarge;
  }
  RESTOCK_CHECK(total > 0, "{} customers came of at most {}", known, table.maximum());
  return std::upper_bound(cumulative.begin(), cumulative.end() - 1, uniform * total) - cumulative.begin();
}

}  // namespace

void Simulator::fork(std::span<const std::byte> state, std::uint64_t rollout_id) {
  if (paths_)
    throw InputError(
        "a simulation whose demand replays a history or sampled futures cannot be forked: what it has not "
        "shown yet is fixed; expected a scenario whose demand follows laws");
  restore(state);
  // What has come today has come; who is still to come is drawn below.
  for (std::int32_t sku = 0; sku < sku_count_ && !was_forked_today(); ++sku) forked_day_[sku] = {};
  for (std::size_t i = 0; i < static_cast<std::size_t>(clock_->next_customer); ++i)
    ++forked_day_[customers_[i].sku].known;
  start_streams({clock_->run.root_seed, Split::rollout, rollout_id});
  clock_->is_fork = 1;
  clock_->forked_at = clock_->now;
  for (std::int32_t supplier = 0; supplier < supplier_count(); ++supplier) redraw_supplier(supplier);
  for (std::int32_t sku = 0; sku < sku_count_; ++sku) redraw_open_orders(sku);
  floor_.redraw_pickers();
  if (model_->arrivals == Arrivals::orders) redraw_customers();
}

void Simulator::start_streams(const RunKey& run) noexcept {
  clock_->run = run;
  for (std::int32_t sku = 0; sku < sku_count_; ++sku) {
    const auto entity = static_cast<std::uint64_t>(sku);
    streams_[sku] = {Stream(run, Purpose::demand, entity),        Stream(run, Purpose::lead_time, entity),
                     Stream(run, Purpose::customer_time, entity), Stream(run, Purpose::order_size, entity),
                     Stream(run, Purpose::yield, entity),         Stream(run, Purpose::waiting, entity),
                     Stream(run, Purpose::late, entity)};
  }
  floor_.start_streams();
}

/// The present spell ends anew, given how long it has lasted.
void Simulator::redraw_supplier(std::int32_t supplier) {
  SupplierState& state = suppliers_[supplier];
  if (model_->suppliers[static_cast<std::size_t>(supplier)].days_between == nullptr) return;
  const Duration lasted = Duration::milliseconds(clock_->now - state.since);
  const std::int64_t length = draw_spell(supplier, state.spells, lasted).in_milliseconds();
  state.until = std::max(state.since + length, clock_->now + 1);
}

/// Oldest first; orders that wait for each other are due at one time. Where orders do not cross, the oldest
/// of a source has not arrived because of its own lead time; those behind it would wait for it in any case,
/// so that nothing is known of theirs.
void Simulator::redraw_open_orders(std::int32_t sku) {
  const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
  std::vector<std::size_t> open;
  for (std::int32_t i = 0; i < model.order_slots; ++i)
    if (const auto slot = static_cast<std::size_t>(model.first_order_slot + i); queue_.is_scheduled(slot))
      open.push_back(slot);
  const auto place = [&](std::size_t slot) {
    return std::pair(queue_.due(slot), open_orders_[slot].started_at);
  };
  std::stable_sort(open.begin(), open.end(),
                   [&](std::size_t a, std::size_t b) { return place(a) < place(b); });
  std::array<bool, kMostSources> has_older{};
  for (std::size_t source = 0; source < model.sources.size(); ++source)
    sources_[static_cast<std::size_t>(model.first_source) + source].latest_due = 0;
  for (const std::size_t slot : open) {
    const OpenOrder& order = open_orders_[slot];
    if (floor_.redraw_order(slot) || order.is_request() || order.stage == OrderStage::initial) continue;
    const bool waits_its_turn =
        order.stage == OrderStage::on_the_way && !source_of(sku, order.source).orders_cross;
    redraw_open_order(sku, slot, waits_its_turn && has_older[static_cast<std::size_t>(order.source)]);
    has_older[static_cast<std::size_t>(order.source)] |= waits_its_turn;
  }
}

/// The slot names the draws, on a day before the first, which orders to come do not use.
void Simulator::redraw_open_order(std::int32_t sku, std::size_t slot, bool is_behind_another) {
  OpenOrder& order = open_orders_[slot];
  const SourceModel& source = source_of(sku, order.source);
  const auto k = static_cast<std::uint64_t>(static_cast<std::int32_t>(slot) -
                                            model_->skus[static_cast<std::size_t>(sku)].first_order_slot);
  if (order.stage == OrderStage::on_the_way) {
    const Quantity expected = order.delivered;
    draw_delivery(sku, order, -1, k);
    pay_for_transit(sku, order, order.delivered - expected);
    if (order.started_at > clock_->now) order.started_at = suppliers_[source.supplier].until;
  }
  const std::int64_t age = clock_->now - order.started_at;  // below 0: waits for its supplier
  std::int64_t due = order.started_at + redrawn_lead_time(sku, order, is_behind_another ? -1 : age,
                                                          streams_[sku].lead_time.bits(-1, k));
  due = std::clamp(due, clock_->now + 1, EventQueue::kMaximumMilliseconds - 1);
  const SimTime time = SimTime::at_milliseconds(due);
  const bool keeps_turn = order.stage == OrderStage::on_the_way && !source.orders_cross;
  queue_.schedule(
      slot, keeps_turn ? after_earlier_orders(sku, static_cast<std::int32_t>(order.source), time) : time);
}

/// Milliseconds, given that they are more than `age`.
std::int64_t Simulator::redrawn_lead_time(std::int32_t sku, const OpenOrder& order, std::int64_t age,
                                          std::uint64_t bits) const noexcept {
  const SourceModel& source = source_of(sku, order.source);
  const bool is_late = order.stage == OrderStage::late_rest;
  if (!is_late && !source.lead_time.empty()) {
    const std::int64_t days = age < 0 ? -1 : age / kMillisecondsPerDay;
    return sample_beyond(source.lead_time.front(), days, bits) * kMillisecondsPerDay;
  }
  const double passed = static_cast<double>(std::max<std::int64_t>(age, 0)) / kPerDay;
  const double days =
      quantile_beyond(is_late ? *source.late_days : *source.lead_time_law, passed, unit_interval(bits));
  return duration_of(days).in_milliseconds();
}

/// The first instant at which customers of the fork may come. A periodic review is asked before the customers
/// of its instant, a triggered one after them.
std::int64_t Simulator::first_open_instant() const noexcept {
  return clock_->forked_at + (model_->review == Review::continuous ? 1 : 0);
}

void Simulator::redraw_customers() {
  const auto tomorrow = SimTime::start_of_day(clock_->day + 1).in_milliseconds();
  const double open = static_cast<double>(tomorrow - first_open_instant()) / kPerDay;
  for (std::int32_t sku = 0; sku < sku_count_; ++sku)
    forked_day_[sku].left =
        sample_left(model_->skus[static_cast<std::size_t>(sku)].demand_on(clock_->day),
                    forked_day_[sku].known, open, streams_[sku].demand.uniform(clock_->day));
  clock_->next_customer = 0;
  draw_customers_after_fork();
}

void Simulator::draw_customers_after_fork() {
  const std::int64_t first = first_open_instant();
  const std::int64_t day = SimTime::at_milliseconds(clock_->forked_at).day();
  const auto length = static_cast<std::uint64_t>(SimTime::start_of_day(day + 1).in_milliseconds() - first);
  drawn_customers_.clear();
  for (std::int32_t sku = 0; sku < sku_count_; ++sku) {
    const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
    for (std::int64_t k = 0; k < forked_day_[sku].left; ++k) {
      const auto name = static_cast<std::uint64_t>(k);
      const auto offset = static_cast<std::int64_t>(streams_[sku].customer_time.below(length, day, name));
      const Quantity size = model.order_size.empty()
                                ? 1
                                : model.order_size.front().sample(streams_[sku].order_size.bits(day, name));
      const std::int64_t time = first + offset - SimTime::start_of_day(day).in_milliseconds();
      drawn_customers_.push_back({static_cast<std::uint32_t>(time), sku, size});
    }
  }
  form_orders(day);
  sort_customers();
}

}  // namespace restock
