#include "agents/learning/agent.h"

#include <catch2/catch.hpp>
#include <set>

#include "env/core/error.h"

using namespace restock;
using namespace restock::learning;

namespace {

/// Checks that every default lies within what its own description allows, and collects the names.
class DefaultsInRange final : public FieldVisitor {
 public:
  std::set<std::string> names;

  void field(std::string_view name, bool&, const FieldInfo& info) override { note(name, info); }
  void field(std::string_view name, std::int64_t& value, const FieldInfo& info) override {
    note(name, info);
    in_range(static_cast<double>(value), info);
  }
  void field(std::string_view name, double& value, const FieldInfo& info) override {
    note(name, info);
    in_range(value, info);
  }
  void field(std::string_view name, std::string&, const FieldInfo& info) override { note(name, info); }
  void field(std::string_view name, std::vector<double>&, const FieldInfo& info) override {
    note(name, info);
  }
  void field(std::string_view name, std::vector<std::int64_t>& values, const FieldInfo& info) override {
    note(name, info);
    for (const std::int64_t value : values) in_range(static_cast<double>(value), info);
  }
  void field(std::string_view name, std::vector<std::string>&, const FieldInfo& info) override {
    note(name, info);
  }
  void law(std::string_view name, LawSpec&, const LawFamily&, const FieldInfo& info) override {
    note(name, info);
  }
  void choice(std::string_view name, ChoiceRef value, const FieldInfo& info) override {
    note(name, info);
    CHECK(value.index < value.names.size());
  }
  void list(std::string_view name, ListRef&, const FieldInfo& info) override { note(name, info); }
  void object(std::string_view name, const FieldInfo& info,
              const std::function<void(FieldVisitor&)>& inner) override {
    note(name, info);
    inner(*this);
  }
  void problem(std::string_view name, const std::string& message) override { FAIL(name << ": " << message); }

 private:
  void note(std::string_view name, const FieldInfo& info) {
    CAPTURE(name);
    CHECK(names.insert(std::string(name)).second);
    CHECK(info.meaning.size() > 5);
  }
  static void in_range(double value, const FieldInfo& info) {
    CHECK(value >= info.minimum);
    CHECK(value <= info.maximum);
  }
};

}  // namespace

TEST_CASE("every agent of the registry describes itself and can be copied", "[learning]") {
  REQUIRE(agent_registry().size() >= 2);
  for (const AgentEntry& entry : agent_registry()) {
    const auto agent = entry.make();
    CHECK(agent->name() == entry.name);
    CHECK(agent->environments(1) >= 1);
    CHECK(agent->environments(1'000'000) == 1);
    CHECK(agent->environments(10) * 10 <= agent->environments(1));
    DefaultsInRange visitor;
    agent->describe(visitor);
    CHECK(visitor.names.count("steps") == 1);
    CHECK(visitor.names.count("seconds") == 1);
    const auto copy = agent->clone();
    agent->limits().steps = 77;
    CHECK(copy->limits().steps != 77);
  }
}

TEST_CASE("an unknown agent is answered with the ones there are", "[learning]") {
  CHECK_THROWS_WITH(make_agent("pp0"), Catch::Contains("'pp0'") && Catch::Contains("did you mean 'ppo'") &&
                                           Catch::Contains("dqn"));
  CHECK(make_agent("dqn")->name() == "dqn");
}
