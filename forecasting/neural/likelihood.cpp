#include "forecasting/neural/lstm_module.h"

namespace restock::forecasting {

namespace {

constexpr std::int64_t kLargestExactBound = 256;
constexpr std::int64_t kTailTerms = 64;

/// log P(Y = k) for k = 0 … terms − 1: [n × terms], by the recursion of the masses.
torch::Tensor log_masses(const DailyLaws& laws, std::int64_t terms) {
  const auto options = laws.mean.options();
  const auto k = torch::arange(terms, options).unsqueeze(0);
  const auto mean = laws.mean.unsqueeze(1), dispersion = laws.dispersion.unsqueeze(1);
  const auto spread = torch::log1p(dispersion * mean);
  const auto rising = torch::cumsum(torch::log1p(dispersion * k), 1) - torch::log1p(dispersion * k);
  return rising - spread / dispersion + k * (torch::log(mean) - spread) - torch::lgamma(k + 1);
}

/// The normal law with the same moments, where counts are so large that it does.
torch::Tensor normal_log_tail(const DailyLaws& laws, const torch::Tensor& bounds) {
  const auto deviation = torch::sqrt(laws.mean * (1 + laws.dispersion * laws.mean));
  const auto z = torch::clamp((bounds - 0.5 - laws.mean) / deviation, -6, 6);
  return torch::log(0.5 * torch::erfc(z / std::sqrt(2.0)));
}

}  // namespace

torch::Tensor log_probability(const DailyLaws& laws, const torch::Tensor& counts) {
  const auto shape = 1 / laws.dispersion;
  const auto product = laws.dispersion * laws.mean;
  const auto spread = torch::log1p(product);
  return torch::lgamma(counts + shape) - torch::lgamma(shape) - torch::lgamma(counts + 1) - shape * spread +
         counts * (torch::log(product) - spread);
}

torch::Tensor log_probability_at_least(const DailyLaws& laws, const torch::Tensor& bounds) {
  const auto exact = torch::clamp(bounds, 0, kLargestExactBound).unsqueeze(1);
  const auto masses = log_masses(laws, kLargestExactBound + kTailTerms);
  const auto k = torch::arange(masses.size(1), bounds.options()).unsqueeze(0);
  const double minus_infinity = -1e30;
  const auto below = torch::logsumexp(masses.masked_fill(k >= exact, minus_infinity), 1);
  const auto above =
      torch::logsumexp(masses.masked_fill((k < exact) | (k >= exact + kTailTerms), minus_infinity), 1);
  // 1 − P(Y < y) where that is accurate, else the first terms of the tail itself.
  const auto rest = torch::log1p(-torch::exp(torch::clamp_max(below, -1e-3)));
  const auto tail = torch::where(below < -1e-3, rest, above);
  return torch::where(bounds > kLargestExactBound, normal_log_tail(laws, bounds), tail);
}

}  // namespace restock::forecasting
