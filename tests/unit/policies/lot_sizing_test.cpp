#include "agents/policies/lot_sizing.h"

#include <catch2/catch.hpp>

#include "env/core/keyed_random.h"

using namespace restock;
using namespace restock::policies;

namespace {

using Numbers = std::vector<double>;

/// Cost of a plan in which bit t of `periods` says that period t orders for all periods up to the next order.
double cost_of(const Numbers& demand, LotCosts costs, unsigned periods) {
  double cost = 0;
  std::size_t from = 0;
  for (std::size_t t = 0; t < demand.size(); ++t) {
    if ((periods >> t & 1) != 0) {
      from = t;
      cost += costs.set_up;
    } else if (cost == 0 && demand[t] > 0) {  // nothing has been ordered yet
      return 1e300;
    }
    cost += costs.holding_per_unit * static_cast<double>(t - from) * demand[t];
  }
  return cost;
}

}  // namespace

TEST_CASE("Wagner and Whitin's lots cost what textbooks say") {
  // Snyder and Shen, "Fundamentals of Supply Chain Theory", example 3.9 and problem 3.27.
  const LotPlan example = wagner_whitin(Numbers{90, 120, 80, 70}, {500, 2});
  CHECK(example.cost == Approx(1380));
  CHECK(example.orders == Numbers{210, 0, 150, 0});
  CHECK(wagner_whitin(Numbers{150, 100, 80, 200}, {120, 0.8}).cost == Approx(424));
  // The same book's companion: prices that change.
  CHECK(wagner_whitin(Numbers{400, 500, 500, 1100, 900}, {100, 0.1}, Numbers{3, 1, 4, 6, 6}).cost ==
        Approx(4940));
}

TEST_CASE("Silver and Meal's lots cost what their textbook says") {
  // Silver, Pyke and Thomas 2017, section 5.4: 54 a set-up, 0.4 a unit and month; 501.20, here the least.
  const Numbers demand{10, 62, 12, 130, 154, 129, 88, 52, 124, 160, 238, 41};
  const LotPlan plan = silver_meal(demand, {54, 0.4});
  CHECK(plan.orders == Numbers{84, 0, 0, 130, 283, 0, 140, 0, 124, 160, 279, 0});
  CHECK(plan.cost == Approx(501.2));
  CHECK(wagner_whitin(demand, {54, 0.4}).cost == Approx(501.2));
}

TEST_CASE("no plan is cheaper than Wagner and Whitin's, and Silver and Meal's is one of the plans") {
  for (std::uint64_t instance = 0; instance < 200; ++instance) {
    const Stream stream({5, Split::tune, instance}, Purpose::generation, 0);
    Numbers demand;
    for (std::int64_t t = 0; t < 8; ++t)
      demand.push_back(stream.below(3, t, 1) == 0 ? 0.0 : static_cast<double>(stream.below(40, t)));
    const LotCosts costs{static_cast<double>(1 + stream.below(60, 20)),
                         0.1 * static_cast<double>(1 + stream.below(20, 21))};
    double least = 1e300;
    for (unsigned periods = 0; periods < 256; ++periods)
      least = std::min(least, cost_of(demand, costs, periods));
    const LotPlan plan = wagner_whitin(demand, costs);
    CHECK(plan.cost == Approx(least));
    unsigned ordering = 0;
    double ordered = 0;
    for (std::size_t t = 0; t < demand.size(); ++t) {
      ordering |= plan.orders[t] > 0 ? 1U << t : 0;
      ordered += plan.orders[t] - demand[t];
    }
    CHECK(ordered == Approx(0).margin(1e-9));
    CHECK(cost_of(demand, costs, ordering) == Approx(plan.cost));
    CHECK(silver_meal(demand, costs).cost >= plan.cost - 1e-9);
    LotWorkspace work;
    if (demand.front() <= 0) continue;
    double first = 0;
    for (std::size_t t = 0; t < first_lot_of_wagner_whitin(demand, costs, work); ++t) first += demand[t];
    CHECK(first == Approx(plan.orders.front()));
  }
}
