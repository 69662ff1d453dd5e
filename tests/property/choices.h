// The source of everything random in a generated scenario: a list of small numbers, each the answer to "which
// of n?". The list can be written down, simplified and played again, which is all that shrinking needs: the
// generator says what is simple by giving it the answer 0.
#pragma once

#include <cstdint>
#include <vector>

#include "env/core/keyed_random.h"

namespace restock::property {

class Choices {
 public:
  /// Random answers.
  explicit Choices(std::uint64_t seed) : stream_({seed, Split::train, 0}, Purpose::search, 0) {}
  /// The given answers, as far as they are possible, then 0.
  explicit Choices(std::vector<std::uint32_t> answers) : given_(std::move(answers)), replays_(true) {}

  /// A whole number in [0, n), n > 0.
  std::uint32_t below(std::uint32_t n) {
    const std::size_t at = taken_.size();
    std::uint32_t answer = 0;
    if (!replays_)
      answer = static_cast<std::uint32_t>(stream_.below(n, static_cast<std::int64_t>(at)));
    else if (at < given_.size())
      answer = given_[at] % n;
    taken_.push_back(answer);
    return answer;
  }
  bool maybe() { return below(2) == 1; }
  /// One of the items, the first being the simplest; an item that stands twice is twice as likely.
  template <class T>
  T of(const std::vector<T>& items) {
    return items[below(static_cast<std::uint32_t>(items.size()))];
  }
  const std::vector<std::uint32_t>& taken() const noexcept { return taken_; }

 private:
  Stream stream_;
  std::vector<std::uint32_t> given_, taken_;
  bool replays_ = false;
};

}  // namespace restock::property
