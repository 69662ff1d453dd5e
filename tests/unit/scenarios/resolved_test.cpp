#include "scenarios/resolved.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "scenarios/yaml_reader.h"
#include "tests/unit/scenarios/sample_config.h"

namespace restock::scenarios {

namespace {

constexpr const char* kResolvedSample = R"(name: sample
active: true
seed: 100000
rate: 0.001
colour: dark_blue
levels: [0.1, 0.5, 1]
seeds: [1, 2, 3]
defaults:
  holding: 0.5
  shortage: 9
window:
  from: 1
  to: 7
suppliers:
  dairy:
    days: 1
  a.b:
    days: 2
items:
  - id: "0012"
    demand: {law: poisson, mean: 5}
    costs:
      holding: 0.5
      shortage: 9
    pack_size: 12
    tags: [fresh, "no", "5"]
  - id: "müsli-500"
    demand: {law: discrete, values: [0, 1], weights: [2, 1]}
    costs:
      holding: 2
      shortage: 9
    pack_size: 1
    tags: []
  - id: c
    demand: {law: constant, value: 3}
    costs:
      holding: 0.5
      shortage: 9
    pack_size: 10
    tags: []
)";

}  // namespace

TEST_CASE("the resolved configuration shows every value that is set") {
  CHECK(resolved_yaml(read_yaml_text<Sample>(kGoodSample, "f")) == kResolvedSample);
}

TEST_CASE("reading the resolved configuration back gives the same") {
  const auto sample = read_yaml_text<Sample>(kGoodSample, "f");
  const std::string yaml = resolved_yaml(sample);
  CHECK(resolved_yaml(read_yaml_text<Sample>(yaml, "resolved")) == yaml);
}

TEST_CASE("awkward texts and numbers survive the round trip") {
  Sample sample = read_yaml_text<Sample>(kGoodSample, "f");
  const double awkward = 0.1 + 0.2;
  sample.rate = awkward;
  sample.levels = {1e-300, 1.0 / 3.0, 0};
  for (const std::string text :
       {"no",   "null", "~",   "0012",  "1e3",         "a: b",       "# c",       "- x",
        "[a]",  "{a}",  "'q'", "\"q\"", "back\\slash", "two\nlines", "tab\there", " space ",
        "*x",   "&x",   "!x",  "%x",    "@x",          "`x",         "ümlaut ",   "<<",
        "a #b", "?",    "=",   "a,b",   "|",           "---",        "y"}) {
    INFO(text);
    sample.name = text;
    sample.items[0].id = text;
    sample.suppliers[0].id = text;
    sample.items[0].tags = {text, "plain"};
    const auto again = read_yaml_text<Sample>(resolved_yaml(sample), "resolved");
    CHECK(again.name == text);
    CHECK(again.items[0].id == text);
    CHECK(again.suppliers[0].id == text);
    CHECK(again.items[0].tags == sample.items[0].tags);
    CHECK(again.rate == awkward);
    CHECK(again.levels == sample.levels);
  }
}

TEST_CASE("the resolved configuration is the same as JSON") {
  JsonWriter json;
  write_resolved(json, read_yaml_text<Sample>(kGoodSample, "f"));
  const auto read = nlohmann::json::parse(json.text());
  CHECK(read["seed"] == 100'000);
  CHECK(read["colour"] == "dark_blue");
  CHECK(read["suppliers"]["a.b"]["days"] == 2);
  CHECK(read["items"][0]["id"] == "0012");
  CHECK(read["items"][1]["demand"]["weights"] == std::vector<double>{2, 1});
  CHECK(read["items"][2]["demand"] == nlohmann::json{{"law", "constant"}, {"value", 3}});
  CHECK(read["items"][2]["tags"].empty());
}

TEST_CASE("what is not set is left out") {
  CHECK(resolved_yaml(Sample{}) ==
        "active: false\nseed: 1\nrate: 0.5\ncolour: green\nlevels: [0.5, 0.9]\nseeds: []\n"
        "defaults:\n  shortage: 1\nwindow:\n  to: 7\n");
}

}  // namespace restock::scenarios
