// What a learned policy's discrete actions mean, and which of them a row may take.
//
// Action 0 orders nothing and is always legal. order_quantity: action i asks for i packs. order_up_to: action
// i asks for what lifts the inventory position to i / (levels − 1) × maximum units. cover: the same with the
// position in multiples of the demand expected over the protection interval (the forecast mean where there is
// one, else the mean demand), so that one network serves fast and slow movers.
//
// Where SKUs have several sources, an action is one choice for each: action = a0 + n0 · (a1 + n1 · (a2 + …)),
// with n_s choices for source s, 0 of which orders nothing from it. Positions that the further sources are
// asked to lift are lifted first, and the regular source lifts what is then still missing.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "env/policy.h"
#include "env/scenario.h"
#include "env/sim/warehouse_model.h"

namespace restock {

/// What decoding needs to know of a SKU and one of its sources.
struct SkuActionLimits {
  Quantity pack_size = 1;
  Quantity minimum_order_quantity = 0;
  Quantity maximum_order_quantity = 0;  ///< 0: no limit
  double mean_over_interval = 1;        ///< mean demand over the source's protection interval, units
  bool exists = true;                   ///< a SKU may have fewer sources than another
};

class ActionSpec {
 public:
  ActionSpec() = default;
  /// Throws InputError where `maximum` gives no or too many actions.
  ActionSpec(const WarehouseModel& warehouse, const ActionConfig& config);
  /// As read back from a bundle.
  ActionSpec(ActionKind kind, double maximum, std::size_t actions, std::vector<SkuActionLimits> limits);

  ActionKind kind() const noexcept { return kind_; }
  double maximum() const noexcept { return maximum_; }
  /// Number of actions of a row.
  std::size_t actions() const noexcept { return actions_; }
  std::size_t sources() const noexcept { return choices_.size(); }
  /// [SKUs × sources]
  const std::vector<SkuActionLimits>& limits() const noexcept { return limits_; }
  /// The action that comes closest to ordering one mean demand of a review period: where learners start from.
  std::size_t typical_action() const noexcept { return typical_action_; }
  /// The quantity that an action of a row asks for from a source, before legal_order_quantity.
  Quantity decode(const DecisionBatch& batch, std::size_t row, std::size_t action,
                  std::size_t source = 0) const;
  /// mask[actions]: 1 where an action is legal and differs from action 0.
  void write_mask(const DecisionBatch& batch, std::size_t row, std::span<std::uint8_t> mask) const;

 private:
  const SkuActionLimits& limits_of(const DecisionBatch& batch, std::size_t row, std::size_t source) const {
    return limits_[static_cast<std::size_t>(batch.sku[row]) * choices_.size() + source];
  }
  std::size_t choice(std::size_t action, std::size_t source) const;
  Quantity target(const DecisionBatch& batch, std::size_t row, std::size_t choice, std::size_t source) const;
  bool is_open(const DecisionBatch& batch, std::size_t row, std::size_t source) const;
  bool is_legal(const DecisionBatch& batch, std::size_t row, std::size_t action, std::size_t source) const;
  void write_mask_of_packs(const DecisionBatch& batch, std::size_t row, std::span<std::uint8_t> mask) const;

  ActionKind kind_ = ActionKind::order_quantity;
  double maximum_ = 0;                ///< of the regular source
  std::vector<double> maxima_;        ///< by source
  std::vector<std::size_t> choices_;  ///< by source
  std::size_t actions_ = 1;
  std::size_t typical_action_ = 0;
  std::vector<SkuActionLimits> limits_;
};

}  // namespace restock
