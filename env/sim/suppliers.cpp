// Suppliers that work and fail in turns.
#include <algorithm>
#include <cmath>

#include "env/sim/simulator.h"

namespace restock {

namespace {

/// Longer than any horizon.
constexpr double kLongestSpellDays = 200'000;

double days_of(Duration duration) noexcept {
  return static_cast<double>(duration.in_milliseconds()) / static_cast<double>(kMillisecondsPerDay);
}

}  // namespace

std::uint8_t Simulator::sources_out(std::int32_t sku) const noexcept {
  unsigned bits = 0;
  const auto& sources = model_->skus[static_cast<std::size_t>(sku)].sources;
  for (std::size_t source = 0; has_outages_ && source < sources.size(); ++source)
    if (is_out(sources[source].supplier)) bits |= 1U << source;
  return static_cast<std::uint8_t>(bits);
}

void Simulator::start_supplier(std::int32_t supplier) noexcept {
  suppliers_[supplier] = {};
  if (model_->suppliers[static_cast<std::size_t>(supplier)].days_between == nullptr)
    suppliers_[supplier] = {.until = EventQueue::kMaximumMilliseconds, .spells = 1};
}

void Simulator::advance_suppliers() noexcept {
  for (std::int32_t supplier = 0; supplier < supplier_count(); ++supplier) advance_supplier(supplier);
}

/// Brings a supplier to the spell that holds now.
void Simulator::advance_supplier(std::int32_t supplier) noexcept {
  SupplierState& state = suppliers_[supplier];
  while (state.until <= clock_->now) {
    ++state.spells;
    state.since = state.until;
    state.until += draw_spell(supplier, state.spells, Duration()).in_milliseconds();
  }
}

/// How long a spell lasts, given that it lasts longer than `beyond`.
Duration Simulator::draw_spell(std::int32_t supplier, std::int64_t spell, Duration beyond) const noexcept {
  const SupplierModel& model = model_->suppliers[static_cast<std::size_t>(supplier)];
  const Law& law = spell % 2 == 0 ? *model.days_to_repair : *model.days_between;
  const Stream stream(clock_->run, Purpose::outage, static_cast<std::uint64_t>(supplier));
  const double days =
      std::min(quantile_beyond(law, days_of(beyond), stream.uniform(spell)), kLongestSpellDays);
  return duration_of(days);
}

}  // namespace restock
