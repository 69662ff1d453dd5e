// A forecaster made of two parts: means of coming steps out of a memory (PathMaker), and the law of past
// errors around them (classical/error_law.h). What is common to all such models stands here: sums and single
// steps, replaying a history, learning the law.
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

/// The law of errors over the panel, and the memories after it.
struct LearnedErrors {
  ErrorLaw law;
  std::vector<float> last_state;  ///< [series × state_size]
};
/// Replays the panel, whose day 0 `maker` is bound at; its rows must be the panel's series.
LearnedErrors learn_errors(const PathMaker& maker, const Panel& panel, std::size_t season);

/// A StepwiseForecaster too. `name` must live as long. Binds nothing: `maker` is bound at `origin` of `panel`
/// already.
std::unique_ptr<Forecaster> path_forecaster(std::string_view name, std::shared_ptr<const PathMaker> maker,
                                            std::shared_ptr<const ErrorLaw> law, const Panel& panel,
                                            std::size_t origin);

}  // namespace restock::forecasting
