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

}  // namespace

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
