// A supplier as a user describes it: when it takes orders, how long it needs, what it delivers of them and
// what an order costs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "env/core/description.h"

namespace restock {

/// When a supplier is out of action. It starts in action; spells of both kinds follow each other, drawn anew
/// each time. An order of such a day is taken, and its lead time starts when the supplier is back.
struct OutageSpec {
  LawSpec days_between;    ///< in action, from one outage to the next; not set: no outages
  LawSpec days_to_repair;  ///< out of action
};

struct SupplierSpec {
  std::string id;
  LawSpec lead_time_days;
  std::int64_t review_period_days = 1;
  std::int64_t first_review_day = 0;
  std::vector<std::string> order_days;  ///< weekdays on which it takes orders; empty: every review period
  std::string order_time;               ///< "HH:MM" with `arrivals: orders`; "": the first instant of the day
  double fixed_cost_per_order = 0;      ///< for each order of each SKU
  LawSpec yield;                        ///< share of an order that arrives; not set: all of it
  OutageSpec outages;
};

void describe(FieldVisitor& visitor, OutageSpec& outages);
void describe(FieldVisitor& visitor, SupplierSpec& supplier);

/// Bit w is set where the supplier takes orders on weekday w (0 = Monday); 0 where `order_days` is empty.
/// Names that are no weekday are left out.
std::uint8_t weekdays_of(const std::vector<std::string>& order_days);
/// Milliseconds after midnight of "HH:MM", −1 where it is none.
std::int64_t milliseconds_of_clock(const std::string& text);

}  // namespace restock
