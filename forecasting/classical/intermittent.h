// Methods for demand with many zeros: the size of a demand and how often one comes are smoothed apart.
//
// - Croston (1972, Operational Research Quarterly 23(3)): the mean is size / interval, both smoothed where a
//   demand comes.
// - SBA (Syntetos and Boylan 2005, IJF 21(2)): Croston's mean times 1 − α/2, which takes away its bias.
// - TSB (Teunter, Syntetos and Babai 2011, EJOR 214(3)): the probability of a demand is smoothed in each
// step,
//   the size where one comes, so that an item that dies is forgotten.
//
// The smoothing number of a series is the one among a few with the least squared error of the mean one step
// ahead; memories begin with the means of the sample.
#pragma once

#include "forecasting/classical/recursive_method.h"

namespace restock::forecasting {

enum class IntermittentKind { croston, sba, tsb };

class Intermittent final : public RecursiveMethod {
 public:
  explicit Intermittent(IntermittentKind kind) : kind_(kind) {}
  std::size_t parameter_count() const override { return 2; }
  std::size_t state_size() const override { return 3; }
  void fit(const SeriesSample& sample, std::span<float> parameters, std::span<float> start) const override;
  void observe(std::span<const float> parameters, std::int64_t clock, float value,
               std::span<float> state) const override;
  /// Nothing is learned from a step that nobody knows, and no time passes.
  void skip(std::span<const float>, std::int64_t, std::span<float>) const override {}
  void path(std::span<const float> parameters, std::int64_t clock, std::span<const float> state,
            std::span<float> means) const override;

 private:
  double squared_error(const SeriesSample& sample, std::span<const float> parameters,
                       std::span<const float> start) const;
  IntermittentKind kind_;
};

}  // namespace restock::forecasting
