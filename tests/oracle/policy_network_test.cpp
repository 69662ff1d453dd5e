// Echelon base-stock in a series of two stages with periodic review, against the exact law of the shop's
// stock (Clark and Scarf 1960). All points decide together, so the depot knows of customers' demand at once.
//
// At the review of day t the depot brings the echelon position to S₂; L₂ days later S₂ less the demand of L₂
// days is what the shop can have, at most S₁; L₁ days later, at the close, demand of L₁ + 1 more days is
// gone.
#include <catch2/catch.hpp>

#include "agents/policies/tune.h"
#include "env/core/student_t.h"
#include "tests/oracle/laws.h"
#include "tests/oracle/simulated.h"

using namespace restock;
using namespace restock::testing;

namespace {

constexpr int kDepotDays = 2;
constexpr int kShopDays = 1;

WarehouseSpec depot_and_shop() {
  WarehouseSpec spec = warehouse_of({}, 50'000 / kShorter, 200);
  spec.locations = {{.id = "shop"}, {.id = "depot"}};
  SkuSpec shop = backlog_sku("item", poisson(3), LawSpec::constant(kShopDays));
  shop.location = "shop";
  shop.supply.from = "depot";
  SkuSpec depot = backlog_sku("item", LawSpec{}, LawSpec::constant(kDepotDays));
  depot.location = "depot";
  depot.costs.holding_per_unit_day = 0.5;
  depot.costs.shortage_per_unit_day = 0;
  spec.skus = {shop, depot};
  return spec;
}

struct Expected {
  double on_hand = 0, backlog = 0;
};

Expected expected_at_shop(int shop_level, int echelon_level) {
  const Masses depot = poisson_masses(3.0 * kDepotDays);
  const Masses shop = poisson_masses(3.0 * (kShopDays + 1));
  Expected expected;
  for (std::size_t d = 0; d < depot.size(); ++d) {
    const double level = std::min<double>(shop_level, echelon_level - static_cast<double>(d));
    expected.on_hand += depot[d] * expected_left(level, shop);
    expected.backlog += depot[d] * expected_short(level, shop);
  }
  return expected;
}

/// Shang and Song 2003, Table 1: four stages under continuous review (serial_system_test.cpp has their
/// costs).
WarehouseSpec four_stages(const std::vector<double>& local_levels) {
  WarehouseSpec spec = warehouse_of({}, 400, 100);
  spec.arrivals = Arrivals::orders;
  spec.review = Review::continuous;
  spec.trigger = Trigger::demand;
  for (std::size_t number = 1; number <= 4; ++number) {
    spec.locations.push_back({.id = fmt::format("stage-{}", number)});
    SkuSpec sku = backlog_sku("item", number == 1 ? poisson(16) : LawSpec{}, LawSpec::constant(0.25));
    sku.location = spec.locations.back().id;
    if (number < 4) sku.supply.from = fmt::format("stage-{}", number + 1);
    sku.initial_on_hand = static_cast<Quantity>(local_levels[number - 1]);
    spec.skus.push_back(sku);
  }
  return spec;
}

std::uint64_t hash_of(const std::shared_ptr<const DecisionModel>& model, const char* policy,
                      const std::vector<std::vector<double>>& values) {
  policies::PolicyParameters parameters{policy, {}, values};
  for (const SkuModel& sku : model->warehouse->skus) parameters.skus.push_back(sku.id);
  parameters.model = model;
  return evaluate(model, *policies::make_policy(parameters), {.replications = 2}).ledger_hash();
}

}  // namespace

TEST_CASE("under continuous review the optimal echelon levels of four stages are local ones that add up") {
  // Table 1, rows 1 and 17.
  for (const std::vector<double>& echelon : {std::vector<double>{8, 13, 18, 22}, {11, 17, 22, 27}}) {
    std::vector<std::vector<double>> levels, local;
    std::vector<double> on_hand;
    for (std::size_t i = 0; i < 4; ++i) {
      on_hand.push_back(i == 0 ? echelon[0] : echelon[i] - echelon[i - 1]);
      levels.push_back({echelon[i]});
      local.push_back({on_hand.back(), 0});
    }
    const auto model = decisions_of(four_stages(on_hand));
    CHECK(hash_of(model, "echelon_base_stock", levels) == hash_of(model, "base_stock", local));
  }
}

TEST_CASE("echelon base-stock with periodic review leaves the shop the stock that Clark and Scarf say") {
  const WarehouseSpec spec = depot_and_shop();
  const auto model = decisions_of(spec);
  for (const auto& [shop, echelon] : {std::pair{9, 16}, {11, 14}}) {
    policies::PolicyParameters levels{
        "echelon_base_stock", {"item@shop", "item@depot"}, {{static_cast<double>(shop)}, {}}};
    levels.values[1] = {static_cast<double>(echelon)};
    levels.model = model;
    const auto policy = policies::make_policy(levels);
    CHECK(policy->memory_size() == 0);
    const Expected expected = expected_at_shop(shop, echelon);
    const Evaluation evaluation =
        evaluate(model, *policy, {.seed = 1, .replications = 64, .threads = available_threads()});
    std::vector<double> on_hand, backlog;
    for (const ReplicationResult& replication : evaluation.replications) {
      const auto days = static_cast<double>(replication.ledgers[0].days);
      on_hand.push_back(static_cast<double>(replication.ledgers[0].on_hand_time) / days);
      backlog.push_back(static_cast<double>(replication.ledgers[0].backlog_time) / days);
    }
    const double quantile = student_t_quantile_975(63);
    CAPTURE(shop, echelon);
    check_close({estimate_of(on_hand).mean, estimate_of(on_hand).half_width / quantile}, expected.on_hand,
                0.0015);
    check_close({estimate_of(backlog).mean, estimate_of(backlog).half_width / quantile}, expected.backlog,
                0.005);
  }
}

TEST_CASE("tuned echelon levels of a serial system cost what Clark and Scarf's optimum costs") {
  // For the two stages above: local holding 1 and 0.5, backlog 9. Exact costs by enumeration of both levels.
  const WarehouseSpec spec = depot_and_shop();
  const auto model = decisions_of(spec);
  double least = 1e300;
  const Masses depot = poisson_masses(3.0 * kDepotDays);
  for (int shop = 4; shop < 16; ++shop)
    for (int echelon = shop; echelon < 30; ++echelon) {
      const Expected expected = expected_at_shop(shop, echelon);
      double at_depot = 0;  // what the shop's level leaves there
      for (std::size_t d = 0; d < depot.size(); ++d)
        at_depot += depot[d] * std::max(0.0, echelon - static_cast<double>(d) - shop);
      least = std::min(least, expected.on_hand + 9 * expected.backlog + 0.5 * at_depot);
    }
  policies::TuningConfig config;
  config.replications = 8;
  config.threads = available_threads();
  const policies::TuningResult tuned = policies::tune(model, "echelon_base_stock", config);
  CHECK(tuned.converged);
  CHECK(tuned.cost.mean == Approx(least).epsilon(0.01));
}
