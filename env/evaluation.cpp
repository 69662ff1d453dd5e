#include "env/evaluation.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>

#include "env/core/parallel.h"
#include "env/core/student_t.h"
#include "env/period_evaluation.h"

namespace restock {

namespace {

/// A process and a memory that one worker uses again and again.
class Runner {
 public:
  Runner(const std::shared_ptr<const DecisionModel>& model, const Policy& policy)
      : policy_(policy),
        process_(model, {.pipeline = policy.needs_pipeline(), .forecast = policy.needs_forecast()}),
        sources_(most_sources(*model->warehouse)),
        wanted_(model->warehouse->skus.size() * sources_) {}

  ReplicationResult run(const RunKey& key, SimulationObserver* observer) {
    memory_.values.assign(skus() * policy_.memory_size(), 0.0);
    process_.set_observer(observer);
    process_.reset(key);
    while (process_.advance()) {
      const DecisionBatch& batch = process_.batch();
      OrderBatch orders{std::span(wanted_).first(batch.rows * sources_)};
      std::fill(orders.quantity.begin(), orders.quantity.end(), 0);
      policy_.decide(batch, memory_, orders);
      process_.order(process_.due(), orders.quantity);
    }
    ReplicationResult result;
    for (std::size_t sku = 0; sku < skus(); ++sku)
      result.ledgers.push_back(process_.simulator().counted_ledger(static_cast<std::int32_t>(sku)));
    result.ledger_hash = process_.simulator().ledger_hash();
    return result;
  }

 private:
  std::size_t skus() const { return process_.model().warehouse->skus.size(); }

  const Policy& policy_;
  DecisionProcess process_;
  PolicyMemory memory_;
  std::size_t sources_;
  std::vector<Quantity> wanted_;
};

}  // namespace

Estimate estimate_of(const std::vector<double>& observations) {
  const std::size_t n = observations.size();
  if (n == 0) return {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
  double sum = 0;
  for (const double x : observations) sum += x;
  const double mean = sum / static_cast<double>(n);
  if (n == 1) return {mean, std::numeric_limits<double>::quiet_NaN()};
  double squares = 0;
  for (const double x : observations) squares += (x - mean) * (x - mean);
  const double error = std::sqrt(squares / static_cast<double>(n - 1) / static_cast<double>(n));
  return {mean, student_t_quantile_975(static_cast<double>(n - 1)) * error};
}

std::uint64_t Evaluation::ledger_hash() const noexcept {
  std::uint64_t hash = 0;
  for (const ReplicationResult& replication : replications) hash = absorb(hash, replication.ledger_hash);
  return hash;
}

std::vector<double> Evaluation::costs_per_period(const WarehouseModel& model) const {
  std::vector<double> costs;
  for (const ReplicationResult& replication : replications)
    costs.push_back(kpis_of(model, replication.ledgers).cost_per_period);
  return costs;
}

std::vector<double> Evaluation::costs_per_sku(const WarehouseModel& model) const {
  std::vector<double> costs(model.skus.size(), 0.0);
  for (const ReplicationResult& replication : replications)
    for (std::size_t sku = 0; sku < costs.size(); ++sku)
      costs[sku] += kpis_of_sku(model, sku, replication.ledgers[sku]).cost_per_period;
  for (double& cost : costs) cost /= static_cast<double>(replications.size());
  return costs;
}

Estimate Evaluation::kpi(const WarehouseModel& model, const KpiColumn& column) const {
  std::vector<double> values;
  for (const ReplicationResult& replication : replications) {
    const double value = kpis_of(model, replication.ledgers).*column.value;
    if (!std::isnan(value)) values.push_back(value);
  }
  return estimate_of(values);
}

Evaluation evaluate(std::shared_ptr<const DecisionModel> model, const Policy& policy,
                    const EvaluationConfig& config, const std::function<void(std::int64_t done)>& progress) {
  const auto kernel = PeriodEvaluation::of(model, policy);
  const std::size_t block = kernel ? static_cast<std::size_t>(kernel->block()) : 1;
  Evaluation evaluation;
  evaluation.replications.resize(static_cast<std::size_t>(config.replications));
  const std::span all(evaluation.replications);
  std::vector<std::unique_ptr<Runner>> runners(static_cast<std::size_t>(std::max(1, config.threads)));
  std::atomic<std::int64_t> done = 0;
  parallel_for((all.size() + block - 1) / block, config.threads, [&](std::size_t index, int worker) {
    const auto results = all.subspan(index * block, std::min(block, all.size() - index * block));
    const RunKey key{config.seed, config.split, index * block};
    auto& runner = runners[static_cast<std::size_t>(worker)];
    if (kernel) {
      kernel->run(key, results);
    } else {
      if (!runner) runner = std::make_unique<Runner>(model, policy);
      results.front() = runner->run(key, nullptr);
    }
    for (std::size_t i = 0; i < results.size(); ++i) {
      const std::int64_t finished = ++done;
      if (progress) progress(finished);
    }
  });
  return evaluation;
}

ReplicationResult simulate_once(std::shared_ptr<const DecisionModel> model, const Policy& policy,
                                const RunKey& run, SimulationObserver* observer) {
  return Runner(model, policy).run(run, observer);
}

}  // namespace restock
