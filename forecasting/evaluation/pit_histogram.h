// Where truths fell in the laws that were forecast: flat where the laws are right, a bowl where they are too
// narrow, a hill where they are too wide, a slope where they lie too low or too high. Of counts, and where a
// value has a probability of its own, a truth is spread evenly from P(Y < y) to P(Y <= y), which keeps the
// histogram flat for a right law (Czado, Gneiting and Held 2009, Biometrics 65(4), equation 2).
#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace restock::forecasting {

class PitHistogram {
 public:
  static constexpr std::size_t kBins = 20;

  /// `below` and `at_or_below` of the truth under its law.
  void add(double below, double at_or_below);
  void add(const PitHistogram& other);
  std::size_t count() const noexcept { return count_; }
  /// Share of truths in each twentieth, 0.05 each where all laws are right; empty where there are no truths.
  std::vector<double> shares() const;

 private:
  std::array<double, kBins> mass_{};
  std::size_t count_ = 0;
};

}  // namespace restock::forecasting
