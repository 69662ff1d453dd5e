// A warehouse evaluated by evaluate(), which takes a kernel, and on the event engine: the same to the last
// unit.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "agents/policies/parameters.h"
#include "env/evaluation.h"
#include "env/period_evaluation.h"
#include "tests/support/ledgers.h"
#include "tests/support/warehouses.h"

namespace restock::testing {

inline std::unique_ptr<Policy> policy_of(const WarehouseSpec& spec, std::string name,
                                         const std::vector<double>& parameters) {
  policies::PolicyParameters values{std::move(name), {}, {}};
  for (const SkuSpec& sku : spec.skus) {
    values.skus.push_back(sku.id);
    values.values.push_back(parameters);
  }
  return policies::make_policy(values);
}

inline void check_same(const ReplicationResult& kernel, const ReplicationResult& engine) {
  REQUIRE(kernel.ledgers.size() == engine.ledgers.size());
  for (std::size_t sku = 0; sku < kernel.ledgers.size(); ++sku) {
    CAPTURE(sku);
    check_same(kernel.ledgers[sku], engine.ledgers[sku]);
  }
  CHECK(kernel.ledger_hash == engine.ledger_hash);
}

/// Lockstep with a block that is not full, and one by one.
inline void check_both_ways(const WarehouseSpec& spec, const Policy& policy,
                            std::shared_ptr<const DemandPaths> paths = nullptr) {
  const auto model = decisions_of(spec, std::move(paths));
  const auto kernel = PeriodEvaluation::of(model, policy);
  REQUIRE(kernel);
  constexpr std::int64_t replications = 11;
  const Evaluation many = evaluate(model, policy, {.seed = 3, .replications = replications, .threads = 2});
  for (std::uint64_t r = 0; r < replications; ++r) {
    CAPTURE(r);
    const RunKey key{3, Split::evaluate, r};
    const ReplicationResult engine = simulate_once(model, policy, key, nullptr);
    check_same(many.replications[r], engine);
    ReplicationResult alone;
    kernel->run(key, {&alone, 1});
    check_same(alone, engine);
  }
}

/// A few numbers drawn by name.
class Chooser {
 public:
  explicit Chooser(std::uint64_t seed) : stream_(RunKey{seed, Split::tune, 0}, Purpose::generation, 0) {}
  std::int64_t upto(std::int64_t most) {
    return static_cast<std::int64_t>(stream_.below(static_cast<std::uint64_t>(most) + 1, next_++));
  }
  bool coin() { return upto(1) == 1; }

 private:
  Stream stream_;
  std::int64_t next_ = 0;
};

/// Orders on some weekdays, or demand that changes from day to day, sometimes.
inline void vary_days(Chooser& choose, SkuSpec& sku) {
  if (choose.upto(3) == 0) sku.supply.order_days = {"tue", "fri"};
  if (choose.upto(3) == 0) sku.pattern.weekday_factors = {1, 0.5, 2, 1, 1, 0, 3};
  if (choose.upto(3) == 0) sku.pattern.yearly_amplitude = 0.6;
}

inline std::unique_ptr<Policy> random_policy(Chooser& choose, const WarehouseSpec& spec) {
  const auto number = [&](std::int64_t most) { return static_cast<double>(choose.upto(most)); };
  const double point = number(60);
  switch (choose.upto(3)) {
    case 0:
      return policy_of(spec, "base_stock", {point, 0});
    case 1:
      return policy_of(spec, "base_stock", {point, 1 + number(20)});
    case 2:
      return policy_of(spec, "s_S", {point, point + number(80)});
    default:
      return policy_of(spec, "fixed_quantity", {point, 1 + number(50)});
  }
}

}  // namespace restock::testing
