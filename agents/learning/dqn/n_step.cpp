#include "agents/learning/dqn/n_step.h"

#include <algorithm>

#include "env/core/check.h"

namespace restock::learning {

NStepCollector::NStepCollector(const EnvDimensions& dimensions, int steps, double discount)
    : dimensions_(dimensions),
      steps_(static_cast<std::size_t>(steps)),
      discount_(static_cast<float>(discount)),
      observations_(steps_ * dimensions.rows() * dimensions.observation_width),
      actions_(steps_ * dimensions.rows()),
      rewards_(steps_ * dimensions.rows()),
      pending_(dimensions.rows()) {
  RESTOCK_CHECK(steps >= 1 && steps <= 255, "{} steps", steps);
}

/// The ring's slot of the step begun `steps_ago` steps ago; 0 is the latest.
std::size_t NStepCollector::slot(std::size_t steps_ago) const noexcept {
  return (time_ - 1 - steps_ago) % steps_;
}

void NStepCollector::begin(std::span<const float> observations, std::span<const std::int32_t> actions) {
  ++time_;
  const std::size_t now = slot(0);
  std::copy(observations.begin(), observations.end(),
            observations_.begin() + static_cast<std::ptrdiff_t>(now * observations.size()));
  std::copy(actions.begin(), actions.end(),
            actions_.begin() + static_cast<std::ptrdiff_t>(now * actions.size()));
}

void NStepCollector::end(const StepBuffers& after, ReplayBuffer& replay) {
  const std::size_t rows = dimensions_.rows();
  const std::size_t width = dimensions_.observation_width;
  float* rewards = rewards_.data() + slot(0) * rows;
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t environment = row / dimensions_.rows_per_environment;
    if (after.restarted[environment] != 0) continue;  // nothing is pending: the episode has ended before
    rewards[row] = static_cast<float>(after.rewards[row]);
    ++pending_[row];
    const bool terminated = after.terminated[environment] != 0;
    const bool over = terminated || after.truncated[environment] != 0;
    const auto& seen = over ? after.final_observations : after.observations;
    const auto& legal = over ? after.final_masks : after.masks;
    const Ending ending{std::span(seen).subspan(row * width, width),
                        std::span(legal).subspan(row * dimensions_.actions, dimensions_.actions), terminated};
    if (over) {
      for (; pending_[row] > 0; --pending_[row]) emit(row, pending_[row], ending, replay);
    } else if (pending_[row] == steps_) {
      emit(row, steps_, ending, replay);
      --pending_[row];
    }
  }
}

/// The start that lies length − 1 steps back, with all rewards since.
void NStepCollector::emit(std::size_t row, std::size_t length, const Ending& ending,
                          ReplayBuffer& replay) const {
  const std::size_t rows = dimensions_.rows();
  float sum = 0;
  for (std::size_t ago = 0; ago < length; ++ago) sum = rewards_[slot(ago) * rows + row] + discount_ * sum;
  const std::size_t start = slot(length - 1) * rows + row;
  replay.add(
      {.observation = std::span(observations_)
                          .subspan(start * dimensions_.observation_width, dimensions_.observation_width),
       .taken = actions_[start],
       .reward_sum = sum,
       .steps = static_cast<std::uint8_t>(length),
       .bootstrap = static_cast<std::uint8_t>(ending.terminated ? 0 : 1),
       .entity = static_cast<std::int32_t>(row % dimensions_.rows_per_environment),
       .next_observation = ending.observation,
       .next_mask = ending.mask});
}

void NStepCollector::save(ByteWriter& writer) const {
  writer.section("n-step");
  writer.value(time_);
  writer.values(std::span<const float>(observations_));
  writer.values(std::span<const std::int32_t>(actions_));
  writer.values(std::span<const float>(rewards_));
  writer.values(std::span<const std::uint8_t>(pending_));
}

void NStepCollector::load(ByteReader& reader) {
  reader.section("n-step");
  reader.value(time_);
  reader.values(std::span<float>(observations_));
  reader.values(std::span<std::int32_t>(actions_));
  reader.values(std::span<float>(rewards_));
  reader.values(std::span<std::uint8_t>(pending_));
}

}  // namespace restock::learning
