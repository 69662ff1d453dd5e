// What the runners of every kind of machine share: from a Sku to the kernel's arguments.
#pragma once

#include <bit>

#include "env/period/draws.h"
#include "env/period/run.h"

namespace restock::period {

inline Horizon horizon_of(const Sku& sku, std::int64_t days_between_sums) {
  return {sku.days, sku.warm_up_days, sku.reviews, days_between_sums};
}

template <class Quantity>
Limits<Quantity> limits_of(const Sku& sku) {
  return limits_of<Quantity>(sku.pack_size, sku.minimum_order_quantity, sku.maximum_order_quantity);
}

inline bool has_constant_lead_time(const Sku& sku) {
  return sku.lead_time.front().minimum() == sku.lead_time.front().maximum();
}

/// Days from one sum to the next, so that no tally of 32 bits overflows.
std::int64_t narrow_days_between_sums(const Sku& sku) noexcept;

/// Slots of the ring of orders on their way.
inline std::size_t ring_slots(const Sku& sku) {
  return std::bit_ceil(static_cast<std::size_t>(sku.lead_time.front().maximum()) + 1);
}

inline std::vector<TableView> views_of(const std::vector<DrawTable>& tables) {
  std::vector<TableView> views;
  for (const DrawTable& table : tables) views.push_back(table.view());
  return views;
}

/// Calls use(tables), a OneTable or a TableOfDay.
template <class Use>
void with_demand_tables(const Sku& sku, Use&& use) {
  if (sku.demand_of_day.empty()) return use(OneTable{sku.demand.front().view()});
  const std::vector<TableView> views = views_of(sku.demand);
  use(TableOfDay{views.data(), sku.demand_of_day.data()});
}

/// Throws InvariantError where stock came from nowhere or went nowhere.
void check_conservation(const Sku& sku, const Outcome& outcome);

template <class Quantity>
std::size_t bytes_of(const Sku& sku) {
  const std::size_t rings = has_constant_lead_time(sku) ? 1 : 2;
  const std::size_t lanes =
      sizeof(State<Quantity>) + sizeof(Tally<Quantity>) + rings * ring_slots(sku) * sizeof(Quantity);
  return lanes / Lanes<Quantity>::kCount + sizeof(Outcome);
}

/// Calls use(pipeline), a ConstantLead or a DrawnLead with its memory.
template <class Quantity, class Use>
void with_pipeline(const Sku& sku, Use&& use) {
  const std::size_t slots = ring_slots(sku);
  const auto mask = static_cast<std::int64_t>(slots - 1);
  std::vector<Quantity> memory(has_constant_lead_time(sku) ? slots : 2 * slots);
  if (has_constant_lead_time(sku))
    use(ConstantLead<Quantity>{memory.data(), 1, mask, sku.lead_time.front().minimum()});
  else
    use(DrawnLead<Quantity>{memory.data(), memory.data() + slots, 1, mask,
                            sku.lead_time.front().minimum() == 0});
}

/// Runs the kernel for what is known only at run time: rule, lost sales or backlog, kind of lead time.
template <class Quantity, class Draws>
void run_with(const Sku& sku, std::int64_t days_between_sums, const Draws& draws, Outcome* outcomes) {
  const Horizon horizon = horizon_of(sku, days_between_sums);
  const Limits<Quantity> limits = limits_of<Quantity>(sku);
  with_pipeline<Quantity>(sku, [&](const auto& pipeline) {
    std::visit(
        [&](const auto& rule) {
          const auto lane_rule = rule.template as<Quantity>();
          if (sku.loses_sales)
            simulate<true>(horizon, sku.initial_on_hand, pipeline, lane_rule, limits, draws, outcomes);
          else
            simulate<false>(horizon, sku.initial_on_hand, pipeline, lane_rule, limits, draws, outcomes);
        },
        sku.rule);
  });
}

}  // namespace restock::period
