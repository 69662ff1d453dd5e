#include "env/sim/demand_source.h"

#include <array>

namespace restock {

namespace {

void check_source(FieldVisitor& visitor, const DemandSourceSpec& source) {
  if (source.source != DemandOrigin::law && source.file.empty())
    visitor.problem("file", "missing, expected the CSV file with the demand history");
  if (source.source == DemandOrigin::forecast_paths && source.forecaster.empty())
    visitor.problem("forecaster", "missing: source: forecast_paths needs the name of a forecaster");
}

}  // namespace

std::span<const std::string_view> names_of(DemandOrigin) {
  static constexpr std::array<std::string_view, 3> names{"law", "forecast_paths", "history"};
  return names;
}

void describe(FieldVisitor& visitor, DemandSourceSpec& source) {
  describe_choice(visitor, "source", source.source,
                  {.meaning = "law: each SKU's own law; forecast_paths: futures sampled from a forecaster; "
                              "history: what happened"});
  visitor.field(
      "file", source.file,
      {.meaning = "the demand history, relative to the scenario file: unique_id,ds,y and covariates"});
  visitor.field("forecaster", source.forecaster, {.meaning = "whose futures are sampled"});
  check_source(visitor, source);
}

void describe(FieldVisitor& visitor, DemandPhases& phases) {
  describe_object(visitor, "training", phases.training,
                  {.meaning = "what policies are trained and tuned on"});
  describe_object(visitor, "evaluation", phases.evaluation, {.meaning = "what policies are judged on"});
}

}  // namespace restock
