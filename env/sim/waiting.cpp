// Customers whom the shelf cannot serve: who waits, who goes, and who has waited long enough.
#include <algorithm>

#include "env/sim/simulator.h"

namespace restock {

/// How many of the units that stock cannot serve are waited for; each is a draw of its own.
Quantity Simulator::units_that_wait(std::int32_t sku, Quantity unmet) noexcept {
  const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
  if (model.unmet_demand == UnmetDemand::lost) return 0;
  if (model.backlog_share == 1) return unmet;
  SkuState& state = states_[sku];
  Quantity staying = 0;
  for (Quantity i = 0; i < unmet; ++i) {
    const auto k = static_cast<std::uint64_t>(state.unmet_today++);
    staying += streams_[sku].waiting.uniform(clock_->day, k) < model.backlog_share;
  }
  return staying;
}

/// Units that stock cannot serve: whether another SKU will do is seen once all have been asked for.
void Simulator::miss(std::int32_t sku, Quantity units) {
  states_[sku].stockout_in_cycle = 1;
  if (model_->skus[static_cast<std::size_t>(sku)].market.substitute >= 0)
    substitutions_[sku].unserved = units;
  else
    leave_unserved(sku, units);
}

/// What nobody serves is waited for, or lost.
void Simulator::leave_unserved(std::int32_t sku, Quantity units) {
  const Quantity staying = units_that_wait(sku, units);
  wait(sku, staying);
  lose(sku, units - staying);
}

void Simulator::wait(std::int32_t sku, Quantity units) {
  const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
  if (units == 0) return;
  states_[sku].backlog += units;
  if (model.facility >= 0) floor_.wait(sku, units);
  if (model.patience_days > 0) *waiting(model, model.patience_days) += units;
}

void Simulator::lose(std::int32_t sku, Quantity units) noexcept {
  states_[sku].lost_today += units;
  ledgers_[sku].lost += units;
}

/// Serves customers who wait, those first who came first; gives the units they take.
Quantity Simulator::serve_backlog(std::int32_t sku, Quantity available) noexcept {
  const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
  const Quantity served = std::min(states_[sku].backlog, available);
  states_[sku].backlog -= served;
  Quantity left = model.patience_days > 0 ? served : 0;
  for (std::int64_t days = 0; left > 0; ++days) {
    const Quantity taken = std::min(left, *waiting(model, days));
    *waiting(model, days) -= taken;
    left -= taken;
  }
  return served;
}

/// At the close: those whose patience ends today go.
void Simulator::give_up(std::int32_t sku) {
  const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
  if (model.patience_days == 0) return;
  const Quantity units = *waiting(model, 0);
  if (units == 0) return;
  *waiting(model, 0) = 0;
  states_[sku].backlog -= units;
  if (model.facility >= 0) floor_.give_up(sku, units);
  lose(sku, units);
  if (observer_) observer_->on_giving_up(*this, sku, units);
}

}  // namespace restock
