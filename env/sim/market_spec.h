// What customers of a SKU do, as a user describes it, beside how many units they ask for: on how many days
// they come at all, what they take instead, what moves them together with those of other SKUs, and what they
// bring back.
#pragma once

#include <string>

#include "env/core/description.h"
#include "env/sim/spec_bounds.h"

namespace restock {

/// Of the units that stock cannot serve, some customers take another SKU's instead, where that one has stock.
struct SubstituteSpec {
  std::string sku;         ///< "": none
  double share = kNotSet;  ///< of the units, each a draw of its own
};

/// A one-factor Gaussian copula: z = loading · z_factor + √(1 − loading²) · z_sku, both of the day, and the
/// uniform Φ(z) draws the demand of the day. The law of each SKU stays what it is.
struct CorrelationSpec {
  std::string factor;  ///< SKUs that name the same one are correlated; "": none
  double loading = kNotSet;
};

/// Of the units shipped on a day each comes back with probability `share`, whole days later, at the start of
/// the day, and goes back on the shelf.
struct ReturnsSpec {
  double share = kNotSet;
  LawSpec delay_days;
};

struct MarketSpec {
  double demand_probability = 1;  ///< of a day with demand
  SubstituteSpec substitute;
  CorrelationSpec correlation;
  ReturnsSpec returns;
};

void describe(FieldVisitor& visitor, SubstituteSpec& substitute);
void describe(FieldVisitor& visitor, CorrelationSpec& correlation);
void describe(FieldVisitor& visitor, ReturnsSpec& returns);
/// Visits the fields as members of the SKU itself.
void describe(FieldVisitor& visitor, MarketSpec& market);

}  // namespace restock
