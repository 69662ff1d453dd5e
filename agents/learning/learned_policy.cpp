#include "agents/learning/learned_policy.h"

#include <fmt/format.h>

#include <vector>

#include "env/core/error.h"

namespace restock::learning {

namespace {

/// Buffers of a thread, so that deciding allocates nothing once they have grown.
struct Scratch {
  std::vector<float> observations;
  std::vector<std::uint8_t> masks;
  std::vector<std::int32_t> chosen;
};

Scratch& scratch() {
  thread_local Scratch buffers;
  return buffers;
}

}  // namespace

LearnedPolicy::LearnedPolicy(std::string name, ObservationSpec observation, ActionSpec action,
                             PolicyNetwork network)
    : name_(std::move(name)),
      observation_(std::move(observation)),
      action_(std::move(action)),
      network_(std::move(network)) {
  const auto width = static_cast<std::size_t>(network_.inputs());
  const auto actions = static_cast<std::size_t>(network_.actions());
  if (width != observation_.width() || actions != action_.actions()) {
    throw InputError(fmt::format(
        "policy {}: the network takes {} inputs and chooses among {} actions, the scenario has {} and {}; "
        "use the scenario that it was trained on",
        name_, width, actions, observation_.width(), action_.actions()));
  }
}

/// Cover actions count in multiples of the forecast where there is one.
bool LearnedPolicy::needs_forecast() const {
  return observation_.needs_forecast() || action_.kind() == ActionKind::cover;
}

void LearnedPolicy::decide(const DecisionBatch& batch, PolicyMemory&, OrderBatch& orders) const {
  const std::size_t actions = action_.actions();
  Scratch& buffers = scratch();
  buffers.observations.resize(batch.rows * observation_.width());
  buffers.masks.resize(batch.rows * actions);
  buffers.chosen.resize(batch.rows);
  observation_.write(batch, buffers.observations);
  for (std::size_t row = 0; row < batch.rows; ++row) {
    action_.write_mask(batch, row, std::span(buffers.masks).subspan(row * actions, actions));
  }
  network_.decide(buffers.observations, buffers.masks, buffers.chosen);
  for (std::size_t i = 0; i < orders.quantity.size(); ++i) {
    const std::size_t row = i % batch.rows;
    orders.quantity[i] =
        action_.decode(batch, row, static_cast<std::size_t>(buffers.chosen[row]), i / batch.rows);
  }
}

}  // namespace restock::learning
