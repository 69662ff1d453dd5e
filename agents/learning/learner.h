// A learner in training: collect → learn → tell the observer, one round a call. Rows of the environments (SKU
// × environment) are independent streams that share one network.
//
// A step is one row's decision. Training ends after `steps` or `seconds`, whichever comes first; schedules
// (learning rate, exploration) follow the fraction of that which has passed. With `seconds` out of reach the
// same seed gives the same weights.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agents/learning/backend.h"
#include "agents/learning/policy_network.h"
#include "env/core/description.h"
#include "env/vector_env.h"

namespace restock::learning {

struct Metric {
  std::string_view name;
  double value = 0;
};

struct Progress {
  std::int64_t steps = 0;
  double seconds = 0;   ///< spent within advance(), resumed runs included
  double fraction = 0;  ///< of the limits, 0 … 1
};

/// Is told after each round. The metrics' names are the learner's own and live as long as it does.
using LearningObserver = std::function<void(const Progress& progress, std::span<const Metric> metrics)>;

struct TrainingLimits {
  std::int64_t steps = 20'000'000;
  double seconds = 60;
};
void describe(FieldVisitor& visitor, TrainingLimits& limits);

class Learner {
 public:
  virtual ~Learner() = default;
  virtual bool finished() const = 0;
  virtual Progress progress() const = 0;
  /// One round; `observer` may be empty. Must not be called once finished().
  virtual void advance(const LearningObserver& observer) = 0;
  /// The network as it would decide now.
  virtual PolicyNetwork policy_network() const = 0;
  /// Everything that training goes on from: weights, optimiser, replay, normaliser, counters of draws,
  /// environments.
  virtual void save(ByteWriter& writer) const = 0;
  virtual void load(ByteReader& reader) = 0;
};

/// Writes a checkpoint, whole or not at all.
void save_checkpoint(const Learner& learner, const std::string& file);
/// Throws InputError where the file is no checkpoint of this agent, configuration and scenario.
void load_checkpoint(Learner& learner, const std::string& file);

/// How far training has come; measures the seconds itself.
class ProgressClock {
 public:
  explicit ProgressClock(const TrainingLimits& limits) : limits_(limits) {}

  void start() noexcept { started_ = std::chrono::steady_clock::now(); }
  /// Adds a round's steps, and the time since start().
  void stop(std::int64_t steps) noexcept;
  Progress progress() const noexcept;
  bool finished() const noexcept { return progress().fraction >= 1; }

  void save(ByteWriter& writer) const;
  void load(ByteReader& reader);

 private:
  TrainingLimits limits_;
  std::int64_t steps_ = 0;
  double seconds_ = 0;
  std::chrono::steady_clock::time_point started_;
};

/// The environments with the buffers that hold what they showed last; saved and restored as one.
class Streams {
 public:
  explicit Streams(VectorEnv& environments);

  const EnvDimensions& dimensions() const noexcept { return environments_.dimensions(); }
  const StepBuffers& now() const noexcept { return buffers_; }
  void step(std::span<const std::int32_t> actions) { environments_.step(actions, buffers_); }

  void save(ByteWriter& writer) const;
  void load(ByteReader& reader);

 private:
  VectorEnv& environments_;
  StepBuffers buffers_;
};

/// Straight line from `first` at fraction 0 to `last` at fraction 1.
inline float scheduled(double first, double last, double fraction) noexcept {
  return static_cast<float>(first + (last - first) * fraction);
}

}  // namespace restock::learning
