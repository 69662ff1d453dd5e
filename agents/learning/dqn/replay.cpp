#include "agents/learning/dqn/replay.h"

#include <algorithm>

#include "env/core/check.h"

namespace restock::learning {

ReplayBuffer::ReplayBuffer(std::size_t capacity, std::size_t observation_width, std::size_t actions)
    : width_(observation_width),
      actions_(actions),
      observations_(capacity * observation_width),
      next_observations_(capacity * observation_width),
      next_masks_(capacity * actions),
      taken_(capacity),
      entities_(capacity),
      reward_sums_(capacity),
      steps_(capacity),
      bootstraps_(capacity) {
  RESTOCK_CHECK(capacity > 0, "a replay buffer without room");
}

void ReplayBuffer::add(const Transition& transition) {
  const std::size_t at = next_;
  std::copy_n(transition.observation.data(), width_, observations_.data() + at * width_);
  std::copy_n(transition.next_observation.data(), width_, next_observations_.data() + at * width_);
  std::copy_n(transition.next_mask.data(), actions_, next_masks_.data() + at * actions_);
  taken_[at] = transition.taken;
  entities_[at] = transition.entity;
  reward_sums_[at] = transition.reward_sum;
  steps_[at] = transition.steps;
  bootstraps_[at] = transition.bootstrap;
  next_ = (at + 1) % capacity();
  size_ = std::min(size_ + 1, capacity());
}

Transition ReplayBuffer::operator[](std::size_t index) const {
  return {.observation = std::span(observations_).subspan(index * width_, width_),
          .taken = taken_[index],
          .reward_sum = reward_sums_[index],
          .steps = steps_[index],
          .bootstrap = bootstraps_[index],
          .entity = entities_[index],
          .next_observation = std::span(next_observations_).subspan(index * width_, width_),
          .next_mask = std::span(next_masks_).subspan(index * actions_, actions_)};
}

template <class Buffer, class Visit>
void ReplayBuffer::visit_columns(Buffer& self, const Visit& visit) {
  visit(self.observations_, self.width_);
  visit(self.next_observations_, self.width_);
  visit(self.next_masks_, self.actions_);
  visit(self.taken_, std::size_t{1});
  visit(self.entities_, std::size_t{1});
  visit(self.reward_sums_, std::size_t{1});
  visit(self.steps_, std::size_t{1});
  visit(self.bootstraps_, std::size_t{1});
}

void ReplayBuffer::save(ByteWriter& writer) const {
  writer.section("replay");
  writer.value(static_cast<std::uint64_t>(capacity()));
  writer.value(static_cast<std::uint64_t>(size_));
  writer.value(static_cast<std::uint64_t>(next_));
  visit_columns(*this, [&](const auto& column, std::size_t width) {
    writer.values(std::span(column).first(size_ * width));
  });
}

void ReplayBuffer::load(ByteReader& reader) {
  std::uint64_t stored_capacity = 0;
  std::uint64_t stored_size = 0;
  std::uint64_t stored_next = 0;
  reader.section("replay");
  reader.value(stored_capacity);
  reader.value(stored_size);
  reader.value(stored_next);
  if (stored_capacity != capacity() || stored_size > capacity() || stored_next >= capacity()) {
    reader.fail("the replay buffer has another capacity");
  }
  size_ = stored_size;
  next_ = stored_next;
  visit_columns(
      *this, [&](auto& column, std::size_t width) { reader.values(std::span(column).first(size_ * width)); });
}

}  // namespace restock::learning
