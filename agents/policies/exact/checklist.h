// One checklist of everything in a scenario that could change what it costs. A class says what it models;
// every other key with an effect becomes a reason. The models are taken apart into all their fields, so that
// a new one does not compile until somebody has decided what it means here.
#pragma once

#include <cstddef>

#include "agents/policies/exact/problem.h"

namespace restock::exact {

/// What a class models beyond: one supplier outside, packs, minimum and maximum orders, purchase, fixed,
/// freight, holding and shortage costs, a day's demand with any law.
struct Abilities {
  bool continuous = false;  ///< arrivals: orders with review: continuous, instead of daily and periodic
  bool loses_sales = false;
  bool has_backlog = false;
  bool expires = false;
  bool has_cycle = false;  ///< demand by weekday, review on some days only
  bool has_random_lead_time = false;
  bool has_joint_orders = false;
  bool has_network = false;
  bool has_price_breaks = false;
  bool has_order_sizes = false;
  bool has_outages = false;
  bool has_discount = true;
  bool has_initial_pipeline = true;
  std::size_t fewest_skus = 1;
  std::size_t most_skus = 1;
  std::size_t fewest_sources = 1;
  std::size_t most_sources = 1;
};

/// All reasons for which the scenario is not of a class with these abilities.
Reasons check(const DecisionModel& model, const Abilities& abilities);

/// "key: got, expected …".
std::string reason(std::string_view key, std::string_view got, std::string_view expected);

}  // namespace restock::exact
