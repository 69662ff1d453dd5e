#include "env/core/student_t.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "env/core/check.h"

namespace restock {

namespace {

constexpr std::array<double, 31> kTable{0,        12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912,
                                        2.364624, 2.306004,  2.262157, 2.228139, 2.200985, 2.178813, 2.160369,
                                        2.144787, 2.131450,  2.119905, 2.109816, 2.100922, 2.093024, 2.085963,
                                        2.079614, 2.073873,  2.068658, 2.063899, 2.059539, 2.055529, 2.051831,
                                        2.048407, 2.045230,  2.042272};

double expansion(double degrees) {
  constexpr double z = 1.959963984540054;
  constexpr double z2 = z * z;
  constexpr double g1 = (z2 + 1) * z / 4;
  constexpr double g2 = ((5 * z2 + 16) * z2 + 3) * z / 96;
  constexpr double g3 = (((3 * z2 + 19) * z2 + 17) * z2 - 15) * z / 384;
  return z + (g1 + (g2 + g3 / degrees) / degrees) / degrees;
}

}  // namespace

double student_t_quantile_975(double degrees) {
  RESTOCK_CHECK(degrees >= 1, "{} degrees of freedom", degrees);
  return degrees < static_cast<double>(kTable.size()) ? kTable[static_cast<std::size_t>(degrees)]
                                                      : expansion(degrees);
}

double student_t_two_sided(double t, std::size_t degrees) {
  RESTOCK_CHECK(degrees >= 1, "{} degrees of freedom", degrees);
  const double angle = std::atan(std::fabs(t) / std::sqrt(static_cast<double>(degrees)));
  const double cosine = std::cos(angle), sine = std::sin(angle);
  const bool odd = degrees % 2 == 1;
  double term = odd ? cosine : 1, sum = degrees == 1 ? 0 : term;
  for (std::size_t k = odd ? 3 : 2; k + 1 < degrees; k += 2) {
    term *= cosine * cosine * static_cast<double>(k - 1) / static_cast<double>(k);
    sum += term;
  }
  const double within = odd ? 2 / std::numbers::pi * (angle + sine * sum) : sine * sum;
  return std::clamp(1 - within, 0.0, 1.0);
}

}  // namespace restock
