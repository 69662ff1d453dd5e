#include "env/core/student_t.h"

#include <catch2/catch.hpp>

using restock::student_t_quantile_975;

TEST_CASE("Student's t has the quantiles of the published tables", "[core]") {
  CHECK(student_t_quantile_975(1) == Approx(12.706205).margin(1e-5));
  CHECK(student_t_quantile_975(4) == Approx(2.776445).margin(1e-5));
  CHECK(student_t_quantile_975(30) == Approx(2.042272).margin(1e-5));
  CHECK(student_t_quantile_975(31) == Approx(2.039513).margin(1e-5));
  CHECK(student_t_quantile_975(120) == Approx(1.979930).margin(1e-5));
  CHECK(student_t_quantile_975(1e9) == Approx(1.959964).margin(5e-6));
}
