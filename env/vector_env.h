// Many environments stepped together into the caller's buffers, with one of Gymnasium's autoreset modes:
//
//   same_step  where an episode ends, the environment has been reset already when step() returns: the
//              observation is the first of the next episode;
//   next_step  the observation is the final one, and the following step() resets: it takes no action, gives
//              no reward and is flagged in `restarted`, so that learners can leave it out.
//
// In both modes the final observation and its mask are kept. Environment e plays its n-th episode as
// replication e + n · environments of the split, so that no two episodes share a draw; where it has been
// given a seed of its own, as replication n of that seed. What an environment does depends neither on how
// many others there are, nor on the threads that step them.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "env/core/worker_team.h"
#include "env/replenishment_env.h"

namespace restock {

enum class Autoreset { same_step, next_step };
std::span<const std::string_view> names_of(Autoreset);

struct EnvDimensions {
  std::size_t environments = 1;
  std::size_t rows_per_environment = 1;
  std::size_t observation_width = 1;
  std::size_t actions = 1;

  std::size_t rows() const noexcept { return environments * rows_per_environment; }
};

/// What a step writes. Row r belongs to environment r / rows_per_environment.
struct StepBuffers {
  explicit StepBuffers(const EnvDimensions& dimensions);

  std::vector<float> observations;       ///< [rows × observation_width]
  std::vector<std::uint8_t> masks;       ///< [rows × actions], of the observations
  std::vector<double> rewards;           ///< [rows], −money since the previous decision
  std::vector<std::uint8_t> terminated;  ///< [environments], the process itself has ended
  std::vector<std::uint8_t> truncated;   ///< [environments], the horizon has ended
  /// [environments], next_step only: this step has started an episode and nothing else. Its actions were not
  /// taken, its rewards are 0, and it leads from one episode into another.
  std::vector<std::uint8_t> restarted;
  std::vector<float> final_observations;  ///< [rows × observation_width], valid where truncated or terminated
  std::vector<std::uint8_t> final_masks;  ///< [rows × actions], likewise
};

/// What learners train against. Tests implement it with processes whose values are known.
class VectorEnv {
 public:
  virtual ~VectorEnv() = default;
  virtual const EnvDimensions& dimensions() const noexcept = 0;
  virtual Autoreset autoreset() const noexcept { return Autoreset::same_step; }
  /// Starts all environments; fills observations and masks.
  virtual void reset(StepBuffers& buffers) = 0;
  /// actions[rows], each legal under the latest masks.
  virtual void step(std::span<const std::int32_t> actions, StepBuffers& buffers) = 0;
  /// The state of all environments, for checkpoints. restore() fills observations and masks.
  virtual void save(std::vector<std::byte>& bytes) const = 0;
  virtual void restore(std::span<const std::byte> bytes, StepBuffers& buffers) = 0;
};

struct VectorEnvConfig {
  std::size_t environments = 1;
  std::uint64_t root_seed = 1;
  Split split = Split::train;
  Autoreset autoreset = Autoreset::same_step;
  int threads = 1;  ///< each steps its own share of the environments; 1: the caller's thread alone
};

class ReplenishmentVectorEnv final : public VectorEnv {
 public:
  ReplenishmentVectorEnv(std::shared_ptr<const EnvModel> model, const VectorEnvConfig& config);
  /// Same-step autoreset in the caller's thread.
  ReplenishmentVectorEnv(std::shared_ptr<const EnvModel> model, std::size_t environments,
                         std::uint64_t root_seed, Split split)
      : ReplenishmentVectorEnv(
            std::move(model),
            VectorEnvConfig{.environments = environments, .root_seed = root_seed, .split = split}) {}

  const EnvDimensions& dimensions() const noexcept override { return dimensions_; }
  Autoreset autoreset() const noexcept override { return autoreset_; }
  /// From the next reset on, environment e plays replications 0, 1, 2, … of seeds[e]: equal seeds play equal
  /// episodes.
  void set_seeds(std::span<const std::uint64_t> seeds);
  /// Every environment goes on with its next episode.
  void reset(StepBuffers& buffers) override;
  void step(std::span<const std::int32_t> actions, StepBuffers& buffers) override;
  void save(std::vector<std::byte>& bytes) const override;
  void restore(std::span<const std::byte> bytes, StepBuffers& buffers) override;

  const ReplenishmentEnv& environment(std::size_t index) const { return *environments_[index]; }

 private:
  /// Which episodes an environment plays: every stride-th replication of a seed.
  struct Episodes {
    std::uint64_t root_seed = 1;
    std::uint64_t next_replication = 0;
    std::uint64_t stride = 1;
    std::uint64_t is_over = 0;  ///< next_step: the next step resets
  };
  EnvView view(std::size_t environment, StepBuffers& buffers) const;
  void restart(std::size_t environment, StepBuffers& buffers);
  void step_one(std::size_t environment, std::span<const std::int32_t> actions, StepBuffers& buffers);
  void end_episode(std::size_t environment, StepBuffers& buffers);
  template <class Body>
  void for_each(const Body& body);

  EnvDimensions dimensions_;
  Split split_;
  Autoreset autoreset_;
  std::vector<std::unique_ptr<ReplenishmentEnv>> environments_;
  std::vector<Episodes> episodes_;
  WorkerTeam team_;
};

}  // namespace restock
