// A policy of which the inventory position and the row's parameters alone decide: most classical ones.
#pragma once

#include <algorithm>
#include <type_traits>

#include "agents/policies/row_parameters.h"

namespace restock::policies {

/// Rule::of(values) gives what is ordered at a position, as a functor. Where it is one of period::OrderRule,
/// the policy can be simulated by the period kernel.
template <class Rule>
class PositionPolicy final : public Policy {
 public:
  /// `name` must outlive the policy.
  PositionPolicy(std::string_view name, const PolicyParameters& parameters)
      : name_(name), values_(parameters) {}
  std::string_view name() const override { return name_; }
  bool needs_forecast() const override { return values_.needs_forecast(); }
  void decide(const DecisionBatch& batch, PolicyMemory&, OrderBatch& orders) const override {
    for (std::size_t row = 0; row < batch.rows; ++row) {
      const auto rule = Rule::of(values_.of(batch, row));
      orders.quantity[row] = std::max<Quantity>(0, rule(batch.inventory_position(row)));
    }
  }
  std::optional<period::OrderRule> order_rule(std::int32_t sku) const override {
    using Functor = decltype(Rule::of(RowParameters::Values()));
    if constexpr (std::is_constructible_v<period::OrderRule, Functor>) {
      const auto place = static_cast<std::size_t>(sku);
      if (values_.is_constant(place)) return Rule::of(values_.constant(place));
    }
    return std::nullopt;
  }

 private:
  std::string_view name_;
  RowParameters values_;
};

/// A largest order of 0 means that there is none.
inline Quantity largest_order(double value) noexcept {
  return value > 0 ? units(value) : kMaximumQuantity;
}

}  // namespace restock::policies
