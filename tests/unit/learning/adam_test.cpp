#include "agents/learning/network/adam.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

using namespace restock::learning;

namespace {

/// Kingma and Ba's algorithm 1 in double, after clipping.
void reference_step(std::vector<double>& x, const std::vector<float>& gradient, std::vector<double>& m,
                    std::vector<double>& v, int t, double rate, double maximum_norm) {
  double norm = 0;
  for (const float g : gradient) norm += static_cast<double>(g) * static_cast<double>(g);
  norm = std::sqrt(norm);
  const double scale = norm > maximum_norm ? maximum_norm / norm : 1;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double g = scale * static_cast<double>(gradient[i]);
    m[i] = 0.9 * m[i] + 0.1 * g;
    v[i] = 0.999 * v[i] + 0.001 * g * g;
    x[i] -= rate * (m[i] / (1 - std::pow(0.9, t))) / (std::sqrt(v[i] / (1 - std::pow(0.999, t))) + 1e-5);
  }
}

}  // namespace

TEST_CASE("Adam moves as the algorithm says, on the clipped gradient", "[learning]") {
  std::vector<float> x{1, -2, 0.5F, 3};
  std::vector<double> reference(x.begin(), x.end()), m(4), v(4);
  Adam adam(4);
  for (int t = 1; t <= 50; ++t) {
    std::vector<float> gradient;
    for (std::size_t i = 0; i < 4; ++i) gradient.push_back(x[i] + 0.1F * static_cast<float>(t % 5) - 0.2F);
    reference_step(reference, gradient, m, v, t, 0.02, t % 2 == 0 ? 0.5 : 100);
    adam.step(x, gradient, 0.02F, t % 2 == 0 ? 0.5F : 100.0F);
    CHECK(gradient == std::vector<float>(4, 0.0F));
  }
  for (std::size_t i = 0; i < 4; ++i) CHECK(static_cast<double>(x[i]) == Approx(reference[i]).margin(2e-5));
  CHECK(adam.steps() == 50);
}

TEST_CASE("a gradient that is no number moves nothing", "[learning]") {
  std::vector<float> x{1, 2};
  std::vector<float> gradient{std::numeric_limits<float>::quiet_NaN(), 1};
  Adam adam(2);
  const float norm = adam.step(x, gradient, 0.1F, 1.0F);
  CHECK(std::isnan(norm));
  CHECK(x == std::vector<float>{1, 2});
  CHECK(gradient == std::vector<float>{0, 0});
  CHECK(adam.steps() == 0);
}

TEST_CASE("Adam goes on from where it was saved", "[learning]") {
  std::vector<float> x{1, 2}, y{1, 2};
  Adam straight(2), first(2), second(2);
  const auto gradient_at = [](const std::vector<float>& p) { return std::vector<float>{p[0] * 3, p[1] - 1}; };
  for (int t = 0; t < 6; ++t) {
    auto g = gradient_at(x);
    straight.step(x, g, 0.1F, 10);
  }
  for (int t = 0; t < 3; ++t) {
    auto g = gradient_at(y);
    first.step(y, g, 0.1F, 10);
  }
  ByteWriter writer;
  first.save(writer);
  ByteReader reader(writer.bytes(), "memory");
  second.load(reader);
  reader.finish();
  for (int t = 0; t < 3; ++t) {
    auto g = gradient_at(y);
    second.step(y, g, 0.1F, 10);
  }
  CHECK(x == y);
}
