#include "env/sim/resolve_network.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/core/error.h"

namespace restock {

namespace {

Allocation allocation_of(const WarehouseSpec& spec, const SkuSpec& sku) {
  for (const LocationSpec& location : spec.locations)
    if (location.id == sku.location) return location.allocation;
  return Allocation::first_come;
}

/// SKUs in an order in which each stands before those it delivers to.
std::vector<std::int32_t> from_upstream(const WarehouseModel& model) {
  std::vector<std::int32_t> waits_for(model.skus.size());
  for (const SkuModel& sku : model.skus)
    for (const ReviewGroup::Member& member : sku.downstream)
      ++waits_for[static_cast<std::size_t>(member.sku)];
  std::vector<std::int32_t> order;
  for (std::size_t i = 0; i < model.skus.size(); ++i)
    if (waits_for[i] == 0) order.push_back(static_cast<std::int32_t>(i));
  for (std::size_t next = 0; next < order.size(); ++next)
    for (const ReviewGroup::Member& member : model.skus[static_cast<std::size_t>(order[next])].downstream)
      if (--waits_for[static_cast<std::size_t>(member.sku)] == 0) order.push_back(member.sku);
  if (order.size() < model.skus.size())
    throw InputError(
        "the locations deliver to each other in a circle, expected a supplier outside at its start");
  return order;
}

}  // namespace

void resolve_network(WarehouseModel& model, const WarehouseSpec& spec) {
  bool any = false;
  for (std::size_t i = 0; i < spec.skus.size(); ++i) {
    const std::vector<SourceTerms> sources = sources_of(spec, spec.skus[i]);
    for (std::size_t source = 0; source < sources.size(); ++source) {
      const std::string& from = sources[source].supply->from;
      if (from.empty()) continue;
      const auto upstream = sku_at(spec, spec.skus[i].id, from);
      if (!upstream)
        throw InputError(fmt::format("SKU '{}' is delivered from location '{}', which does not keep it",
                                     model.skus[i].id, from));
      model.skus[*upstream].downstream.push_back(
          {static_cast<std::int32_t>(i), static_cast<std::int32_t>(source)});
      any = true;
    }
  }
  if (!any) return;
  std::vector<std::int32_t> order = from_upstream(model);
  for (auto sku = order.rbegin(); sku != order.rend(); ++sku) {
    SkuModel& point = model.skus[static_cast<std::size_t>(*sku)];
    point.allocation = allocation_of(spec, spec.skus[static_cast<std::size_t>(*sku)]);
    for (const ReviewGroup::Member& member : point.downstream)
      if (member.source == 0)
        point.mean_demand_per_day += model.skus[static_cast<std::size_t>(member.sku)].mean_demand_per_day;
  }
  for (const std::int32_t sku : order)
    if (!model.skus[static_cast<std::size_t>(sku)].downstream.empty()) model.upstream_first.push_back(sku);
}

}  // namespace restock
