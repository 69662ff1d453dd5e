// What kind of demand a series is, from its own history: how much, how variable, how often none at all, and
// whether weekdays differ.
//
// Classes after Syntetos, Boylan and Croston 2005, Journal of the Operational Research Society 56(5): the
// mean interval between days with sales (ADI) against 1.32, the squared coefficient of variation of sales on
// such days (CV²) against 0.49. Days on which the shelf was empty at the close are left out: their sales are
// less than demand.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "forecasting/panel.h"

namespace restock::forecasting {

enum class DemandClass { smooth, erratic, intermittent, lumpy };
std::string_view name_of(DemandClass demand_class) noexcept;
/// By ADI and CV².
DemandClass class_of(double interval, double squared_variation) noexcept;

struct DemandProfile {
  std::size_t days = 0;  ///< looked at
  std::size_t days_with_sales = 0;
  double mean = 0;               ///< units a day, each weekday counted alike
  double variance = 0;           ///< of a day of average demand, once weekdays are taken out
  double interval = 0;           ///< ADI, days; infinite where nothing was sold
  double squared_variation = 0;  ///< CV² of days with sales
  DemandClass demand_class = DemandClass::smooth;
  /// By weekday from Monday on, of mean 1; empty where an F test does not tell weekdays apart at 1 %.
  std::vector<double> weekday_factors;
};

/// Of the series' days in [first, last) on which it was offered. The panel is daily.
DemandProfile profile_of(const Panel& panel, std::size_t series, std::size_t first, std::size_t last);

}  // namespace restock::forecasting
