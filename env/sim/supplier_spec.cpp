#include "env/sim/supplier_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "env/core/suggest.h"
#include "env/sim/spec_bounds.h"

namespace restock {

namespace {

constexpr std::array<std::string_view, 7> kWeekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

void check_calendar(FieldVisitor& visitor, const SupplierSpec& supplier) {
  for (std::size_t i = 0; i < supplier.order_days.size(); ++i) {
    const std::string& day = supplier.order_days[i];
    if (std::find(kWeekdays.begin(), kWeekdays.end(), day) == kWeekdays.end())
      visitor.problem(fmt::format("order_days[{}]", i),
                      fmt::format("{}, expected mon, tue, wed, thu, fri, sat or sun", in_quotes(day)));
  }
  if (!supplier.order_days.empty() && (supplier.review_period_days != 1 || supplier.first_review_day != 0))
    visitor.problem("order_days", "both order_days and a review period, expected one of them");
  if (!supplier.order_time.empty() && milliseconds_of_clock(supplier.order_time) < 0)
    visitor.problem("order_time", fmt::format("{}, expected a time of day such as \"14:00\"",
                                              in_quotes(supplier.order_time)));
}

}  // namespace

std::uint8_t weekdays_of(const std::vector<std::string>& order_days) {
  unsigned bits = 0;
  for (std::size_t day = 0; day < kWeekdays.size(); ++day)
    if (std::find(order_days.begin(), order_days.end(), kWeekdays[day]) != order_days.end())
      bits |= 1U << day;
  return static_cast<std::uint8_t>(bits);
}

std::int64_t milliseconds_of_clock(const std::string& text) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : 100; };
  if (text.size() != 5 || text[2] != ':') return -1;
  const int hours = 10 * digit(0) + digit(1);
  const int minutes = 10 * digit(3) + digit(4);
  return hours < 24 && minutes < 60 ? (hours * 60 + minutes) * std::int64_t{60'000} : -1;
}

void describe(FieldVisitor& visitor, OutageSpec& outages) {
  visitor.law("days_between", outages.days_between,
              {.meaning = "from the end of one outage to the start of the next",
               .unit = "days",
               .minimum = 0,
               .maximum = 36'500});
  visitor.law("days_to_repair", outages.days_to_repair,
              {.meaning = "how long an outage lasts", .unit = "days", .minimum = 0, .maximum = 3'650});
  if (outages.days_between.is_set() != outages.days_to_repair.is_set())
    visitor.problem(outages.days_between.is_set() ? "days_to_repair" : "days_between",
                    "missing: outages need days_between and days_to_repair");
}

void describe(FieldVisitor& visitor, PartialDeliverySpec& partial) {
  visitor.field("probability", partial.probability,
                {.meaning = "of an order to come in two parts", .minimum = 0, .maximum = 1});
  visitor.field("share", partial.share,
                {.meaning = "of such an order that comes on the due day", .minimum = 0, .maximum = 1});
  visitor.law("delay_days", partial.delay_days,
              {.meaning = "from the due day to the rest", .unit = "days", .minimum = 0, .maximum = 365});
  if (partial.probability > 0 && !partial.delay_days.is_set())
    visitor.problem("delay_days", "missing: partial deliveries need probability and delay_days");
}

void describe(FieldVisitor& visitor, SupplierSpec& supplier) {
  visitor.field("from", supplier.from,
                {.meaning = "id of the location that delivers; not given: a supplier outside, which has all "
                            "that it is asked for"});
  visitor.law("lead_time_days", supplier.lead_time_days,
              {.meaning = "from order to receipt; an order of day t serves the demand of day t + lead time",
               .unit = "days",
               .minimum = 0,
               .maximum = 365});
  visitor.field(
      "review_period_days", supplier.review_period_days,
      {.meaning = "days from one review to the next", .unit = "days", .minimum = 1, .maximum = 365});
  visitor.field("first_review_day", supplier.first_review_day,
                {.meaning = "day of the first review", .unit = "days", .minimum = 0, .maximum = 364});
  visitor.field(
      "order_days", supplier.order_days,
      {.meaning = "weekdays on which it takes orders, such as [mon, thu]; instead of a review period"});
  visitor.field("order_time", supplier.order_time,
                {.meaning = "time of day of reviews with arrivals: orders, \"HH:MM\"; not given: midnight"});
  visitor.field("fixed_cost_per_order", supplier.fixed_cost_per_order,
                {.meaning = "charged for each order of each SKU",
                 .unit = "money",
                 .minimum = 0,
                 .maximum = kMaximumMoney});
  visitor.field("freight_per_unit", supplier.freight_per_unit,
                {.meaning = "for each unit ordered, beside its price: freight, expediting, a transfer",
                 .unit = "money/unit",
                 .minimum = 0,
                 .maximum = kMaximumMoney});
  describe_object(visitor, "joint_order", supplier.joint_order,
                  {.meaning = "what couples the SKUs that are ordered at one instant: set-up cost, minimum "
                              "value, trucks"});
  visitor.field(
      "orders_cross", supplier.orders_cross,
      {.meaning = "whether an order may arrive before one of the same SKU that was placed earlier; if "
                  "not, it waits for that one"});
  describe_object(visitor, "partial_delivery", supplier.partial_delivery,
                  {.meaning = "orders that come in two parts"});
  visitor.law("yield", supplier.yield,
              {.meaning = "share of an order that arrives, drawn for each order; not given: all of it",
               .minimum = 0,
               .maximum = 1});
  describe_object(visitor, "outages", supplier.outages,
                  {.meaning = "spells in which orders are taken but not worked on"});
  check_calendar(visitor, supplier);
}

}  // namespace restock
