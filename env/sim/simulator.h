// The discrete-event simulator of one warehouse. It stops where a decision is due and hands control back; it
// never calls a policy:
//
//   while (const auto decision = simulator.run_until_decision())
//     for (const std::int32_t sku : decision->skus) simulator.place_order(sku, 0, quantity_for(sku));
//
// Sequence inside one instant: receipts; periodic review; receipts of orders without lead time; demand;
// triggered review and its receipts without lead time; expiry; day close. Daily totals, triggered reviews and
// the close happen in a day's last millisecond, receipts and periodic reviews in its first. Conservation is
// checked at every close.
//
// All state is one flat block that can be saved, restored and copied, but for the lines that wait for a
// picker (floor.h); nothing is allocated after construction with `arrivals: daily`.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "env/core/keyed_random.h"
#include "env/core/ledger_hash.h"
#include "env/core/time.h"
#include "env/sim/demand_paths.h"
#include "env/sim/event_queue.h"
#include "env/sim/floor.h"
#include "env/sim/ledger.h"
#include "env/sim/simulation_observer.h"
#include "env/sim/sku_state.h"
#include "env/sim/warehouse_model.h"

namespace restock {

/// The policy is asked: these SKUs may order now (ascending), from the sources that are open.
struct Decision {
  SimTime time;
  std::span<const std::int32_t> skus;
};

class Simulator {
 public:
  /// Without `paths`, demand follows the SKUs' laws. The paths must cover the horizon and all SKUs.
  explicit Simulator(std::shared_ptr<const WarehouseModel> model,
                     std::shared_ptr<const DemandPaths> paths = nullptr);
  Simulator(const Simulator&) = delete;
  Simulator& operator=(const Simulator&) = delete;

  /// Starts a replication at day 0.
  void reset(const RunKey& run);
  /// Runs to the next instant at which the policy is asked; nullopt at the end of the horizon.
  std::optional<Decision> run_until_decision();
  /// Orders a legal quantity (legal_order_quantity) of a SKU from one of its sources now, once a decision; 0
  /// does nothing.
  void place_order(std::int32_t sku, std::int32_t source, Quantity quantity);
  /// Writes down that an order was changed to fit what orders share, before it is placed.
  void note_adjustment(std::int32_t sku, Quantity wanted, Quantity ordered);
  /// Bit s: a SKU of the decision may order from source s now.
  std::uint8_t open_sources(std::int32_t sku) const noexcept { return open_sources_[sku]; }
  bool is_open(std::int32_t sku, std::int32_t source) const noexcept {
    return (open_sources_[sku] >> source & 1) != 0;
  }

  const WarehouseModel& model() const noexcept { return *model_; }
  SimTime now() const noexcept { return SimTime::at_milliseconds(clock_->now); }
  std::int64_t day() const noexcept { return clock_->day; }
  const SkuState& state(std::int32_t sku) const noexcept { return states_[sku]; }
  /// Units sold on the day that is being closed, or so far today.
  Quantity day_sales(std::int32_t sku) const noexcept {
    return states_[sku].demanded_today - states_[sku].lost_today - substitutions_[sku].substituted +
           substitutions_[sku].sold;
  }
  /// Whether the shelf has been empty on the day that is being closed, or so far today, so that demand may
  /// have exceeded sales.
  bool stocked_out(std::int32_t sku) const noexcept { return states_[sku].was_empty_today != 0; }
  /// Open orders by age: column a holds what was ordered a + 1 days ago, column 0 also what was ordered
  /// today; older orders are in the last column.
  void pipeline_by_age(std::int32_t sku, std::span<Quantity> columns) const noexcept {
    pipeline_by_age(sku, columns, [](const OpenOrder&) { return true; });
  }
  /// The same, of the orders from one source.
  void pipeline_by_age(std::int32_t sku, std::int32_t source, std::span<Quantity> columns) const noexcept {
    pipeline_by_age(sku, columns, [source](const OpenOrder& order) { return order.source == source; });
  }

  /// Units on hand by remaining life: columns[r] holds what expires at the close of the day r days from
  /// today. Of a SKU with a shelf life; columns beyond it are 0.
  void stock_by_remaining_life(std::int32_t sku, std::span<Quantity> columns) const noexcept;
  std::int32_t sources(std::int32_t sku) const noexcept {
    return static_cast<std::int32_t>(model_->skus[static_cast<std::size_t>(sku)].sources.size());
  }
  /// Units that will come back on the morning of the next day, which may lie beyond the horizon.
  Quantity returns_of_next_morning(std::int32_t sku) const noexcept;
  /// Whether the supplier is out of action now.
  bool is_out(std::int32_t supplier) const noexcept { return suppliers_[supplier].spells % 2 == 0; }
  /// The floor of the warehouse: volume in use, units allocated, receipts under way.
  const Floor& floor() const noexcept { return floor_; }
  /// Bit s: the supplier of source s of a SKU is out of action now.
  std::uint8_t sources_out(std::int32_t sku) const noexcept;
  /// Calls visit(order, due) for each open order of a SKU; `due` is when it will be received, which nobody
  /// who decides may know where lead times are random.
  template <class Visit>
  void for_each_open_order(std::int32_t sku, const Visit& visit) const {
    const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
    for (std::int32_t i = 0; i < model.order_slots; ++i) {
      const auto slot = static_cast<std::size_t>(model.first_order_slot + i);
      if (queue_.is_scheduled(slot)) visit(open_orders_[slot], queue_.due(slot));
    }
  }
  /// When a SKU may order next from a source (periodic review).
  SimTime next_review(std::int32_t sku, std::int32_t source) const noexcept {
    const auto& sources = model_->skus[static_cast<std::size_t>(sku)].sources;
    return queue_.due(
        slot_of_review(static_cast<std::size_t>(sources[static_cast<std::size_t>(source)].review_group)));
  }

  /// Counts since day 0.
  const SkuLedger& lifetime_ledger(std::int32_t sku) const noexcept { return ledgers_[sku]; }
  /// Counts since the end of the warm-up; nothing before it has ended.
  SkuLedger counted_ledger(std::int32_t sku) const noexcept;
  /// A fingerprint of every day closed so far and of every count: the same for every number of threads,
  /// compiler and optimisation, and for every engine that simulates the scenario.
  std::uint64_t ledger_hash() const noexcept {
    std::uint64_t hash = 0;
    for (std::int32_t sku = 0; sku < sku_count_; ++sku)
      hash = absorb(hash, absorb_counts(states_[sku].hash, ledgers_[sku]));
    return hash;
  }

  /// The whole state as bytes, for checkpoints and copies. restore() takes bytes of a simulator of the same
  /// model.
  void save(std::vector<std::byte>& bytes) const;
  void restore(std::span<const std::byte> bytes);
  /// Goes on from `state`, saved at a decision, into a future of its own: everything that is not known yet at
  /// that decision is drawn anew under (root seed, Split::rollout, rollout_id), as its law is given what is
  /// known. Equal ids meet equal draws, whatever the original's replication; a fork of a fork needs another
  /// id. Throws InputError where demand replays paths.
  void fork(std::span<const std::byte> state, std::uint64_t rollout_id);

  void set_observer(SimulationObserver* observer) noexcept { observer_ = observer; }
  /// Is told of the day closes alone, after the observer.
  void set_day_observer(SimulationObserver* observer) noexcept { day_observer_ = observer; }

 private:
  friend class Floor;

  struct Clock {
    RunKey run;
    std::int64_t now = 0;
    std::int64_t day = 0;
    std::int64_t next_customer = 0;  ///< index into customers_
    std::int64_t is_short = 0;       ///< a line of the order that is being served was not served whole
    std::int64_t triggered = 0;      ///< number of SKUs in due_ that wait for a triggered review
    std::int64_t asked = 0;          ///< number of SKUs in asked_
    std::int64_t has_joint_orders = 0;
    std::int64_t has_requests = 0;
    std::int64_t zero_lead = 0;  ///< number of SKUs that wait for the receipt of an order without lead time
    double discount = 1;         ///< discount_factor to the power of the days since the warm-up
    std::int64_t is_fork = 0;
    std::int64_t forked_at = 0;  ///< milliseconds
  };
  struct Streams {
    Stream demand, lead_time, customer_time, order_size, yield, waiting, late;
  };
  /// Customers of the day on which the state was forked: they came before, they come after.
  struct ForkedDay {
    std::int64_t known = 0;
    std::int64_t left = 0;
  };
  /// A customer of today, sorted by time, then SKU, then the order in which they are drawn.
  struct Customer {
    std::uint32_t time_of_day = 0;  ///< milliseconds
    std::int32_t sku = 0;
    Quantity quantity = 0;
  };

  /// A customer's line that belongs to no order yet.
  struct LooseLine {
    std::int32_t location = 0;
    std::uint64_t place = 0;
    std::size_t drawn = 0;  ///< index into drawn_customers_
  };

  std::size_t slot_of_review(std::size_t group) const noexcept { return review_slot_ + group; }
  void lay_out_state();
  void start_day(std::int64_t day);
  void draw_customers(std::int64_t day);
  void sort_customers();
  void form_orders(std::int64_t day);
  void form_orders_of_location(std::int64_t day, std::size_t first);
  void count_line(std::size_t line, bool is_whole) noexcept;
  std::int32_t location_of(std::int32_t sku) const noexcept {
    return model_->skus[static_cast<std::size_t>(sku)].location;
  }
  void start_streams(const RunKey& run) noexcept;
  void redraw_supplier(std::int32_t supplier);
  void redraw_open_orders(std::int32_t sku);
  void redraw_open_order(std::int32_t sku, std::size_t slot, bool is_behind_another);
  std::int64_t redrawn_lead_time(std::int32_t sku, const OpenOrder& order, std::int64_t age,
                                 std::uint64_t bits) const noexcept;
  bool was_forked_today() const noexcept {
    return clock_->is_fork != 0 && SimTime::at_milliseconds(clock_->forked_at).day() == clock_->day;
  }
  std::int64_t first_open_instant() const noexcept;
  void redraw_customers();
  void draw_customers_after_fork();
  void add_customers_of(std::int32_t sku, std::int64_t day);
  Quantity demand_of_day(std::int32_t sku, std::int64_t day) const noexcept;
  Quantity order_size(std::int32_t sku, std::int64_t day, std::int64_t k) const noexcept;
  std::uint64_t next_customer_key() const noexcept {
    const auto next = static_cast<std::size_t>(clock_->next_customer);
    if (next >= customers_.size()) return EventQueue::kNever;
    const std::int64_t time = clock_->day * kMillisecondsPerDay + customers_[next].time_of_day;
    return EventQueue::key(SimTime::at_milliseconds(time), demand_slot_);
  }
  bool serve(std::int32_t sku, Quantity demanded);
  void serve_customer();
  void serve_day();
  /// Who takes units off the shelf: a customer of the SKU; or another location, or one of another SKU.
  enum class Taker { customer, other };
  Quantity freshest_of(std::int32_t sku, Quantity units, Taker taker) const noexcept;
  void issue(std::int32_t sku, Quantity units, Taker taker);
  Quantity units_that_wait(std::int32_t sku, Quantity unmet) noexcept;
  void wait(std::int32_t sku, Quantity units);
  void lose(std::int32_t sku, Quantity units) noexcept;
  Quantity serve_backlog(std::int32_t sku, Quantity available) noexcept;
  void give_up(std::int32_t sku);
  std::uint64_t correlated_bits(std::int32_t sku, std::int64_t day) const noexcept;
  void ship(std::int32_t sku, Quantity units);
  void hand_over(std::int32_t sku, Quantity units);
  void hand_over_backlog(std::int32_t sku, Quantity units);
  void book_shipment(std::int32_t sku, Quantity units);
  void miss(std::int32_t sku, Quantity units);
  void leave_unserved(std::int32_t sku, Quantity units);
  void settle_unserved(std::int32_t sku);
  Quantity sell_substitutes(std::int32_t sku, Quantity unmet);
  Quantity draw_returns(std::int32_t sku, std::int64_t day, std::int64_t delay) const noexcept;
  void receive_returns(std::int32_t sku);
  /// Where the units are counted that were shipped on a day (not negative) and may come back.
  Quantity* shipped_on(const MarketModel& market, std::int64_t day) const noexcept {
    return shipped_ + market.first_shipped + day % market.shipped_places();
  }
  /// Where the customers are counted who will go at the close so many days from today.
  Quantity* waiting(const SkuModel& model, std::int64_t days) const noexcept {
    return waiting_ + model.first_waiting + (clock_->day + days) % (model.patience_days + 1);
  }
  void shelve(std::int32_t sku, Quantity units);
  void expire(std::int32_t sku);
  /// Where the units lie that expire so many days from today.
  Quantity* batch(const SkuModel& model, std::int64_t remaining_life) const noexcept {
    return batches_ + model.first_batch + (clock_->day + remaining_life) % model.shelf_life_days;
  }
  /// A request that waits with a stocking point.
  struct Request {
    std::int64_t since = 0;
    std::int32_t sku = 0;
    std::size_t slot = 0;
  };
  void charge_order(std::int32_t sku, const SourceModel& terms, Quantity quantity);
  void settle_orders();
  void charge_joint_orders();
  template <class Visit>
  void for_each_ordered(std::int32_t supplier, const Visit& visit) const;
  void request(std::int32_t sku, std::int32_t source, Quantity quantity);
  void add_request(std::int32_t sku, std::int32_t source, Quantity quantity);
  OpenOrder& latest_request(std::int32_t sku, std::int32_t source) noexcept;
  void gather_requests(std::int32_t sku);
  void answer_requests(std::int32_t sku);
  void allocate(std::int32_t sku);
  void transfer(std::int32_t from, std::int32_t to, std::int32_t source, Quantity units);
  void send(std::int32_t sku, std::int32_t source, Quantity quantity);
  SimTime after_earlier_orders(std::int32_t sku, std::int32_t source, SimTime due) noexcept;
  void pay_for_transit(std::int32_t sku, const OpenOrder& order, Quantity units) noexcept;
  void schedule_initial_pipeline(std::int32_t sku);
  template <class Counts>
  void pipeline_by_age(std::int32_t sku, std::span<Quantity> columns, const Counts& counts) const noexcept {
    std::fill(columns.begin(), columns.end(), 0);
    const auto oldest = static_cast<std::int64_t>(columns.size()) - 1;
    for_each_open_order(sku, [&](const OpenOrder& order, SimTime) {
      const std::int64_t age = clock_->day - order.ordered_on;
      if (counts(order))
        columns[static_cast<std::size_t>(std::clamp<std::int64_t>(age - 1, 0, oldest))] += order.quantity;
    });
  }
  std::size_t schedule_rest(std::int32_t sku, const OpenOrder& order);
  bool begin_receipt(std::size_t slot, bool in_steps);
  void forget_trigger(std::int32_t sku) noexcept;
  void receive_slot(std::size_t slot);
  void receive(std::int32_t sku, const OpenOrder& arrived);
  void receive_in_this_instant(std::int32_t sku, const OpenOrder& order);
  void receive_zero_lead(bool follows_decision);
  void trigger(std::int32_t sku, Trigger cause) noexcept;
  Decision take_triggered() noexcept;
  void schedule_review(std::size_t group, std::int64_t day) noexcept;
  Decision gather_review(std::uint64_t key);
  SourceState& state_of_source(std::int32_t sku, std::int64_t source) const noexcept {
    return sources_[model_->skus[static_cast<std::size_t>(sku)].first_source + source];
  }
  const SourceModel& source_of(std::int32_t sku, std::int64_t source) const noexcept {
    return model_->skus[static_cast<std::size_t>(sku)].sources[static_cast<std::size_t>(source)];
  }
  std::uint64_t name_order(std::int32_t sku, std::int32_t source) noexcept;
  Duration draw_lead_time(std::int32_t sku, const SourceModel& source, std::uint64_t k) const noexcept;
  void draw_delivery(std::int32_t sku, OpenOrder& order, std::int64_t day, std::uint64_t k) noexcept;
  Duration duration_of(double days) const noexcept;
  std::int32_t supplier_count() const noexcept { return static_cast<std::int32_t>(model_->suppliers.size()); }
  void start_supplier(std::int32_t supplier) noexcept;
  void advance_suppliers() noexcept;
  void advance_supplier(std::int32_t supplier) noexcept;
  Duration draw_spell(std::int32_t supplier, std::int64_t spell, Duration beyond) const noexcept;
  std::size_t free_slot(std::int32_t sku);
  void integrate(std::int32_t sku) noexcept;
  /// Returns whether the horizon has ended.
  bool close_day();
  void close_sku(std::int32_t sku);
  void settle_sku(std::int32_t sku);
  void discount(std::int32_t sku) noexcept;
  void check_conservation(std::int32_t sku) const;
  void check_ring(std::int32_t sku, std::string_view what, Quantity units,
                  std::span<const Quantity> ring) const;

  std::shared_ptr<const WarehouseModel> model_;
  std::shared_ptr<const DemandPaths> paths_;
  SimulationObserver* observer_ = nullptr;
  SimulationObserver* day_observer_ = nullptr;
  std::int32_t sku_count_ = 0;
  std::size_t order_slots_ = 0;
  std::size_t review_slot_ = 0;  ///< behind the slots of orders and pickers
  std::size_t demand_slot_ = 0;
  std::size_t close_slot_ = 0;
  bool has_outages_ = false;
  bool has_substitutes_ = false;
  bool settles_at_once_ = false;  ///< substitutes, with single customers
  bool has_order_lines_ = false;  ///< several lines an order
  bool has_market_ = false;       ///< markdowns or returns
  bool has_transit_ = false;      ///< somebody pays for holding units on their way

  std::vector<std::uint64_t> block_;  ///< all state; the pointers below point into it
  Clock* clock_ = nullptr;
  SkuState* states_ = nullptr;
  SubstitutionState* substitutions_ = nullptr;
  SkuLedger* ledgers_ = nullptr;
  SkuLedger* at_warm_up_end_ = nullptr;
  Streams* streams_ = nullptr;
  OpenOrder* open_orders_ = nullptr;
  std::int32_t* sku_of_slot_ = nullptr;
  std::int32_t* due_ = nullptr;           ///< SKUs that wait for a triggered review
  std::int32_t* asked_ = nullptr;         ///< SKUs of the decision
  std::uint8_t* open_sources_ = nullptr;  ///< by SKU: bit s is set where it may order from source s
  std::uint8_t* is_triggered_ = nullptr;
  OpenOrder* zero_lead_ = nullptr;  ///< by SKU: to be received once the decision has been taken
  Quantity* batches_ = nullptr;     ///< stock by day of expiry, a ring for each SKU with a shelf life
  Quantity* waiting_ = nullptr;     ///< backlog by day of giving up, a ring for each SKU with patience
  Quantity* shipped_ = nullptr;     ///< by day, a ring for each SKU with returns
  SourceState* sources_ = nullptr;
  SupplierState* suppliers_ = nullptr;
  double* cost_so_far_ = nullptr;     ///< by SKU, at the close before; with discounting
  double* revenue_so_far_ = nullptr;  ///< the same, where the SKU has a price
  EventQueue queue_;
  ForkedDay* forked_day_ = nullptr;
  Floor floor_;
  std::vector<Request> requests_;          ///< of the stocking point whose stock is being allocated
  std::vector<Customer> customers_;        ///< of today; redrawn on restore
  std::vector<Customer> drawn_customers_;  ///< the same before sorting
  std::vector<LooseLine> loose_lines_;     ///< of today
  std::vector<std::uint32_t> parts_;       ///< of the day: where the customers of each begin
};

}  // namespace restock
