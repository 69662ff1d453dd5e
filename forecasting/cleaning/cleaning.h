// Cleaning of a demand history: duplicates, returns, anomalies and holes, each by a rule that is chosen, in
// this order, every change written down so that it can be undone exactly (change_log.h). Nothing is changed
// that no rule names: what is wrong and has no rule is refused.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "env/core/description.h"
#include "forecasting/cleaning/change_log.h"
#include "forecasting/cleaning/history_table.h"
#include "forecasting/read_history.h"

namespace restock::forecasting {

/// Rows of the same series and date: refused, or one of them stays, with the sum of their sales or its own.
enum class Duplicates { refuse, sum, first, last };
/// Negative sales: refused, taken as 0, or taken off the sales before them, the latest first.
enum class Returns { refuse, zero, net };
/// Sales far from what is usual (robust_residuals.h): let be, written down but kept, brought to the bound, or
/// replaced by what is usual.
enum class Anomalies { leave, flag, cap, replace };
/// Steps without sales between the first and the last of a series: let be, 0, the last sales before, or what
/// is usual. Rows that the file leaves out are added.
enum class Holes { leave, zero, last, usual };

std::span<const std::string_view> names_of(Duplicates rule);
std::span<const std::string_view> names_of(Returns rule);
std::span<const std::string_view> names_of(Anomalies rule);
std::span<const std::string_view> names_of(Holes rule);

struct CleaningConfig {
  Duplicates duplicates = Duplicates::refuse;
  Returns returns = Returns::refuse;
  std::int64_t return_steps = 28;  ///< how far back a return looks for its sale
  Anomalies anomalies = Anomalies::leave;
  double deviations = 8;     ///< beyond which sales are an anomaly
  std::int64_t seasons = 4;  ///< before and after, from which what is usual is taken
  std::int64_t season = 0;   ///< steps; 0: 7 days, 12 months, 1 week
  Holes holes = Holes::leave;
  RowStep step = RowStep::automatic;
};
void describe(FieldVisitor& visitor, CleaningConfig& config);

/// Changes the table. Rows keep their order; those of a series whose dates are out of order are put into the
/// order of time on the places that it has. Throws InputError, the table being of no use then, where
/// something is wrong that no rule allows for.
ChangeLog clean(HistoryTable& table, const CleaningConfig& config);

}  // namespace restock::forecasting
