// Today's orders: a bundle, the stock of the day and, where the policy looks at forecasts, the sales up to
// yesterday.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agents/bundle/bundle.h"
#include "agents/bundle/stock_state.h"
#include "forecasting/panel.h"

namespace restock::bundle {

/// What to order of one SKU, and why.
struct OrderLine {
  std::string id;
  Quantity order_quantity = 0;      ///< legal: whole packs, minimum and maximum respected
  Quantity inventory_position = 0;  ///< before the order
  Quantity position_after_order = 0;
  std::int32_t interval_days = 1;  ///< the protection interval, which the order has to cover
  /// Over that interval: the forecast, or the mean demand where the policy looks at no forecast.
  double expected_demand = 0;
  /// The highest level of the forecast whose quantile the position after the order covers (the lowest one
  /// where it covers none); not set where the policy looks at no forecast.
  std::optional<double> forecast_level;
  std::optional<double> forecast_quantile;
  std::string reason;  ///< for people
};

struct Orders {
  std::optional<Date> date;      ///< not set where nothing says which day it is, and the policy does not ask
  std::vector<OrderLine> lines;  ///< in the order of the state
  std::vector<std::string> notes;  ///< what people should know beside
};

/// `history` may be nullptr where the policy looks at no forecast; of its sales only those before the date
/// are used. The date: the given one, else the state's, else the day after the end of the history. Throws
/// InputError.
Orders decide(const Bundle& bundle, const StockState& state, const forecasting::Panel* history,
              std::optional<Date> date);

struct DecideFiles {
  std::string state;
  std::string history;  ///< "": none
};
/// The same from files.
Orders decide(const Bundle& bundle, const DecideFiles& files, std::optional<Date> date);

/// A header and a line a SKU.
std::string orders_csv(const Orders& orders);
std::string orders_json(const Bundle& bundle, const Orders& orders);

}  // namespace restock::bundle
