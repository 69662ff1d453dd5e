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

}  // namespace restock::period
