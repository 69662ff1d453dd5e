#include "agents/policies/echelon.h"

#include <algorithm>
#include <cmath>

#include "agents/policies/interval_demand.h"
#include "env/decision_process.h"

namespace restock::policies {

namespace {

bool all_decide_together(const WarehouseModel& warehouse) {
  if (warehouse.review == Review::continuous) return false;
  const std::int32_t group = warehouse.skus.front().regular().review_group;
  return std::all_of(warehouse.skus.begin(), warehouse.skus.end(), [&](const SkuModel& sku) {
    return sku.sources.size() == 1 && sku.regular().review_group == group;
  });
}

/// Demand of customers from a stocking point downwards, each over the lead times on the way to it.
struct DemandOnTheWay {
  double mean = 0;
  double variance = 0;
  double leaf_holding = 0;  ///< the dearest place to keep stock among those that serve customers
  double shortage = 0;      ///< what a unit short costs a day there
};

void add_customers(const DecisionModel& model, std::size_t sku, double days, double lead_variance,
                   DemandOnTheWay& demand) {
  const SkuModel& point = model.warehouse->skus[sku];
  const SkuFigures figures = figures_of(model, sku);
  days += figures.lead_time_days;
  lead_variance += figures.lead_time_variance;
  if (point.downstream.empty()) {
    const double interval = days + figures.review_period_days;
    demand.mean += figures.mean_demand_per_day * interval;
    demand.variance += figures.demand_variance_per_day * interval +
                       figures.mean_demand_per_day * figures.mean_demand_per_day * lead_variance;
    demand.leaf_holding = std::max(demand.leaf_holding, figures.holding_per_unit_day);
    const double short_a_day =
        figures.shortage_per_unit_day + figures.shortage_per_unit / std::max(1.0, figures.review_period_days);
    demand.shortage = std::max(demand.shortage, short_a_day);
    return;
  }
  for (const ReviewGroup::Member& member : point.downstream)
    if (member.source == 0)
      add_customers(model, static_cast<std::size_t>(member.sku), days, lead_variance, demand);
}

}  // namespace

Echelons::Echelons(const WarehouseModel& warehouse) : decide_together_(all_decide_together(warehouse)) {
  for (std::size_t sku = 0; sku < warehouse.skus.size(); ++sku) {
    upstream_.push_back(warehouse.skus[sku].regular().upstream);
    std::vector<std::int32_t> members{static_cast<std::int32_t>(sku)};
    for (std::size_t next = 0; next < members.size(); ++next)
      for (const ReviewGroup::Member& member :
           warehouse.skus[static_cast<std::size_t>(members[next])].downstream)
        if (member.source == 0) members.push_back(member.sku);
    members_.push_back(std::move(members));
  }
}

EchelonBounds echelon_bounds(const DecisionModel& model, const Echelons& echelons, std::size_t sku) {
  DemandOnTheWay demand;
  add_customers(model, sku, 0, 0, demand);
  const double own = figures_of(model, sku).holding_per_unit_day;
  const std::int32_t upstream = echelons.upstream(sku);
  const double above =
      upstream < 0 ? 0.0 : figures_of(model, static_cast<std::size_t>(upstream)).holding_per_unit_day;
  const auto level = [&](double holding) {
    const double all = demand.shortage + std::max(holding, above);
    const double ratio = all > 0 ? std::clamp((demand.shortage + above) / all, 0.01, 0.9999) : 0.5;
    return fitted_level(DemandFamily::negative_binomial, demand.mean, std::sqrt(demand.variance), ratio);
  };
  return {level(std::max(demand.leaf_holding, own)), level(own)};
}

}  // namespace restock::policies
