// What trees learn from: steps of the history seen from earlier origins, and the errors of forecasts of them.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "forecasting/trees/step_features.h"
#include "forecasting/trees/tree_law.h"

namespace restock::forecasting {

/// Rows of features with what came.
struct TreeRows {
  std::size_t columns = 0;
  std::vector<float> features, targets, weights;
  std::vector<std::uint8_t> folds;
  std::size_t size() const noexcept { return targets.size(); }
};
TreeRows rows_of_fold(const TreeRows& rows, std::uint8_t fold);

class TreeSamples {
 public:
  /// `features` is bound at day 0 of `seen`; both are kept by reference.
  TreeSamples(const StepFeatures& features, const Panel& seen, std::uint64_t seed);

  /// How often a step of the history stands among so many rows, at least once: leaves should hold that many
  /// times as many of them.
  double repeats(std::size_t rows) const;

  /// About so many steps: targets over the level, weights such that squares count in units of the scale.
  TreeRows steps(std::size_t wanted) const;

  struct ErrorRows {
    TreeRows sums, steps;
  };
  /// Errors over their width; the means of an origin are those of `means[fold]`, which has not learned from
  /// it.
  ErrorRows errors(std::size_t wanted, std::span<const TreeEnsemble> means) const;

 private:
  struct Origin {
    std::size_t series = 0, step = 0;
    std::uint64_t hash = 0;
    std::uint8_t fold = 0;
    const StepFeatures::Past* past = nullptr;
  };
  void visit(std::size_t origins, const std::function<void(const Origin&)>& take) const;
  std::size_t settled(std::size_t series) const;
  /// NaN where nobody knows the demand.
  float demand(std::size_t series, std::size_t step) const;
  void add_error(const Origin& origin, std::size_t lead, float truth, float forecast, std::size_t steps,
                 TreeRows& rows) const;

  const StepFeatures& features_;
  const Panel& seen_;
  std::uint64_t seed_;
  std::size_t leads_, cells_ = 0;
};

}  // namespace restock::forecasting
