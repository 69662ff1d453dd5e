#include "env/core/student_t.h"

#include <array>
#include <cstddef>

#include "env/core/check.h"

namespace restock {

namespace {

constexpr std::array<double, 31> kTable{0,     12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646,
                                        2.3060, 2.2622, 2.2281, 2.2010, 2.1788, 2.1604, 2.1448, 2.1314,
                                        2.1199, 2.1098, 2.1009, 2.0930, 2.0860, 2.0796, 2.0739, 2.0687,
                                        2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423};

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

}  // namespace restock
