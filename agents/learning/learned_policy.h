// A trained network as a Policy: it sees raw state through its own observation spec, takes the best of its
// legal actions and says what that action asks for.
#pragma once

#include <string>

#include "agents/learning/policy_network.h"
#include "env/action_spec.h"
#include "env/observation_spec.h"
#include "env/policy.h"

namespace restock::learning {

class LearnedPolicy final : public Policy {
 public:
  /// Throws InputError where network, observation and action do not fit together.
  LearnedPolicy(std::string name, ObservationSpec observation, ActionSpec action, PolicyNetwork network);

  std::string_view name() const override { return name_; }
  bool needs_pipeline() const override { return observation_.needs_pipeline(); }
  bool needs_forecast() const override;
  void decide(const DecisionBatch& batch, PolicyMemory& memory, OrderBatch& orders) const override;

  const ObservationSpec& observation() const noexcept { return observation_; }
  const ActionSpec& action() const noexcept { return action_; }
  const PolicyNetwork& network() const noexcept { return network_; }

 private:
  std::string name_;
  ObservationSpec observation_;
  ActionSpec action_;
  PolicyNetwork network_;
};

}  // namespace restock::learning
