// The chain of all states that a Process can reach from where the scenario starts: under every choice, or
// under one policy. Nothing is cut off and nothing has to be known of the states beforehand; transitions are
// stored.
#pragma once

#include <functional>

#include "agents/policies/exact/chain.h"
#include "agents/policies/exact/process.h"
#include "agents/policies/exact/state_set.h"

namespace restock::exact {

/// Writes what is ordered in a state.
using Chooser = std::function<void(std::span<const Units> state, std::span<Units> orders)>;

/// Told how many states have been found and how many bytes they take so far.
using ExplorationProgress = std::function<void(std::uint64_t states, std::uint64_t bytes)>;

class ExploredChain final : public Chain {
 public:
  /// Throws InputError where the states take more than so many bytes. Without `chooser`: every choice.
  ExploredChain(const Process& process, std::uint64_t maximum_bytes, const Chooser& chooser = {},
                const ExplorationProgress& progress = {});

  std::size_t states() const override { return states_.size(); }
  std::uint64_t state_actions() const override { return choice_post_.size(); }
  std::uint64_t bytes() const override;
  std::size_t start() const override { return 0; }
  std::size_t period() const override { return period_; }
  Change sweep(const Sweep& sweep, WorkerTeam& team) const override;
  std::size_t state_width() const override { return states_.width(); }
  void decode(std::size_t index, std::span<Units> state) const override;
  std::size_t index_of(std::span<const Units> state) const override { return states_.find(state); }

 private:
  void add_choices(const Process& process, std::size_t state, const Chooser& chooser);
  void add_outcomes(const Process& process, std::size_t post);
  void look_ahead(const Sweep& sweep, std::size_t first, std::size_t last) const;
  Change improve(const Sweep& sweep, std::size_t first, std::size_t last) const;

  std::size_t period_;
  StateSet states_;
  StateSet posts_;
  std::vector<std::size_t> first_choice_;   ///< [states + 1]
  std::vector<std::uint32_t> choice_post_;  ///< by choice
  std::vector<double> choice_cost_;
  std::vector<std::size_t> first_outcome_;  ///< [posts + 1]
  std::vector<std::uint32_t> next_;         ///< by outcome
  std::vector<double> probability_;
  std::vector<double> post_cost_;
  mutable std::vector<double> ahead_;  ///< by post-decision state: what a sweep expects from there
  Outcomes outcomes_;
  std::vector<Units> orders_, post_;
};

}  // namespace restock::exact
