#include "env/action_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "env/core/check.h"
#include "env/core/error.h"

namespace restock {

namespace {

constexpr double kMostActions = 1024;

/// Enough for three protection intervals of mean demand, or three multiples of it.
double default_maximum(const WarehouseModel& warehouse, ActionKind kind) {
  if (kind == ActionKind::cover) return 3;
  double most = 1;
  for (const SkuModel& sku : warehouse.skus) {
    const double units =
        3 * sku.mean_demand_per_day * (kind == ActionKind::order_up_to ? sku.protection_interval_days : 1);
    most = std::max(most, std::ceil(units));
  }
  return most;
}

std::size_t count_actions(const WarehouseModel& warehouse, const ActionConfig& config, double maximum) {
  if (config.kind != ActionKind::order_quantity) return static_cast<std::size_t>(config.levels);
  double most_packs = 0;
  for (const SkuModel& sku : warehouse.skus)
    most_packs = std::max(most_packs, std::floor(maximum / static_cast<double>(sku.pack_size)));
  if (most_packs < 1 || most_packs + 1 > kMostActions)
    throw InputError(fmt::format(
        "action.maximum {} gives {} order quantities, expected 2 to {}; use kind: order_up_to or cover "
        "with levels",
        maximum, most_packs + 1, kMostActions));
  return static_cast<std::size_t>(most_packs) + 1;
}

}  // namespace

ActionSpec::ActionSpec(const WarehouseModel& warehouse, const ActionConfig& config)
    : kind_(config.kind),
      maximum_(std::isnan(config.maximum) ? default_maximum(warehouse, config.kind) : config.maximum) {
  actions_ = count_actions(warehouse, config, maximum_);
  for (const SkuModel& sku : warehouse.skus)
    limits_.push_back({sku.pack_size, sku.minimum_order_quantity, sku.maximum_order_quantity,
                       sku.mean_demand_per_day * sku.protection_interval_days});
  double typical = 1.2 / maximum_ * static_cast<double>(actions_ - 1);  // cover: a little above the mean
  if (kind_ != ActionKind::cover && !warehouse.skus.empty()) {
    const SkuModel& first = warehouse.skus.front();
    typical = kind_ == ActionKind::order_quantity
                  ? first.mean_demand_per_day / static_cast<double>(first.pack_size)
                  : 1.2 * limits_.front().mean_over_interval / maximum_ * static_cast<double>(actions_ - 1);
  }
  typical_action_ = std::min(actions_ - 1, static_cast<std::size_t>(std::lround(std::max(0.0, typical))));
}

ActionSpec::ActionSpec(ActionKind kind, double maximum, std::size_t actions,
                       std::vector<SkuActionLimits> limits)
    : kind_(kind), maximum_(maximum), actions_(actions), limits_(std::move(limits)) {
  if (actions_ < 2 || static_cast<double>(actions_) > kMostActions || !(maximum_ > 0))
    throw InputError(
        fmt::format("{} actions up to {}, expected 2 to {} actions", actions_, maximum_, kMostActions));
}

Quantity ActionSpec::target(const DecisionBatch& batch, std::size_t row, std::size_t action) const {
  double units = maximum_ * static_cast<double>(action) / static_cast<double>(actions_ - 1);
  if (kind_ == ActionKind::cover) {
    const double expected = batch.forecast_mean.empty()
                                ? limits_[static_cast<std::size_t>(batch.sku[row])].mean_over_interval
                                : static_cast<double>(batch.forecast_mean[row]);
    units *= expected;
  }
  return std::llround(units);
}

Quantity ActionSpec::decode(const DecisionBatch& batch, std::size_t row, std::size_t action) const {
  RESTOCK_CHECK(action < actions_, "action {} of {}", action, actions_);
  if (action == 0) return 0;
  if (kind_ == ActionKind::order_quantity)
    return static_cast<Quantity>(action) * limits_[static_cast<std::size_t>(batch.sku[row])].pack_size;
  return std::max<Quantity>(0, target(batch, row, action) - batch.inventory_position(row));
}

void ActionSpec::write_mask(const DecisionBatch& batch, std::size_t row, std::span<std::uint8_t> mask) const {
  const SkuActionLimits& limits = limits_[static_cast<std::size_t>(batch.sku[row])];
  mask[0] = 1;
  if (kind_ != ActionKind::order_quantity) {
    for (std::size_t action = 1; action < actions_; ++action) mask[action] = decode(batch, row, action) > 0;
    return;
  }
  const Quantity most = std::min(static_cast<Quantity>(maximum_), limits.maximum_order_quantity == 0
                                                                      ? static_cast<Quantity>(maximum_)
                                                                      : limits.maximum_order_quantity);
  for (std::size_t action = 1; action < actions_; ++action) {
    const Quantity quantity = static_cast<Quantity>(action) * limits.pack_size;
    mask[action] = quantity <= most && quantity >= limits.minimum_order_quantity;
  }
}

}  // namespace restock
