// Tuning of SKUs that influence each other, and tuning that goes on after an interruption.
#include <catch2/catch.hpp>
#include <filesystem>

#include "agents/policies/coupling.h"
#include "agents/policies/tune.h"
#include "env/core/atomic_file.h"
#include "env/core/error.h"
#include "tests/support/planned_warehouses.h"
#include "tests/unit/core/temporary_folder.h"

using namespace restock;
using namespace restock::policies;

namespace {

using SkuGroups = std::vector<std::vector<std::size_t>>;

SkuGroups groups_of(const WarehouseSpec& spec, const char* policy = "base_stock") {
  return coupled_skus(*testing::decisions_of(spec)->warehouse, find_policy(policy));
}

TuningConfig four_replications() {
  TuningConfig config;
  config.replications = 4;
  return config;
}

}  // namespace

TEST_CASE("SKUs are coupled by networks, shared orders, substitutes and floors, not by their demand") {
  CHECK(groups_of(testing::lost_sales_warehouse()) == SkuGroups{{0}, {1}});
  CHECK(groups_of(testing::joint_warehouse()) == SkuGroups{{0, 1}});
  CHECK(groups_of(testing::network_warehouse(Review::periodic)) == SkuGroups{{0, 1, 2}});
  WarehouseSpec spec = testing::joint_warehouse();
  spec.suppliers[0].joint_order = {};
  CHECK(groups_of(spec) == SkuGroups{{0}, {1}});
  CHECK(groups_of(spec, "can_order") == SkuGroups{{0, 1}});
  spec = testing::lost_sales_warehouse();
  spec.skus[1].market.substitute = {"fast", 0.5};
  CHECK(groups_of(spec) == SkuGroups{{0, 1}});
}

TEST_CASE("coupled SKUs end where no change of one SKU's parameters lowers the cost of all") {
  for (const char* policy : {"base_stock", "echelon_base_stock"}) {
    const auto model = testing::decisions_of(testing::network_warehouse(Review::periodic));
    const TuningResult tuned = tune(model, policy, four_replications());
    CHECK(tuned.converged);
    for (std::size_t sku = 0; sku < 3; ++sku) {
      CHECK(tuned.skus[sku].neighbours.size() >= 1);
      for (const NeighbourCost& neighbour : tuned.skus[sku].neighbours) CHECK(neighbour.extra_cost.mean >= 0);
    }
  }
}

TEST_CASE("what a policy shares between SKUs stays shared") {
  const auto model = testing::decisions_of(testing::joint_warehouse());
  const TuningResult tuned = tune(model, "joint_fixed_interval", four_replications());
  CHECK(tuned.parameters.values[0][0] == tuned.parameters.values[1][0]);
  CHECK(tuned.parameters.values[0][0] > 1);  // the set-up is dear
  const TuningResult alone = tune(model, "base_stock", four_replications());
  CHECK(tuned.cost.mean < alone.cost.mean);
}

TEST_CASE("a tuning that was cut short goes on from its file to the same result") {
  const TemporaryFolder folder;
  const auto model = testing::decisions_of(testing::fixed_cost_warehouse());
  const TuningResult whole = tune(model, "s_S", four_replications());
  TuningConfig config = four_replications();
  config.state_file = folder.file("tuning.txt");
  config.maximum_simulations = 7;
  CHECK_FALSE(tune(model, "s_S", config).converged);
  // What a killed program leaves: the simulations of the search, some of them.
  std::string text = read_file(config.state_file, 1 << 20);
  std::size_t end = 0;
  for (int line = 0; line < 6; ++line) end = text.find('\n', end) + 1;
  write_file_atomically(config.state_file, text.substr(0, end));
  config.maximum_simulations = 400;
  std::int64_t told = 0;
  const TuningResult resumed =
      tune(model, "s_S", config, [&](const TuningProgress& progress) { told = progress.simulations; });
  CHECK(resumed.parameters.values == whole.parameters.values);
  CHECK(resumed.cost.mean == whole.cost.mean);
  CHECK(resumed.simulations == whole.simulations);
  CHECK(told > 7);
  const TuningResult again = tune(model, "s_S", config);
  CHECK(again.cost.mean == whole.cost.mean);
}

TEST_CASE("a tuning state of something else is refused") {
  const TemporaryFolder folder;
  const auto model = testing::decisions_of(testing::fixed_cost_warehouse());
  TuningConfig config = four_replications();
  config.state_file = folder.file("tuning.txt");
  tune(model, "s_S", config);
  CHECK_THROWS_WITH(tune(model, "fixed_quantity", config), Catch::Contains("belongs to another policy"));
  TuningConfig other = config;
  other.seed = 2;
  CHECK_THROWS_WITH(tune(model, "s_S", other), Catch::Contains("belongs to another scenario or seed"));
  other = config;
  other.replications = 5;
  CHECK_THROWS_WITH(tune(model, "s_S", other), Catch::Contains("is no simulation of 2 SKUs in 5"));
  write_file_atomically(config.state_file, std::string_view("something else"));
  CHECK_THROWS_WITH(tune(model, "s_S", config), Catch::Contains("delete it"));
}
