// The period kernel against the event engine: the same ledger and the same hash, replication by replication.
#include <catch2/catch.hpp>

#include "agents/policies/parameters.h"
#include "env/evaluation.h"
#include "env/period_evaluation.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

std::unique_ptr<Policy> policy_of(const WarehouseSpec& spec, std::string name,
                                  const std::vector<double>& parameters) {
  policies::PolicyParameters values{std::move(name), {}, {}};
  for (const SkuSpec& sku : spec.skus) {
    values.skus.push_back(sku.id);
    values.values.push_back(parameters);
  }
  return policies::make_policy(values);
}

void check_same(const ReplicationResult& kernel, const ReplicationResult& engine) {
  REQUIRE(kernel.ledgers.size() == engine.ledgers.size());
  for (std::size_t sku = 0; sku < kernel.ledgers.size(); ++sku) {
    CAPTURE(sku);
    const SkuLedger& a = kernel.ledgers[sku];
    const SkuLedger& b = engine.ledgers[sku];
    CHECK(a.demanded == b.demanded);
    CHECK(a.served_at_once == b.served_at_once);
    CHECK(a.shipped == b.shipped);
    CHECK(a.lost == b.lost);
    CHECK(a.ordered == b.ordered);
    CHECK(a.received == b.received);
    CHECK(a.orders == b.orders);
    CHECK(a.on_hand_time == b.on_hand_time);
    CHECK(a.backlog_time == b.backlog_time);
    CHECK(a.days == b.days);
    CHECK(a.no_stockout_days == b.no_stockout_days);
    CHECK(a.cycles == b.cycles);
    CHECK(a.cycles_without_stockout == b.cycles_without_stockout);
  }
  CHECK(kernel.ledger_hash == engine.ledger_hash);
}

/// Lockstep with a block that is not full, and one by one.
void check_both_ways(const WarehouseSpec& spec, const Policy& policy,
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

LawSpec random_demand(Chooser& choose) {
  switch (choose.upto(4)) {
    case 0:
      return poisson(static_cast<double>(choose.upto(12)) + 0.3);
    case 1:
      return {"geometric", {{"mean", {static_cast<double>(choose.upto(6)) + 0.5}}}};
    case 2:
      return LawSpec::constant(static_cast<double>(choose.upto(7)));
    case 3:
      return {"negative_binomial", {{"mean", {150}}, {"variance", {9000}}}};
    default:
      return discrete({0, 3, 11, 40}, {6, 3, 1, 1});
  }
}

LawSpec random_lead_time(Chooser& choose) {
  switch (choose.upto(4)) {
    case 0:
      return LawSpec::constant(0);
    case 1:
      return LawSpec::constant(static_cast<double>(choose.upto(9)));
    case 2:
      return discrete({0, 1, 5}, {2, 1, 1});
    case 3:
      return {"gamma", {{"mean", {3}}, {"cv", {0.8}}}};
    default:
      return discrete({2, 3, 17}, {1, 3, 2});
  }
}

SkuSpec random_sku(Chooser& choose, std::string id) {
  const LawSpec demand = random_demand(choose);
  const LawSpec lead_time = random_lead_time(choose);
  SkuSpec sku = choose.coin() ? lost_sales_sku(std::move(id), demand, lead_time)
                              : backlog_sku(std::move(id), demand, lead_time);
  sku.supply.review_period_days = 1 + choose.upto(3) * choose.upto(2);
  sku.supply.first_review_day = choose.upto(2);
  sku.supply.fixed_cost_per_order = 5;
  if (choose.coin()) sku.pack_size = 1 + choose.upto(11);
  if (choose.coin()) sku.minimum_order_quantity = choose.upto(40);
  if (choose.coin()) sku.maximum_order_quantity = 60 + choose.upto(100);
  if (choose.coin()) sku.initial_on_hand = choose.upto(60);
  return sku;
}

std::unique_ptr<Policy> random_policy(Chooser& choose, const WarehouseSpec& spec) {
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

}  // namespace

TEST_CASE("kernel and event engine agree on the literature's instances") {
  const WarehouseSpec lost = zipkin(2'000, 100);
  check_both_ways(lost, *policy_of(lost, "base_stock", {29, 5}));
  const WarehouseSpec waiting = zheng_federgruen(10, 2'000, 100);
  check_both_ways(waiting, *policy_of(waiting, "s_S", {6, 40}));
}

TEST_CASE("kernel and event engine agree on random warehouses") {
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    CAPTURE(seed);
    Chooser choose(seed);
    std::vector<SkuSpec> skus;
    for (std::int64_t i = choose.upto(3); i >= 0; --i)
      skus.push_back(random_sku(choose, fmt::format("sku-{}", i)));
    const std::int64_t days = 1 + choose.upto(200);
    const WarehouseSpec spec = warehouse_of(skus, days, choose.coin() ? choose.upto(days - 1) : 0);
    check_both_ways(spec, *random_policy(choose, spec));
  }
}

TEST_CASE("kernel and event engine agree on quantities beyond 32 bits") {
  SkuSpec sku = backlog_sku("bulk", LawSpec::constant(1e9), LawSpec::constant(2));
  sku.pack_size = 1'000;
  const WarehouseSpec spec = warehouse_of({sku}, 90, 10);
  check_both_ways(spec, *policy_of(spec, "base_stock", {12e9, 0}));
}

TEST_CASE("kernel and event engine agree on demand paths") {
  Chooser choose(7);
  DemandPaths paths{.paths = 3, .days = 120, .skus = 2, .units = {}};
  for (int i = 0; i < 3 * 120 * 2; ++i) paths.units.push_back(static_cast<std::int32_t>(choose.upto(9)));
  const WarehouseSpec spec = warehouse_of({random_sku(choose, "a"), random_sku(choose, "b")}, 120, 20);
  check_both_ways(spec, *policy_of(spec, "s_S", {12, 30}), std::make_shared<DemandPaths>(paths));
}

TEST_CASE("what the kernel does not know goes to the event engine") {
  WarehouseSpec spec = zipkin(50, 0);
  const auto rule = policy_of(spec, "base_stock", {29, 0});
  CHECK(PeriodEvaluation::of(decisions_of(spec), *rule));
  spec.review = Review::continuous;
  CHECK_FALSE(PeriodEvaluation::of(decisions_of(spec), *rule));
  spec.review = Review::periodic;
  spec.arrivals = Arrivals::orders;
  CHECK_FALSE(PeriodEvaluation::of(decisions_of(spec), *rule));
}
