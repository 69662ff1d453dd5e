#include "env/sim/facility_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "env/core/suggest.h"
#include "env/sim/supplier_spec.h"

namespace restock {

namespace {

constexpr double kMostWorkers = 1'000;
constexpr double kFastest = 1e9;
constexpr double kLongestHours = 1e5;

void check_time(FieldVisitor& visitor, std::string_view name, const std::string& text) {
  if (!text.empty() && milliseconds_of_clock(text) < 0)
    visitor.problem(name, fmt::format("{}, expected a time of day such as \"14:00\"", in_quotes(text)));
}

void describe_hours(FieldVisitor& visitor, WorkHoursSpec& hours) {
  visitor.field("open", hours.open, {.meaning = "when work begins, \"HH:MM\"; not given: midnight"});
  visitor.field("close", hours.close,
                {.meaning = "when work pauses until the next opening, \"HH:MM\"; not given: midnight"});
  visitor.field("days", hours.days,
                {.meaning = "weekdays of work, such as [mon, tue]; not given: all seven"});
  check_time(visitor, "open", hours.open);
  check_time(visitor, "close", hours.close);
  const std::int64_t open = hours.open.empty() ? 0 : milliseconds_of_clock(hours.open);
  const std::int64_t close = hours.close.empty() ? -1 : milliseconds_of_clock(hours.close);
  if (open >= 0 && close >= 0 && close <= open)
    visitor.problem("close",
                    fmt::format("{}, expected a time after the opening at {}", in_quotes(hours.close),
                                hours.open.empty() ? "midnight" : hours.open));
  for (std::size_t i = 0; i < hours.days.size(); ++i)
    if (weekdays_of({hours.days[i]}) == 0)
      visitor.problem(
          fmt::format("days[{}]", i),
          fmt::format("{}, expected mon, tue, wed, thu, fri, sat or sun", in_quotes(hours.days[i])));
}

/// A crew has a number and one of a rate and a law; without a number it has neither.
void check_crew(FieldVisitor& visitor, std::int64_t number, bool has_rate, bool has_law, const char* rate,
                const char* law) {
  if (number == 0 && (has_rate || has_law)) visitor.problem("number", "missing, expected how many there are");
  if (number > 0 && has_rate == has_law)
    visitor.problem(has_rate ? rate : "number",
                    has_rate ? fmt::format("both {} and {}, expected one of them", rate, law)
                             : fmt::format("without a speed, expected {} or {}", rate, law));
}

void check_capacity(FieldVisitor& visitor, const FacilitySpec& facility) {
  const OverflowSpec& overflow = facility.overflow;
  const bool has_cost = is_set(overflow.cost_per_m3_day);
  const bool by_cost = overflow.rule == OverflowRule::cost;
  if (!is_set(facility.capacity_m3)) {
    if (has_cost || !by_cost) visitor.problem("overflow", "has no meaning without capacity_m3");
    return;
  }
  if (by_cost && !has_cost)
    visitor.problem("capacity_m3",
                    "nothing is said of what does not fit, expected overflow: {cost_per_m3_day: …}, {rule: "
                    "refuse} or {rule: wait}");
  if (!by_cost && has_cost)
    visitor.problem("overflow", "cost_per_m3_day has no meaning where nothing lies above the capacity");
}

}  // namespace

std::span<const std::string_view> names_of(OverflowRule) {
  static constexpr std::array<std::string_view, 3> names{"cost", "refuse", "wait"};
  return names;
}

void describe(FieldVisitor& visitor, OverflowSpec& overflow) {
  describe_choice(visitor, "rule", overflow.rule,
                  {.meaning = "cost: what lies above the capacity costs cost_per_m3_day; refuse: units of a "
                              "receipt that do not fit go back, without a credit; wait: they wait on the "
                              "dock, first come, first served"});
  visitor.field("cost_per_m3_day", overflow.cost_per_m3_day,
                {.meaning = "of what lies above the capacity, with rule: cost",
                 .unit = "money/m3/day",
                 .minimum = 0,
                 .maximum = kMaximumMoney});
}

void describe(FieldVisitor& visitor, DockSpec& docks) {
  visitor.field("number", docks.number,
                {.meaning = "orders that can be unloaded at the same time; 0: no docks, nothing waits",
                 .minimum = 0,
                 .maximum = kMostWorkers});
  visitor.field(
      "units_per_hour", docks.units_per_hour,
      {.meaning = "unloaded at one dock", .unit = "units/hour", .minimum = 1e-3, .maximum = kFastest});
  visitor.law("hours_per_receipt", docks.hours_per_receipt,
              {.meaning = "instead: working time that an order takes, whatever its size",
               .unit = "hours",
               .minimum = 0,
               .maximum = kLongestHours});
  describe_hours(visitor, docks.hours);
  check_crew(visitor, docks.number, is_set(docks.units_per_hour), docks.hours_per_receipt.is_set(),
             "units_per_hour", "hours_per_receipt");
}

void describe(FieldVisitor& visitor, PickerSpec& pickers) {
  visitor.field("number", pickers.number,
                {.meaning = "how many pick; 0: orders are shipped as soon as their stock is there",
                 .minimum = 0,
                 .maximum = kMostWorkers});
  visitor.field(
      "lines_per_hour", pickers.lines_per_hour,
      {.meaning = "picked by one picker", .unit = "lines/hour", .minimum = 1e-3, .maximum = kFastest});
  visitor.law("hours_per_line", pickers.hours_per_line,
              {.meaning = "instead: working time that a line takes",
               .unit = "hours",
               .minimum = 0,
               .maximum = kLongestHours});
  describe_hours(visitor, pickers.hours);
  check_crew(visitor, pickers.number, is_set(pickers.lines_per_hour), pickers.hours_per_line.is_set(),
             "lines_per_hour", "hours_per_line");
}

void describe(FieldVisitor& visitor, DispatchSpec& dispatch) {
  visitor.field("cut_off", dispatch.cut_off,
                {.meaning = "ordered before it, a line is due at it on the same day, else on the next day on "
                            "which pickers work, \"HH:MM\"; not given: nothing is late"});
  check_time(visitor, "cut_off", dispatch.cut_off);
}

void describe(FieldVisitor& visitor, ShrinkageSpec& shrinkage) {
  visitor.law("share_per_day", shrinkage.share_per_day,
              {.meaning = "share of the units on the shelf that vanish unseen at the close of a day",
               .unit = "1/day",
               .minimum = 0,
               .maximum = 1});
}

void describe(FieldVisitor& visitor, CycleCountSpec& cycle_count) {
  visitor.field(
      "every_days", cycle_count.every_days,
      {.meaning = "days from one count of the shelf to the next, which corrects the record; 0: never",
       .unit = "days",
       .minimum = 0,
       .maximum = 3'650});
}

void describe(FieldVisitor& visitor, FacilitySpec& facility) {
  visitor.field("capacity_m3", facility.capacity_m3,
                {.meaning = "room for stock, by volume_m3 of the SKUs; not given: no limit",
                 .unit = "m3",
                 .minimum = 1e-6,
                 .maximum = 1e6});
  describe_object(visitor, "overflow", facility.overflow, {.meaning = "what happens to what does not fit"});
  describe_object(visitor, "docks", facility.docks,
                  {.meaning = "where orders that arrive are unloaded, first come, first served (arrivals: "
                              "orders)"});
  visitor.law("put_away_hours", facility.put_away_hours,
              {.meaning = "from the end of unloading to the shelf; not given: none (arrivals: orders)",
               .unit = "hours",
               .minimum = 0,
               .maximum = kLongestHours});
  describe_object(visitor, "pickers", facility.pickers,
                  {.meaning = "who picks customers' lines, in due order (arrivals: orders)"});
  describe_object(visitor, "dispatch", facility.dispatch, {.meaning = "when lines are due"});
  describe_object(visitor, "shrinkage", facility.shrinkage,
                  {.meaning = "units that vanish, which the record does not know"});
  describe_object(visitor, "cycle_count", facility.cycle_count,
                  {.meaning = "counts that set the record right"});
  check_capacity(visitor, facility);
  if (!facility.dispatch.cut_off.empty() && facility.pickers.number == 0)
    visitor.problem("dispatch", "cut_off has no meaning without pickers");
  if (facility.cycle_count.every_days > 0 && !facility.shrinkage.share_per_day.is_set())
    visitor.problem("cycle_count", "has no meaning without shrinkage");
}

void check_daily_facility(FieldVisitor& visitor, const FacilitySpec& facility, const std::string& at) {
  const auto report = [&](bool is_said, const char* key) {
    if (is_said) visitor.problem(at + key, "has no meaning with arrivals: daily, expected arrivals: orders");
  };
  report(facility.docks.number > 0, ".docks");
  report(facility.put_away_hours.is_set(), ".put_away_hours");
  report(facility.pickers.number > 0, ".pickers");
}

}  // namespace restock
