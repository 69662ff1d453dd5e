// Simulates a policy over replications: ledgers of each, KPIs with confidence, and one hash for all.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "env/decision_process.h"
#include "env/policy.h"
#include "env/sim/kpis.h"

namespace restock {

struct EvaluationConfig {
  std::uint64_t seed = 1;
  Split split = Split::evaluate;
  std::int64_t replications = 1;
  int threads = 1;
};

/// What one replication gave.
struct ReplicationResult {
  std::vector<SkuLedger> ledgers;  ///< counted (after the warm-up), one a SKU
  std::uint64_t ledger_hash = 0;
};

/// A mean over independent observations with the half-width of its 95 % interval (Student's t; NaN below two
/// observations).
struct Estimate {
  double mean = 0;
  double half_width = 0;
};
Estimate estimate_of(const std::vector<double>& observations);

struct Evaluation {
  std::vector<ReplicationResult> replications;

  /// Of all replications, in their order: does not depend on threads.
  std::uint64_t ledger_hash() const noexcept;
  /// Cost a period of each replication, all SKUs together.
  std::vector<double> costs_per_period(const WarehouseModel& model) const;
  /// Cost a period of each SKU, averaged over replications.
  std::vector<double> costs_per_sku(const WarehouseModel& model) const;
  /// One indicator over replications; replications where it has no meaning are left out.
  Estimate kpi(const WarehouseModel& model, const KpiColumn& column) const;
};

/// Runs config.replications replications of `policy`. `progress`, where given, is told how many are done
/// (from any thread). Runs on the period kernel where scenario and policy allow it (period_evaluation.h),
/// else on the event engine: the results are the same.
Evaluation evaluate(std::shared_ptr<const DecisionModel> model, const Policy& policy,
                    const EvaluationConfig& config,
                    const std::function<void(std::int64_t done)>& progress = {});

/// One replication with an observer, for traces and inventory curves; always on the event engine.
ReplicationResult simulate_once(std::shared_ptr<const DecisionModel> model, const Policy& policy,
                                const RunKey& run, SimulationObserver* observer);

}  // namespace restock
