// Everything that is wrong with a demand history, row by row, where reading stops at the first faults.
//
// One pass, one series in memory at a time: a file of a million series is no problem as long as the rows of a
// series stand together; where they do not, that is a fault itself. Outliers are looked for on the scale
// log(1 + y), in deviations from the median, of which one is 1.4826 times the median absolute deviation
// (Hampel 1974): they are suspicions, all else is an error.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "env/core/time.h"
#include "forecasting/frequency.h"

namespace restock::forecasting {

enum class FaultKind {
  row,
  date,
  number,
  negative,
  missing,
  duplicate,
  unsorted,
  scattered,
  gap,
  step,
  outlier
};
inline constexpr std::size_t kFaultKinds = 11;
std::string_view name_of(FaultKind kind) noexcept;
/// Whether reading the history would take it as it is: only what may be right.
constexpr bool is_suspicion(FaultKind kind) noexcept {
  return kind == FaultKind::outlier;
}

struct Fault {
  FaultKind kind = FaultKind::row;
  std::size_t line = 0;  ///< in the file, 1-based
  std::string column;    ///< "": the whole row
  std::string series;    ///< "": not known
  std::string message;   ///< what stands there and what was expected
};

struct VerifyConfig {
  double outlier_deviations = 8;
  std::int64_t fewest_for_outliers = 30;  ///< days with sales that a series needs
};

struct VerifiedHistory {
  std::size_t rows = 0;
  std::size_t series = 0;
  std::optional<Date> first;
  std::optional<Date> last;
  Frequency frequency = Frequency::day;           ///< of most series
  std::array<std::size_t, kFaultKinds> faults{};  ///< by FaultKind

  std::size_t of(FaultKind kind) const noexcept { return faults[static_cast<std::size_t>(kind)]; }
  std::size_t errors() const noexcept;
};

/// Of `unique_id,ds,y` with any further columns. `tell` hears of every fault, in the order of the rows of a
/// series. Throws InputError where the file cannot be read or lacks one of these columns.
VerifiedHistory verify_history(const std::string& file, const VerifyConfig& config,
                               const std::function<void(const Fault&)>& tell);

}  // namespace restock::forecasting
