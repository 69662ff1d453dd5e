// A readable day-by-day transcript of a simulation, for people and for golden tests.
#pragma once

#include <ostream>

#include "env/sim/simulator.h"

namespace restock {

/// Writes one line an event and one line a SKU at each day's close.
class TraceWriter final : public SimulationObserver {
 public:
  explicit TraceWriter(std::ostream& out) : out_(out) {}
  void on_order(const Simulator& simulator, std::int32_t sku, std::int32_t source, Quantity quantity,
                SimTime due) override;
  void on_request(const Simulator& simulator, std::int32_t sku, std::int32_t upstream,
                  Quantity quantity) override;
  void on_joint_order(const Simulator& simulator, std::int32_t supplier, std::int64_t lines,
                      Quantity trucks) override;
  void on_adjustment(const Simulator& simulator, std::int32_t sku, Quantity wanted,
                     Quantity ordered) override;
  void on_receipt(const Simulator& simulator, std::int32_t sku, Quantity quantity) override;
  void on_demand(const Simulator& simulator, std::int32_t sku, Quantity demanded, Quantity served) override;
  void on_giving_up(const Simulator& simulator, std::int32_t sku, Quantity quantity) override;
  void on_substitution(const Simulator& simulator, std::int32_t out, std::int32_t taken,
                       Quantity quantity) override;
  void on_return(const Simulator& simulator, std::int32_t sku, Quantity quantity) override;
  void on_expiry(const Simulator& simulator, std::int32_t sku, Quantity quantity) override;
  void on_floor(const Simulator& simulator, std::int32_t sku, FloorEvent event, Quantity quantity) override;
  void on_day_close(const Simulator& simulator, std::int64_t day) override;

 private:
  void line(const Simulator& simulator, const std::string& who, const std::string& what);
  void line(const Simulator& simulator, std::int32_t sku, const std::string& what);
  std::ostream& out_;
};

}  // namespace restock
