// One of several suppliers of a SKU as a user describes it: its terms for this SKU. What is not said is as
// the SKU itself has it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "env/core/description.h"
#include "env/sim/spec_bounds.h"

namespace restock {

/// The price of orders of at least so many units.
struct PriceBreakSpec {
  std::int64_t from_quantity = 0;
  double purchase_per_unit = kNotSet;
};

/// Which units of an order a price break lowers: all of it, or those from the break on.
enum class DiscountRule { all_units, incremental };

struct SourceSpec {
  std::string supplier;
  double purchase_per_unit = kNotSet;
  std::vector<PriceBreakSpec> price_breaks = {};
  DiscountRule discount = DiscountRule::all_units;
  std::int64_t pack_size = 0;                ///< 0: the SKU's
  std::int64_t minimum_order_quantity = -1;  ///< -1: the SKU's
  std::int64_t maximum_order_quantity = -1;  ///< -1: the SKU's
};

std::span<const std::string_view> names_of(DiscountRule);
void describe(FieldVisitor& visitor, PriceBreakSpec& price);
void describe(FieldVisitor& visitor, SourceSpec& source);

}  // namespace restock
