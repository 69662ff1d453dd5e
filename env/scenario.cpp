#include "env/scenario.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "env/observation_spec.h"

namespace restock {

std::span<const std::string_view> names_of(ActionKind) {
  static constexpr std::array<std::string_view, 3> names{"order_quantity", "order_up_to", "cover"};
  return names;
}

std::span<const std::string_view> names_of(NormaliserKind) {
  static constexpr std::array<std::string_view, 2> names{"fixed", "learned"};
  return names;
}

void describe(FieldVisitor& visitor, ActionConfig& action) {
  describe_choice(visitor, "kind", action.kind,
                  {.meaning = "order_quantity: 0, 1, 2… packs; order_up_to: a position in units; cover: a "
                              "position in multiples of "
                              "the demand expected over the protection interval"});
  visitor.field("maximum", action.maximum,
                {.meaning = "the largest of them: units, units, or multiples; where not given, what three "
                            "protection intervals need",
                 .minimum = 1,
                 .maximum = 1e9});
  visitor.field("maximum_by_source", action.maximum_by_source,
                {.meaning = "the same, one value for each of a SKU's suppliers, the regular one first",
                 .minimum = 1,
                 .maximum = 1e9});
  visitor.field(
      "levels", action.levels,
      {.meaning = "number of levels from 0 to maximum (order_up_to, cover)", .minimum = 2, .maximum = 1024});
}

void describe(FieldVisitor& visitor, PublishedValue& value) {
  visitor.field("metric", value.metric,
                {.meaning = "which figure, such as optimal_cost_per_day", .required = true});
  visitor.field("value", value.value, {.meaning = "the figure", .required = true});
  visitor.field("source", value.source, {.meaning = "paper, table, how it was checked", .required = true});
}

void describe(FieldVisitor& visitor, Scenario& scenario) {
  visitor.field("name", scenario.name, {.meaning = "what reports call it", .required = true});
  describe(visitor, scenario.warehouse);
  static const std::string meaning =
      fmt::format("what a learned policy sees, by name; a sensible set where not given; there are {}",
                  fmt::join(feature_names(), ", "));
  visitor.field("observation", scenario.observation, {.meaning = meaning});
  describe_choice(
      visitor, "normaliser", scenario.normaliser,
      {.meaning = "of what a learned policy sees: fixed, by the SKUs' mean demands; learned, also "
                  "by each column's mean and deviation before training"});
  describe_object(visitor, "action", scenario.action,
                  {.meaning = "what the actions of a learned policy mean"});
  describe_list(visitor, "published", scenario.published, {.meaning = "figures from the literature"});
  for (const std::string& name : scenario.observation)
    if (!is_feature(name)) visitor.problem("observation", no_feature(name));
}

}  // namespace restock
