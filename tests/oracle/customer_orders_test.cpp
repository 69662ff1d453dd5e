// Orders of two lines where one of two SKUs is never in stock. With Poisson demand, each line of a day in its
// random order is one of the missing SKU with probability f, whatever the others are: Poisson splitting. So
// of N ~ Poisson(m) lines, ⌊N/2⌋ pairs are whole with probability (1 − f)², and a last single line with 1 −
// f.
#include "tests/oracle/simulated.h"

using namespace restock;
using namespace restock::testing;

TEST_CASE("the order fill rate of pairs of lines is that of Poisson splitting") {
  constexpr double kLines = 3;
  constexpr double kMissing = 0.3;
  SkuSpec kept = lost_sales_sku("kept", poisson(kLines * (1 - kMissing)), LawSpec::constant(1));
  kept.initial_on_hand = 1'000'000;
  const SkuSpec missing = lost_sales_sku("missing", poisson(kLines * kMissing), LawSpec::constant(1));
  WarehouseSpec spec = warehouse_of({kept, missing}, 40'000 / kShorter);
  spec.arrivals = Arrivals::orders;
  spec.demand.lines_per_order = LawSpec::constant(2);
  const Experiment experiment(spec, "base_stock", {0, 0}, 64);
  const double odd = (1 - std::exp(-2 * kLines)) / 2;
  const double pairs = (kLines - odd) / 2;
  const double whole = pairs * (1 - kMissing) * (1 - kMissing) + odd * (1 - kMissing);
  check_figure(experiment, "order_fill_rate", whole / (pairs + odd));
}
