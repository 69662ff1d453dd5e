#include "forecasting/lstm_kernels.h"

#include <cmath>
#include <cstring>

namespace restock::forecasting {

namespace {

/// Eight floats that are added and multiplied together; the compiler splits them where registers are smaller.
typedef float Lanes __attribute__((vector_size(32)));

inline void load(Lanes& lanes, const float* from) {
  std::memcpy(&lanes, from, sizeof(Lanes));
}
inline void store(const Lanes& lanes, float* to) {
  std::memcpy(to, &lanes, sizeof(Lanes));
}

/// kRows rows of y, 16 columns: sums run over the inputs in their order.
template <std::size_t kRows>
void add_tile(std::size_t in, std::size_t out, const float* x, std::size_t x_stride, const float* w, float* y,
              std::size_t y_stride) {
  Lanes low[kRows], high[kRows];
  for (std::size_t r = 0; r < kRows; ++r) {
    load(low[r], y + r * y_stride);
    load(high[r], y + r * y_stride + 8);
  }
  for (std::size_t i = 0; i < in; ++i) {
    Lanes w_low, w_high;
    load(w_low, w + i * out);
    load(w_high, w + i * out + 8);
    for (std::size_t r = 0; r < kRows; ++r) {
      const float value = x[r * x_stride + i];
      low[r] += value * w_low;
      high[r] += value * w_high;
    }
  }
  for (std::size_t r = 0; r < kRows; ++r) {
    store(low[r], y + r * y_stride);
    store(high[r], y + r * y_stride + 8);
  }
}

float sum_of(const Lanes& lanes) {
  float v[8];
  store(lanes, v);
  return ((v[0] + v[4]) + (v[1] + v[5])) + ((v[2] + v[6]) + (v[3] + v[7]));
}

}  // namespace

void add_product(std::size_t n, std::size_t in, std::size_t out, const float* x, std::size_t x_stride,
                 const float* w, float* y, std::size_t y_stride) {
  constexpr std::size_t kRows = 4;
  for (std::size_t column = 0; column < out; column += kLanes) {
    std::size_t r = 0;
    for (; r + kRows <= n; r += kRows)
      add_tile<kRows>(in, out, x + r * x_stride, x_stride, w + column, y + r * y_stride + column, y_stride);
    for (; r < n; ++r)
      add_tile<1>(in, out, x + r * x_stride, x_stride, w + column, y + r * y_stride + column, y_stride);
  }
}

void lstm_cell(std::size_t units, float* __restrict gates, float* __restrict h, float* __restrict c) {
  for (std::size_t i = 0; i < 2 * units; ++i) gates[i] = sigmoid(gates[i]);
  for (std::size_t i = 2 * units; i < 3 * units; ++i) gates[i] = 2.0F * sigmoid(2.0F * gates[i]) - 1.0F;
  for (std::size_t i = 3 * units; i < 4 * units; ++i) gates[i] = sigmoid(gates[i]);
  for (std::size_t u = 0; u < units; ++u) {
    c[u] = gates[units + u] * c[u] + gates[u] * gates[2 * units + u];
    h[u] = gates[3 * units + u] * (2.0F * sigmoid(2.0F * c[u]) - 1.0F);
  }
}

Pair rectified_products(std::size_t n, const float* a, const float* b, const float* c, float x,
                        const float* d, const float* first, const float* second) {
  Lanes sum_first{}, sum_second{};
  const Lanes zero{};
  for (std::size_t i = 0; i < n; i += 8) {
    Lanes of_a, of_b, of_c, of_d, w, v;
    load(of_a, a + i);
    load(of_b, b + i);
    load(of_c, c + i);
    load(of_d, d + i);
    load(w, first + i);
    load(v, second + i);
    const Lanes sum = of_a + of_b + of_c + x * of_d;
    const Lanes positive = sum > zero ? sum : zero;
    sum_first += positive * w;
    sum_second += positive * v;
  }
  return {sum_of(sum_first), sum_of(sum_second)};
}

float squareplus(float x) noexcept {
  return 0.5F * (x + std::sqrt(x * x + 4.0F));
}

}  // namespace restock::forecasting
