// One environment: reset(seed), step(actions), with named, bounded observations, masks and a reward that is
// minus the cost of the ledger between two decisions.
//
// A step goes from one instant at which at least one SKU may order to the next. All SKUs are rows of every
// step: a row that is not due has action 0 as its only legal one. The end of the horizon is a truncation,
// never a termination: what is bootstrapped there is the value of the final observation. It shows the morning
// after, receipts included, and its mask the rows that would have been asked next.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "env/action_spec.h"
#include "env/decision_process.h"
#include "env/observation_spec.h"

namespace restock {

/// What a learner needs to know of a scenario; constant and shared.
struct EnvModel {
  std::shared_ptr<const DecisionModel> decisions;
  ObservationSpec observation;
  ActionSpec action;
};

/// Where a step writes; the caller's memory. Rows are the SKUs in the order of the scenario.
struct EnvView {
  std::span<float> observations;  ///< [rows × observation width]
  std::span<std::uint8_t> masks;  ///< [rows × actions]
};

class ReplenishmentEnv {
 public:
  explicit ReplenishmentEnv(std::shared_ptr<const EnvModel> model);

  std::size_t rows() const noexcept { return model_->decisions->warehouse->skus.size(); }
  const EnvModel& model() const noexcept { return *model_; }

  /// Starts a replication and runs to its first decision.
  void reset(const RunKey& run, EnvView view);
  /// Takes one action a row and runs to the next decision or to the end of the horizon, and writes what is
  /// seen there. rewards[rows]: −money. Returns whether the episode was truncated; then reset() must follow.
  /// Actions of rows that are not due are not taken. Throws InvariantError where an action is none of the
  /// action spec, and where the episode had ended already.
  bool step(std::span<const std::int32_t> actions, EnvView view, std::span<double> rewards);

  const DecisionProcess& process() const noexcept { return process_; }
  /// State at a decision, for checkpoints. restore() writes the observation that belongs to it.
  void save(std::vector<std::byte>& bytes) const;
  void restore(std::span<const std::byte> bytes, EnvView view);
  /// Restores what was saved and goes on from it into a future of its own (Simulator::fork): what is seen now
  /// is the same, what comes is drawn anew.
  void fork(std::span<const std::byte> bytes, std::uint64_t rollout_id, EnvView view);

 private:
  std::span<const std::byte> restore_books(std::span<const std::byte> bytes);
  void write_view(EnvView view);
  void place(std::span<const std::int32_t> actions);

  std::shared_ptr<const EnvModel> model_;
  DecisionProcess process_;
  std::vector<std::int32_t> all_skus_;
  std::vector<std::uint8_t> is_due_;
  std::vector<std::int32_t> due_;
  std::vector<Quantity> wanted_;
  std::vector<SkuLedger> counted_;  ///< at the previous decision
};

}  // namespace restock
