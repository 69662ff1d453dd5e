// Why this much: one sentence for the person who signs the order.
#pragma once

#include <string>

#include "agents/bundle/decide.h"

namespace restock::bundle {

/// What an inventory position is made of.
struct PositionParts {
  Quantity on_hand = 0;
  Quantity on_order = 0;
  Quantity backlog = 0;
};

/// `wanted` is what the policy asked for, before packs, minimum and maximum.
std::string reason_of(const OrderLine& line, const BundleSku& sku, const PositionParts& parts,
                      Quantity wanted);

}  // namespace restock::bundle
