#include "scenarios/yaml_override.h"

#include <catch2/catch.hpp>

#include "scenarios/yaml_reader.h"
#include "tests/unit/scenarios/sample_config.h"

namespace restock::scenarios {

namespace {

Sample with(const Overrides& overrides) {
  return read_yaml_text<Sample>(kGoodSample, "f", overrides);
}

std::string messages(const Overrides& overrides) {
  return messages_of([&] { with(overrides); });
}

}  // namespace

TEST_CASE("overrides change any field") {
  const Sample sample =
      with({"rate=0.25", "items[0].costs.holding=3", "items[2].demand={law: poisson, mean: 4}",
            "suppliers.dairy.days=9", "suppliers.a.b.days=8", "seeds=[4, 5]", "seeds[1]=6", "name=other"});
  CHECK(sample.rate == 0.25);
  CHECK(sample.items[0].costs.holding == 3);
  CHECK(sample.items[0].costs.shortage == 9);
  CHECK(values_of(sample.items[2].demand, "mean")[0] == 4);
  CHECK(sample.suppliers[0].days == 9);
  CHECK(sample.suppliers[1].days == 8);
  CHECK(sample.seeds == std::vector<std::int64_t>{4, 6});
  CHECK(sample.name == "other");
}

TEST_CASE("the longest id that fits is meant") {
  for (const std::string suppliers : {"{a.b: {}, a: {}}", "{a: {}, a.b: {}}"}) {
    const Sample sample = with({"suppliers=" + suppliers, "suppliers.a.b.days=8", "suppliers.a.days=7"});
    CHECK(sample.suppliers[suppliers[2] == '.' ? 0 : 1].days == 8);
    CHECK(sample.suppliers[suppliers[2] == '.' ? 1 : 0].days == 7);
  }
}

TEST_CASE("a changed default reaches everything that takes it") {
  const Sample sample = with({"defaults.holding=0.75"});
  CHECK(sample.items[0].costs.holding == 0.75);
  CHECK(sample.items[1].costs.holding == 2);
}

TEST_CASE("an override can supply what the file lacks") {
  const std::string text = "items: [{id: a, demand: 1, costs: {holding: 1}}]\n";
  const auto sample = read_yaml_text<Sample>(text, "f", {"name=n", "items[0].pack_size=6"});
  CHECK(sample.items[0].pack_size == 6);
}

TEST_CASE("a configuration without a file is its defaults and the overrides") {
  SampleWindow base;
  base.from = 3;
  CHECK(read_overrides<SampleWindow>({"to=5"}, base).from == 3);
  CHECK(read_overrides<SampleWindow>({"to=5"}, base).to == 5);
  CHECK(
      messages_of([] { read_overrides<SampleWindow>({"to=5"}); }) ==
      "command line: from: missing, expected a number (where it begins)\ncommand line: begins after its end");
}

TEST_CASE("the last override of a key holds") {
  CHECK(with({"rate=0.25", "rate=0.5"}).rate == 0.5);
}

TEST_CASE("messages name the override that is wrong") {
  CHECK(messages({"rate=2"}) == "override 'rate=2': rate: 2, expected a number in [0, 1]");
  CHECK(messages({"rate="}) == "override 'rate=': rate: no value, expected a number in [0, 1]");
  CHECK(messages({"raet=1"}) == "override 'raet=1': raet: unknown key, did you mean 'rate'?");
  CHECK(messages({"items[0].costs.hold=1"}) ==
        "override 'items[0].costs.hold=1': items[0].costs.hold: unknown key, did you mean 'holding'?");
  CHECK(messages({"items[3].pack_size=1"}) ==
        "override 'items[3].pack_size=1': items: a list of 3, which has no element [3]");
  CHECK(messages({"rate.x=1"}) == "override 'rate.x=1': rate: 1e-3, which has no key 'x'");
  CHECK(messages({"name[0]=1"}) == "override 'name[0]=1': name: 'sample', which has no element [0]");
  CHECK(messages({"rate"}) == "override 'rate': expected key=value");
  CHECK(messages({"=1"}) == "override '=1': expected key=value");
  CHECK(
      messages({"items[x].id=1"}) ==
      "override 'items[x].id=1': items[x].id: no path, expected names and places such as skus[0].pack_size");
  CHECK(messages({"rate=[1"}) ==
        "override 'rate=[1': rate: expected ',' or ']' here (of the '[' at line 1, column 1)");
  CHECK(messages({"window={from: 1, from: 2}"}) ==
        "override 'window={from: 1, from: 2}': window: duplicate key 'from', which stands already at line 1, "
        "column 2");
}

TEST_CASE("problems of the file come before those of the overrides") {
  const std::string text =
      "name: n\nrate: 7\nitems: [{id: a, demand: 1, pack_size: 1, costs: {holding: 1}}]\n";
  CHECK(messages_of([&] {
          read_yaml_text<Sample>(text, "f", {"seed=x", "colour=dark_blu"});
        }) ==
        "f:2:7: rate: 7, expected a number in [0, 1]\n"
        "override 'seed=x': seed: 'x', expected a whole number in [0, 1000000]\n"
        "override 'colour=dark_blu': colour: 'dark_blu', expected one of red, green, dark_blue, did you mean "
        "'dark_blue'?");
}

TEST_CASE("malformed overrides never crash") {
  for (const std::string text : {"",
                                 "=",
                                 ".",
                                 "..=1",
                                 "a.=1",
                                 ".a=1",
                                 "[=1",
                                 "]=1",
                                 "[0]=1",
                                 "a[=1",
                                 "a[]=1",
                                 "a[-1]=1",
                                 "a[99999999999999999999]=1",
                                 "items[0]=1",
                                 "items=1",
                                 "items[0].=1",
                                 "name.=1",
                                 "a=&x",
                                 "a=*x",
                                 "a=\x01",
                                 "a=\xff",
                                 "suppliers..days=1",
                                 "suppliers.=1"}) {
    INFO(text);
    CHECK_FALSE(messages({text}).empty());
  }
}

}  // namespace restock::scenarios
