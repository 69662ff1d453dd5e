// Any recursive method as a forecasting model: fitted to each series on its own, with the law of its own past
// errors around it (error_law.h), bound to a history, saved and loaded.
//
// Days that ended with an empty shelf, and steps that nobody knows, are remembered as what was expected of
// them, or as their sales where these are more.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "forecasting/classical/error_law.h"
#include "forecasting/classical/recursive_method.h"
#include "forecasting/model.h"

namespace restock::forecasting {

/// Whole numbers that make a method what it is: lengths of windows and seasons.
using MethodSettings = std::vector<std::int64_t>;
inline constexpr std::int64_t kLargestSetting = 1000;

struct MethodDescription {
  std::string_view name;
  std::string_view meaning;
  std::size_t settings = 1;  ///< how many, each from 1 to kLargestSetting
  std::unique_ptr<RecursiveMethod> (*build)(const MethodSettings& settings);
};

/// Learns from the panel's first `train_days`; a series may be as short as it likes. `season` is that of the
/// law of errors.
std::unique_ptr<ForecastModel> fit_recursive(const MethodDescription& method, const MethodSettings& settings,
                                             std::size_t season, const Panel& panel, std::size_t train_days);
/// Throws InputError.
std::unique_ptr<ForecastModel> load_recursive(const MethodDescription& method, const TensorFile& file);

}  // namespace restock::forecasting
