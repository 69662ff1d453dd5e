// The judge is judged: fair counts pass, unfair ones do not.
#include "tests/statistical/chi_square.h"

#include <catch2/catch.hpp>

namespace restock {

TEST_CASE("chi_square_z is small for fair counts and large for unfair ones") {
  const std::vector<double> fair(10, 0.1);
  CHECK(chi_square_z({104, 91, 107, 98, 95, 110, 96, 103, 89, 107}, fair) == Approx(-1.08).margin(0.01));
  CHECK(chi_square_z({150, 50, 100, 100, 100, 100, 100, 100, 100, 100}, fair) > 4);
  CHECK(chi_square_z(std::vector<double>(10, 100.0), fair) < -4);  // too good to be random
  CHECK(chi_square_z({5, 3}, {0.5, 0.5}) == 0);                    // too few to judge
}

}  // namespace restock
