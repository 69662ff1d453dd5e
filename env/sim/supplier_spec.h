// A supplier as a user describes it: when it takes orders, how long it needs, what it delivers of them and
// what an order costs. A location that delivers to others is described as their supplier.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "env/core/description.h"
#include "env/sim/joint_order_spec.h"

namespace restock {

/// When a supplier is out of action. It starts in action; spells of both kinds follow each other, drawn anew
/// each time. An order of such a day is taken, and its lead time starts when the supplier is back.
struct OutageSpec {
  LawSpec days_between;    ///< in action, from one outage to the next; not set: no outages
  LawSpec days_to_repair;  ///< out of action
};

/// Some orders come in two parts: a share on the due day, the rest later.
struct PartialDeliverySpec {
  double probability = 0;  ///< of an order to come in two parts
  double share = 0.5;      ///< of it that comes on the due day
  LawSpec delay_days;      ///< from then to the rest
};

struct SupplierSpec {
  std::string id;
  std::string from;  ///< location that delivers; empty: a supplier outside, which has all it is asked for
  LawSpec lead_time_days;
  std::int64_t review_period_days = 1;
  std::int64_t first_review_day = 0;
  std::vector<std::string> order_days;  ///< weekdays on which it takes orders; empty: every review period
  std::string order_time;               ///< "HH:MM" with `arrivals: orders`; "": the first instant of the day
  double fixed_cost_per_order = 0;      ///< for each order of each SKU
  double freight_per_unit = 0;
  bool orders_cross = true;
  PartialDeliverySpec partial_delivery;
  JointOrderSpec joint_order;
  LawSpec yield;  ///< share of an order that arrives; not set: all of it
  OutageSpec outages;
};

void describe(FieldVisitor& visitor, OutageSpec& outages);
void describe(FieldVisitor& visitor, PartialDeliverySpec& partial);
void describe(FieldVisitor& visitor, SupplierSpec& supplier);

/// Bit w is set where the supplier takes orders on weekday w (0 = Monday); 0 where `order_days` is empty.
/// Names that are no weekday are left out.
std::uint8_t weekdays_of(const std::vector<std::string>& order_days);
/// Milliseconds after midnight of "HH:MM", −1 where it is none.
std::int64_t milliseconds_of_clock(const std::string& text);

}  // namespace restock
