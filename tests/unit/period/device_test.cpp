// The kernel on a CUDA device against the same kernel on the processor.
#include "env/period/device.h"

#include <catch2/catch.hpp>
#include <iostream>

#include "env/core/error.h"
#include "tests/unit/period/skus.h"

using namespace restock;
using namespace restock::testing;

TEST_CASE("the device gives the same ledgers and hashes as the processor") {
  const period::Device device = period::find_device();
  if (!device.is_there) {
    std::cout << "SKIPPED: no CUDA device: " << device.name << '\n';
    SUCCEED();
    return;
  }
  for (const period::Sku& sku : {lost_sales_example(), backlog_example(), crossing_example()}) {
    std::vector<period::Outcome> outcomes(1'000);
    const RunKey run{1, Split::tune, 40};
    period::run_on_device(sku, run, outcomes);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      const period::Outcome alone = period::run_one(sku, {1, Split::tune, 40 + i});
      REQUIRE(outcomes[i].hash == alone.hash);
      REQUIRE(outcomes[i].at_end == alone.at_end);
      REQUIRE(outcomes[i].at_warm_up_end == alone.at_warm_up_end);
    }
  }
}

TEST_CASE("without a device there is a reason and an error instead of results") {
  const period::Device device = period::find_device();
  CHECK_FALSE(device.name.empty());
  if (device.is_there) return;
  std::vector<period::Outcome> outcomes(1);
  CHECK_THROWS_AS(period::run_on_device(lost_sales_example(), {}, outcomes), InputError);
}
