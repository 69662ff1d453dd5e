#include "env/sim/demand_source.h"

#include <array>

namespace restock {

namespace {

void check_source(FieldVisitor& visitor, const DemandSourceSpec& source) {
  if (source.source != DemandOrigin::law && source.file.empty())
    visitor.problem("file", source.source == DemandOrigin::paths
                                ? "missing, expected the HDF5 file with the paths"
                                : "missing, expected the CSV file with the demand history");
  if (source.source == DemandOrigin::forecast_paths && source.forecaster.empty())
    visitor.problem("forecaster", "missing: source: forecast_paths needs the name of a forecaster");
}

}  // namespace

std::span<const std::string_view> names_of(DemandOrigin) {
  static constexpr std::array<std::string_view, 4> names{"law", "forecast_paths", "history", "paths"};
  return names;
}

void describe(FieldVisitor& visitor, DemandSourceSpec& source) {
  describe_choice(visitor, "source", source.source,
                  {.meaning = "law: each SKU's own law; forecast_paths: futures sampled from a forecaster; "
                              "history: what happened; paths: futures from a file"});
  visitor.field(
      "file", source.file,
      {.meaning = "relative to the scenario file: the demand history, unique_id,ds,y and covariates; with "
                  "source: paths, HDF5 with the dataset /units [paths x days x skus]"});
  visitor.field("forecaster", source.forecaster, {.meaning = "whose futures are sampled"});
  visitor.field(
      "covariates", source.covariates,
      {.meaning = "what forecasters may know of days to come: columns of the history, and holidays by "
                  "rule such as holiday:US; empty: its price and promotion"});
  visitor.field(
      "static_table", source.static_table,
      {.meaning = "relative to the scenario file: a CSV with a row an item, what forecasters may know "
                  "of it beside its history, such as its category"});
  check_source(visitor, source);
}

void describe(FieldVisitor& visitor, DemandPhases& phases) {
  describe_object(visitor, "training", phases.training,
                  {.meaning = "what policies are trained and tuned on; of paths, the last fifth tunes"});
  describe_object(visitor, "evaluation", phases.evaluation, {.meaning = "what policies are judged on"});
  visitor.law("lines_per_order", phases.lines_per_order,
              {.meaning = "lines of a customer's order, whatever their SKUs, which come in one instant "
                          "(arrivals: orders); not given: each line is an order of its own",
               .unit = "lines"});
  if (phases.training.source == DemandOrigin::paths && phases.evaluation.source == DemandOrigin::paths &&
      phases.training.file == phases.evaluation.file)
    visitor.problem("evaluation.file", "the same paths as in training, expected others to judge by");
}

}  // namespace restock
