// The transitions that deep Q-learning remembers: a ring of the latest `capacity` n-step transitions, sampled
// uniformly with replacement. Rewards are kept raw, and normalised when they are sampled.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agents/learning/bytes.h"

namespace restock::learning {

/// Where the learner is told about one transition; the spans need to live for the call only.
struct Transition {
  std::span<const float> observation;
  std::int32_t taken = 0;
  float reward_sum = 0;        ///< Σ γᵏ r_k over the steps that follow, raw
  std::uint8_t steps = 1;      ///< how many those are
  std::uint8_t bootstrap = 1;  ///< 0 where the process terminated within them
  std::int32_t entity = 0;     ///< the row within its environment: whose scale the rewards have
  std::span<const float> next_observation;
  std::span<const std::uint8_t> next_mask;
};

class ReplayBuffer {
 public:
  ReplayBuffer(std::size_t capacity, std::size_t observation_width, std::size_t actions);

  void add(const Transition& transition);
  std::size_t size() const noexcept { return size_; }
  std::size_t capacity() const noexcept { return taken_.size(); }
  /// Transition `index` in [0, size()), in no particular order. Views into the buffer.
  Transition operator[](std::size_t index) const;

  void save(ByteWriter& writer) const;
  void load(ByteReader& reader);

 private:
  template <class Buffer, class Visit>
  static void visit_columns(Buffer& self, const Visit& visit);

  std::size_t width_, actions_;
  std::size_t size_ = 0;
  std::size_t next_ = 0;
  std::vector<float> observations_, next_observations_;
  std::vector<std::uint8_t> next_masks_;
  std::vector<std::int32_t> taken_, entities_;
  std::vector<float> reward_sums_;
  std::vector<std::uint8_t> steps_, bootstraps_;
};

}  // namespace restock::learning
