#include "agents/policies/exact/masses.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::exact;
using namespace restock::testing;

namespace {

Masses of(const LawSpec& law) {
  return masses_of(QuantileTable::rounded_half_up(*make_law(law)));
}

}  // namespace

TEST_CASE("masses are what the simulator's tables draw") {
  const Masses p = of(poisson(5));
  CHECK(std::accumulate(p.begin(), p.end(), 0.0) == Approx(1).epsilon(1e-15));
  CHECK(mean_of(p) == Approx(5).epsilon(1e-12));
  double mass = std::exp(-5.0);
  for (std::size_t k = 0; k < 20; ++k) {
    CHECK(p[k] == Approx(mass).margin(1e-15));
    mass *= 5.0 / static_cast<double>(k + 1);
  }
  const Masses uniform = of({"discrete_uniform", {{"minimum", {2}}, {"maximum", {5}}}});
  REQUIRE(uniform.size() == 6);
  CHECK(uniform[1] == 0);
  CHECK(uniform[2] == Approx(0.25));
  CHECK(uniform[5] == Approx(0.25));
}

TEST_CASE("sums, quantiles and tails") {
  const Masses three = sum_of(of(poisson(2)), 3);
  const Masses six = of(poisson(6));
  for (std::size_t k = 0; k < 25; ++k) CHECK(three[k] == Approx(six[k]).margin(1e-14));
  CHECK(sum_of(six, 0) == Masses{1.0});
  CHECK(quantile(six, 0.9) == 9);
  CHECK(quantile(six, 1) == six.size() - 1);
  const std::vector<double> tail = tails_of(six);
  CHECK(tail[0] == Approx(1));
  CHECK(tail[1] == Approx(1 - six[0]));
  CHECK(tail.back() == 0);
  CHECK(expected_left(8, six) - expected_short(8, six) == Approx(8 - 6).epsilon(1e-12));
  CHECK(expected_left(-3, six) == 0);
  CHECK(expected_short(-3, six) == Approx(9));
}

TEST_CASE("a Poisson number of terms") {
  const Masses one = poisson_sum(7, {0.0, 1.0});
  const Masses seven = of(poisson(7));
  for (std::size_t k = 0; k < 25; ++k) CHECK(one[k] == Approx(seven[k]).margin(1e-13));
  const Masses sizes = poisson_sum(3, {0.0, 0.5, 0.25, 0.25});
  CHECK(mean_of(sizes) == Approx(3 * 1.75));
  CHECK(std::accumulate(sizes.begin(), sizes.end(), 0.0) == Approx(1).epsilon(1e-13));
}
