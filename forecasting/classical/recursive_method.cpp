#include "forecasting/classical/recursive_method.h"

#include <algorithm>
#include <cmath>

namespace restock::forecasting {

bool SeriesSample::known(std::size_t t) const {
  return stocked_out[t] == 0 && !std::isnan(values[t]);
}

std::size_t SeriesSample::count_known() const {
  std::size_t count = 0;
  for (std::size_t t = 0; t < values.size(); ++t) count += known(t) ? 1 : 0;
  return count;
}

double SeriesSample::mean() const {
  double sum = 0, count = 0, all = 0, any = 0;
  for (std::size_t t = 0; t < values.size(); ++t) {
    if (std::isnan(values[t])) continue;
    all += static_cast<double>(values[t]), ++any;
    if (known(t)) sum += static_cast<double>(values[t]), ++count;
  }
  return count > 0 ? sum / count : any > 0 ? all / any : 0;
}

void RecursiveMethod::skip(std::span<const float> parameters, std::int64_t clock,
                           std::span<float> state) const {
  float expected = 0;
  path(parameters, clock, state, {&expected, 1});
  observe(parameters, clock, std::max(0.0F, expected), state);
}

void RecursiveMethod::take(std::span<const float> parameters, std::int64_t clock, float value,
                           bool stocked_out, std::span<float> state) const {
  if (std::isnan(value)) return skip(parameters, clock, state);
  if (stocked_out) {
    float expected = 0;
    path(parameters, clock, state, {&expected, 1});
    if (value < expected) return skip(parameters, clock, state);
  }
  observe(parameters, clock, value, state);
}

}  // namespace restock::forecasting
