#include <fmt/format.h>

#include "agents/bundle/decide.h"
#include "env/core/csv.h"
#include "env/core/json_writer.h"

namespace restock::bundle {

namespace {

std::string optional_number(const std::optional<double>& number) {
  return number ? fmt::format("{:.6g}", *number) : "";
}

void write_optional(JsonWriter& json, std::string_view name, const std::optional<double>& number) {
  json.key(name);
  if (number) {
    json.value(*number);
  } else {
    json.value(nullptr);
  }
}

}  // namespace

std::string orders_csv(const Orders& orders) {
  std::string text =
      "id,order_quantity,inventory_position,position_after_order,interval_days,expected_demand,forecast_"
      "level,"
      "forecast_quantile,reason\n";
  for (const OrderLine& line : orders.lines)
    text += fmt::format("{},{},{},{},{},{:.6g},{},{},{}\n", csv_field(line.id), line.order_quantity,
                        line.inventory_position, line.position_after_order, line.interval_days,
                        line.expected_demand, optional_number(line.forecast_level),
                        optional_number(line.forecast_quantile), csv_field(line.reason));
  return text;
}

std::string orders_json(const Bundle& bundle, const Orders& orders) {
  JsonWriter json;
  json.begin_object();
  json.member("policy", bundle.metadata.name).member("scenario", bundle.metadata.scenario);
  json.key("date");
  if (orders.date) {
    json.value(format_date(*orders.date));
  } else {
    json.value(nullptr);
  }
  json.key("orders").begin_array();
  for (const OrderLine& line : orders.lines) {
    json.begin_object();
    json.member("id", line.id).member("order_quantity", line.order_quantity);
    json.member("inventory_position", line.inventory_position)
        .member("position_after_order", line.position_after_order);
    json.member("interval_days", line.interval_days).member("expected_demand", line.expected_demand);
    write_optional(json, "forecast_level", line.forecast_level);
    write_optional(json, "forecast_quantile", line.forecast_quantile);
    json.member("reason", line.reason);
    json.end_object();
  }
  json.end_array();
  json.member("notes", orders.notes);
  return json.end_object().text();
}

}  // namespace restock::bundle
