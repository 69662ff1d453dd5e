// Reference values were computed with 40 digits (mpmath 1.3) from the exact binary arguments.
#include "env/core/laws/portable_math.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

namespace restock {

namespace {

struct Reference {
  double x;
  double value;
};

void check(double (*function)(double), const std::vector<Reference>& references) {
  for (const Reference& reference : references) {
    CAPTURE(reference.x, function(reference.x));
    CHECK(std::fabs(function(reference.x) - reference.value) <= 1e-14 * std::fabs(reference.value));
  }
}

/// Largest relative difference from the C library's function over a grid.
double worst(double (*mine)(double), double (*theirs)(double), double from, double to) {
  double largest = 0;
  constexpr int kSteps = 20'000;
  for (int i = 0; i <= kSteps; ++i) {
    const double x = from + (to - from) * i / kSteps;
    const double expected = theirs(x);
    if (expected == 0) continue;
    largest = std::max(largest, std::fabs(mine(x) - expected) / std::fabs(expected));
  }
  return largest;
}

}  // namespace

TEST_CASE("exp meets its reference values") {
  check(portable::exp, {{-700.0, 9.859676543759770857e-305},
                        {-20.5, 1.250152866386742629e-9},
                        {-1.0, 0.3678794411714423216},
                        {-1e-10, 0.9999999999},
                        {0.0, 1.0},
                        {0.5, 1.648721270700128147},
                        {1.0, 2.718281828459045235},
                        {10.25, 28282.54192033497909},
                        {709.0, 8.218407461554972189e+307}});
}

TEST_CASE("expm1 meets its reference values") {
  check(portable::expm1, {{-30.0, -0.9999999999999064238},
                          {-0.34, -0.2882296772373903023},
                          {-1e-05, -9.999950000166667068e-6},
                          {1e-12, 1.00000000000049998e-12},
                          {0.2, 0.2214027581601698475},
                          {0.4, 0.491824697641270351},
                          {5.0, 147.4131591025766034}});
}

TEST_CASE("log meets its reference values") {
  check(portable::log, {{1e-300, -690.7755278982137052},
                        {0.1, -2.302585092994045629},
                        {0.70710678, -0.3465735919580041927},
                        {0.999999, -1.000000500029089027e-6},
                        {1.0000001, 9.999999505838704518e-8},
                        {2.0, 0.6931471805599453094},
                        {10.0, 2.302585092994045684},
                        {12345.678, 9.421061321291831967},
                        {1e+300, 690.7755278982137053}});
}

TEST_CASE("log1p meets its reference values") {
  check(portable::log1p, {{-0.9, -2.302585092994045906},
                          {-0.28, -0.328504066972036094},
                          {-1e-05, -0.00001000005000033333665},
                          {1e-12, 9.999999999994999799e-13},
                          {0.3, 0.2623642644674910435},
                          {0.5, 0.405465108108164382},
                          {100.0, 4.615120516841259451}});
}

TEST_CASE("log_gamma meets its reference values") {
  check(portable::log_gamma, {{1e-08, 18.42068073818020888},
                              {0.1, 2.252712651734205902},
                              {0.5, 0.5723649429247000871},
                              {0.9999, 0.00005772979156119386281},
                              {1.0001, -0.00005771334222047126801},
                              {1.4616321449683622, -0.1214862905358496081},
                              {1.9999, -0.00004227520877215345801},
                              {2.0001, 0.00004228165811291994632},
                              {2.5, 0.2846828704729191596},
                              {3.7, 1.428072326665388129},
                              {9.99, 12.77931521435019336},
                              {10.0, 12.80182748008146961},
                              {50.5, 146.5192554907206272},
                              {1000000.0, 12815504.56914761166}});
}

TEST_CASE("normal_cdf meets its reference values") {
  check(portable::normal_cdf, {{-37.0, 5.725571222524576823e-300},
                               {-20.0, 2.753624118606233695e-89},
                               {-8.3, 5.205569744890254025e-17},
                               {-5.0, 2.866515718791939117e-7},
                               {-2.0, 0.0227501319481792072},
                               {-1.6, 0.05479929169955798411},
                               {-1.5, 0.066807201268858066},
                               {-1.4, 0.08075665923377105979},
                               {-0.5, 0.3085375387259868964},
                               {0.0, 0.5},
                               {0.3, 0.6179114221889526331},
                               {1.5, 0.933192798731141934},
                               {3.0, 0.9986501019683699055},
                               {6.0, 0.999999999013412355}});
}

TEST_CASE("normal_quantile meets its reference values") {
  check(portable::normal_quantile, {{1e-300, -37.04709629936119924},
                                    {1e-20, -9.26234008979840758},
                                    {0.0001, -3.719016485455680552},
                                    {0.02425, -1.972961051311884838},
                                    {0.25, -0.6744897501960817432},
                                    {0.5, 0.0},
                                    {0.6, 0.2533471031357997413},
                                    {0.975, 1.959963984540053856},
                                    {0.999999, 4.753424308817087766}});
}

TEST_CASE("gamma_p meets its reference values") {
  struct Case {
    double a;
    double x;
    double value;
  };
  const std::vector<Case> cases = {
      {0.01, 0.001, 0.9385706525261289854},      {0.01, 3.0, 0.9998670286434298445},
      {0.5, 0.5, 0.6826894921370858972},         {1.0, 2.0, 0.8646647167633873081},
      {2.5, 0.1, 0.0008861387888124426067},      {2.5, 9.0, 0.9970535954121197096},
      {30.0, 31.0, 0.5953478209656108771},       {30.0, 29.0, 0.4508291147181238984},
      {100.0, 80.0, 0.01710831303513311417},     {100.0, 140.0, 0.9998389428252874441},
      {10000.0, 10000.0, 0.5013298083399552004}, {10000.0, 9700.0, 0.001234175584468491997},
      {10000.0, 10300.0, 0.9985295051036143187}};
  for (const Case& c : cases) {
    CAPTURE(c.a, c.x);
    CHECK(portable::gamma_p(c.a, c.x) == Approx(c.value).epsilon(1e-12).margin(0));
  }
}

TEST_CASE("elementary functions agree with the C library over their range") {
  CHECK(worst(
            portable::exp, [](double x) { return std::exp(x); }, -708, 709) < 1e-14);
  CHECK(worst(
            portable::exp, [](double x) { return std::exp(x); }, -1, 1) < 1e-14);
  CHECK(worst(
            portable::expm1, [](double x) { return std::expm1(x); }, -1, 1) < 1e-14);
  CHECK(worst(
            portable::log, [](double x) { return std::log(x); }, 1e-3, 3) < 1e-14);
  CHECK(worst(
            portable::log, [](double x) { return std::log(x); }, 3, 1e9) < 1e-14);
  CHECK(worst(
            portable::log1p, [](double x) { return std::log1p(x); }, -0.9, 3) < 1e-14);
  CHECK(worst(
            portable::normal_cdf, [](double x) { return 0.5 * std::erfc(-x * std::sqrt(0.5)); }, -3, 8) <
        1e-14);
}

TEST_CASE("results at the ends of the range are what they must be") {
  CHECK(portable::exp(1000) == std::numeric_limits<double>::infinity());
  CHECK(portable::exp(-1000) == 0);
  CHECK(portable::exp(-740) > 0);  // a subnormal number
  CHECK(portable::log(1) == 0);
  CHECK(portable::log_gamma(1) == 0);
  CHECK(portable::log_gamma(2) == 0);
  CHECK(portable::gamma_p(3, 0) == 0);
  CHECK(portable::gamma_p(3, 1e308) == 1);
  CHECK(portable::normal_cdf(-100) == 0);
  CHECK(portable::normal_cdf(100) == 1);
}

TEST_CASE("the normal quantile inverts the distribution function far into the tail") {
  for (double u = 1e-290; u < 0.5; u *= 3) {
    CAPTURE(u);
    CHECK(portable::normal_cdf(portable::normal_quantile(u)) == Approx(u).epsilon(2e-12).margin(0));
  }
}

}  // namespace restock
