// What a history holds, series by series: how much is known, how often nothing sells, the class of its
// demand, how strong its season is, and runs without sales that chance does not explain.
//
// - Classes: Syntetos, Boylan and Croston 2005 (demand_profile.h), of any step.
// - Strength of the season: 1 − variance of the remainder / variance of season and remainder, cut at 0, the
//   trend being a centred mean of one season (Wang, Smith and Hyndman 2006, Data Mining and Knowledge
//   Discovery 13(3)). NaN where the history holds less than two seasons.
// - Suspected stockouts: runs of steps without sales, none of them marked as sold out, that would come less
//   than once in 1,000 if every step sold with the share of its phase of the season. A guess, for people to
//   look at: it changes nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "env/core/json_writer.h"
#include "forecasting/demand_profile.h"
#include "forecasting/panel.h"

namespace restock::forecasting {

struct SeriesProfile {
  std::string id;
  std::size_t steps = 0;    ///< from the first on which it is listed to the last of the history
  std::size_t missing = 0;  ///< of these
  std::size_t sold_out = 0;
  double zeros = 0;              ///< share of known steps
  double mean = 0;               ///< of known steps
  double interval = 0;           ///< ADI; infinite where nothing was sold
  double squared_variation = 0;  ///< CV² of steps with sales
  DemandClass demand_class = DemandClass::smooth;
  double season_strength = 0;
  std::size_t suspected_runs = 0;
  std::size_t suspected_steps = 0;
};

/// `season` is that of the panel (frequency.h) where 0.
SeriesProfile profile_series(const Panel& panel, std::size_t series, std::size_t season = 0);
std::vector<SeriesProfile> profile_history(const Panel& panel, std::size_t season = 0);

/// One row a series.
std::string profile_csv(const std::vector<SeriesProfile>& profiles);
void write_json(JsonWriter& json, const SeriesProfile& profile);

}  // namespace restock::forecasting
