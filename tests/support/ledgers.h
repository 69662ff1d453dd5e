// Two ledgers held against each other, count by count.
#pragma once

#include <catch2/catch.hpp>

#include "env/sim/ledger.h"

namespace restock::testing {

inline void check_same(const SkuLedger& a, const SkuLedger& b) {
  CHECK(a.demanded == b.demanded);
  CHECK(a.served_at_once == b.served_at_once);
  CHECK(a.shipped == b.shipped);
  CHECK(a.lost == b.lost);
  CHECK(a.ordered == b.ordered);
  CHECK(a.received == b.received);
  CHECK(a.orders == b.orders);
  CHECK(a.on_hand_time == b.on_hand_time);
  CHECK(a.backlog_time == b.backlog_time);
  CHECK(a.days == b.days);
  CHECK(a.no_stockout_days == b.no_stockout_days);
  CHECK(a.cycles == b.cycles);
  CHECK(a.cycles_without_stockout == b.cycles_without_stockout);
  CHECK(a.short_delivered == b.short_delivered);
  CHECK(a.expired == b.expired);
  CHECK(a.discounted_cost == b.discounted_cost);
  CHECK(a.discounted_revenue == b.discounted_revenue);
  CHECK(a.refused == b.refused);
  CHECK(a.receipts == b.receipts);
  CHECK(a.receiving_time == b.receiving_time);
  CHECK(a.unloading_time == b.unloading_time);
  CHECK(a.lines_picked == b.lines_picked);
  CHECK(a.lines_late == b.lines_late);
  CHECK(a.units_late == b.units_late);
  CHECK(a.line_time == b.line_time);
  CHECK(a.picking_time == b.picking_time);
  CHECK(a.allocated_time == b.allocated_time);
  CHECK(a.vanished == b.vanished);
  CHECK(a.written_off == b.written_off);
  CHECK(a.overflow_time == b.overflow_time);
  CHECK(a.substituted == b.substituted);
  CHECK(a.substitutes_sold == b.substitutes_sold);
  CHECK(a.returned == b.returned);
  CHECK(a.markdowns == b.markdowns);
}

}  // namespace restock::testing
