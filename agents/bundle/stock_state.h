// The stock of a day as a planner exports it: one row a SKU.
//
//   id,on_hand[,backlog][,on_order][,ordered_1_days_ago,ordered_2_days_ago,…][,date]
//
// on_order is everything that has been ordered and has not arrived; ordered_k_days_ago is that part of it
// which was ordered k days ago, and the last of these columns stands for all that is older too. Where they
// are given on_order may be left out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agents/bundle/bundle.h"

namespace restock::bundle {

/// Whether a file of today's stock says what a feature of observations needs.
inline bool stock_file_tells(std::string_view feature) {
  return feature != "days_since_order" && feature != "stock_by_remaining_life" &&
         feature != "capacity_used" && feature != "supplier_out" && feature != "price" &&
         feature != "promotion" && feature != "promotion_ahead";
}

struct StockRow {
  std::int32_t sku = 0;  ///< index into the bundle's SKUs
  Quantity on_hand = 0;
  Quantity backlog = 0;
  Quantity on_order = 0;
  std::vector<Quantity>
      ordered_days_ago;  ///< [0]: 1 day ago; as many as the bundle's pipeline is wide, the last: older too
};

struct StockState {
  std::string file;  ///< for messages
  std::optional<Date> date;
  std::vector<StockRow> rows;  ///< every SKU of the bundle once
};

/// Throws InputError with all problems at once: unknown, missing and repeated SKUs, negative quantities,
/// columns that do not fit.
StockState read_stock_state(const std::string& file, const BundleMetadata& metadata);

}  // namespace restock::bundle
