// Evaluation on the kernels of env/period: the same ledgers and the same hash as on the event engine, many
// times faster, wherever scenario and policy allow it. evaluate() chooses by itself.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "env/evaluation.h"
#include "env/period/run.h"

namespace restock {

class PeriodEvaluation {
 public:
  /// Nothing where only the event engine will do: customers within the day, continuous review, forecasts, or
  /// a policy that decides by more than each SKU's inventory position.
  static std::optional<PeriodEvaluation> of(std::shared_ptr<const DecisionModel> model, const Policy& policy);

  /// Replications that run() simulates best in one call: several in lockstep, or one.
  std::int64_t block() const noexcept { return block_; }
  /// Replications run.replication, run.replication + 1, …; at most block(). Thread-safe.
  void run(const RunKey& run, std::span<ReplicationResult> results) const;

 private:
  PeriodEvaluation(std::shared_ptr<const DecisionModel> model, std::vector<period::Sku> skus);
  period::Outcome run_alone(std::size_t sku, const RunKey& run) const;
  void run_sku(std::size_t sku, const RunKey& run, std::span<period::Outcome> outcomes) const;

  std::shared_ptr<const DecisionModel> model_;
  std::vector<period::Sku> skus_;
  std::int64_t block_ = 1;
};

}  // namespace restock
