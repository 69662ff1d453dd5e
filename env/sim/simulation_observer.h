// Who wants to know what happens in a simulation.
#pragma once

#include <cstdint>

#include "env/core/quantity.h"
#include "env/core/time.h"

namespace restock {

class Simulator;

/// What happens on the floor beside receipts, demand and expiry (floor.h).
enum class FloorEvent {
  arrival,   ///< of an order that will take more steps to the shelf
  unloaded,  ///< at a dock
  no_room,   ///< on the dock, until there is room
  refused,   ///< sent back
  picked,    ///< in time, or without a due time
  picked_late,
  vanished,     ///< from the shelf, unseen
  written_off,  ///< found missing
};

/// Is told what happens, in the order in which it happens. Used for traces and for what advances once a day.
class SimulationObserver {
 public:
  virtual ~SimulationObserver() = default;
  /// Units start their way from a source.
  virtual void on_order(const Simulator&, std::int32_t /*sku*/, std::int32_t /*source*/, Quantity,
                        SimTime /*due*/) {}
  /// A stocking point asks another one.
  virtual void on_request(const Simulator&, std::int32_t /*sku*/, std::int32_t /*upstream*/, Quantity) {}
  /// What SKUs ordered from one supplier in one instant share the cost of.
  virtual void on_joint_order(const Simulator&, std::int32_t /*supplier*/, std::int64_t /*lines*/,
                              Quantity /*trucks*/) {}
  /// An order is changed to fit what orders share, before it is placed.
  virtual void on_adjustment(const Simulator&, std::int32_t /*sku*/, Quantity /*wanted*/,
                             Quantity /*ordered*/) {}
  virtual void on_receipt(const Simulator&, std::int32_t /*sku*/, Quantity) {}
  virtual void on_demand(const Simulator&, std::int32_t /*sku*/, Quantity /*demanded*/, Quantity /*served*/) {
  }
  virtual void on_giving_up(const Simulator&, std::int32_t /*sku*/, Quantity) {}
  /// Units of one SKU are taken instead of another's, which is out of stock.
  virtual void on_substitution(const Simulator&, std::int32_t /*out*/, std::int32_t /*taken*/, Quantity) {}
  virtual void on_return(const Simulator&, std::int32_t /*sku*/, Quantity) {}
  virtual void on_expiry(const Simulator&, std::int32_t /*sku*/, Quantity) {}
  virtual void on_floor(const Simulator&, std::int32_t /*sku*/, FloorEvent, Quantity) {}
  /// After costs have been counted; day_sales() and stocked_out() still speak of the day that closes.
  virtual void on_day_close(const Simulator&, std::int64_t /*day*/) {}
};

}  // namespace restock
