// The yardstick measures nothing unless it simulates the same warehouse: its ledgers must be the engine's.
#include "tools/bench/reference_engine.h"

#include <catch2/catch.hpp>

#include "tests/support/ledgers.h"
#include "tests/support/warehouses.h"
#include "tools/bench/warehouse.h"

using namespace restock;
using namespace restock::testing;

namespace {

void check_engines(std::shared_ptr<const WarehouseModel> model, Quantity level) {
  const RunKey run{4, Split::tune, 2};
  bench::ReferenceEngine reference(model);
  reference.run(run, level);
  Simulator simulator(model);
  bench::run_engine(simulator, run, level);
  for (std::size_t sku = 0; sku < model->skus.size(); ++sku)
    check_same(simulator.lifetime_ledger(static_cast<std::int32_t>(sku)), reference.ledger(sku));
  CHECK(reference.ledger(0).lost + reference.ledger(0).backlog_time > 0);
}

}  // namespace

TEST_CASE("the plain engine of the benchmarks and the event engine come to the same ledgers") {
  check_engines(bench::customer_warehouse(1, 400), bench::kCustomerLevel);
  check_engines(bench::customer_warehouse(30, 60), bench::kCustomerLevel);
}

TEST_CASE("the plain engine agrees on sizes of orders and odd lead times and backlogs") {
  SkuSpec sizes = backlog_sku("sizes", poisson(20), exponential(1.7));
  sizes.order_size = discrete({1, 2, 9}, {5, 3, 1});
  sizes.pack_size = 12;
  SkuSpec rare = lost_sales_sku("rare", poisson(2), exponential(0.4));
  rare.supply.review_period_days = 3;
  WarehouseSpec spec = warehouse_of({sizes, rare}, 300);
  spec.arrivals = Arrivals::orders;
  check_engines(build_warehouse(spec), 130);
}
