// Whether the shelf was empty during a day: what a forecaster is told instead of the demand that was lost.
#include <catch2/catch.hpp>

#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

/// Stock-out flag and sales at each close.
class Closes final : public SimulationObserver {
 public:
  std::vector<bool> empty;
  std::vector<Quantity> sales;
  void on_day_close(const Simulator& now, std::int64_t) override {
    empty.push_back(now.stocked_out(0));
    sales.push_back(now.day_sales(0));
  }
};

Closes closes_of(const WarehouseSpec& spec, const std::vector<std::vector<std::int32_t>>& demand,
                 const Orders& orders) {
  Simulator simulator(build_warehouse(spec), path_of(demand));
  Closes closes;
  simulator.set_observer(&closes);
  simulator.reset({});
  run_to_end(simulator, orders);
  return closes;
}

}  // namespace

TEST_CASE("sales and the flag of an empty shelf are those of the day that closes") {
  SkuSpec sku = lost_sales_sku("a", poisson(1), LawSpec::constant(1));
  sku.initial_on_hand = 5;
  const Orders late = [](const Simulator& now, std::int32_t) { return now.day() == 2 ? 4 : 0; };
  const Closes closes = closes_of(warehouse_of({sku}, 5), {{3}, {4}, {2}, {1}, {0}}, late);
  CHECK(closes.sales == std::vector<Quantity>{3, 2, 0, 1, 0});
  CHECK(closes.empty == std::vector<bool>{false, true, true, false, false});
}

TEST_CASE("selling exactly what is there empties the shelf") {
  SkuSpec sku = lost_sales_sku("a", poisson(1), LawSpec::constant(1));
  sku.initial_on_hand = 3;
  CHECK(closes_of(warehouse_of({sku}, 2), {{3}, {0}}, nothing()).empty == std::vector<bool>{true, true});
}

TEST_CASE("an order that fills the shelf again within the day does not hide that it was empty") {
  WarehouseSpec spec = warehouse_of({lost_sales_sku("a", poisson(1), LawSpec::constant(0))}, 3);
  spec.skus[0].initial_on_hand = 2;
  spec.review = Review::continuous;
  const Closes closes = closes_of(spec, {{5}, {1}, {0}}, order_up_to(2));
  CHECK(closes.sales == std::vector<Quantity>{2, 1, 0});
  CHECK(closes.empty == std::vector<bool>{true, false, false});
}
