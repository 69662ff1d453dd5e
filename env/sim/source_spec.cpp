#include "env/sim/source_spec.h"

#include <fmt/format.h>

#include <array>

namespace restock {

std::span<const std::string_view> names_of(DiscountRule) {
  static constexpr std::array<std::string_view, 2> names{"all_units", "incremental"};
  return names;
}

void describe(FieldVisitor& visitor, PriceBreakSpec& price) {
  visitor.field("from_quantity", price.from_quantity,
                {.meaning = "smallest order that gets this price",
                 .unit = "units",
                 .minimum = 1,
                 .maximum = kMaximumUnits,
                 .required = true});
  visitor.field("purchase_per_unit", price.purchase_per_unit,
                {.meaning = "of a unit ordered from there on",
                 .unit = "money/unit",
                 .minimum = 0,
                 .maximum = kMaximumMoney,
                 .required = true});
}

void describe(FieldVisitor& visitor, SourceSpec& source) {
  visitor.field("supplier", source.supplier, {.meaning = "id of one of the suppliers", .required = true});
  visitor.field("purchase_per_unit", source.purchase_per_unit,
                {.meaning = "of a unit ordered from it; not given: the SKU's costs.purchase_per_unit",
                 .unit = "money/unit",
                 .minimum = 0,
                 .maximum = kMaximumMoney});
  describe_list(visitor, "price_breaks", source.price_breaks,
                {.meaning = "lower prices of larger orders, by growing from_quantity"});
  describe_choice(visitor, "discount", source.discount,
                  {.meaning = "all_units: a price break holds for every unit of the order; incremental: for "
                              "those from from_quantity on"});
  visitor.field("pack_size", source.pack_size,
                {.meaning = "orders are multiples of it; 0: the SKU's pack_size",
                 .unit = "units",
                 .minimum = 0,
                 .maximum = kMaximumUnits});
  visitor.field("minimum_order_quantity", source.minimum_order_quantity,
                {.meaning = "an order is nothing or at least this; -1: the SKU's",
                 .unit = "units",
                 .minimum = -1,
                 .maximum = kMaximumUnits});
  visitor.field("maximum_order_quantity", source.maximum_order_quantity,
                {.meaning = "largest order; 0: no limit; -1: the SKU's",
                 .unit = "units",
                 .minimum = -1,
                 .maximum = kMaximumUnits});
  std::int64_t last = 0;
  for (std::size_t i = 0; i < source.price_breaks.size(); ++i) {
    if (source.price_breaks[i].from_quantity <= last)
      visitor.problem(
          fmt::format("price_breaks[{}].from_quantity", i),
          fmt::format("{}, expected more than the {} before", source.price_breaks[i].from_quantity, last));
    last = source.price_breaks[i].from_quantity;
  }
}

}  // namespace restock
