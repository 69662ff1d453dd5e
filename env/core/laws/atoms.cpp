#include "env/core/laws/atoms.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "env/core/check.h"

namespace restock {

void refuse_wide_law(std::string_view name, double mean, double standard_deviation) {
  throw InputError(fmt::format(
      "law '{}' with mean {:.6g} and standard deviation {:.6g} spreads over more than {} whole numbers; "
      "count in a larger unit (cases instead of pieces) or choose a narrower law",
      name, mean, standard_deviation, kMaximumLawValues));
}

AtomsLaw::AtomsLaw(std::string_view name, std::vector<std::pair<double, double>> weighted_values)
    : name_(name) {
  std::sort(weighted_values.begin(), weighted_values.end());
  double total = 0;
  for (const auto& [value, weight] : weighted_values) {
    if (weight == 0) continue;
    if (values_.empty() || value != values_.back()) {
      values_.push_back(value);
      cumulative_.push_back(0);
    }
    total += weight;
    cumulative_.back() = total;
    mean_ += weight * value;
    integer_valued_ = integer_valued_ && std::floor(value) == value;
  }
  RESTOCK_CHECK(total > 0, "law '{}' has no weight", name);
  mean_ /= total;
  for (const auto& [value, weight] : weighted_values)
    variance_ += weight / total * (value - mean_) * (value - mean_);
  for (double& share : cumulative_) share /= total;
}

double AtomsLaw::cdf(double x) const {
  const auto above = std::upper_bound(values_.begin(), values_.end(), x);
  return above == values_.begin() ? 0 : cumulative_[static_cast<std::size_t>(above - values_.begin()) - 1];
}

double AtomsLaw::quantile(double u) const {
  const auto found = std::lower_bound(cumulative_.begin(), cumulative_.end() - 1, u);
  return values_[static_cast<std::size_t>(found - cumulative_.begin())];
}

CountLaw::CountLaw(std::string_view name, double mean, double variance, const MassRecursion& recursion)
    : name_(name), mean_(mean), variance_(variance) {
  constexpr double kNegligible = 0x1p-60;
  std::vector<double> below;  // weights of mode − 1, mode − 2, …; the mode itself weighs 1
  double weight = 1;
  const auto mode = static_cast<double>(recursion.mode);
  for (double k = mode - 1; k >= 0 && weight > kNegligible * 0x1p-20; --k) {
    weight /= recursion.ratio(k);
    below.push_back(weight);
    if (below.size() > kMaximumLawValues) refuse_wide_law(name, mean, std::sqrt(variance));
  }
  first_ = mode - static_cast<double>(below.size());
  double total = 0;
  for (std::size_t i = below.size(); i-- > 0;) cumulative_.push_back(total += below[i]);
  cumulative_.push_back(total += 1);
  weight = 1;
  for (double k = mode;; ++k) {
    const double ratio = recursion.ratio(k);
    const double largest = std::max(ratio, recursion.ratio_limit);
    if (largest < 1 && weight * largest / (1 - largest) <= kNegligible * total) break;
    weight *= ratio;
    cumulative_.push_back(total += weight);
    if (cumulative_.size() > kMaximumLawValues) refuse_wide_law(name, mean, std::sqrt(variance));
  }
  for (double& share : cumulative_) share /= total;
}

double CountLaw::cdf(double x) const {
  const double index = std::floor(x) - first_;
  if (index < 0) return 0;
  if (index >= static_cast<double>(cumulative_.size())) return 1;
  return cumulative_[static_cast<std::size_t>(index)];
}

double CountLaw::quantile(double u) const {
  const auto found = std::lower_bound(cumulative_.begin(), cumulative_.end() - 1, u);
  return first_ + static_cast<double>(found - cumulative_.begin());
}

}  // namespace restock
