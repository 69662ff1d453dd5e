// What a user knows of the items: prices, packs, who supplies them. One row an item; columns by their usual
// names, those that are not known are left alone.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace restock::experiments {

struct Item {
  std::optional<double> price;
  std::optional<double> unit_cost;
  std::optional<std::int64_t> pack_size;
  std::optional<std::int64_t> minimum_order_quantity;
  std::optional<std::int64_t> maximum_order_quantity;
  std::optional<std::int64_t> shelf_life_days;
  std::string supplier;  ///< "": not said
};

struct ItemTable {
  std::map<std::string, Item, std::less<>> items;  ///< by unique_id
  std::vector<std::string> ignored;                ///< columns that say nothing here
};

/// Columns: unique_id (or id, sku), price (unit_price), unit_cost (cost), pack_size (pack), supplier
/// (vendor_name, vendor), minimum_order_quantity, maximum_order_quantity, shelf_life_days. A field may be
/// empty. Throws InputError with file, line and column, also where an item stands twice.
ItemTable read_items(const std::string& file);

}  // namespace restock::experiments
