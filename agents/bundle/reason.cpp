#include "agents/bundle/reason.h"

#include <fmt/format.h>

namespace restock::bundle {

namespace {

std::string position_text(const OrderLine& line, const PositionParts& parts) {
  std::string text = fmt::format("position {} ({} on hand", line.inventory_position, parts.on_hand);
  if (parts.on_order > 0) text += fmt::format(" + {} on order", parts.on_order);
  if (parts.backlog > 0) text += fmt::format(" - {} backlog", parts.backlog);
  return text + ")";
}

std::string demand_text(const OrderLine& line) {
  return fmt::format("{} {:.1f} in {} {}", line.forecast_level ? "forecast" : "mean demand",
                     line.expected_demand, line.interval_days, line.interval_days == 1 ? "day" : "days");
}

/// How safe the position is after the order.
std::string cover_text(const OrderLine& line) {
  if (line.forecast_level) {
    const bool covers = static_cast<double>(line.position_after_order) >= *line.forecast_quantile;
    return fmt::format("{} {} the {:.4g} % forecast of {:.1f}", line.position_after_order,
                       covers ? "covers" : "is below", 100 * *line.forecast_level, *line.forecast_quantile);
  }
  if (line.expected_demand <= 0) return fmt::format("position after the order {}", line.position_after_order);
  return fmt::format("{} is {:.2f} times that", line.position_after_order,
                     static_cast<double>(line.position_after_order) / line.expected_demand);
}

/// What packs, minimum and maximum made of the wish.
std::string rounding_text(const OrderLine& line, const BundleSku& sku, Quantity wanted) {
  if (wanted <= 0 || line.order_quantity == wanted) return "";
  if (line.order_quantity < wanted) return fmt::format(" ({} cut to the largest order)", wanted);
  if (wanted < sku.minimum_order_quantity) return fmt::format(" ({} raised to the smallest order)", wanted);
  return fmt::format(" ({} rounded up to packs of {})", wanted, sku.pack_size);
}

}  // namespace

std::string reason_of(const OrderLine& line, const BundleSku& sku, const PositionParts& parts,
                      Quantity wanted) {
  const std::string order =
      line.order_quantity > 0
          ? fmt::format("order {}{}", line.order_quantity, rounding_text(line, sku, wanted))
          : fmt::format("no order{}", rounding_text(line, sku, wanted));
  return fmt::format("{}; {}; {}: {}", position_text(line, parts), demand_text(line), order,
                     cover_text(line));
}

}  // namespace restock::bundle
