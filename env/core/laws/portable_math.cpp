#include "env/core/laws/portable_math.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace restock::portable {

namespace {

constexpr double kLog2High = 0x1.62e42fefp-1;  // 33 bits, so that its product with an exponent is exact
constexpr double kLog2Low = 0x1.473de6af278edp-34;
constexpr double kInverseLog2 = 1.4426950408889634;

/// exp(r) − 1 for |r| <= 0.35, by its Taylor series.
double expm1_series(double r) {
  double sum = 0;
  for (int n = 14; n >= 2; --n) sum = (sum + 1) * r / n;
  return sum * r + r;
}

/// 2 artanh(s) = log((1 + s) / (1 − s)) = 2 Σ s^(2k + 1) / (2k + 1) for |s| <= 0.18, up to k = 11; summed in
/// pairs, pairs of pairs and so on (Estrin 1960), so that no term waits for all others.
double twice_artanh(double s) {
  const double z = s * s;
  const double z2 = z * z;
  const double z4 = z2 * z2;
  const double z8 = z4 * z4;
  const auto pair = [z](double n) { return 1 / n + 1 / (n + 2) * z; };
  const double low = (pair(3) + pair(7) * z2) + (pair(11) + pair(15) * z2) * z4;
  const double high = pair(19) + 1.0 / 23 * z2;
  return 2 * (s + s * ((low + high * z8) * z));
}

/// std::frexp of a positive number, without a call where it is normal.
double fraction_of(double x, int& exponent) {
  constexpr int kExponentBits = 0x7ff;
  constexpr int kFractionBits = 52;
  constexpr int kBias = 1022;  // of fractions in [1/2, 1)
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const int biased = static_cast<int>(bits >> kFractionBits);
  if (biased <= 0 || biased >= kExponentBits) return std::frexp(x, &exponent);
  exponent = biased - kBias;
  return std::bit_cast<double>((bits & ((std::uint64_t{1} << kFractionBits) - 1)) |
                               static_cast<std::uint64_t>(kBias) << kFractionBits);
}

}  // namespace

double exp(double x) {
  if (x > 709.79) return std::numeric_limits<double>::infinity();
  if (x < -745.2) return 0;
  const double power = std::floor(x * kInverseLog2 + 0.5);
  const double high = x - power * kLog2High;
  const double low = power * kLog2Low;
  const double r = high - low;
  const double lost = (high - r) - low;  // what rounding took from r
  return std::ldexp(1 + (expm1_series(r) + lost), static_cast<int>(power));
}

double expm1(double x) {
  return std::fabs(x) < 0.35 ? expm1_series(x) : exp(x) - 1;
}

double log(double x) {
  int exponent = 0;
  double fraction = fraction_of(x, exponent);                    // [1/2, 1)
  const int doublings = fraction < 0.70710678118654752 ? 1 : 0;  // no branch: nobody could guess it
  fraction *= 1.0 + doublings;
  exponent -= doublings;
  const double logarithm = twice_artanh((fraction - 1) / (fraction + 1));
  if (exponent == 0) return logarithm;
  return exponent * kLog2High + (exponent * kLog2Low + logarithm);
}

double log1p(double x) {
  return x > -0.29 && x < 0.41 ? twice_artanh(x / (2 + x)) : log(1 + x);
}

namespace {

constexpr double kHalfLogTwoPi = 0.91893853320467274178;
constexpr double kStirlingFrom = 10;

/// What Stirling's formula lacks: log Γ(x) − ((x − 1/2) log x − x + log √(2π)), x >= 10. Abramowitz and
/// Stegun 6.1.41.
double stirling_rest(double x) {
  constexpr std::array<double, 8> kCoefficients = {1.0 / 12,   -1.0 / 360,      1.0 / 1260, -1.0 / 1680,
                                                   1.0 / 1188, -691.0 / 360360, 1.0 / 156,  -3617.0 / 122400};
  const double inverse_square = 1 / (x * x);
  double sum = 0;
  for (std::size_t i = kCoefficients.size(); i-- > 0;) sum = sum * inverse_square + kCoefficients[i];
  return sum / x;
}

/// log Γ(2 + z) for |z| <= 1/2: (1 − γ) z + Σ (−1)^k (ζ(k) − 1) z^k / k. Abramowitz and Stegun 6.1.33.
double log_gamma_near_two(double z) {
  constexpr double kOneMinusEuler = 0.42278433509846713939;
  constexpr std::array<double, 28> kZetaMinusOne = {
      0.6449340668482264365,     0.2020569031595942854,     0.08232323371113819152,
      0.03692775514336992633,    0.01734306198444913971,    0.00834927738192282684,
      0.004077356197944339379,   0.002008392826082214418,   0.0009945751278180853371,
      0.0004941886041194645587,  0.0002460865533080482986,  0.0001227133475784891468,
      0.00006124813505870482926, 0.00003058823630702049355, 0.00001528225940865187173,
      7.637197637899762274e-6,   3.817293264999839856e-6,   1.908212716553938926e-6,
      9.539620338727961132e-7,   4.769329867878064631e-7,   2.384505027277329900e-7,
      1.192199259653110731e-7,   5.960818905125947961e-8,   2.980350351465228019e-8,
      1.490155482836504123e-8,   7.450711789835429492e-9,   3.725334024788457055e-9,
      1.862659723513049006e-9};
  double sum = 0;
  for (std::size_t i = kZetaMinusOne.size(); i-- > 0;) {
    sum = kZetaMinusOne[i] / static_cast<double>(i + 2) - z * sum;
  }
  return z * (kOneMinusEuler + z * sum);
}

}  // namespace

double log_gamma(double x) {
  if (x >= kStirlingFrom) return (x - 0.5) * (log(x) - 1) - 0.5 + kHalfLogTwoPi + stirling_rest(x);
  if (x < 0.5) return log_gamma_near_two(x) - log1p(x) - log(x);  // Γ(2 + x) = (1 + x) x Γ(x)
  if (x < 1.5) return log_gamma_near_two(x - 1) - log(x);
  double product = 1;
  while (x > 2.5) {
    x -= 1;
    product *= x;
  }
  return log_gamma_near_two(x - 2) + log(product);
}

namespace {

/// a log(a / x) + x − a >= 0 without cancellation: the deviance of Loader (2000), "Fast and accurate
/// computation of binomial probabilities", section 3.
double deviance(double a, double x) {
  if (std::fabs(x - a) >= 0.1 * (x + a)) return a * log(a / x) + x - a;
  const double v = (a - x) / (a + x);
  double sum = (a - x) * v;
  double power = 2 * a * v;
  for (int n = 3; n < 1000; n += 2) {
    power *= v * v;
    const double next = sum + power / n;
    if (next == sum) break;
    sum = next;
  }
  return sum;
}

/// x^a e^−x / Γ(a + 1).
double gamma_factor(double a, double x) {
  if (a < kStirlingFrom) return exp(a * log(x) - x - log_gamma(a + 1));
  constexpr double kTwoPi = 6.2831853071795864769;
  return exp(-stirling_rest(a) - deviance(a, x)) / std::sqrt(kTwoPi * a);
}

constexpr int kMaximumTerms = 100'000;
constexpr double kEpsilon = std::numeric_limits<double>::epsilon() / 4;

/// Σ x^n / ((a + 1) … (a + n)), so that P(a, x) = gamma_factor · sum. Abramowitz and Stegun 6.5.29. For x <=
/// a + 1.
double gamma_series(double a, double x) {
  double sum = 1;
  double term = 1;
  for (int n = 1; n < kMaximumTerms && term > kEpsilon * sum; ++n) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/// The continued fraction 1/(x + 1 − a − 1(1 − a)/(x + 3 − a − 2(2 − a)/(…))), so that 1 − P(a, x) = a ·
/// gamma_factor · fraction. Abramowitz and Stegun 6.5.31, evaluated as in Thompson and Barnett (1986). For x
/// > a + 1.
double gamma_fraction(double a, double x) {
  constexpr double kTiny = 1e-300;
  double b = x + 1 - a;
  double d = 1 / b;
  double c = 1 / kTiny;
  double result = d;
  for (int n = 1; n < kMaximumTerms; ++n) {
    const double numerator = n * (a - n);
    b += 2;
    d = numerator * d + b;
    if (std::fabs(d) < kTiny) d = kTiny;
    c = b + numerator / c;
    if (std::fabs(c) < kTiny) c = kTiny;
    d = 1 / d;
    const double factor = d * c;
    result *= factor;
    if (std::fabs(factor - 1) <= 4 * kEpsilon) break;
  }
  return result;
}

}  // namespace

double gamma_p(double a, double x) {
  if (x <= 0) return 0;
  if (x > 1e300) return 1;
  if (x <= a + 1) return gamma_factor(a, x) * gamma_series(a, x);
  return 1 - a * gamma_factor(a, x) * gamma_fraction(a, x);
}

namespace {

/// exp(−x²/2), with x² in two parts so that its rounding does not show in far tails.
double exp_of_minus_half_square(double x) {
  const double high = std::floor(x * 0x1p16) * 0x1p-16;
  return exp(-0.5 * high * high) * exp(-0.5 * (x - high) * (x + high));
}

}  // namespace

double normal_cdf(double x) {
  constexpr double kInverseRootTwoPi = 0.39894228040143267794;
  const double size = std::fabs(x);
  if (size > 39) return x < 0 ? 0 : 1;
  const double density = kInverseRootTwoPi * exp_of_minus_half_square(size);
  if (size < 1.5) {  // 1/2 + φ(x) (x + x³/3 + x⁵/15 + …): Marsaglia (2004), "Evaluating the normal
                     // distribution", equation 3
    double sum = x;
    double term = x;
    for (int n = 3; n < 200 && std::fabs(term) > kEpsilon * std::fabs(sum); n += 2) {
      term *= x * x / n;
      sum += term;
    }
    return 0.5 + density * sum;
  }
  const double tail = 0.5 * size * density * gamma_fraction(0.5, 0.5 * size * size);
  return x < 0 ? tail : 1 - tail;
}

namespace {

/// Horner's rule; the first coefficient belongs to the constant.
template <std::size_t N>
double polynomial(const std::array<double, N>& coefficients, double x) {
  double sum = 0;
  for (std::size_t i = N; i-- > 0;) sum = sum * x + coefficients[i];
  return sum;
}

}  // namespace

double normal_quantile(double u) {
  constexpr std::array<double, 8> kA = {
      3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
      4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3};
  constexpr std::array<double, 8> kB = {1.0,
                                        4.2313330701600911252e1,
                                        6.8718700749205790830e2,
                                        5.3941960214247511077e3,
                                        2.1213794301586595867e4,
                                        3.9307895800092710610e4,
                                        2.8729085735721942674e4,
                                        5.2264952788528545610e3};
  constexpr std::array<double, 8> kC = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                        5.76949722146069140550e0,  3.64784832476320460504e0,
                                        1.27045825245236838258e0,  2.41780725177450611770e-1,
                                        2.27238449892691845833e-2, 7.74545014278341407640e-4};
  constexpr std::array<double, 8> kD = {1.0,
                                        2.05319162663775882187e0,
                                        1.67638483018380384940e0,
                                        6.89767334985100004550e-1,
                                        1.48103976427480074590e-1,
                                        1.51986665636164571966e-2,
                                        5.47593808499534494600e-4,
                                        1.05075007164441684324e-9};
  constexpr std::array<double, 8> kE = {6.65790464350110377720e0,  5.46378491116411436990e0,
                                        1.78482653991729133580e0,  2.96560571828504891230e-1,
                                        2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                        2.71155556874348757815e-5, 2.01033439929228813265e-7};
  constexpr std::array<double, 8> kF = {1.0,
                                        5.99832206555887937690e-1,
                                        1.36929880922735805310e-1,
                                        1.48753612908506148525e-2,
                                        7.86869131145613259100e-4,
                                        1.84631831751005468180e-5,
                                        1.42151175831644588870e-7,
                                        2.04426310338993978564e-15};
  const double centred = u - 0.5;
  if (std::fabs(centred) <= 0.425) {
    const double r = 0.180625 - centred * centred;
    return centred * polynomial(kA, r) / polynomial(kB, r);
  }
  const double r = std::sqrt(-log(centred < 0 ? u : 1 - u));
  const double size = r <= 5 ? polynomial(kC, r - 1.6) / polynomial(kD, r - 1.6)
                             : polynomial(kE, r - 5) / polynomial(kF, r - 5);
  return centred < 0 ? -size : size;
}

}  // namespace restock::portable
