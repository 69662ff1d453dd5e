// A forecaster made of two parts: means of coming steps out of a memory (PathMaker), and a law around them
// (PathLaw), such as that of a series' past errors (classical/error_law.h). What is common to all such models
// stands here: sums and single steps, replaying a history, learning the law of past errors.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "env/core/forecaster.h"
#include "forecasting/classical/error_law.h"
#include "forecasting/panel.h"

namespace restock::forecasting {

/// A model bound to the series of a panel. Days are counted from the origin it is bound at.
class PathMaker {
 public:
  virtual ~PathMaker() = default;
  virtual std::size_t series_count() const = 0;
  virtual std::size_t state_size() const = 0;
  /// The model's row of a series.
  virtual std::size_t row(std::size_t series) const = 0;
  /// Mean sales of a step where the model was fitted.
  virtual float mean_sales(std::size_t series) const = 0;
  /// The memory before the first step on which the panel lists the series.
  virtual void start(std::size_t series, std::span<float> state) const = 0;
  /// Takes in a step as it was seen; NaN where nobody knows the sales.
  virtual void take(std::size_t series, std::int64_t day, float sales, bool stocked_out,
                    std::span<float> state) const = 0;
  /// Means of the steps from `day` on, the memory standing before it; finite or not, positive or not.
  virtual void path(std::size_t series, std::int64_t day, std::span<const float> state,
                    std::span<float> means) const = 0;

  /// path() as a forecaster may say it: finite, and no less than 0.
  void clean_path(std::size_t series, std::int64_t day, std::span<const float> state,
                  std::span<float> means) const;
};

/// The law of demand around means, bound as the PathMaker is.
class PathLaw {
 public:
  virtual ~PathLaw() = default;
  /// The levels at which quantiles are known.
  virtual const LevelGrid& grid() const = 0;
  struct Morning {
    std::size_t series = 0;
    std::int64_t day = 0;
    std::span<const float> state;
    std::span<const float> path;  ///< clean means of the steps from `day` on, at least one
  };
  /// Quantiles of the sum over the whole path; increasing and at least 0, as those of steps.
  virtual void of_sum(const Morning& morning, std::span<const LevelGrid::Place> levels,
                      std::span<float> out) const = 0;
  /// Of every step: out[steps × levels].
  virtual void of_steps(const Morning& morning, std::span<const LevelGrid::Place> levels,
                        std::span<float> out) const = 0;
};

/// The law of errors over the panel, and the memories after it.
struct LearnedErrors {
  ErrorLaw law;
  std::vector<float> last_state;  ///< [series × state_size]
};
/// Replays the panel, whose day 0 `maker` is bound at; its rows must be the panel's series. The last
/// `strangers` rows of the law are those of series without errors of their own.
LearnedErrors learn_errors(const PathMaker& maker, const Panel& panel, std::size_t season,
                           std::size_t strangers = 0);

/// A StepwiseForecaster too. `name` must live as long. Binds nothing: `maker` is bound at `origin` of `panel`
/// already.
std::unique_ptr<Forecaster> path_forecaster(std::string_view name, std::shared_ptr<const PathMaker> maker,
                                            std::shared_ptr<const PathLaw> law, const Panel& panel,
                                            std::size_t origin);
/// With the law of each row's past errors.
std::unique_ptr<Forecaster> path_forecaster(std::string_view name, std::shared_ptr<const PathMaker> maker,
                                            std::shared_ptr<const ErrorLaw> law, const Panel& panel,
                                            std::size_t origin);

}  // namespace restock::forecasting
