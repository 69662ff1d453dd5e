#include "agents/policies/exact/explored.h"

#include <fmt/format.h>

#include "env/core/error.h"

namespace restock::exact {

namespace {

constexpr std::size_t kBlock = 2048;  ///< states or post-decision states
constexpr std::size_t kStatesBetweenChecks = 256;

}  // namespace

ExploredChain::ExploredChain(const Process& process, std::uint64_t maximum_bytes, const Chooser& chooser,
                             const ExplorationProgress& progress)
    : period_(process.period()),
      states_(process.state_width()),
      posts_(process.post_width()),
      outcomes_(process.state_width()),
      post_(process.post_width()) {
  std::vector<Units> start(process.state_width());
  process.start(start);
  states_.insert(start);
  first_outcome_.push_back(0);
  for (std::size_t state = 0; state < states_.size(); ++state) {
    first_choice_.push_back(choice_post_.size());
    add_choices(process, state, chooser);
    while (post_cost_.size() < posts_.size()) add_outcomes(process, post_cost_.size());
    if (state % kStatesBetweenChecks != 0) continue;
    if (progress) progress(states_.size(), bytes());
    if (bytes() > maximum_bytes)
      throw InputError(
          fmt::format("more than {} states and {} transitions can be reached, which take more than {} MB; a "
                      "smaller scenario or more memory (--memory) is needed",
                      states_.size(), next_.size(), maximum_bytes >> 20));
  }
  first_choice_.push_back(choice_post_.size());
  ahead_.resize(posts_.size());
}

void ExploredChain::add_choices(const Process& process, std::size_t state, const Chooser& chooser) {
  orders_.clear();
  if (chooser) {
    orders_.resize(process.order_width());
    chooser(states_[state], orders_);
  } else {
    process.choices(states_[state], orders_);
  }
  const std::size_t width = process.order_width();
  for (std::size_t i = 0; i < orders_.size(); i += width) {
    choice_cost_.push_back(process.order(states_[state], std::span(orders_).subspan(i, width), post_));
    choice_post_.push_back(static_cast<std::uint32_t>(posts_.insert(post_)));
  }
}

void ExploredChain::add_outcomes(const Process& process, std::size_t post) {
  outcomes_.clear();
  post_cost_.push_back(process.follow(posts_[post], outcomes_));
  for (std::size_t i = 0; i < outcomes_.size(); ++i) {
    next_.push_back(static_cast<std::uint32_t>(states_.insert(outcomes_.next(i))));
    probability_.push_back(outcomes_.probability(i));
  }
  first_outcome_.push_back(next_.size());
}

std::uint64_t ExploredChain::bytes() const {
  return states_.bytes() + posts_.bytes() + first_choice_.size() * sizeof(std::size_t) +
         choice_post_.size() * (sizeof(std::uint32_t) + sizeof(double)) +
         next_.size() * (sizeof(std::uint32_t) + sizeof(double)) +
         posts_.size() * (sizeof(std::size_t) + 2 * sizeof(double));
}

void ExploredChain::decode(std::size_t index, std::span<Units> state) const {
  std::ranges::copy(states_[index], state.begin());
}

void ExploredChain::look_ahead(const Sweep& sweep, std::size_t first, std::size_t last) const {
  for (std::size_t post = first; post < last; ++post) {
    double expected = 0;
    for (std::size_t i = first_outcome_[post]; i < first_outcome_[post + 1]; ++i)
      expected += probability_[i] * sweep.value[next_[i]];
    ahead_[post] = sweep.discount * expected + (sweep.counts_cost ? post_cost_[post] : 0.0);
  }
}

Change ExploredChain::improve(const Sweep& sweep, std::size_t first, std::size_t last) const {
  Change change;
  const double counts = sweep.counts_cost ? 1 : 0;
  for (std::size_t state = first; state < last; ++state) {
    double best = std::numeric_limits<double>::infinity();
    std::size_t chosen = 0;
    for (std::size_t i = first_choice_[state]; i < first_choice_[state + 1]; ++i) {
      const double cost = counts * choice_cost_[i] + ahead_[choice_post_[i]];
      if (cost >= best) continue;
      best = cost;
      chosen = i;
    }
    change.write(sweep, state, best);
    if (!sweep.choice.empty())
      sweep.choice[state] = static_cast<std::uint32_t>(chosen - first_choice_[state]);
  }
  return change;
}

Change ExploredChain::sweep(const Sweep& sweep, WorkerTeam& team) const {
  const auto blocks = [](std::size_t count) { return (count + kBlock - 1) / kBlock; };
  for_blocks(team, blocks(ahead_.size()), NoScratch(), [&](NoScratch, std::size_t block) {
    look_ahead(sweep, block * kBlock, std::min((block + 1) * kBlock, ahead_.size()));
  });
  return change_over_blocks(team, blocks(states()), NoScratch(), [&](NoScratch, std::size_t block) {
    return improve(sweep, block * kBlock, std::min((block + 1) * kBlock, states()));
  });
}

}  // namespace restock::exact
