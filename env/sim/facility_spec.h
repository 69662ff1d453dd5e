// The warehouse itself as a user describes it: its room, its docks and pickers with their hours, what
// vanishes from its shelves and how often they are counted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "env/core/description.h"
#include "env/sim/spec_bounds.h"

namespace restock {

/// What happens to what does not fit.
enum class OverflowRule { cost, refuse, wait };

struct OverflowSpec {
  OverflowRule rule = OverflowRule::cost;
  double cost_per_m3_day = kNotSet;
};

/// When a crew works: between two times of day, on some weekdays. Not given: always.
struct WorkHoursSpec {
  std::string open;               ///< "HH:MM"; "": midnight
  std::string close;              ///< "HH:MM"; "": midnight at the end of the day
  std::vector<std::string> days;  ///< weekdays; empty: all
};

struct DockSpec {
  std::int64_t number = 0;  ///< 0: no docks, an order that arrives is unloaded at once
  double units_per_hour = kNotSet;
  LawSpec hours_per_receipt;
  WorkHoursSpec hours;
};

struct PickerSpec {
  std::int64_t number = 0;  ///< 0: no pickers, an order is shipped when its stock is there
  double lines_per_hour = kNotSet;
  LawSpec hours_per_line;
  WorkHoursSpec hours;
};

struct DispatchSpec {
  std::string cut_off;  ///< "HH:MM"; "": nothing is due
};

struct ShrinkageSpec {
  LawSpec share_per_day;  ///< not set: nothing vanishes
};

struct CycleCountSpec {
  std::int64_t every_days = 0;  ///< 0: never
};

struct FacilitySpec {
  double capacity_m3 = kNotSet;
  OverflowSpec overflow;
  DockSpec docks;
  LawSpec put_away_hours;
  PickerSpec pickers;
  DispatchSpec dispatch;
  ShrinkageSpec shrinkage;
  CycleCountSpec cycle_count;

  bool has_receiving() const noexcept { return docks.number > 0 || put_away_hours.is_set(); }
  /// Whether anything is said.
  bool is_set() const noexcept {
    return restock::is_set(capacity_m3) || has_receiving() || pickers.number > 0 ||
           shrinkage.share_per_day.is_set();
  }
};

std::span<const std::string_view> names_of(OverflowRule);
void describe(FieldVisitor& visitor, OverflowSpec& overflow);
void describe(FieldVisitor& visitor, DockSpec& docks);
void describe(FieldVisitor& visitor, PickerSpec& pickers);
void describe(FieldVisitor& visitor, DispatchSpec& dispatch);
void describe(FieldVisitor& visitor, ShrinkageSpec& shrinkage);
void describe(FieldVisitor& visitor, CycleCountSpec& cycle_count);
/// Visits the fields, and reports what does not fit together within the facility.
void describe(FieldVisitor& visitor, FacilitySpec& facility);

/// Reports, at `at`, what has no meaning where only totals of a day arrive.
void check_daily_facility(FieldVisitor& visitor, const FacilitySpec& facility, const std::string& at);

}  // namespace restock
