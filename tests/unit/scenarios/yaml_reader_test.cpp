#include "scenarios/yaml_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/unit/scenarios/sample_config.h"

namespace restock::scenarios {

namespace {

constexpr const char* kItems = "items: [{id: a, demand: 1, pack_size: 1, costs: {holding: 0.5}}]\n";

std::string messages(const std::string& text) {
  return messages_of([&] { read_yaml_text<Sample>(text, "f"); });
}

/// Of a file that is right but for `lines`.
std::string messages_around(const std::string& lines) {
  return messages("name: n\n" + lines + "\n" + kItems);
}

struct BadLines {
  std::string lines;
  std::string messages;
};

/// One or few wrong lines, and what is said about them.
const std::vector<BadLines> kBadLines{
    {"sed: 1", "f:2:1: sed: unknown key, did you mean 'seed'?"},
    {"whatever: {a: [1, {b: 2}]}",
     "f:2:1: whatever: unknown key, the keys here are name, active, seed, rate, colour, "
     "levels, seeds, defaults, window, suppliers, items"},
    {"holding: 1", "f:2:1: holding: unknown key, did you mean 'defaults.holding'?"},
    {"seed: -1", "f:2:7: seed: -1, expected a whole number in [0, 1000000]"},
    {"seed: 1.5", "f:2:7: seed: 1.5, expected a whole number in [0, 1000000]"},
    {"seed: 010",
     "f:2:7: seed: 010, expected a whole number in [0, 1000000] without leading zeros, which some read as "
     "octal"},
    {"seed: \"5\"", "f:2:7: seed: \"5\", expected a whole number in [0, 1000000] (in quotes it is a text)"},
    {"seed: 0x10", "f:2:7: seed: '0x10', expected a whole number in [0, 1000000] (decimal)"},
    {"seed: 99999999999999999999",
     "f:2:7: seed: 99999999999999999999, expected a whole number in [0, 1000000] "
     "(too large for 64 bits)"},
    {"seed:", "f:2:1: seed: no value, expected a whole number in [0, 1000000]"},
    {"seed: null", "f:2:1: seed: no value, expected a whole number in [0, 1000000]"},
    {"seed: [1]", "f:2:7: seed: a list, expected a whole number in [0, 1000000]"},
    {"rate: 1.5", "f:2:7: rate: 1.5, expected a number in [0, 1]"},
    {"rate: .nan", "f:2:7: rate: '.nan', expected a number in [0, 1] (it has to be finite)"},
    {"rate: 1e999", "f:2:7: rate: 1e999, expected a number in [0, 1] (too large or too small for a double)"},
    {"rate: 1,5", "f:2:7: rate: '1,5', expected a number in [0, 1]"},
    {"rate: {a: 1}", "f:2:7: rate: a map, expected a number in [0, 1]"},
    {"active: yes", "f:2:9: active: 'yes', expected true or false"},
    {"colour: gren", "f:2:9: colour: 'gren', expected one of red, green, dark_blue, did you mean 'green'?"},
    {"colour: [red]", "f:2:9: colour: a list, expected one of red, green, dark_blue"},
    {"levels: [0.1, 2, x]",
     "f:2:15: levels[1]: 2, expected a number in [0, 1]\n"
     "f:2:18: levels[2]: 'x', expected a number in [0, 1]"},
    {"levels: {a: 1}", "f:2:9: levels: a map, expected a list, each a number in [0, 1]"},
    {"defaults: 5", "f:2:11: defaults: 5, expected a map of keys"},
    {"defaults:", "f:2:1: defaults: no value, expected a map of keys"},
    {"defaults: {holding: 3, shortage: 2}", "f:2:34: defaults.shortage: less than holding"},
    {"window: {}",
     "f:2:9: window.from: missing, expected a number (where it begins)\n"
     "f:2:9: window: begins after its end"},
    {"window: {from: 9}", "f:2:9: window: begins after its end"},
    {"window: {from: x}", "f:2:16: window.from: 'x', expected a number"},
    {"suppliers: [a]", "f:2:12: suppliers: a list, expected a map from id to its keys"},
    {"suppliers: {a: 1, b: {days: -1, dys: 2}, c: }",
     "f:2:16: suppliers.a: 1, expected a map of keys\n"
     "f:2:29: suppliers.b.days: -1, expected a whole number in [0, 365]\n"
     "f:2:33: suppliers.b.dys: unknown key, did you mean 'days'?\n"
     "f:2:42: suppliers.c: no value, expected a map of keys"},
};

}  // namespace

TEST_CASE("a file fills the configuration") {
  const auto sample = read_yaml_text<Sample>(kGoodSample, "f");
  CHECK(sample.name == "sample");
  CHECK(sample.active);
  CHECK(sample.seed == 100'000);
  CHECK(sample.rate == 0.001);
  CHECK(sample.colour == Colour::dark_blue);
  CHECK(sample.levels == std::vector<double>{0.1, 0.5, 1});
  CHECK(sample.seeds == std::vector<std::int64_t>{1, 2, 3});
  REQUIRE(sample.suppliers.size() == 2);
  CHECK(sample.suppliers[0].id == "dairy");
  CHECK(sample.suppliers[0].days == 1);
  CHECK(sample.suppliers[1].id == "a.b");
  CHECK(sample.suppliers[1].days == 2);
  REQUIRE(sample.items.size() == 3);
  CHECK(sample.items[0].id == "0012");
  CHECK(sample.items[0].demand.name == "poisson");
  CHECK(values_of(sample.items[0].demand, "mean")[0] == 5);
  CHECK(sample.items[0].tags == std::vector<std::string>{"fresh", "no", "5"});
  CHECK(sample.items[1].id == "müsli-500");
  CHECK(values_of(sample.items[1].demand, "weights").size() == 2);
  CHECK(sample.items[2].demand.name == "constant");
  CHECK(sample.items[2].pack_size == 10);
}

TEST_CASE("elements take what the defaults block says") {
  const auto sample = read_yaml_text<Sample>(kGoodSample, "f");
  CHECK(sample.items[0].costs.holding == 0.5);
  CHECK(sample.items[1].costs.holding == 2);
  CHECK(sample.items[1].costs.shortage == 9);
}

TEST_CASE("texts are texts, whatever they look like") {
  for (const std::string id : {"no", "0012", "1e3", "true", "2026-01-05", "14:00", ".inf", "0x1F"}) {
    const auto sample = read_yaml_text<Sample>("name: " + id + "\n" + kItems, "f");
    CHECK(sample.name == id);
  }
}

TEST_CASE("a single value stands for a list of one") {
  const auto sample = read_yaml_text<Sample>(std::string("name: n\nseeds: 7\nlevels: []\n") + kItems, "f");
  CHECK(sample.seeds == std::vector<std::int64_t>{7});
  CHECK(sample.levels.empty());
}

TEST_CASE("every kind of mistake is reported where it stands") {
  for (const BadLines& bad : kBadLines) {
    INFO(bad.lines);
    CHECK(messages_around(bad.lines) == bad.messages);
  }
}

TEST_CASE("every mistake in a law is reported where it stands") {
  const auto law_messages = [](const std::string& law) {
    return messages("name: n\nitems:\n  - {id: a, pack_size: 1, costs: {holding: 1}, demand: " + law + "}\n");
  };
  const std::string either = "expected a number in [0, 50] or a law such as {law: poisson, mean: 5}";
  const std::string at = "f:3:56: items[0].demand: ";
  CHECK(law_messages("{law: poisson, mean: 5}") == "");
  CHECK(law_messages("7") == "");
  CHECK(law_messages("-2") == at + "-2, expected a number in [0, 50]");
  CHECK(law_messages("51") == at + "51, expected a number in [0, 50]");
  CHECK(law_messages("poisson") == at + "'poisson', " + either);
  CHECK(law_messages("[1, 2]") == at + "a list, " + either);
  CHECK(law_messages("{mean: 5}").starts_with(at + "missing key 'law', expected one of constant, "));
  CHECK(law_messages("{law: poison, mean: 5}")
            .starts_with("f:3:62: items[0].demand.law: 'poison', expected one of constant, "));
  CHECK_THAT(law_messages("{law: poison, mean: 5}"), Catch::EndsWith("did you mean 'poisson'?"));
  CHECK_THAT(law_messages("{law: poisson}"),
             Catch::StartsWith("f:3:56: items[0].demand.mean: missing, law poisson needs it ("));
  CHECK_THAT(law_messages("{law: poisson, mean: -5}"),
             Catch::StartsWith("f:3:77: items[0].demand.mean: -5, expected a number in "));
  CHECK(law_messages("{law: poisson, mean: 5, maen: 6}") ==
        "f:3:80: items[0].demand: unknown key 'maen', law poisson has mean, did you mean 'mean'?");
  CHECK(law_messages("{law: constant, value: 99}") ==
        "f:3:79: items[0].demand.value: 99, expected a number in [0, 50]");
  CHECK_THAT(law_messages("{law: discrete, values: [1, x], weights: [1, 2]}"),
             Catch::StartsWith("f:3:84: items[0].demand.values[1]: 'x', expected a number in "));
  CHECK(law_messages("{law: discrete, values: [1, 2, 3], weights: [1, 2]}") ==
        at + "law 'discrete': 3 values but 2 weights, expected one weight for each value");
  CHECK_THAT(law_messages("{law: discrete, values: [], weights: []}"),
             Catch::Contains("items[0].demand.values: an empty list"));
}

TEST_CASE("what is missing is reported at the object that lacks it") {
  CHECK(messages("rate: 0.5\n") ==
        "f:1:1: name: missing, expected a text (what it is called)\n"
        "f:1:1: items: missing, expected at least one (what there is)");
  CHECK(messages("name: n\nitems:\n  - {}\n") ==
        "f:3:5: items[0].id: missing, expected a text (its name)\n"
        "f:3:5: items[0].demand: missing, expected a number in [0, 50] or a law such as {law: poisson, mean: "
        "5} (units a day)\n"
        "f:3:5: items[0].pack_size: missing, expected a whole number in [1, 1000] (units a pack)\n"
        "f:3:5: items[0].costs.holding: missing");
  CHECK(messages("name: n\nitems: []\n") == "f:2:8: items: empty, expected at least one");
  CHECK(messages("name: \"\"\n" + std::string(kItems)) ==
        "f:1:7: name: an empty text, expected a text, or no such key");
  CHECK(messages("") ==
        "f: name: missing, expected a text (what it is called)\n"
        "f: items: missing, expected at least one (what there is)");
}

TEST_CASE("a document that is no map is refused") {
  CHECK(messages("- 1\n") == "f:1:1: a list, expected a map of keys");
  CHECK(messages("hello\n") == "f:1:1: 'hello', expected a map of keys");
}

TEST_CASE("a message about a consequence does not hide its cause") {
  // The cost cannot be read, so that nothing is said about it being missing; the duplicate beside it is no
  // consequence.
  CHECK(messages("name: n\n"
                 "items:\n"
                 "  - {id: a, demand: 1, pack_size: 1, costs: {holding: x}}\n"
                 "  - {id: a, demand: 1, pack_size: 0, costs: {holding: -1}}\n"
                 "  - 5\n") ==
        "f:3:55: items[0].costs.holding: 'x', expected a number in [0, 100]\n"
        "f:4:10: items[1].id: duplicate\n"
        "f:4:35: items[1].pack_size: 0, expected a whole number in [1, 1000]\n"
        "f:4:55: items[1].costs.holding: -1, expected a number in [0, 100]\n"
        "f:5:5: items[2]: 5, expected a map of keys");
}

TEST_CASE("a key that is missing is reported beside one that cannot be read") {
  CHECK(messages("name: n\nitems: [{id: a, demand: 1, pack_size: 1, costs: {shortage: x}}]\n") ==
        "f:2:49: items[0].costs.holding: missing\n"
        "f:2:60: items[0].costs.shortage: 'x', expected a number of at least 0");
}

TEST_CASE("problems of parsing and of reading come together, in the order of the file") {
  CHECK(messages("name: n\nseed: x\nseed: 2\nrate: &a 7\n" + std::string(kItems)) ==
        "f:2:7: seed: 'x', expected a whole number in [0, 1000000]\n"
        "f:3:1: duplicate key 'seed', which stands already at line 2, column 1\n"
        "f:4:7: an anchor ('&'), which is not read: write the value out where it is needed\n"
        "f:4:7: rate: 7, expected a number in [0, 1]");
}

TEST_CASE("a hostile number of problems ends in a count") {
  std::string text = "name: n\n" + std::string(kItems);
  for (int i = 0; i < 500; ++i) text += fmt::format("k{}: 1\n", i);
  const std::string all = messages(text);
  CHECK(std::count(all.begin(), all.end(), '\n') == 200);
  CHECK_THAT(all, Catch::EndsWith("f: and 300 more problems"));
}

TEST_CASE("a file that is not there is an input error") {
  CHECK_THROWS_AS(read_yaml<Sample>("/nowhere/at/all.yaml"), InputError);
}

}  // namespace restock::scenarios
