// The kernel against exact costs, with ten times the days that the event engine's oracles have time for.
#include "tests/oracle/simulated.h"

using namespace restock;
using namespace restock::testing;

TEST_CASE("the kernel finds Zipkin's cost over 10^8 days") {
  // Zipkin 2008, Operations Research 56(5), Table 3; recomputed exactly.
  check_figure(Experiment(zipkin(100'000, 1'000), "base_stock", {29, 5}, 1'000), "cost_per_period", 6.912279,
               0.0002);
}

TEST_CASE("the kernel finds Zheng and Federgruen's cost over 10^8 days") {
  // Zheng and Federgruen 1991, Operations Research 39(4); recomputed exactly.
  check_figure(Experiment(zheng_federgruen(10, 100'000, 1'000), "s_S", {6, 40}, 1'000), "cost_per_period",
               35.02156, 0.0002);
}
