#include "forecasting/lstm_kernels.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "env/core/keyed_random.h"

using namespace restock;
using namespace restock::forecasting;

namespace {

std::vector<float> random_floats(std::size_t n, std::uint64_t entity) {
  const Stream stream({5, Split::train, 0}, Purpose::initialisation, entity);
  std::vector<float> values(n);
  for (std::size_t i = 0; i < n; ++i) values[i] = static_cast<float>(2 * stream.uniform(0, i) - 1);
  return values;
}

}  // namespace

TEST_CASE("the polynomials of the LSTM stand for its functions") {
  for (double x = -80; x <= 80; x += 0.037) {
    REQUIRE(exponential(static_cast<float>(x)) ==
            Approx(std::exp(static_cast<double>(static_cast<float>(x)))).epsilon(4e-7));
    REQUIRE(sigmoid(static_cast<float>(x)) == Approx(1 / (1 + std::exp(-x))).epsilon(4e-6));
  }
  for (double x = 1e-8; x < 1e8; x *= 1.0731)
    REQUIRE(logarithm(static_cast<float>(x)) == Approx(std::log(x)).epsilon(1e-6).margin(1e-6));
  CHECK(exponential(-1000) < 1e-36F);
  CHECK(std::isfinite(exponential(1000)));
  CHECK(squareplus(0) == 1);
  CHECK(squareplus(-1000) >= 0);
  CHECK(squareplus(3) == Approx((3 + std::sqrt(13.0)) / 2));
}

TEST_CASE("a product of rows with a matrix adds to what is there, row by row the same in any batch") {
  constexpr std::size_t kRows = 7, kIn = 13, kOut = 48;
  const auto x = random_floats(kRows * kIn, 0), w = random_floats(kIn * kOut, 1),
             before = random_floats(kRows * kOut, 2);
  std::vector<float> y = before;
  add_product(kRows, kIn, kOut, x.data(), kIn, w.data(), y.data(), kOut);
  for (std::size_t r = 0; r < kRows; ++r) {
    std::vector<float> alone(before.begin() + static_cast<std::ptrdiff_t>(r * kOut),
                             before.begin() + static_cast<std::ptrdiff_t>((r + 1) * kOut));
    add_product(1, kIn, kOut, x.data() + r * kIn, kIn, w.data(), alone.data(), kOut);
    for (std::size_t o = 0; o < kOut; ++o) {
      double sum = static_cast<double>(before[r * kOut + o]);
      for (std::size_t i = 0; i < kIn; ++i)
        sum += static_cast<double>(x[r * kIn + i]) * static_cast<double>(w[i * kOut + o]);
      REQUIRE(y[r * kOut + o] == Approx(sum).margin(1e-5));
      REQUIRE(y[r * kOut + o] == alone[o]);
    }
  }
}

TEST_CASE("a cell of the LSTM follows its equations") {
  constexpr std::size_t kUnits = 16;
  std::vector<float> gates = random_floats(4 * kUnits, 3), h(kUnits), c = random_floats(kUnits, 4);
  const std::vector<float> a = gates, c_before = c;
  lstm_cell(kUnits, gates.data(), h.data(), c.data());
  const auto logistic = [](float x) { return 1 / (1 + std::exp(-static_cast<double>(x))); };
  for (std::size_t u = 0; u < kUnits; ++u) {
    const double cell = logistic(a[kUnits + u]) * static_cast<double>(c_before[u]) +
                        logistic(a[u]) * std::tanh(static_cast<double>(a[2 * kUnits + u]));
    CHECK(c[u] == Approx(cell).margin(1e-6));
    CHECK(h[u] == Approx(logistic(a[3 * kUnits + u]) * std::tanh(cell)).margin(1e-6));
  }
}

TEST_CASE("two outputs of a rectified sum") {
  const auto a = random_floats(32, 5), b = random_floats(32, 6), c = random_floats(32, 7);
  const auto d = random_floats(32, 10), v = random_floats(32, 8), w = random_floats(32, 9);
  const Pair pair = rectified_products(32, a.data(), b.data(), c.data(), -0.7F, d.data(), v.data(), w.data());
  double first = 0, second = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    const auto x = static_cast<double>(std::max(0.0F, a[i] + b[i] + c[i] - 0.7F * d[i]));
    first += x * static_cast<double>(v[i]);
    second += x * static_cast<double>(w[i]);
  }
  CHECK(pair.first == Approx(first).margin(1e-5));
  CHECK(pair.second == Approx(second).margin(1e-5));
}
