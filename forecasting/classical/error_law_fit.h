// Errors of many series become their laws (error_law.h): own quantiles where a series has enough errors, in
// between and beyond those of all series.
#pragma once

#include <vector>

#include "forecasting/classical/error_law.h"

namespace restock::forecasting {

class ErrorLawFit {
 public:
  explicit ErrorLawFit(ErrorLaw& law);
  /// Each series once, in order; rows of the law that none is added to are those of strangers.
  void add(std::size_t series, ErrorLaw::Errors& errors);
  /// After all series.
  void finish();

 private:
  /// What a row of the law stands on.
  struct Own {
    double size = 0;   ///< mean |error|
    double count = 0;  ///< independent errors
  };
  /// Errors of all series that share a shape, each over its own mean size.
  struct Pool {
    std::vector<float> errors;
    double size = 0, sizes = 0;  ///< sum and number of own mean sizes
  };

  void add_row(std::vector<float>& errors, double overlap, std::span<float> row, Own& own, Pool& pool);
  void add_steps(std::size_t series, ErrorLaw::Errors& errors);
  void set_widths(std::size_t series, const ErrorLaw::Errors& errors);
  void blend(std::span<float> row, const Own& own, double size, const Pool& pool) const;
  /// The pool becomes its quantiles.
  void shape(Pool& pool) const;

  ErrorLaw& law_;
  std::size_t thinned_;          ///< most errors that one series gives to a pool
  std::vector<Own> sums_;        ///< [series × steps]
  std::vector<Own> steps_;       ///< [series × season]
  std::vector<Pool> sum_pools_;  ///< [steps]
  Pool step_pool_;
};

}  // namespace restock::forecasting
