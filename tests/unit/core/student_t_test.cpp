#include "env/core/student_t.h"

#include <catch2/catch.hpp>

using restock::student_t_quantile_975;
using restock::student_t_two_sided;

TEST_CASE("Student's t has the quantiles of the published tables", "[core]") {
  CHECK(student_t_quantile_975(1) == Approx(12.706205).margin(1e-5));
  CHECK(student_t_quantile_975(4) == Approx(2.776445).margin(1e-5));
  CHECK(student_t_quantile_975(30) == Approx(2.042272).margin(1e-5));
  CHECK(student_t_quantile_975(31) == Approx(2.039513).margin(1e-5));
  CHECK(student_t_quantile_975(120) == Approx(1.979930).margin(1e-5));
  CHECK(student_t_quantile_975(1e9) == Approx(1.959964).margin(5e-6));
}

TEST_CASE("two-sided probabilities of Student's t agree with its quantiles", "[core]") {
  for (const std::size_t degrees : {1, 2, 3, 4, 7, 30, 83, 500}) {
    const double quantile = student_t_quantile_975(static_cast<double>(degrees));
    CHECK(student_t_two_sided(quantile, degrees) == Approx(0.05).margin(2e-6));
    CHECK(student_t_two_sided(-quantile, degrees) == Approx(0.05).margin(2e-6));
    CHECK(student_t_two_sided(0, degrees) == 1);
  }
  CHECK(student_t_two_sided(1, 1) == Approx(0.5));
  CHECK(student_t_two_sided(1e6, 83) == Approx(0).margin(1e-12));
}
