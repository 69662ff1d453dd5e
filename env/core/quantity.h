// Quantities are whole numbers of a SKU's smallest unit.
#pragma once

#include <cstdint>

namespace restock {

using Quantity = std::int64_t;

/// The largest quantity that any input may name; sums of 2^20 of them still fit into int64.
inline constexpr Quantity kMaximumQuantity = Quantity{1} << 40;

}  // namespace restock
