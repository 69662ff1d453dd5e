// The period kernel: one day of one SKU with `arrivals: daily` and periodic review, in the event engine's
// sequence: receipts; review; receipts of orders without lead time; demand; day close.
//
// Written once for one environment (Quantity = int64), for several in lockstep (Quantity = Pack, pack.h) and
// for the device (Quantity = int32, one thread an environment). Nothing is allocated, no floating point is
// used, and the hash of all days is that of env/sim/simulator.cpp.
#pragma once

#include <cstdint>

#include "env/period/lanes.h"
#include "env/period/order_rule.h"
#include "env/period/pipeline.h"

namespace restock::period {

/// What the next day needs to know.
template <class Quantity>
struct State {
  Quantity on_hand{};
  Quantity backlog{};
  Quantity on_order{};
  Quantity stockout_in_cycle{};  ///< 1 where demand went unmet since the latest receipt, else 0
  typename Lanes<Quantity>::Hash hash = Lanes<Quantity>::start_hash();

  RESTOCK_HOST_DEVICE Quantity position() const { return on_hand + on_order - backlog; }
};

/// Counts since they were last taken into account.
template <class Quantity>
struct Tally {
  Quantity demanded{};
  Quantity unmet{};  ///< not served at once
  Quantity ordered{};
  Quantity orders{};
  Quantity on_hand_days{};
  Quantity backlog_days{};
  Quantity stockout_days{};  ///< closed with backlog, or with a loss
  Quantity cycles{};
  Quantity cycles_with_stockout{};
};

template <class Quantity>
RESTOCK_HOST_DEVICE inline void receive(State<Quantity>& state, Tally<Quantity>& tally,
                                        const Arrival<Quantity>& arrival) {
  const Quantity to_backlog = lesser(state.backlog, arrival.units);
  state.backlog -= to_backlog;
  state.on_hand += arrival.units - to_backlog;
  state.on_order -= arrival.units;
  // Of several receipts on a day the first ends the cycle with the stockout.
  const Quantity ends_stockout = Lanes<Quantity>::indicator(arrival.receipts > 0) & state.stockout_in_cycle;
  state.stockout_in_cycle -= ends_stockout;
  tally.cycles += arrival.receipts;
  tally.cycles_with_stockout += ends_stockout;
}

template <class Quantity, class Pipeline, class Rule, class Draws>
RESTOCK_HOST_DEVICE inline void review(State<Quantity>& state, Tally<Quantity>& tally, Pipeline& pipeline,
                                       const Rule& rule, const Limits<Quantity>& limits, const Draws& draws,
                                       std::int64_t day) {
  const Quantity quantity = limits(rule(state.position()));
  state.on_order += quantity;
  tally.ordered += quantity;
  tally.orders += Lanes<Quantity>::indicator(quantity > 0);
  pipeline.place(day, quantity, draws);
  if (pipeline.may_arrive_at_once()) receive(state, tally, pipeline.take(day));
}

/// Demand and the close of the day.
template <bool kLosesSales, class Quantity>
RESTOCK_HOST_DEVICE inline void serve(State<Quantity>& state, Tally<Quantity>& tally, Quantity demanded) {
  const Quantity served = lesser(state.on_hand, demanded);
  const Quantity unmet = demanded - served;
  const Quantity is_unmet = Lanes<Quantity>::indicator(unmet > 0);
  state.on_hand -= served;
  if constexpr (!kLosesSales) state.backlog += unmet;
  state.stockout_in_cycle |= is_unmet;
  tally.demanded += demanded;
  tally.unmet += unmet;
  tally.on_hand_days += state.on_hand;
  if constexpr (kLosesSales) {
    tally.stockout_days += is_unmet;
  } else {
    tally.backlog_days += state.backlog;
    tally.stockout_days += Lanes<Quantity>::indicator(state.backlog > 0);
  }
  state.hash = Lanes<Quantity>::absorb(state.hash, state.on_hand, state.backlog, state.on_order, demanded);
}

/// One day.
template <bool kLosesSales, class Quantity, class Pipeline, class Rule, class Draws>
RESTOCK_HOST_DEVICE inline void step(State<Quantity>& state, Tally<Quantity>& tally, Pipeline& pipeline,
                                     const Rule& rule, const Limits<Quantity>& limits, const Draws& draws,
                                     std::int64_t day, bool is_review) {
  receive(state, tally, pipeline.take(day));
  if (is_review) review(state, tally, pipeline, rule, limits, draws, day);
  serve<kLosesSales>(state, tally, draws.demand(day));
}

}  // namespace restock::period
