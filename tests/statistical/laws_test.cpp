// Every law of the registry, without naming one: its functions agree with each other and with its samples.
#include <catch2/catch.hpp>
#include <cmath>

#include "env/core/keyed_random.h"
#include "env/core/laws/table.h"
#include "tests/statistical/chi_square.h"
#include "tests/statistical/law_examples.h"

namespace restock {

namespace {

template <class Check>
void for_every_example(const Check& check) {
  for (const LawDescription& description : law_registry()) {
    const std::vector<LawSpec> specs = example_specs(description);
    INFO(description.name);
    REQUIRE(specs.size() >= 3);
    for (const LawSpec& spec : specs) {
      INFO(text_of(spec));
      check(*make_law(spec));
    }
  }
}

struct Moments {
  double mean = 0;
  double variance = 0;
};

/// E X = ∫ (1 − F) and E X² = ∫ 2 x (1 − F): sums where the law lives on whole numbers, otherwise the
/// trapezoidal rule on a grid that is dense at 0, where a density may be infinite.
Moments integrated(const Law& law) {
  double mean = 0;
  double square = 0;
  const double last = law.quantile(1 - 0x1p-52);
  if (law.integer_valued()) {
    for (double k = 0; k <= last; ++k) {
      mean += 1 - law.cdf(k);
      square += (2 * k + 1) * (1 - law.cdf(k));
    }
  } else {
    constexpr int kSteps = 40'000;
    double x = 0;
    double tail = 1 - law.cdf(0);
    for (int i = 1; i <= kSteps; ++i) {
      const double next = last * std::pow(static_cast<double>(i) / kSteps, 3);
      const double next_tail = 1 - law.cdf(next);
      mean += 0.5 * (next - x) * (tail + next_tail);
      square += (next - x) * (x * tail + next * next_tail);
      x = next;
      tail = next_tail;
    }
  }
  return {mean, square - mean * mean};
}

std::vector<double> shares_between(const QuantileTable& table, const Law& law, double shift) {
  std::vector<double> shares;
  double below = 0;
  for (std::int64_t k = table.minimum(); k <= table.maximum(); ++k) {
    const double share = law.cdf(std::nextafter(static_cast<double>(k) + shift, 0.0));
    shares.push_back(share - below);
    below = share;
  }
  return shares;
}

void check_samples(const QuantileTable& table, const std::vector<double>& shares, std::uint64_t entity) {
  constexpr int kDraws = 100'000;
  const Stream stream({}, Purpose::demand, entity);
  std::vector<double> counts(shares.size(), 0);
  for (int day = 0; day < kDraws; ++day) {
    counts.at(static_cast<std::size_t>(table.sample(stream.bits(day)) - table.minimum())) += 1;
  }
  CHECK(std::fabs(chi_square_z(counts, shares)) < 4);
  double mean = 0;
  double variance = 0;
  double sum = 0;
  for (std::size_t k = 0; k < shares.size(); ++k) mean += static_cast<double>(k) * shares[k];
  for (std::size_t k = 0; k < shares.size(); ++k) {
    variance += shares[k] * (static_cast<double>(k) - mean) * (static_cast<double>(k) - mean);
    sum += static_cast<double>(k) * counts[k];
  }
  CHECK(table.mean() == Approx(mean + static_cast<double>(table.minimum())).epsilon(1e-9).margin(1e-12));
  const double standard_error = std::sqrt(variance / kDraws) + 1e-9;
  CHECK(std::fabs(sum / kDraws - mean) / standard_error < 4);
}

}  // namespace

TEST_CASE("mean and variance are those of the distribution function") {
  for_every_example([](const Law& law) {
    const Moments moments = integrated(law);
    const double scale = law.mean() + std::sqrt(law.variance());
    const double precision = law.integer_valued() ? 1e-8 : 2e-4;
    CHECK(moments.mean == Approx(law.mean()).margin(precision * scale).epsilon(0));
    CHECK(moments.variance == Approx(law.variance()).margin(2 * precision * scale * scale).epsilon(0));
  });
}

TEST_CASE("draws by the quantile function have the mean and the variance that the law states") {
  std::uint64_t entity = 0;
  for_every_example([&](const Law& law) {
    constexpr int kDraws = 40'000;
    const Stream stream({}, Purpose::lead_time, entity++);
    double sum = 0;
    double square = 0;
    double fourth = 0;
    for (int day = 0; day < kDraws; ++day) {
      const double x = law.quantile(stream.uniform(day)) - law.mean();
      sum += x;
      square += x * x;
      fourth += x * x * x * x;
    }
    const double variance = law.variance();
    CHECK(std::fabs(sum) / kDraws <= 4 * std::sqrt(variance / kDraws));
    const double spread =
        std::sqrt(std::max(0.0, fourth / kDraws - square / kDraws * square / kDraws) / kDraws);
    CHECK(std::fabs(square / kDraws - variance) <= 4 * spread + 1e-12 * (1 + variance));
  });
}

TEST_CASE("the quantile function inverts the distribution function") {
  for_every_example([](const Law& law) {
    double before = 0;
    for (const double u :
         {1e-12, 1e-6, 0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1 - 1e-6, 1 - 1e-12}) {
      const double x = law.quantile(u);
      CAPTURE(u, x);
      CHECK(x >= before);
      CHECK(law.cdf(x) >= u - 1e-12);
      const double smaller = law.integer_valued() ? x - 1 : x * (1 - 1e-6) - 1e-300;
      CHECK(law.cdf(smaller) <= u + 1e-12);
      before = x;
    }
  });
}

TEST_CASE("the distribution function rises from 0 to 1") {
  for_every_example([](const Law& law) {
    CHECK(law.cdf(-1e-9) == 0);
    CHECK(law.cdf(1e15) == 1);
    double before = 0;
    for (int i = 0; i <= 2000; ++i) {
      const double share = law.cdf(0.05 * i);
      CHECK(share >= before - 1e-14);
      before = share;
    }
  });
}

TEST_CASE("tables draw what the law says, rounded half up") {
  std::uint64_t entity = 0;
  for_every_example([&](const Law& law) {
    const QuantileTable table = QuantileTable::rounded_half_up(law);
    check_samples(table, shares_between(table, law, 0.5), entity++);
  });
}

TEST_CASE("tables draw what the law says, rounded up") {
  std::uint64_t entity = 0;
  for_every_example([&](const Law& law) {
    const QuantileTable table = QuantileTable::rounded_up(law);
    std::vector<double> shares;
    double below = 0;
    for (std::int64_t k = table.minimum(); k <= table.maximum(); ++k) {
      shares.push_back(law.cdf(static_cast<double>(k)) - below);
      below += shares.back();
    }
    check_samples(table, shares, 1000 + entity++);
  });
}

TEST_CASE("thresholds are those of the law, and never fall") {
  for_every_example([](const Law& law) {
    const QuantileTable table = QuantileTable::rounded_half_up(law);
    const auto thresholds = table.thresholds();
    REQUIRE(thresholds.size() == static_cast<std::size_t>(table.maximum() - table.minimum() + 1));
    CHECK(thresholds.back() == std::numeric_limits<std::uint64_t>::max());
    for (std::size_t k = 0; k + 1 < thresholds.size(); ++k) {
      const double value = static_cast<double>(table.minimum()) + static_cast<double>(k);
      const double share = (static_cast<double>(thresholds[k]) + 1) * 0x1p-64;
      CHECK(share == Approx(law.cdf(std::nextafter(value + 0.5, 0.0))).margin(0x1p-50).epsilon(0));
      CHECK(thresholds[k] <= thresholds[k + 1]);
    }
  });
}

}  // namespace restock
