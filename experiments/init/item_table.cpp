#include "experiments/init/item_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <optional>

#include "env/core/csv.h"
#include "env/core/quantity.h"
#include "env/core/suggest.h"

namespace restock::experiments {

namespace {

constexpr double kMostMoney = 1e9;
constexpr std::int64_t kLongestLife = 3650;

class ItemReader {
 public:
  explicit ItemReader(const std::string& file) : csv_(file), id_(csv_.column({"unique_id", "id", "sku"})) {
    known_.push_back(id_);
    price_ = find({"price", "unit_price"});
    unit_cost_ = find({"unit_cost", "cost"});
    pack_size_ = find({"pack_size", "pack"});
    supplier_ = find({"supplier", "vendor_name", "vendor"});
    minimum_ = find({"minimum_order_quantity"});
    maximum_ = find({"maximum_order_quantity"});
    shelf_life_ = find({"shelf_life_days"});
  }

  ItemTable read() {
    ItemTable table;
    while (csv_.next()) {
      const std::string& id = csv_.fields()[id_];
      if (id.empty()) csv_.fail(id_, "is empty, expected the item's unique_id");
      if (!table.items.emplace(id, item()).second) csv_.fail(id_, in_quotes(id) + " stands here twice");
    }
    for (std::size_t column = 0; column < csv_.header().size(); ++column)
      if (std::ranges::find(known_, column) == known_.end()) table.ignored.push_back(csv_.header()[column]);
    return table;
  }

 private:
  std::optional<std::size_t> find(std::initializer_list<std::string_view> names) {
    const auto column = csv_.find_column(names);
    if (column) known_.push_back(*column);
    return column;
  }
  bool has(const std::optional<std::size_t>& column) const {
    return column && !csv_.fields()[*column].empty();
  }
  std::optional<double> money(const std::optional<std::size_t>& column) const {
    return has(column) ? std::optional(csv_.number(*column, 0, kMostMoney)) : std::nullopt;
  }
  std::optional<std::int64_t> whole(const std::optional<std::size_t>& column, std::int64_t least,
                                    std::int64_t most) const {
    return has(column) ? std::optional(csv_.integer(*column, least, most)) : std::nullopt;
  }
  Item item() const {
    return {.price = money(price_),
            .unit_cost = money(unit_cost_),
            .pack_size = whole(pack_size_, 1, kMaximumQuantity),
            .minimum_order_quantity = whole(minimum_, 0, kMaximumQuantity),
            .maximum_order_quantity = whole(maximum_, 0, kMaximumQuantity),
            .shelf_life_days = whole(shelf_life_, 0, kLongestLife),
            .supplier = has(supplier_) ? csv_.fields()[*supplier_] : std::string()};
  }

  CsvReader csv_;
  std::size_t id_;
  std::vector<std::size_t> known_;
  std::optional<std::size_t> price_, unit_cost_, pack_size_, supplier_, minimum_, maximum_, shelf_life_;
};

}  // namespace

ItemTable read_items(const std::string& file) {
  return ItemReader(file).read();
}

}  // namespace restock::experiments
