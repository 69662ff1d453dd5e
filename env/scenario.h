// A scenario file as data: the warehouse, what a learner sees of it and may do in it, and what has been
// published about it.
#pragma once

#include <string>
#include <vector>

#include "env/sim/warehouse_spec.h"

namespace restock {

enum class ActionKind { order_quantity, order_up_to, cover };

/// What a learner's discrete actions mean.
struct ActionConfig {
  ActionKind kind = ActionKind::order_quantity;
  double maximum = kNotSet;  ///< largest order in units, order-up-to level in units, or cover
  std::vector<double> maximum_by_source = {};  ///< instead of maximum where SKUs have several suppliers
  std::int64_t levels = 24;                    ///< of order_up_to and cover
};

/// How the columns of an observation are brought to one scale: by the scenario's mean demands alone, or by
/// their mean and deviation in a learner's training environment as well.
enum class NormaliserKind { fixed, learned };

/// A figure from the literature that a solver or a simulation can be held against.
struct PublishedValue {
  std::string metric;
  double value = kNotSet;
  std::string source;
};

struct Scenario {
  std::string name;
  WarehouseSpec warehouse;
  std::vector<std::string> observation;  ///< names of features (observation_spec.h); empty: the defaults
  NormaliserKind normaliser = NormaliserKind::fixed;
  ActionConfig action;
  std::vector<PublishedValue> published;
};

std::span<const std::string_view> names_of(ActionKind);
std::span<const std::string_view> names_of(NormaliserKind);
void describe(FieldVisitor& visitor, ActionConfig& action);
void describe(FieldVisitor& visitor, PublishedValue& value);
void describe(FieldVisitor& visitor, Scenario& scenario);

}  // namespace restock
