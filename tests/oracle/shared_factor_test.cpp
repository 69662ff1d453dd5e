// Demand that SKUs share: correlations against the bivariate normal law by quadrature, and marginal laws
// against χ². The copula may change how SKUs move together and nothing else.
#include <catch2/catch.hpp>
#include <cmath>

#include "env/core/laws/portable_math.h"
#include "env/evaluation.h"
#include "tests/oracle/laws.h"
#include "tests/statistical/chi_square.h"
#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

double normal_density(double z) {
  return std::exp(-z * z / 2) * 0.3989422804014327;
}

/// E[X | factor = z] of a demand with these masses and loading.
double mean_given(double z, const Masses& masses, double loading) {
  const double own = std::sqrt(1 - loading * loading);
  double mean = 0;
  double until = 0;
  for (const double mass : masses) {
    until += mass;
    if (until > 1 - 1e-13) break;  // E X = Σ P(X > k)
    mean += 1 - portable::normal_cdf((portable::normal_quantile(until) - loading * z) / own);
  }
  return mean;
}

/// Cov(X, Y) = ∫ E[X | z] E[Y | z] φ(z) dz − E X · E Y, by the trapezoidal rule, whose error is of the order
/// of the tail beyond ±8.
double covariance(const Masses& x, double loading_x, const Masses& y, double loading_y) {
  constexpr double kStep = 0.02;
  double both = 0, of_x = 0, of_y = 0;
  for (double z = -8; z <= 8; z += kStep) {
    const double a = mean_given(z, x, loading_x), b = mean_given(z, y, loading_y);
    const double weight = normal_density(z) * kStep;
    both += a * b * weight;
    of_x += a * weight;
    of_y += b * weight;
  }
  return both - of_x * of_y;
}

struct Totals {
  std::vector<std::vector<double>> of_sku;  ///< by SKU and day

  double mean(std::size_t sku) const {
    double sum = 0;
    for (const double x : of_sku[sku]) sum += x;
    return sum / static_cast<double>(of_sku[sku].size());
  }
  /// The products (x − mean)(y − mean) of the days: their mean is the covariance.
  std::vector<double> products(std::size_t a, std::size_t b, double mean_a, double mean_b) const {
    std::vector<double> result;
    for (std::size_t day = 0; day < of_sku[a].size(); ++day)
      result.push_back((of_sku[a][day] - mean_a) * (of_sku[b][day] - mean_b));
    return result;
  }
};

class DemandBook final : public SimulationObserver {
 public:
  explicit DemandBook(std::size_t skus) { totals.of_sku.resize(skus); }
  void on_day_close(const Simulator& now, std::int64_t) override {
    for (std::size_t sku = 0; sku < totals.of_sku.size(); ++sku)
      totals.of_sku[sku].push_back(
          static_cast<double>(now.state(static_cast<std::int32_t>(sku)).demanded_today));
  }
  Totals totals;
};

WarehouseSpec correlated(std::vector<LawSpec> laws, const std::vector<double>& loadings, std::int64_t days) {
  std::vector<SkuSpec> skus;
  for (std::size_t i = 0; i < laws.size(); ++i) {
    skus.push_back(lost_sales_sku(fmt::format("sku-{}", i), laws[i], LawSpec::constant(1)));
    if (loadings[i] != 0) skus.back().market.correlation = {"weather", loadings[i]};
  }
  return warehouse_of(std::move(skus), days);
}

Totals totals_of(const WarehouseSpec& spec) {
  Simulator simulator(build_warehouse(spec));
  DemandBook book(spec.skus.size());
  simulator.set_observer(&book);
  simulator.reset({5, Split::evaluate, 0});
  run_to_end(simulator, nothing());
  return book.totals;
}

void check_covariance(const Totals& totals, std::size_t a, std::size_t b, double mean_a, double mean_b,
                      double expected) {
  const std::vector<double> products = totals.products(a, b, mean_a, mean_b);
  double sum = 0, squares = 0;
  for (const double x : products) sum += x;
  const auto n = static_cast<double>(products.size());
  for (const double x : products) squares += (x - sum / n) * (x - sum / n);
  CAPTURE(a, b, sum / n, expected);
  CHECK(std::abs(sum / n - expected) < 4 * std::sqrt(squares / n / n));
}

constexpr std::int64_t kDays = 199'000;

}  // namespace

TEST_CASE("SKUs that share a factor covary as the copula says, with signs, and the others do not") {
  const std::vector<double> loadings{0.8, 0.6, -0.5, 0};
  const std::vector<double> means{5, 0.7, 12, 4};
  std::vector<LawSpec> laws;
  std::vector<Masses> masses;
  for (const double mean : means) {
    laws.push_back(poisson(mean));
    masses.push_back(poisson_masses(mean));
  }
  const Totals totals = totals_of(correlated(laws, loadings, kDays));
  for (std::size_t a = 0; a < means.size(); ++a)
    for (std::size_t b = a + 1; b < means.size(); ++b)
      check_covariance(totals, a, b, means[a], means[b],
                       loadings[b] == 0 ? 0 : covariance(masses[a], loadings[a], masses[b], loadings[b]));
}

TEST_CASE("a shared factor leaves the law of each SKU as it is") {
  const Totals totals = totals_of(correlated({poisson(5), poisson(5)}, {0.9, -1}, kDays));
  const Masses masses = poisson_masses(5);
  for (const std::vector<double>& days : totals.of_sku) {
    std::vector<double> counts(masses.size(), 0);
    for (const double x : days) counts.at(static_cast<std::size_t>(x)) += 1;
    CHECK(std::abs(chi_square_z(counts, masses)) < 4);
  }
}

TEST_CASE("with loading 1 SKUs move as one, and days do not depend on each other") {
  const Totals totals = totals_of(correlated({poisson(5), poisson(5)}, {1, 1}, kDays));
  CHECK(totals.of_sku[0] == totals.of_sku[1]);
  Totals shifted;
  shifted.of_sku = {totals.of_sku[0], {totals.of_sku[0].begin() + 1, totals.of_sku[0].end()}};
  shifted.of_sku[0].pop_back();
  check_covariance(shifted, 0, 1, 5, 5, 0);
}

TEST_CASE("the factor moves the number of customers, and intermittent demand too") {
  WarehouseSpec spec = correlated({poisson(6), poisson(6)}, {0.7, 0.7}, 40'000);
  spec.skus[1].market.demand_probability = 0.3;
  spec.arrivals = Arrivals::orders;
  const Masses whole = poisson_masses(6);
  check_covariance(totals_of(spec), 0, 1, 6, 1.8, covariance(whole, 0.7, sometimes(0.3, whole), 0.7));
}

TEST_CASE("a SKU without a factor meets the same draws as if no other had one") {
  const Totals with = totals_of(correlated({poisson(5), poisson(5), poisson(3)}, {0.7, 0.7, 0}, 500));
  const Totals without = totals_of(correlated({poisson(5), poisson(5), poisson(3)}, {0, 0, 0}, 500));
  CHECK(with.of_sku[2] == without.of_sku[2]);
  CHECK(with.of_sku[0] != without.of_sku[0]);
}

TEST_CASE("the days to come of a fork are drawn together, those of two forks apart") {
  Simulator simulator(build_warehouse(correlated({poisson(50), poisson(50)}, {1, 1}, 10)));
  simulator.reset({1, Split::evaluate, 0});
  simulator.run_until_decision();
  std::vector<std::byte> state;
  simulator.save(state);
  std::vector<std::vector<double>> of_fork;
  for (const std::uint64_t id : {0, 1}) {
    simulator.fork(state, id);
    DemandBook book(2);
    simulator.set_observer(&book);
    run_to_end(simulator, nothing());
    CHECK(book.totals.of_sku[0] == book.totals.of_sku[1]);
    of_fork.push_back(book.totals.of_sku[0]);
  }
  CHECK(of_fork[0] != of_fork[1]);
}
