#include "env/action_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "env/core/check.h"
#include "env/core/error.h"
#include "env/decision_process.h"

namespace restock {

namespace {

constexpr double kMostActions = 1024;

/// Enough for three protection intervals of mean demand, or three multiples of it.
double default_maximum(const WarehouseModel& warehouse, ActionKind kind) {
  if (kind == ActionKind::cover) return 3;
  double most = 1;
  for (const SkuModel& sku : warehouse.skus) {
    const double units = 3 * sku.mean_demand_per_day *
                         (kind == ActionKind::order_up_to ? sku.regular().protection_interval_days : 1);
    most = std::max(most, std::ceil(units));
  }
  return most;
}

std::vector<double> maxima_of(const WarehouseModel& warehouse, const ActionConfig& config) {
  const std::size_t sources = most_sources(warehouse);
  if (!config.maximum_by_source.empty()) {
    if (config.maximum_by_source.size() == sources) return config.maximum_by_source;
    throw InputError(
        fmt::format("action.maximum_by_source has {} values, expected one for each of {} sources",
                    config.maximum_by_source.size(), sources));
  }
  const double one = std::isnan(config.maximum) ? default_maximum(warehouse, config.kind) : config.maximum;
  return std::vector<double>(sources, one);
}

std::size_t count_choices(const WarehouseModel& warehouse, const ActionConfig& config, std::size_t source,
                          double maximum) {
  if (config.kind != ActionKind::order_quantity) return static_cast<std::size_t>(config.levels);
  double most_packs = 0;
  for (const SkuModel& sku : warehouse.skus)
    if (source < sku.sources.size())
      most_packs =
          std::max(most_packs, std::floor(maximum / static_cast<double>(sku.sources[source].pack_size)));
  if (most_packs < 1 || most_packs + 1 > kMostActions)
    throw InputError(fmt::format(
        "action.maximum {} gives {} order quantities, expected 2 to {}; use kind: order_up_to or cover "
        "with levels",
        maximum, most_packs + 1, kMostActions));
  return static_cast<std::size_t>(most_packs) + 1;
}

SkuActionLimits limits_of_source(const SkuModel& sku, std::size_t source) {
  if (source >= sku.sources.size()) return {.exists = false};
  const SourceModel& terms = sku.sources[source];
  return {terms.pack_size, terms.minimum_order_quantity, terms.maximum_order_quantity,
          sku.mean_demand_per_day * terms.protection_interval_days};
}

/// Units of the largest order from a source, in an action space up to `maximum`.
Quantity most_of(const SkuActionLimits& limits, double maximum) {
  const auto most = static_cast<Quantity>(maximum);
  return limits.maximum_order_quantity == 0 ? most : std::min(most, limits.maximum_order_quantity);
}

}  // namespace

ActionSpec::ActionSpec(const WarehouseModel& warehouse, const ActionConfig& config)
    : kind_(config.kind), maxima_(maxima_of(warehouse, config)) {
  maximum_ = maxima_.front();
  for (std::size_t source = 0; source < maxima_.size(); ++source) {
    choices_.push_back(count_choices(warehouse, config, source, maxima_[source]));
    actions_ *= choices_.back();
    if (static_cast<double>(actions_) > kMostActions)
      throw InputError(fmt::format(
          "the choices for {} sources multiply to {} actions, expected at most {}; use fewer levels, or a "
          "smaller maximum_by_source",
          maxima_.size(), actions_, kMostActions));
  }
  for (const SkuModel& sku : warehouse.skus)
    for (std::size_t source = 0; source < maxima_.size(); ++source)
      limits_.push_back(limits_of_source(sku, source));
  const double last = static_cast<double>(choices_.front() - 1);
  double typical = 1.2 / maximum_ * last;  // cover: a little above the mean
  if (kind_ != ActionKind::cover && !warehouse.skus.empty()) {
    const SkuModel& first = warehouse.skus.front();
    typical = kind_ == ActionKind::order_quantity
                  ? first.mean_demand_per_day / static_cast<double>(first.regular().pack_size)
                  : 1.2 * limits_.front().mean_over_interval / maximum_ * last;
  }
  typical_action_ =
      std::min(choices_.front() - 1, static_cast<std::size_t>(std::lround(std::max(0.0, typical))));
}

ActionSpec::ActionSpec(ActionKind kind, double maximum, std::size_t actions,
                       std::vector<SkuActionLimits> limits)
    : kind_(kind),
      maximum_(maximum),
      maxima_{maximum},
      choices_{actions},
      actions_(actions),
      limits_(std::move(limits)) {
  if (actions_ < 2 || static_cast<double>(actions_) > kMostActions || !(maximum_ > 0))
    throw InputError(
        fmt::format("{} actions up to {}, expected 2 to {} actions", actions_, maximum_, kMostActions));
}

std::size_t ActionSpec::choice(std::size_t action, std::size_t source) const {
  if (choices_.size() == 1) return action;
  for (std::size_t s = 0; s < source; ++s) action /= choices_[s];
  return action % choices_[source];
}

Quantity ActionSpec::target(const DecisionBatch& batch, std::size_t row, std::size_t choice,
                            std::size_t source) const {
  double units = maxima_[source] * static_cast<double>(choice) / static_cast<double>(choices_[source] - 1);
  if (kind_ == ActionKind::cover) {
    const bool has_forecast = source == 0 && !batch.forecast_mean.empty();
    units *= has_forecast ? static_cast<double>(batch.forecast_mean[row])
                          : limits_of(batch, row, source).mean_over_interval;
  }
  return std::llround(units);
}

Quantity ActionSpec::decode(const DecisionBatch& batch, std::size_t row, std::size_t action,
                            std::size_t source) const {
  RESTOCK_CHECK(action < actions_ && source < choices_.size(), "action {} of {}", action, actions_);
  const std::size_t chosen = choice(action, source);
  if (chosen == 0) return 0;
  if (kind_ == ActionKind::order_quantity)
    return static_cast<Quantity>(chosen) * limits_of(batch, row, source).pack_size;
  Quantity position = batch.inventory_position(row);
  for (std::size_t other = 1; source == 0 && other < choices_.size(); ++other)
    position += decode(batch, row, action, other);
  return std::max<Quantity>(0, target(batch, row, chosen, source) - position);
}

/// Whether the action's choice for one source may be taken; to order nothing may always be.
bool ActionSpec::is_legal(const DecisionBatch& batch, std::size_t row, std::size_t action,
                          std::size_t source) const {
  if (choice(action, source) == 0) return true;
  if (!is_open(batch, row, source)) return false;
  const Quantity quantity = decode(batch, row, action, source);
  if (kind_ != ActionKind::order_quantity) return quantity > 0;
  const SkuActionLimits& limits = limits_of(batch, row, source);
  return quantity <= most_of(limits, maxima_[source]) && quantity >= limits.minimum_order_quantity;
}

bool ActionSpec::is_open(const DecisionBatch& batch, std::size_t row, std::size_t source) const {
  const unsigned open = batch.open_sources.empty() ? 1U : batch.open_sources[row];
  return limits_of(batch, row, source).exists && (open >> source & 1U) != 0;
}

/// The same as below for packs from a single source: those from the smallest order to the largest.
void ActionSpec::write_mask_of_packs(const DecisionBatch& batch, std::size_t row,
                                     std::span<std::uint8_t> mask) const {
  const SkuActionLimits& limits = limits_of(batch, row, 0);
  const Quantity pack = limits.pack_size;
  const Quantity last = is_open(batch, row, 0) ? most_of(limits, maxima_[0]) / pack : 0;
  const Quantity first = std::max<Quantity>(1, (limits.minimum_order_quantity + pack - 1) / pack);
  for (std::size_t action = 1; action < actions_; ++action) {
    const auto packs = static_cast<Quantity>(action);
    mask[action] = packs >= first && packs <= last;
  }
}

void ActionSpec::write_mask(const DecisionBatch& batch, std::size_t row, std::span<std::uint8_t> mask) const {
  mask[0] = 1;
  if (kind_ == ActionKind::order_quantity && choices_.size() == 1)
    return write_mask_of_packs(batch, row, mask);
  for (std::size_t action = 1; action < actions_; ++action) {
    bool legal = true;
    for (std::size_t source = 0; source < choices_.size() && legal; ++source)
      legal = is_legal(batch, row, action, source);
    mask[action] = legal;
  }
}

}  // namespace restock
