// What is known in advance of the steps after the last sales, and what is not: rows without sales at the end
// of a history, and rows of a file of their own (`unique_id,ds` and covariates). Empty fields are unknown.
// What is missing is listed, and a template with the known values and room for the others is written.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "forecasting/panel.h"

namespace restock::forecasting {

struct FutureCovariates {
  std::vector<std::string> names;  ///< those of the panel that come from files
  std::size_t steps = 0;           ///< from the first without sales on
  std::vector<float> values;       ///< [series × steps × names], NaN where unknown

  std::size_t cell(std::size_t series, std::size_t step, std::size_t name) const {
    return (series * steps + step) * names.size() + name;
  }
};

/// At least `steps` steps, more where a file knows more. Of the panel's own history rows with sales are
/// passed over; `table`, where it is not "", may hold steps without sales and series of the panel only, each
/// once, and stands over the history. Throws InputError.
FutureCovariates read_future(const Panel& panel, const std::string& history, const std::string& table,
                             std::size_t steps);

/// One step of one series of which something is unknown.
struct MissingRow {
  std::size_t series = 0;
  std::size_t step = 0;            ///< 0: the first without sales
  std::vector<std::size_t> names;  ///< which are unknown
};
/// Of the first `steps` steps, by series.
std::vector<MissingRow> missing_rows(const FutureCovariates& future, const Panel& panel, std::size_t steps);

/// CSV `unique_id,ds` and the covariates of the first `steps` steps, empty where unknown.
std::string template_csv(const FutureCovariates& future, const Panel& panel, std::size_t steps);

/// The panel knows what is known; where nothing is, the last value stays and promotions end.
void apply_future(Panel& panel, const FutureCovariates& future);

}  // namespace restock::forecasting
