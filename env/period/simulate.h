// A whole replication of one SKU on the period kernel: days, warm-up, ledgers.
//
// Counts are kept in the kernel's own Quantity for `days_between_sums` days at most, then added to ledgers of
// int64: so lanes of 32 bits are enough for the days in between.
#pragma once

#include <cstdint>

#include "env/period/lanes.h"
#include "env/period/step.h"

namespace restock::period {

/// Counts of one SKU since day 0, under the names of the event engine's ledger (env/sim/ledger.h).
struct Ledger {
  std::int64_t demanded = 0;
  std::int64_t served_at_once = 0;
  std::int64_t shipped = 0;
  std::int64_t lost = 0;
  std::int64_t ordered = 0;
  std::int64_t received = 0;
  std::int64_t orders = 0;
  std::int64_t on_hand_time = 0;  ///< unit-days
  std::int64_t backlog_time = 0;
  std::int64_t days = 0;
  std::int64_t no_stockout_days = 0;
  std::int64_t cycles = 0;
  std::int64_t cycles_without_stockout = 0;
  std::int64_t on_hand = 0;  ///< now, for the check of conservation

  bool operator==(const Ledger&) const = default;
};

struct Outcome {
  Ledger at_warm_up_end;  ///< zeros where there is no warm-up
  Ledger at_end;
  std::uint64_t hash = 0;  ///< of all days (absorb_close of env/core/ledger_hash.h)
};

/// The days of reviews: every `period`, or on weekdays.
struct Reviews {
  std::int64_t first = 0;
  std::int64_t period = 1;    ///< the longest time between two, where they are on weekdays
  std::uint8_t weekdays = 0;  ///< bit w: on weekday w (0 = Monday); 0: every period
  std::int32_t weekday_of_day_0 = 0;

  /// The first review after one on `day`.
  RESTOCK_HOST_DEVICE std::int64_t after(std::int64_t day) const {
    if (weekdays == 0) return day + period;
    do ++day;
    while ((weekdays >> ((weekday_of_day_0 + day) % 7) & 1) == 0);
    return day;
  }
};

/// The days of a replication.
struct Horizon {
  std::int64_t days = 1;
  std::int64_t warm_up_days = 0;
  Reviews reviews;
  std::int64_t days_between_sums = 1;
};

template <bool kLosesSales, class Quantity>
RESTOCK_HOST_DEVICE inline void add_to(Ledger& ledger, const State<Quantity>& state,
                                       const Tally<Quantity>& tally, std::int64_t days, int lane) {
  const auto of = [lane](const Quantity& quantity) { return Lanes<Quantity>::value(quantity, lane); };
  ledger.days += days;
  ledger.demanded += of(tally.demanded);
  ledger.served_at_once += of(tally.demanded) - of(tally.unmet);
  if constexpr (kLosesSales) ledger.lost += of(tally.unmet);
  ledger.ordered += of(tally.ordered);
  ledger.orders += of(tally.orders);
  ledger.on_hand_time += of(tally.on_hand_days);
  ledger.backlog_time += of(tally.backlog_days);
  ledger.no_stockout_days += days - of(tally.stockout_days);
  ledger.cycles += of(tally.cycles);
  ledger.cycles_without_stockout += of(tally.cycles) - of(tally.cycles_with_stockout);
  ledger.shipped = ledger.demanded - ledger.lost - of(state.backlog);
  ledger.received = ledger.ordered - of(state.on_order);
  ledger.on_hand = of(state.on_hand);
}

/// Writes one outcome a lane. `pipeline` must be empty.
template <bool kLosesSales, class Quantity, class Pipeline, class Rule, class Draws>
RESTOCK_HOST_DEVICE inline void simulate(const Horizon& horizon, std::int64_t initial_on_hand,
                                         Pipeline pipeline, const Rule& rule, const Limits<Quantity>& limits,
                                         const Draws& draws, Outcome* outcomes) {
  constexpr int lanes = Lanes<Quantity>::kCount;
  State<Quantity> state;
  state.on_hand = Lanes<Quantity>::all(initial_on_hand);
  std::int64_t next_review = horizon.reviews.first;
  for (std::int64_t day = 0; day < horizon.days;) {
    const std::int64_t stop = day < horizon.warm_up_days ? horizon.warm_up_days : horizon.days;
    const std::int64_t from = day;
    const std::int64_t to = lesser(stop, from + horizon.days_between_sums);
    Tally<Quantity> tally;
    for (; day < to; ++day) {
      const bool is_review = day == next_review;
      if (is_review) next_review = horizon.reviews.after(day);
      step<kLosesSales>(state, tally, pipeline, rule, limits, draws, day, is_review);
    }
    for (int lane = 0; lane < lanes; ++lane) {
      add_to<kLosesSales>(outcomes[lane].at_end, state, tally, to - from, lane);
      if (to == horizon.warm_up_days) outcomes[lane].at_warm_up_end = outcomes[lane].at_end;
    }
  }
  for (int lane = 0; lane < lanes; ++lane) outcomes[lane].hash = Lanes<Quantity>::hash(state.hash, lane);
}

}  // namespace restock::period
