// Environments for tests, and buffers to go with them.
#pragma once

#include <memory>
#include <vector>

#include "env/vector_env.h"
#include "tests/support/warehouses.h"

namespace restock::testing {

inline std::shared_ptr<const EnvModel> env_model(const WarehouseSpec& spec, ActionConfig action,
                                                 std::shared_ptr<const DemandPaths> paths = nullptr) {
  const auto decisions = decisions_of(spec, std::move(paths));
  return std::make_shared<EnvModel>(EnvModel{decisions, ObservationSpec(*decisions->warehouse, {}, {}),
                                             ActionSpec(*decisions->warehouse, action)});
}

/// A SKU reviewed daily and one reviewed every third day, with limits.
inline WarehouseSpec two_skus(std::int64_t days) {
  SkuSpec a = lost_sales_sku("a", poisson(3), LawSpec::constant(2));
  SkuSpec b = backlog_sku("b", poisson(2), LawSpec::constant(1));
  a.costs.purchase_per_unit = 0.5;
  b.supply.review_period_days = 3;
  b.supply.fixed_cost_per_order = 7;
  b.pack_size = 2;
  b.minimum_order_quantity = 4;
  b.maximum_order_quantity = 9;
  return warehouse_of({a, b}, days);
}

inline const ActionConfig kUpToTwelve{.kind = ActionKind::order_quantity, .maximum = 12};

/// One environment with buffers of its own.
struct Alone {
  explicit Alone(const std::shared_ptr<const EnvModel>& model)
      : env(model),
        observations(env.rows() * model->observation.width()),
        masks(env.rows() * model->action.actions()),
        rewards(env.rows()) {}
  EnvView view() { return {observations, masks}; }
  bool step(const std::vector<std::int32_t>& actions) { return env.step(actions, view(), rewards); }

  ReplenishmentEnv env;
  std::vector<float> observations;
  std::vector<std::uint8_t> masks;
  std::vector<double> rewards;
};

/// A legal action for each row, by a fixed pseudo-random rule.
inline std::vector<std::int32_t> some_actions(const std::vector<std::uint8_t>& masks, std::size_t actions,
                                              std::uint64_t step) {
  std::vector<std::int32_t> chosen;
  for (std::size_t row = 0; row < masks.size() / actions; ++row) {
    std::vector<std::int32_t> legal;
    for (std::size_t action = 0; action < actions; ++action)
      if (masks[row * actions + action]) legal.push_back(static_cast<std::int32_t>(action));
    chosen.push_back(legal[mix64(step * 1000 + row) % legal.size()]);
  }
  return chosen;
}

}  // namespace restock::testing
