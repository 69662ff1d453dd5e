// Day-synchronous replay: one SKU with single customers (`arrivals: orders`) and periodic review, a day at a
// time instead of an event at a time. The same ledger and the same hash as the event engine's.
//
// A SKU shares nothing with the others, so no order of events between SKUs is needed. And on a day that
// begins with stock for all its customers their order does not matter either: each takes its units off the
// shelf for the rest of the day, which is a sum. Only days that may run out are sorted and resolved customer
// by customer.
#pragma once

#include "env/period/run.h"

namespace restock::period {

/// One replication of a SKU whose `demand` counts customers, with `lead_time_law` in days. Times are counted
/// in unit-milliseconds. Conservation is checked.
Outcome replay_customers(const Sku& sku, const RunKey& run, const Path& path = {});

/// The sum of the times of day, in milliseconds, of the customers 0 … count − 1 of a day, whose stream has
/// absorbed the day: below(86,400,000, day, k) of env/core/keyed_random.h.
std::int64_t sum_of_times(std::uint64_t stream_of_day, std::int64_t count);

}  // namespace restock::period
