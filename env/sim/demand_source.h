// Where demand comes from while policies are trained and tuned, and while they are judged.
#pragma once

#include <string>
#include <vector>

#include "env/core/description.h"
#include "env/core/laws/law.h"

namespace restock {

enum class DemandOrigin { law, forecast_paths, history, paths };

/// Where demand comes from in one phase.
struct DemandSourceSpec {
  DemandOrigin source = DemandOrigin::law;
  std::string file;        ///< history: a CSV beside the scenario; paths: an HDF5 file
  std::string forecaster;  ///< forecast_paths: whose futures are sampled
  /// What forecasters may know beside sales: columns of the history and holidays by rule; empty: its price
  /// and promotion.
  std::vector<std::string> covariates;
  std::string static_table;  ///< a CSV with a row an item: its category and the like; "": none
};

struct DemandPhases {
  DemandSourceSpec training = {};
  DemandSourceSpec evaluation = {};
  LawSpec lines_per_order = {};  ///< not set: each line is an order of its own
};

std::span<const std::string_view> names_of(DemandOrigin);
void describe(FieldVisitor& visitor, DemandSourceSpec& source);
void describe(FieldVisitor& visitor, DemandPhases& phases);

}  // namespace restock
