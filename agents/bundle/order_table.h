// The orders of a table policy as a file: one tensor of states, one of orders.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agents/policies/exact/lookup_policy.h"

namespace restock::bundle {

inline constexpr std::size_t kMostTableColumns = 64;
inline constexpr std::int64_t kMostTableRows = 4'000'000;

std::string order_table_bytes(const exact::OrderTable& table);

/// Throws InputError where the file does not hold `rows` ascending states of these columns, all of them and
/// their orders whole numbers that fit.
exact::OrderTable read_order_table(std::string_view bytes, std::vector<exact::StateColumn> columns,
                                   std::size_t rows, const std::string& file);

}  // namespace restock::bundle
