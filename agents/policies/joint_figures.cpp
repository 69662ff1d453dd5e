#include "agents/policies/joint_figures.h"

#include <algorithm>
#include <cmath>

#include "env/decision_process.h"

namespace restock::policies {

double joint_set_up(const DecisionModel& model, std::int32_t supplier) {
  const JointOrderSpec& joint = model.warehouse->suppliers[static_cast<std::size_t>(supplier)].joint_order;
  return joint.set_up_cost + (joint.truck_units > 0 ? joint.cost_per_truck : 0.0);
}

double joint_interval_days(const DecisionModel& model, std::int32_t supplier) {
  double set_ups = joint_set_up(model, supplier);
  double holding = 0;
  const bool is_daily = model.warehouse->arrivals == Arrivals::daily;
  const double times_a_day = is_daily ? 1.0 : static_cast<double>(kMillisecondsPerDay);
  for (const SkuModel& sku : model.warehouse->skus) {
    if (sku.regular().supplier != supplier) continue;
    set_ups += sku.rates.fixed_per_order;
    holding += sku.rates.holding_per_unit_time * times_a_day * sku.mean_demand_per_day;
  }
  constexpr double kLongest = 365;
  if (set_ups <= 0) return 1;
  return holding > 0 ? std::clamp(std::sqrt(2 * set_ups / holding), 1.0, kLongest) : kLongest;
}

std::optional<std::string> obstacle_to_joint_orders(const DecisionModel& model) {
  std::vector<int> skus(model.warehouse->suppliers.size());
  for (const SkuModel& sku : model.warehouse->skus)
    if (++skus[static_cast<std::size_t>(sku.regular().supplier)] > 1) return std::nullopt;
  return "no supplier delivers more than one SKU, so there is nothing to order together";
}

}  // namespace restock::policies
