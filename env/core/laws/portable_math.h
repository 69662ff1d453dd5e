// exp, log and their relatives from IEEE additions, multiplications, divisions and square roots alone, so
// that the same parameters give the same tables with every compiler and C library. Relative errors stay below
// 1e-14 (gamma_p: 1e-12) wherever the result is a normal number; a test holds them against reference values.
#pragma once

namespace restock::portable {

double exp(double x);
/// exp(x) − 1, accurate near 0.
double expm1(double x);
/// x > 0.
double log(double x);
/// log(1 + x), accurate near 0; x > −1.
double log1p(double x);
/// Logarithm of the gamma function, x > 0.
double log_gamma(double x);
/// Regularised lower incomplete gamma function P(a, x), a > 0, x >= 0.
double gamma_p(double a, double x);
/// Distribution function of the standard normal law.
double normal_cdf(double x);
/// Its inverse, 0 < u < 1 (Wichura 1988, algorithm AS 241).
double normal_quantile(double u);

}  // namespace restock::portable
