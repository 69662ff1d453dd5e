// Two kinds of customers: the law of both together, and what of a total each has asked for.
#include "env/sim/customer_kinds.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "env/core/error.h"
#include "env/core/laws/binomial.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

QuantileTable table(const LawSpec& law) {
  return QuantileTable::rounded_half_up(*make_law(law));
}

}  // namespace

TEST_CASE("two kinds with Poisson demands are one Poisson law, of which each unit is a draw") {
  const CustomerKinds kinds(table(poisson(1)), table(poisson(3)), 1);
  const QuantileTable total = kinds.total();
  const QuantileTable exact = table(poisson(4));
  CHECK(kinds.share_of_oldest() == Approx(0.25));
  CHECK(total.mean() == Approx(4).epsilon(1e-12));
  for (std::size_t k = 0; k < 20; ++k) CHECK(total.mass(k) == Approx(exact.mass(k)).margin(1e-14));
  // given the total, binomial (Poisson splitting)
  for (const Quantity units : {0, 1, 2, 5, 11})
    for (const double u : {0.003, 0.1, 0.4, 0.5, 0.77, 0.9, 0.9991})
      CHECK(kinds.freshest_of(units, u) == binomial_quantile(units, 0.75, u));
}

TEST_CASE("what one kind asks for is drawn given the total of both") {
  // 0 or 2 of the oldest, 0 or 1 of the freshest, which a total tells apart but for nothing
  const CustomerKinds kinds(table(discrete({0, 2}, {1, 3})), table(discrete({0, 1}, {1, 1})), 1);
  for (const double u : {0.01, 0.5, 0.99}) {
    CHECK(kinds.freshest_of(1, u) == 1);
    CHECK(kinds.freshest_of(2, u) == 0);
    CHECK(kinds.freshest_of(3, u) == 1);
  }
  CHECK(kinds.mass(2, 1) == Approx(0.375));
  CHECK(kinds.freshest_of(40, 0.5) == 10);  // no such total: as the means are, 1.5 and 0.5
}

TEST_CASE("days without any demand are days without demand of either kind") {
  const CustomerKinds kinds(table(poisson(2)), table(poisson(2)), 0.25);
  CHECK(kinds.total().mean() == Approx(1).epsilon(1e-12));
  CHECK(kinds.total().mass(0) == Approx(0.75 + 0.25 * std::exp(-4.0)));
  CHECK(kinds.mass(0, 0) == Approx(kinds.total().mass(0)));
  CHECK(kinds.freshest_of(3, 0.5) == binomial_quantile(3, 0.5, 0.5));
}

TEST_CASE("demands whose sum would take too long are refused") {
  const LawSpec wide{"discrete_uniform", {{"minimum", {0}}, {"maximum", {100'000}}}};
  CHECK_THROWS_AS(CustomerKinds(table(wide), table(wide), 1), InputError);
}
