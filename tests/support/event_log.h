// Drives a simulator by a function and writes down what happens, one short line an event.
#pragma once

#include <fmt/format.h>

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "env/sim/simulator.h"
#include "env/sim/warehouse_model.h"

namespace restock::testing {

/// "day 3 start", "day 3 end", "day 3 06:00", or with milliseconds where there are some.
inline std::string when(SimTime time) {
  const std::int64_t day = time.day();
  if (time == SimTime::start_of_day(day)) return fmt::format("day {} start", day);
  if (time == SimTime::end_of_day(day)) return fmt::format("day {} end", day);
  const std::int64_t in_day = (time - SimTime::start_of_day(day)).in_milliseconds();
  const std::int64_t rest = in_day % 60'000;
  return fmt::format("day {} {:02}:{:02}{}", day, in_day / 3'600'000, in_day / 60'000 % 60,
                     rest == 0 ? "" : fmt::format("+{}ms", rest));
}

class EventLog final : public SimulationObserver {
 public:
  std::vector<std::string> lines;

  void on_order(const Simulator& simulator, std::int32_t sku, std::int32_t, Quantity quantity,
                SimTime due) override {
    add(simulator, sku, fmt::format("orders {} due {}", quantity, when(due)));
  }
  void on_receipt(const Simulator& simulator, std::int32_t sku, Quantity quantity) override {
    add(simulator, sku, fmt::format("receives {}", quantity));
  }
  void on_demand(const Simulator& simulator, std::int32_t sku, Quantity demanded, Quantity served) override {
    add(simulator, sku, fmt::format("sells {} of {}", served, demanded));
  }
  void on_giving_up(const Simulator& simulator, std::int32_t sku, Quantity quantity) override {
    add(simulator, sku, fmt::format("gives up {}", quantity));
  }
  void on_substitution(const Simulator& simulator, std::int32_t out, std::int32_t taken,
                       Quantity quantity) override {
    add(simulator, out,
        fmt::format("has {} take {}", quantity, simulator.model().skus[static_cast<std::size_t>(taken)].id));
  }
  void on_return(const Simulator& simulator, std::int32_t sku, Quantity quantity) override {
    add(simulator, sku, fmt::format("takes back {}", quantity));
  }
  void on_expiry(const Simulator& simulator, std::int32_t sku, Quantity quantity) override {
    add(simulator, sku, fmt::format("throws away {}", quantity));
  }
  void on_floor(const Simulator& simulator, std::int32_t sku, FloorEvent event, Quantity quantity) override {
    static constexpr std::array<const char*, 8> words{"arrive", "unloaded",    "without room", "refused",
                                                      "picked", "picked late", "vanish",       "written off"};
    add(simulator, sku, fmt::format("{} {}", quantity, words[static_cast<std::size_t>(event)]));
  }
  void on_day_close(const Simulator& simulator, std::int64_t day) override {
    lines.push_back(fmt::format("{}: close of day {}", when(simulator.now()), day));
  }

 private:
  void add(const Simulator& simulator, std::int32_t sku, const std::string& what) {
    lines.push_back(fmt::format("{}: {} {}", when(simulator.now()),
                                simulator.model().skus[static_cast<std::size_t>(sku)].id, what));
  }
};

/// Demand by day and SKU, one path.
inline std::shared_ptr<const DemandPaths> path_of(const std::vector<std::vector<std::int32_t>>& days) {
  auto paths = std::make_shared<DemandPaths>();
  *paths = {1, static_cast<std::int64_t>(days.size()), static_cast<std::int64_t>(days.front().size()), {}};
  for (const auto& day : days) paths->units.insert(paths->units.end(), day.begin(), day.end());
  return paths;
}

/// What to order of a SKU at a decision.
using Orders = std::function<Quantity(const Simulator&, std::int32_t sku)>;

inline Orders order_up_to(Quantity level) {
  return [level](const Simulator& simulator, std::int32_t sku) {
    return std::max<Quantity>(0, level - simulator.state(sku).inventory_position());
  };
}
inline Orders nothing() {
  return [](const Simulator&, std::int32_t) { return Quantity{0}; };
}

/// Runs from where the simulator stands to the end of the horizon.
inline void run_to_end(Simulator& simulator, const Orders& orders) {
  while (const auto decision = simulator.run_until_decision())
    for (const std::int32_t sku : decision->skus)
      simulator.place_order(
          sku, 0,
          legal_order_quantity(simulator.model().skus[static_cast<std::size_t>(sku)].regular(),
                               orders(simulator, sku)));
}

/// The whole story of one replication.
inline std::vector<std::string> story_of(const WarehouseSpec& spec, std::shared_ptr<const DemandPaths> paths,
                                         const Orders& orders) {
  Simulator simulator(build_warehouse(spec), std::move(paths));
  EventLog log;
  simulator.set_observer(&log);
  simulator.reset({});
  run_to_end(simulator, orders);
  return log.lines;
}

}  // namespace restock::testing
