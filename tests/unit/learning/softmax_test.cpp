#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "agents/learning/masked_softmax.h"
#include "env/core/keyed_random.h"

using namespace restock;
using namespace restock::learning;

TEST_CASE("masked softmax gives illegal actions probability zero and the rest the textbook's", "[learning]") {
  const std::vector<float> logits{1,    2,    500, -3,   7, 7, 7, 7,  //
                                  -900, -901, 0,   -902, 7, 7, 7, 7};
  const std::vector<std::uint8_t> masks{1, 1, 0, 1, /**/ 1, 1, 0, 1};
  std::vector<float> log_p(16);
  masked_log_softmax(logits.data(), masks.data(), 2, 4, 8, log_p.data());
  const double sum = std::exp(1) + std::exp(2) + std::exp(-3);
  CHECK(log_p[0] == Approx(1 - std::log(sum)));
  CHECK(log_p[1] == Approx(2 - std::log(sum)));
  CHECK(log_p[3] == Approx(-3 - std::log(sum)));
  CHECK(log_p[8] == Approx(-std::log(1 + std::exp(-1) + std::exp(-2))));
  for (const std::size_t illegal : {2, 4, 7, 10, 12, 15}) CHECK(log_p[illegal] == kIllegalLogProbability);
}

TEST_CASE("a row whose only legal action has a hopeless logit takes it", "[learning]") {
  const std::array<float, 4> logits{-1e30F, 5, 5, 5};
  const std::array<std::uint8_t, 3> mask{1, 0, 0};
  std::array<float, 4> log_p{};
  masked_log_softmax(logits.data(), mask.data(), 1, 3, 4, log_p.data());
  CHECK(log_p[0] == 0.0F);
  CHECK(sample_action(log_p.data(), 3, 0.999999) == 0);
  CHECK(best_action(logits.data(), mask.data(), 3) == 0);
  CHECK(count_legal(mask.data(), 3) == 1);
}

TEST_CASE("sampled actions follow their probabilities", "[learning]") {
  const std::array<float, 5> logits{0.0F, 9.0F, 1.0F, -1.0F, 0.5F};
  const std::array<std::uint8_t, 5> mask{1, 0, 1, 1, 1};
  std::array<float, 5> log_p{};
  masked_log_softmax(logits.data(), mask.data(), 1, 5, 5, log_p.data());
  const Stream draws({7, Split::train, 0}, Purpose::exploration, 0);
  constexpr int kDraws = 200'000;
  std::array<int, 5> counts{};
  for (int i = 0; i < kDraws; ++i)
    ++counts[static_cast<std::size_t>(sample_action(log_p.data(), 5, draws.uniform(i)))];
  CHECK(counts[1] == 0);
  for (const std::size_t j : {0, 2, 3, 4}) {
    const double p = std::exp(static_cast<double>(log_p[j]));
    const double z = (counts[j] - kDraws * p) / std::sqrt(kDraws * p * (1 - p));
    CHECK(std::abs(z) < 4);
  }
}

TEST_CASE("the best action is the first of equal legal ones", "[learning]") {
  const std::array<float, 4> values{9, 3, 3, 1};
  const std::array<std::uint8_t, 4> mask{0, 1, 1, 1};
  CHECK(best_action(values.data(), mask.data(), 4) == 1);
}
