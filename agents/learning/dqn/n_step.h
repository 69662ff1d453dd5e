// Turns steps of many rows into n-step transitions (Sutton 1988; as in Hessel et al. 2018): start t of a row
// waits until n rewards have followed, or its episode has ended. At an episode's end the last n − 1 starts
// are kept as well, each with the rewards that did follow it, and bootstrap from the episode's final
// observation, under its own mask, unless the process terminated there. A step that only starts an episode
// (next-step autoreset) is no transition.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agents/learning/dqn/replay.h"
#include "env/vector_env.h"

namespace restock::learning {

class NStepCollector {
 public:
  /// 1 <= steps <= 255.
  NStepCollector(const EnvDimensions& dimensions, int steps, double discount);

  /// Before the environments step: what rows saw and did.
  void begin(std::span<const float> observations, std::span<const std::int32_t> actions);
  /// After they stepped: adds every transition that is complete now.
  void end(const StepBuffers& after, ReplayBuffer& replay);

  void save(ByteWriter& writer) const;
  void load(ByteReader& reader);

 private:
  struct Ending {
    std::span<const float> observation;
    std::span<const std::uint8_t> mask;
    bool terminated = false;
  };
  void emit(std::size_t row, std::size_t length, const Ending& ending, ReplayBuffer& replay) const;
  std::size_t slot(std::size_t steps_ago) const noexcept;

  EnvDimensions dimensions_;
  std::size_t steps_;
  float discount_;
  std::uint64_t time_ = 0;             ///< steps begun
  std::vector<float> observations_;    ///< [steps × rows × width], a ring over time
  std::vector<std::int32_t> actions_;  ///< [steps × rows]
  std::vector<float> rewards_;         ///< [steps × rows]
  std::vector<std::uint8_t> pending_;  ///< [rows], starts of the running episode that wait
};

}  // namespace restock::learning
