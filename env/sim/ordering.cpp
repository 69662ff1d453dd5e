// Placing orders: what an order costs, where it goes, and what the orders of one instant cost together.
#include <algorithm>

#include "env/sim/simulator.h"

namespace restock {

void Simulator::place_order(std::int32_t sku, std::int32_t source, Quantity quantity) {
  if (quantity == 0) return;
  const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
  const SourceModel& terms = source_of(sku, source);
  RESTOCK_CHECK(quantity == legal_order_quantity(terms, quantity) && is_open(sku, source),
                "SKU '{}': order of {} units from source {}", model.id, quantity, source);
  SkuState& state = states_[sku];
  state.on_order += quantity;
  state.order_day = clock_->day;
  charge_order(sku, terms, quantity);
  if (model_->suppliers[static_cast<std::size_t>(terms.supplier)].joint_order.costs()) {
    state_of_source(sku, source).ordered_now = quantity;
    clock_->has_joint_orders = 1;
  }
  terms.upstream < 0 ? send(sku, source, quantity) : request(sku, source, quantity);
}

void Simulator::note_adjustment(std::int32_t sku, Quantity wanted, Quantity ordered) {
  ledgers_[sku].adjusted += std::abs(wanted - ordered);
  if (observer_) observer_->on_adjustment(*this, sku, wanted, ordered);
}

void Simulator::charge_order(std::int32_t sku, const SourceModel& terms, Quantity quantity) {
  const CostRates& rates = model_->skus[static_cast<std::size_t>(sku)].rates;
  SkuLedger& ledger = ledgers_[sku];
  ledger.ordered += quantity;
  ++ledger.orders;
  if (!terms.price_breaks.empty() || terms.purchase_per_unit != rates.purchase_per_unit)
    add_money(ledger.purchase_extra,
              to_micros(terms.price_of(quantity) - static_cast<double>(quantity) * rates.purchase_per_unit));
  add_money(ledger.order_extra, terms.extra_per_order);
  add_money(ledger.freight, times(terms.freight_per_unit, quantity));
}

/// Once all orders of a decision stand: what they cost together, and who gets what of a location's stock.
void Simulator::settle_orders() {
  if (clock_->has_joint_orders != 0) {
    charge_joint_orders();
    for (std::int32_t source = 0; source < model_->sources; ++source) sources_[source].ordered_now = 0;
  }
  if (clock_->has_requests != 0)
    for (const std::int32_t sku : model_->upstream_first) answer_requests(sku);
  clock_->has_joint_orders = clock_->has_requests = 0;
}

/// Calls visit(sku) for every SKU that is ordered from the supplier now, and its quantity.
template <class Visit>
void Simulator::for_each_ordered(std::int32_t supplier, const Visit& visit) const {
  for (const std::int32_t sku : std::span(asked_, static_cast<std::size_t>(clock_->asked))) {
    const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
    for (std::size_t source = 0; source < model.sources.size(); ++source) {
      const Quantity quantity = state_of_source(sku, static_cast<std::int64_t>(source)).ordered_now;
      if (model.sources[source].supplier == supplier && quantity > 0) visit(sku, quantity);
    }
  }
}

/// Set-up and trucks are shared equally by the SKUs that order; what does not divide falls to the first ones.
void Simulator::charge_joint_orders() {
  for (std::int32_t supplier = 0; supplier < supplier_count(); ++supplier) {
    const JointOrderSpec& joint = model_->suppliers[static_cast<std::size_t>(supplier)].joint_order;
    if (!joint.costs()) continue;
    Quantity units = 0;
    std::int64_t lines = 0;
    for_each_ordered(supplier, [&](std::int32_t, Quantity quantity) { units += quantity, ++lines; });
    if (lines == 0) continue;
    const Quantity trucks = joint.truck_units == 0 ? 0 : (units + joint.truck_units - 1) / joint.truck_units;
    const Micros set_up = to_micros(joint.set_up_cost);
    const Micros freight = times(to_micros(joint.cost_per_truck), trucks);
    std::int64_t line = 0;
    for_each_ordered(supplier, [&](std::int32_t sku, Quantity) {
      add_money(ledgers_[sku].order_extra, set_up / lines + (line < set_up % lines));
      add_money(ledgers_[sku].freight, freight / lines + (line < freight % lines));
      ++line;
    });
    if (observer_) observer_->on_joint_order(*this, supplier, lines, trucks);
  }
}

}  // namespace restock
