#include "scenarios/json_schema.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "env/scenario.h"
#include "tests/unit/scenarios/sample_config.h"

namespace restock::scenarios {

namespace {

using nlohmann::json;

json sample_schema() {
  return json::parse(json_schema<Sample>("sample"));
}

/// Every object schema below `schema` that does not refuse unknown keys.
std::size_t open_objects(const json& schema) {
  std::size_t count = 0;
  if (schema.is_object() && schema.value("type", json()) == "object" &&
      !schema.contains("additionalProperties"))
    ++count;
  if (schema.is_structured())
    for (const json& inner : schema) count += open_objects(inner);
  return count;
}

}  // namespace

TEST_CASE("the schema describes every field") {
  const json schema = sample_schema();
  CHECK(schema["$schema"] == "http://json-schema.org/draft-07/schema#");
  CHECK(schema["title"] == "sample");
  CHECK(schema["additionalProperties"] == false);
  CHECK(schema["required"] == json{"name", "items"});
  const json& fields = schema["properties"];
  CHECK(fields["seed"] == json{{"description", "of all draws"},
                               {"type", "integer"},
                               {"minimum", 0},
                               {"maximum", 1e6},
                               {"default", 1}});
  CHECK(fields["rate"]["maximum"] == 1);
  CHECK(fields["active"]["type"] == "boolean");
  CHECK(fields["colour"]["enum"] == json{"red", "green", "dark_blue"});
  CHECK(fields["colour"]["default"] == "green");
  CHECK(fields["levels"]["default"] == json{0.5, 0.9});
  CHECK(fields["levels"]["anyOf"][1]["items"]["maximum"] == 1);
  CHECK(fields["defaults"]["properties"]["holding"]["description"] == "cost of holding [money/unit/day]");
  CHECK(fields["window"]["required"] == json{"from"});
}

TEST_CASE("lists and maps of structs describe their elements") {
  const json schema = sample_schema();
  const json& fields = schema["properties"];
  CHECK(fields["items"]["type"] == "array");
  CHECK(fields["items"]["minItems"] == 1);
  CHECK(fields["items"]["items"]["required"] == json{"id", "demand", "pack_size"});
  CHECK(fields["items"]["items"]["additionalProperties"] == false);
  CHECK(fields["suppliers"]["type"] == "object");
  CHECK(fields["suppliers"]["additionalProperties"]["properties"]["days"]["maximum"] == 365);
}

TEST_CASE("laws are one of those in the registry, with their parameters") {
  const json schema = sample_schema();
  const json& demand = schema["properties"]["items"]["items"]["properties"]["demand"];
  CHECK(demand["allOf"][0]["$ref"] == "#/definitions/law");
  CHECK(demand["maximum"] == 50);
  const json& laws = schema["definitions"]["law"]["oneOf"];
  REQUIRE(laws.size() == law_registry().size() + 1);
  for (std::size_t i = 0; i < law_registry().size(); ++i) {
    const LawDescription& law = law_registry()[i];
    INFO(law.name);
    CHECK(laws[i + 1]["properties"]["law"]["const"] == law.name);
    CHECK(laws[i + 1]["properties"].size() == law.parameters.size() + 1);
    CHECK(laws[i + 1]["additionalProperties"] == false);
  }
}

TEST_CASE("no object of the scenario's schema takes unknown keys, and every field says what it means") {
  const json schema = json::parse(json_schema<Scenario>("scenario"));
  CHECK(open_objects(schema) == 0);
  for (const auto& [name, field] : schema["properties"].items()) {
    INFO(name);
    CHECK_FALSE(field["description"].get<std::string>().empty());
  }
}

}  // namespace restock::scenarios
