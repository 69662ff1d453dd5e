// A simulated figure and its standard error, to be held against an exact value.
#pragma once

#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "agents/policies/parameters.h"
#include "env/core/parallel.h"
#include "env/core/student_t.h"
#include "env/evaluation.h"
#include "tests/support/warehouses.h"

namespace restock::testing {

// Sanitizers and debugging slow a simulated day down by twenty: they check the code on a tenth of the days,
// and the figures with a larger standard error.
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
inline constexpr std::int64_t kShorter = 1;
inline constexpr double kCoarser = 1;
#else
inline constexpr std::int64_t kShorter = 10;
inline constexpr double kCoarser = 4;
#endif

struct Simulated {
  double mean = 0;
  double error = 0;  ///< standard error of the mean over replications

  double z(double exact) const { return (mean - exact) / error; }
};

/// One policy, with the same parameters for each SKU, simulated once; figures are read off by name.
class Experiment {
 public:
  Experiment(WarehouseSpec spec, std::string policy, std::vector<double> parameters,
             std::int64_t replications) {
    spec.horizon.days = spec.horizon.days / kShorter + spec.horizon.warm_up_days;
    model_ = decisions_of(spec);
    policies::PolicyParameters chosen{std::move(policy), {}, {}};
    for (const SkuSpec& sku : spec.skus) {
      chosen.skus.push_back(sku.id);
      chosen.values.push_back(parameters);
    }
    const auto rule = policies::make_policy(chosen);
    evaluation_ =
        evaluate(model_, *rule, {.seed = 1, .replications = replications, .threads = available_threads()});
  }
  Simulated figure(std::string_view name) const {
    for (const KpiColumn& column : kpi_columns()) {
      if (column.name != name) continue;
      const auto n = static_cast<double>(evaluation_.replications.size());
      std::vector<double> values;
      double sum = 0;
      for (const ReplicationResult& replication : evaluation_.replications) {
        values.push_back(kpis_of(*model_->warehouse, replication.ledgers).*column.value);
        sum += values.back();
      }
      double squares = 0;
      for (const double value : values) squares += (value - sum / n) * (value - sum / n);
      return {sum / n, std::sqrt(squares / (n - 1) / n)};
    }
    FAIL("no figure " << name);
    return {};
  }

 private:
  std::shared_ptr<const DecisionModel> model_;
  Evaluation evaluation_;
};

/// Judges by |z| < 4, and demands a standard error of at most `precision` times the exact value, so that
/// short runs cannot let a wrong model pass.
inline void check_close(const Simulated& simulated, double exact, double precision) {
  CAPTURE(exact, simulated.mean, simulated.error);
  CHECK(std::abs(simulated.z(exact)) < 4);
  CHECK(simulated.error <= precision * exact * kCoarser);
}

inline void check_figure(const Experiment& experiment, std::string_view name, double exact,
                         double precision = 0.0005) {
  CAPTURE(name);
  check_close(experiment.figure(name), exact, precision);
}

/// What any policy costs a period, of all SKUs together; returns the replications.
inline Evaluation check_policy_cost(std::shared_ptr<const DecisionModel> model, const Policy& policy,
                                    double exact, std::int64_t replications, double precision) {
  Evaluation evaluation =
      evaluate(model, policy, {.seed = 1, .replications = replications, .threads = available_threads()});
  const Estimate cost = estimate_of(evaluation.costs_per_period(*model->warehouse));
  const double quantile = student_t_quantile_975(static_cast<int>(replications) - 1);
  check_close({cost.mean, cost.half_width / quantile}, exact, precision);
  return evaluation;
}

}  // namespace restock::testing
