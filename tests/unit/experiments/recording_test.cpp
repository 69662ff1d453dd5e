#include "experiments/recording.h"

#include <catch2/catch.hpp>
#include <memory>
#include <numeric>
#include <vector>

#include "env/evaluation.h"

using namespace restock;
using namespace restock::experiments;

namespace {

/// Orders what the script says, by day and SKU.
class Script final : public Policy {
 public:
  explicit Script(std::vector<std::vector<Quantity>> orders) : orders_(std::move(orders)) {}
  std::string_view name() const override { return "script"; }
  void decide(const DecisionBatch& batch, PolicyMemory&, OrderBatch& orders) const override {
    for (std::size_t row = 0; row < batch.rows; ++row)
      orders.quantity[row] =
          orders_.at(static_cast<std::size_t>(batch.day[row])).at(static_cast<std::size_t>(batch.sku[row]));
  }

 private:
  std::vector<std::vector<Quantity>> orders_;
};

/// Three days, two SKUs: milk loses what it cannot serve, tiles waits for it.
WarehouseSpec two_skus() {
  WarehouseSpec spec;
  spec.horizon.days = 3;
  SkuSpec milk;
  milk.id = "milk";
  milk.costs.holding_per_unit_day = 1;
  milk.costs.shortage_per_unit = 10;
  milk.costs.purchase_per_unit = 2;
  milk.supply.lead_time_days = LawSpec::constant(1);
  milk.supply.fixed_cost_per_order = 3;
  milk.initial_on_hand = 5;
  SkuSpec tiles;
  tiles.id = "tiles";
  tiles.unmet_demand = UnmetDemand::backlog;
  tiles.costs.holding_per_unit_day = 0.5;
  tiles.costs.shortage_per_unit_day = 4;
  tiles.supply.lead_time_days = LawSpec::constant(1);
  tiles.initial_on_hand = 1;
  spec.skus = {milk, tiles};
  return spec;
}

std::shared_ptr<const DecisionModel> model_of(const WarehouseSpec& spec) {
  auto paths = std::make_shared<DemandPaths>();
  *paths = {2, 3, 2, {3, 0, 4, 2, 5, 0, /* second path */ 1, 0, 0, 0, 0, 0}};
  auto model = std::make_shared<DecisionModel>();
  model->warehouse = build_warehouse(spec);
  model->paths = paths;
  return model;
}

const Script& script() {
  static const Script policy({{4, 0}, {0, 0}, {1, 0}});
  return policy;
}

using Column = std::vector<Quantity>;

}  // namespace

TEST_CASE("days are recorded as they were, by hand", "[recording]") {
  DayRecorder recorder;
  simulate_once(model_of(two_skus()), script(), {1, Split::evaluate, 0}, &recorder);
  const DailyRecord& record = recorder.record();
  REQUIRE(record.days == 3);
  REQUIRE(record.skus == 2);
  CHECK(record.demanded == Column{3, 0, 4, 2, 5, 0});
  CHECK(record.on_hand == Column{2, 1, 2, 0, 0, 0});
  CHECK(record.backlog == Column{0, 0, 0, 1, 0, 1});
  CHECK(record.lost == Column{0, 0, 0, 0, 3, 0});
  CHECK(record.sold == Column{3, 0, 4, 2, 2, 0});
  CHECK(record.ordered == Column{4, 0, 0, 0, 1, 0});
  // milk: 4·2 + 3 + 2·1; 2·1; 1·2 + 3 + 3·10.  tiles: 1·0.5; 1·4; 1·4
  CHECK(record.cost == std::vector<double>{13, 0.5, 2, 4, 35, 4});
  CHECK(record.total_cost_by_day() == std::vector<double>{13.5, 6, 39});
  CHECK_FALSE(record.is_stockout_day(0, 0));
  CHECK(record.is_stockout_day(2, 0));
  CHECK(record.is_stockout_day(1, 1));
  CHECK(format_date(record.start) == "2026-01-05");
}

TEST_CASE("the warm-up is left out, and the days add up to the ledger", "[recording]") {
  WarehouseSpec spec = two_skus();
  spec.horizon.warm_up_days = 1;
  const auto model = model_of(spec);
  DayRecorder recorder;
  const ReplicationResult result = simulate_once(model, script(), {1, Split::evaluate, 0}, &recorder);
  const DailyRecord& record = recorder.record();
  CHECK(record.days == 2);
  CHECK(record.first_day == 1);
  CHECK(format_date(record.start) == "2026-01-06");
  CHECK(record.cost == std::vector<double>{2, 4, 35, 4});
  const double per_day = kpis_of(*model->warehouse, result.ledgers).cost_per_period;
  CHECK(std::accumulate(record.cost.begin(), record.cost.end(), 0.0) / 2 == Approx(per_day));
}

TEST_CASE("a recorder starts anew with each replication and keeps at most the days it was given",
          "[recording]") {
  const auto model = model_of(two_skus());
  DayRecorder recorder(2);
  simulate_once(model, script(), {1, Split::evaluate, 0}, &recorder);
  CHECK(recorder.record().days == 2);
  CHECK(recorder.record().demanded == Column{3, 0, 4, 2});
  simulate_once(model, script(), {1, Split::evaluate, 1}, &recorder);
  CHECK(recorder.record().days == 2);
  CHECK(recorder.record().demanded == Column{1, 0, 0, 0});
}

TEST_CASE("with single customer orders the days still add up to the ledger", "[recording]") {
  WarehouseSpec spec = two_skus();
  spec.arrivals = Arrivals::orders;
  const auto model = model_of(spec);
  DayRecorder recorder;
  const ReplicationResult result = simulate_once(model, script(), {1, Split::evaluate, 0}, &recorder);
  const std::vector<double>& cost = recorder.record().cost;
  const double per_day = kpis_of(*model->warehouse, result.ledgers).cost_per_period;
  CHECK(std::accumulate(cost.begin(), cost.end(), 0.0) / 3 == Approx(per_day));
  CHECK(recorder.record().demanded == Column{3, 0, 4, 2, 5, 0});
}
