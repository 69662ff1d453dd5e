// Arithmetic of the LSTM's inference: products of a few rows with a matrix, and its transcendental functions.
//
// Every result depends on its own row alone, never on how many rows a call holds or where the row lies among
// them, so that forecasts are the same bit by bit however batches are cut. Functions are polynomials without
// libm, within 3e-7.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace restock::forecasting {

/// Matrices have this many columns or a multiple; the last ones are filled with zeros.
inline constexpr std::size_t kLanes = 16;
constexpr std::size_t padded(std::size_t n) {
  return (n + kLanes - 1) / kLanes * kLanes;
}

/// y[r] += x[r] · w for n rows; w is row-major [in × out], out a multiple of kLanes.
void add_product(std::size_t n, std::size_t in, std::size_t out, const float* x, std::size_t x_stride,
                 const float* w, float* y, std::size_t y_stride);

/// gates[4 × units] of the four gates before their functions; c and h are replaced (Hochreiter and
/// Schmidhuber 1997; forget gate: Gers, Schmidhuber and Cummins 2000).
void lstm_cell(std::size_t units, float* gates, float* h, float* c);

/// Σ max(0, a[i] + b[i] + c[i] + x · d[i]) · w_k[i] for the two weight vectors of one output each; n a
/// multiple of kLanes.
struct Pair {
  float first, second;
};
Pair rectified_products(std::size_t n, const float* a, const float* b, const float* c, float x,
                        const float* d, const float* first, const float* second);

inline float exponential(float x) noexcept {
  x = x < -87.0F ? -87.0F : (x > 88.0F ? 88.0F : x);
  constexpr float kMagic = 12582912.0F;  // 1.5 · 2^23: adding it rounds to a whole number
  const float n = (x * 1.44269504F + kMagic) - kMagic;
  const float r = (x - n * 0.693359375F) + n * 2.12194440e-4F;
  float p = 1.0F / 5040.0F;
  p = p * r + 1.0F / 720.0F;
  p = p * r + 1.0F / 120.0F;
  p = p * r + 1.0F / 24.0F;
  p = p * r + 1.0F / 6.0F;
  p = p * r + 0.5F;
  p = p * r + 1.0F;
  p = p * r + 1.0F;
  return p * std::bit_cast<float>((static_cast<std::int32_t>(n) + 127) << 23);
}

inline float sigmoid(float x) noexcept {
  return 1.0F / (1.0F + exponential(-x));
}

/// x > 0 and finite.
inline float logarithm(float x) noexcept {
  const auto bits = std::bit_cast<std::int32_t>(x);
  const std::int32_t shifted = bits - 0x3f3504f3;  // √½, so that the mantissa lies in [√½, √2)
  const std::int32_t exponent = shifted >> 23;
  const float m = std::bit_cast<float>(bits - (exponent << 23));
  const float s = (m - 1.0F) / (m + 1.0F);
  const float s2 = s * s;
  const float series = 2.0F * s * (1.0F + s2 * (1.0F / 3.0F + s2 * (0.2F + s2 * (1.0F / 7.0F + s2 / 9.0F))));
  return static_cast<float>(exponent) * 0.693147181F + series;
}

/// A smooth max(0, x) without transcendental functions: (x + √(x² + 4)) / 2 (Barron 2021, arXiv:2112.11687).
float squareplus(float x) noexcept;

}  // namespace restock::forecasting
