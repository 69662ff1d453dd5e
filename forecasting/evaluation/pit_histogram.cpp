#include "forecasting/evaluation/pit_histogram.h"

#include <algorithm>

namespace restock::forecasting {

void PitHistogram::add(double below, double at_or_below) {
  ++count_;
  constexpr double kLeastWidth = 1e-12;
  const double width = at_or_below - below;
  if (width < kLeastWidth) {
    const auto bin = static_cast<std::size_t>(std::clamp(below, 0.0, 1.0) * kBins);
    mass_[std::min(bin, kBins - 1)] += 1;
    return;
  }
  for (std::size_t bin = 0; bin < kBins; ++bin) {
    const double from = static_cast<double>(bin) / kBins, to = static_cast<double>(bin + 1) / kBins;
    mass_[bin] += std::max(0.0, std::min(to, at_or_below) - std::max(from, below)) / width;
  }
}

void PitHistogram::add(const PitHistogram& other) {
  for (std::size_t bin = 0; bin < kBins; ++bin) mass_[bin] += other.mass_[bin];
  count_ += other.count_;
}

std::vector<double> PitHistogram::shares() const {
  if (count_ == 0) return {};
  std::vector<double> shares(mass_.begin(), mass_.end());
  for (double& share : shares) share /= static_cast<double>(count_);
  return shares;
}

}  // namespace restock::forecasting
