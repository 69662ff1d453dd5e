#include "agents/bundle/bundle.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>
#include <limits>

#include "agents/bundle/golden.h"
#include "agents/policies/registry.h"
#include "env/core/error.h"
#include "env/evaluation.h"
#include "tests/unit/bundle/exported.h"

using namespace restock;
using namespace restock::bundle;

namespace {

std::uint64_t hash_of(const Shop& shop, const Policy& policy) {
  return evaluate(shop.decisions, policy, {.seed = 4, .replications = 3}).ledger_hash();
}

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a bundled network decides as the trainer's does, in every instant of a simulation", "[bundle]") {
  const auto kind = GENERATE(ActionKind::order_quantity, ActionKind::order_up_to, ActionKind::cover);
  const auto forecasts = GENERATE(Forecasts::none, Forecasts::moving_average, Forecasts::lstm);
  const auto activation = GENERATE(learning::Activation::tanh, learning::Activation::relu);
  const Shop shop(kind, forecasts);
  const TemporaryFolder folder;
  shop.export_network(folder.file("bundle"), activation);
  const Bundle bundle = load_bundle(folder.file("bundle"));

  CHECK(bundle.metadata.kind == BundleKind::network);
  CHECK(bundle.policy->name() == "ppo");
  REQUIRE(bundle.network != nullptr);
  CHECK((bundle.forecaster != nullptr) == (forecasts != Forecasts::none));
  CHECK(hash_of(shop, *bundle.policy) == hash_of(shop, shop.network(activation)));
  CHECK(hash_of(shop, *bundle.policy) != hash_of(shop, *policies::make_policy(base_stock_rule())));
}

TEST_CASE("scores of a bundled network equal the trainer's on its golden examples", "[bundle]") {
  const Shop shop(ActionKind::cover, Forecasts::lstm);
  const TemporaryFolder folder;
  shop.export_network(folder.file("bundle"));
  const Bundle bundle = load_bundle(folder.file("bundle"));
  const learning::LearnedPolicy trainer = shop.network();
  const auto examples = record_examples(shop.decisions, trainer, &trainer, bundle.metadata);
  REQUIRE(examples.size() >= kFewestGoldenExamples);
  for (const GoldenExample& example : examples) {
    const std::vector<float> scores =
        scores_of(*bundle.network, example.columns.batch(bundle.metadata.forecast_levels));
    REQUIRE(scores.size() == example.scores.size());
    for (std::size_t i = 0; i < scores.size(); ++i)
      CHECK(scores[i] == Approx(example.scores[i]).margin(1e-5));
  }
}

TEST_CASE("a bundled rule decides as it did, and says what it knows", "[bundle]") {
  const Shop shop;
  const TemporaryFolder folder;
  shop.export_rule(folder.file("bundle"), base_stock_rule());
  const Bundle bundle = load_bundle(folder.file("bundle"));
  CHECK(hash_of(shop, *bundle.policy) == hash_of(shop, *policies::make_policy(base_stock_rule())));
  const BundleMetadata& metadata = bundle.metadata;
  CHECK(metadata.kind == BundleKind::rule);
  CHECK(metadata.name == "base_stock");
  CHECK(metadata.scenario == "shop");
  CHECK(metadata.created_by.starts_with("restock "));
  CHECK(format_date(metadata.start) == "2026-01-05");
  REQUIRE(metadata.skus.size() == 3);
  CHECK(metadata.skus[0].pack_size == 4);
  CHECK(metadata.skus[1].minimum_order_quantity == 5);
  CHECK(metadata.skus[1].protection_interval_days == 5);
  CHECK(metadata.skus[2].maximum_order_quantity == 7);
  CHECK(metadata.skus[0].mean_demand_per_day == Approx(6).epsilon(1e-6));
  CHECK(metadata.forecaster.empty());
}

TEST_CASE("optimal orders in a bundle are those of the solver, in every state of a simulation", "[bundle]") {
  const SolvedShop shop;
  const TemporaryFolder folder;
  shop.export_table(folder.file("bundle"));
  const Bundle bundle = load_bundle(folder.file("bundle"));
  CHECK(bundle.metadata.kind == BundleKind::table);
  CHECK(bundle.metadata.name == "optimal");
  CHECK(bundle.metadata.pipeline_width == 2);
  CHECK(shop.hash_of(*bundle.policy) == shop.hash_of_optimum());
}

TEST_CASE("the optimal policy of a weekly cycle with backlog is exported by position and day", "[bundle]") {
  const SolvedShop shop([](SkuSpec& sku) {
    sku.unmet_demand = UnmetDemand::backlog;
    sku.costs.shortage_per_unit = kNotSet;
    sku.costs.shortage_per_unit_day = 9;
    sku.pattern.weekday_factors = {1, 1, 1, 1, 1, 2, 2};
  });
  const TemporaryFolder folder;
  shop.export_table(folder.file("bundle"));
  const Bundle bundle = load_bundle(folder.file("bundle"));
  CHECK(bundle.metadata.pipeline_width == 0);
  CHECK(shop.hash_of(*bundle.policy) == shop.hash_of_optimum());
}

TEST_CASE("optimal orders that look at more than a bundle shows are not exported", "[bundle]") {
  const SolvedShop shop([](SkuSpec& sku) {
    sku.shelf_life_days = 2;
    sku.supply.lead_time_days = LawSpec::constant(1);
  });
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(shop.export_table(folder.file("bundle")), Catch::Contains("stock by age"));
  CHECK_FALSE(std::filesystem::exists(folder.file("bundle")));
}

TEST_CASE("a rule that looks at forecasts takes its forecaster along", "[bundle]") {
  const Shop shop(ActionKind::cover, Forecasts::lstm);
  const TemporaryFolder folder;
  const policies::PolicyParameters rule =
      policies::starting_parameters(policies::find_policy("forecast_order_up_to"), *shop.decisions);
  shop.export_rule(folder.file("bundle"), rule);
  const Bundle bundle = load_bundle(folder.file("bundle"));
  CHECK(bundle.metadata.forecaster == "lstm");
  CHECK(bundle.metadata.forecast_levels == std::vector<double>{0.5, 0.9, 0.95});
  REQUIRE(bundle.forecaster != nullptr);
  CHECK(hash_of(shop, *bundle.policy) == hash_of(shop, *policies::make_policy(rule)));
}

TEST_CASE("exporting again gives the same bytes, and replaces a bundle in one step", "[bundle]") {
  const Shop shop;
  const TemporaryFolder folder;
  shop.export_network(folder.file("a"));
  shop.export_network(folder.file("b"));
  for (const char* name : {"policy.json", "policy.onnx", "weights.safetensors", "golden.jsonl"})
    CHECK(content_of(folder.file("a/") + name) == content_of(folder.file("b/") + name));
  shop.export_rule(folder.file("a"), base_stock_rule());
  CHECK(load_bundle(folder.file("a")).metadata.name == "base_stock");
  CHECK_FALSE(std::filesystem::exists(folder.file("a/policy.onnx")));
  CHECK(folder.entries() == 2);
}

TEST_CASE("exporting replaces nothing but a bundle or an empty folder", "[bundle]") {
  const Shop shop;
  const TemporaryFolder folder;
  const auto exported = [&](const std::string& name) {
    return message_of([&] { shop.export_rule(folder.file(name), base_stock_rule()); });
  };
  std::filesystem::create_directories(folder.file("mine"));
  folder.file_with("mine/diary.txt", "dear diary");
  CHECK(exported("mine").find("holds 'diary.txt'") != std::string::npos);
  CHECK(content_of(folder.file("mine/diary.txt")) == "dear diary");

  folder.file_with("file", "text");
  CHECK(exported("file").find("is no folder") != std::string::npos);
  std::filesystem::create_directories(folder.file("other"));
  folder.file_with("other/policy.json", "{\"policies\": []}");
  CHECK(exported("other").find("no policy.json of a bundle") != std::string::npos);
  std::filesystem::create_directory_symlink(folder.file("mine"), folder.file("link"));
  CHECK(exported("link").find("is no folder") != std::string::npos);

  std::filesystem::create_directories(folder.file("empty"));
  CHECK(exported("empty").empty());
  CHECK(exported("new/inside").empty());
  shop.export_rule(folder.file("kept"), base_stock_rule());
  folder.file_with("kept/notes.txt", "mine");
  CHECK_FALSE(exported("kept").empty());
  CHECK(folder.entries() == 7);  // no temporary folder is left
}

TEST_CASE("what has diverged is not exported, and nothing remains of the attempt", "[bundle]") {
  const Shop shop;
  const learning::LearnedPolicy policy = shop.network();
  std::vector<learning::PlainLayer> layers = policy.network().layers();
  layers[1].weights[3] = std::numeric_limits<float>::quiet_NaN();
  const learning::LearnedPolicy broken("ppo", shop.observation, shop.action,
                                       {layers, learning::Activation::tanh});
  BundleSource source = shop.source();
  source.network = &broken;
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(save_bundle(folder.file("bundle"), source), Catch::Contains("training has diverged"));
  CHECK(folder.entries() == 0);
}

TEST_CASE("a horizon of one day gives its examples replication by replication", "[bundle]") {
  const Shop shop(ActionKind::order_quantity, Forecasts::none, 1);
  const TemporaryFolder folder;
  shop.export_rule(folder.file("bundle"), base_stock_rule());
  CHECK(load_bundle(folder.file("bundle")).metadata.skus.size() == 3);
}
TEST_CASE("what a file of today's stock does not say cannot be exported") {
  for (const std::string feature :
       {"price", "promotion", "promotion_ahead", "days_since_order", "supplier_out"}) {
    CAPTURE(feature);
    const TemporaryFolder folder;
    Shop shop;
    shop.observation = ObservationSpec(*shop.decisions->warehouse, {"on_hand", feature}, {});
    CHECK_THROWS_WITH(shop.export_network(folder.file("bundle")), Catch::Contains("looks at " + feature));
  }
}

TEST_CASE("rules that a bundle cannot hold are not exported", "[bundle]") {
  const Shop shop(ActionKind::order_quantity, Forecasts::none);
  const TemporaryFolder folder;
  policies::PolicyParameters rule = base_stock_rule();
  policies::set_parameter(rule, "order_up_to_level@sat=40");
  CHECK_THROWS_WITH(shop.export_rule(folder.file("bundle"), rule), Catch::Contains("depend on the weekday"));
  rule = policies::starting_parameters(policies::find_policy("newsvendor_normal"), *shop.decisions);
  CHECK_THROWS_WITH(shop.export_rule(folder.file("bundle"), rule), Catch::Contains("built from a scenario"));
  rule = policies::starting_parameters(policies::find_policy("tracking"), *shop.decisions);
  CHECK_THROWS_WITH(shop.export_rule(folder.file("bundle"), rule), Catch::Contains("remembers"));
  CHECK_FALSE(std::filesystem::exists(folder.file("bundle")));
}
