// Customers' lines from the allocation of stock to the pick.
#include <algorithm>
#include <cmath>

#include "env/sim/simulator.h"

namespace restock {

namespace {

/// Places of SKU and part in the name of a line's draw, above the customer's number.
constexpr int kSkuBit = 28;
constexpr int kPartBit = 48;

std::uint64_t name_of(const Line& line) noexcept {
  return static_cast<std::uint64_t>(line.number) | static_cast<std::uint64_t>(line.sku) << kSkuBit |
         static_cast<std::uint64_t>(line.part) << kPartBit;
}

}  // namespace

std::int64_t Floor::work_of(const CrewModel& crew, Quantity units, double uniform) const noexcept {
  if (crew.job_hours) return milliseconds_of_hours(crew.job_hours->quantile(uniform));
  constexpr double kEndless = 1e13;  // longer than any horizon
  const double work = std::min(static_cast<double>(units) * crew.milliseconds_per_unit, kEndless);
  return static_cast<std::int64_t>(std::floor(work + 0.5));
}

/// Drawn when its stock is there, and revealed when it has been picked.
inline std::int64_t Floor::work_of_line(const Line& line) const noexcept {
  const std::int32_t facility = facility_of(line.sku);
  const CrewModel& crew = model_of(facility).pickers;
  if (!crew.job_hours) return work_of(crew, 1, 0);
  const FacilityState& state = facilities_[facility];
  const std::int64_t day = line.arrived_at / kMillisecondsPerDay;
  const std::uint64_t key =
      day == simulator_.clock_->day ? state.picking_today : state.picking.key_of_day(day);
  return work_of(crew, 1, unit_interval(absorb(key, name_of(line))));
}

inline Line Floor::line_of_customer(std::int32_t sku, Quantity units) const noexcept {
  const std::int32_t facility = facility_of(sku);
  const FacilityModel& model = model_of(facility);
  const FacilityState& state = facilities_[facility];
  Line line;
  line.arrived_at = line.ready_at = now();
  line.units = units;
  line.sku = sku;
  if (model.cut_off >= 0)
    line.due_day = static_cast<std::int32_t>(
        now() % kMillisecondsPerDay < model.cut_off ? state.due_before_cut_off : state.due_after_cut_off);
  line.number = static_cast<std::int32_t>(simulator_.clock_->next_customer - 1);
  return line;
}

void Floor::ship(std::int32_t sku, Quantity units) {
  if (units == 0) return;
  const std::int32_t facility = facility_of(sku);
  if (!model_of(facility).picks()) {
    simulator_.ship(sku, units);
    return;
  }
  allocate(sku, units);
  Line line = line_of_customer(sku, units);
  line.work = work_of_line(line);
  lines_[static_cast<std::size_t>(facility)].push_new(line);
  assign_lines(facility);
}

void Floor::wait(std::int32_t sku, Quantity units) {
  call_for(sku);
  if (!picks(sku)) return;
  Line line = line_of_customer(sku, units);
  line.part = 1;  // part 0 is what the shelf gave at once
  backlog_.push(line);
}

void Floor::ship_backlog(std::int32_t sku, Quantity units) {
  const std::int32_t facility = facility_of(sku);
  if (!model_of(facility).picks()) {
    simulator_.ship(sku, units);
    return;
  }
  if (units == 0) return;
  allocate(sku, units);
  backlog_.take(sku, units, [&](Line part) {
    part.ready_at = now();
    part.work = work_of_line(part);
    lines_[static_cast<std::size_t>(facility)].push_freed(part);
  });
  assign_lines(facility);
}

void Floor::give_up(std::int32_t sku, Quantity units) {
  if (picks(sku)) backlog_.take(sku, units, [](const Line&) {});
}

void Floor::allocate(std::int32_t sku, Quantity units) {
  count_allocated(sku, now());
  allocated_[sku].units += units;
  if (sku_model(sku).volume > 0) change_volume(sku, units);
}

void Floor::count_allocated(std::int32_t sku, std::int64_t until) noexcept {
  AllocatedState& state = allocated_[sku];
  ledger_of(sku).allocated_time += state.units * (until - state.counted_until);
  state.counted_until = until;
}

/// Idle pickers take the lines that are due first. Before the opening one of them is called for it.
void Floor::assign_lines(std::int32_t facility) {
  const FacilityModel& model = model_of(facility);
  FacilityState& state = facilities_[facility];
  LineQueue& lines = lines_[static_cast<std::size_t>(facility)];
  while (state.idle_pickers > 0 && !lines.empty()) {
    const std::int32_t picker = idle_pickers_[model.first_picker + state.idle_pickers - 1];
    const WorkCalendar& calendar = model.pickers.calendar;
    if (!calendar.is_always_open() && !calendar.is_open(now()))
      return schedule(picker_slot_ + static_cast<std::size_t>(picker), calendar.next_open(now()));
    --state.idle_pickers;
    start_line(static_cast<std::size_t>(picker), lines.pop());
  }
}

void Floor::start_line(std::size_t picker, const Line& line) {
  PickerState& state = picker_states_[picker];
  state.line = line;
  state.started_at = now();
  state.is_busy = 1;
  schedule(picker_slot_ + picker, model_of(state.facility).pickers.calendar.finish(now(), line.work));
}

void Floor::advance_picker(std::size_t picker) {
  const std::int32_t facility = picker_states_[picker].facility;
  const bool was_busy = picker_states_[picker].is_busy != 0;
  if (was_busy) end_line(picker);
  // Who has just become idle is the next to take a line, and is scheduled for it.
  if (!was_busy || lines_[static_cast<std::size_t>(facility)].empty()) queue_->cancel(picker_slot_ + picker);
  assign_lines(facility);
}

void Floor::end_line(std::size_t picker) {
  PickerState& state = picker_states_[picker];
  const FacilityModel& model = model_of(state.facility);
  const Line& line = state.line;
  SkuLedger& ledger = ledger_of(line.sku);
  count_allocated(line.sku, now());
  allocated_[line.sku].units -= line.units;
  if (sku_model(line.sku).volume > 0) change_volume(line.sku, -line.units);
  simulator_.ship(line.sku, line.units);
  ++ledger.lines_picked;
  ledger.line_time += now() - line.ready_at;
  ledger.picking_time += model.pickers.calendar.time_open(state.started_at, now());
  const bool is_late = model.cut_off >= 0 && now() > line.due_day * kMillisecondsPerDay + model.cut_off;
  if (is_late) {
    ++ledger.lines_late;
    ledger.units_late += line.units;
  }
  tell(line.sku, is_late ? FloorEvent::picked_late : FloorEvent::picked, line.units);
  state.is_busy = 0;
  idle_pickers_[model.first_picker + facilities_[state.facility].idle_pickers++] =
      static_cast<std::int32_t>(picker);
}

/// When a job ends, drawn given how long it has been worked on.
std::int64_t Floor::redrawn_end(const CrewModel& crew, std::int64_t started_at,
                                double uniform) const noexcept {
  const double passed =
      static_cast<double>(crew.calendar.time_open(started_at, now())) / kMillisecondsPerHour;
  const double hours = quantile_beyond(*crew.job_hours, passed, uniform);
  return std::max(crew.calendar.finish(started_at, milliseconds_of_hours(hours)), now() + 1);
}

void Floor::redraw_pickers() {
  // Days before the first, which customers to come do not use.
  const auto redraw = [&](Line& line) {
    const std::int32_t facility = facility_of(line.sku);
    const CrewModel& crew = model_of(facility).pickers;
    if (!crew.job_hours) return;
    const std::int64_t day = -2 - line.arrived_at / kMillisecondsPerDay;
    const std::uint64_t key = facilities_[facility].picking.key_of_day(day);
    line.work = work_of(crew, 1, unit_interval(absorb(key, name_of(line))));
  };
  for (LineQueue& lines : lines_) lines.for_each(redraw);
  for (std::size_t picker = 0; picker < pickers_; ++picker) {
    const PickerState& state = picker_states_[picker];
    const CrewModel& crew = model_of(state.facility).pickers;
    if (state.is_busy == 0 || !crew.job_hours) continue;
    const double uniform = facilities_[state.facility].picking.uniform(-1, picker);
    schedule(picker_slot_ + picker, redrawn_end(crew, state.started_at, uniform));
  }
}

}  // namespace restock
