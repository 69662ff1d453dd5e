// Many environments stepped together into the caller's buffers, with same-step autoreset (Gymnasium's name):
// where an episode is truncated, its final observation is kept and the environment has been reset already
// when step() returns.
//
// Environment e plays its n-th episode as replication e + n · environments of the split, so that no two
// episodes share a draw.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "env/replenishment_env.h"

namespace restock {

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

  std::vector<float> observations;        ///< [rows × observation_width], after a reset where there was one
  std::vector<std::uint8_t> masks;        ///< [rows × actions]
  std::vector<double> rewards;            ///< [rows], −money since the previous decision
  std::vector<std::uint8_t> terminated;   ///< [environments], the process itself has ended
  std::vector<std::uint8_t> truncated;    ///< [environments], the horizon has ended
  std::vector<float> final_observations;  ///< [rows × observation_width], valid where truncated or terminated
};

/// What learners train against. Tests implement it with processes whose values are known.
class VectorEnv {
 public:
  virtual ~VectorEnv() = default;
  virtual const EnvDimensions& dimensions() const noexcept = 0;
  /// Starts all environments; fills observations and masks.
  virtual void reset(StepBuffers& buffers) = 0;
  /// actions[rows], each legal under the latest masks.
  virtual void step(std::span<const std::int32_t> actions, StepBuffers& buffers) = 0;
  /// The state of all environments, for checkpoints. restore() fills observations and masks.
  virtual void save(std::vector<std::byte>& bytes) const = 0;
  virtual void restore(std::span<const std::byte> bytes, StepBuffers& buffers) = 0;
};

class ReplenishmentVectorEnv final : public VectorEnv {
 public:
  ReplenishmentVectorEnv(std::shared_ptr<const EnvModel> model, std::size_t environments,
                         std::uint64_t root_seed, Split split);
  const EnvDimensions& dimensions() const noexcept override { return dimensions_; }
  void reset(StepBuffers& buffers) override;
  void step(std::span<const std::int32_t> actions, StepBuffers& buffers) override;
  void save(std::vector<std::byte>& bytes) const override;
  void restore(std::span<const std::byte> bytes, StepBuffers& buffers) override;

 private:
  EnvView view(std::size_t environment, StepBuffers& buffers) const;
  void restart(std::size_t environment, StepBuffers& buffers);

  EnvDimensions dimensions_;
  std::uint64_t root_seed_;
  Split split_;
  std::vector<std::unique_ptr<ReplenishmentEnv>> environments_;
  std::vector<std::uint64_t> episodes_;  ///< started so far, by environment
};

}  // namespace restock
