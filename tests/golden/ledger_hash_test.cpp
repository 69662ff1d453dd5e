// One hash a scenario file: the same with 1, 2 and 7 threads, every compiler and every optimisation. Three
// rules that apply everywhere run with the parameters that closed forms give, on a short horizon; what other
// policies do is checked where they are.
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "agents/policies/registry.h"
#include "env/evaluation.h"
#include "experiments/prepared_scenario.h"
#include "forecasting/generate.h"
#include "forecasting/panel.h"
#include "tests/golden/golden_file.h"
#include "tests/unit/core/temporary_folder.h"

using namespace restock;

namespace {

/// Copies a scenario into a folder of its own, with the demand history that `restock generate` makes for it.
std::string with_history(const std::filesystem::path& scenario, const TemporaryFolder& folder) {
  const std::string copy = folder.file(scenario.filename().string());
  std::filesystem::copy_file(scenario, copy);
  forecasting::write_history_csv(forecasting::generate_history({}).panel, folder.file("corner_grocery.csv"));
  return copy;
}

/// evaluate() takes a kernel where it can; the event engine must come to the same.
std::uint64_t hash_by_event_engine(const std::shared_ptr<const DecisionModel>& model, const Policy& policy,
                                   std::uint64_t replications) {
  std::uint64_t hash = 0;
  for (std::uint64_t replication = 0; replication < replications; ++replication)
    hash = absorb(hash, simulate_once(model, policy, {.replication = replication}, nullptr).ledger_hash);
  return hash;
}

std::string hash_line(const std::filesystem::path& scenario) {
  const TemporaryFolder folder;
  experiments::PrepareOptions options;
  options.scenario_file = with_history(scenario, folder);
  options.overrides = {"horizon.days=100", "horizon.warm_up_days=10"};
  options.evaluation_only = true;
  options.forecasts = false;
  const auto model = experiments::prepare_scenario(options).evaluation;
  std::string line;
  for (const char* name : {"base_stock", "s_S", "fixed_quantity"}) {
    const auto rule = policies::make_policy(name, *model, {});
    std::set<std::uint64_t> hashes{hash_by_event_engine(model, *rule, 10)};
    for (const int threads : {1, 2, 7})
      hashes.insert(evaluate(model, *rule, {.replications = 10, .threads = threads}).ledger_hash());
    CHECK(hashes.size() == 1);
    line += fmt::format("{}  {:<14}  {:016x}\n", scenario.stem().string(), name, *hashes.begin());
  }
  return line;
}

}  // namespace

TEST_CASE("the ledger hashes of all scenario files have not changed") {
  std::set<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(std::string(RESTOCK_SOURCE_DIR) + "/scenarios"))
    if (entry.path().extension() == ".yaml") files.insert(entry.path());
  REQUIRE(files.size() >= 3);
  std::string lines;
  for (const auto& file : files) lines += hash_line(file);
  restock::testing::check_golden("ledger_hashes.txt", lines);
}
