// What every agent of the registry keeps to.
#include <catch2/catch.hpp>
#include <set>

#include "agents/learning/agent.h"
#include "agents/learning/bytes.h"
#include "tests/support/tabular_env.h"

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
  void law(std::string_view name, LawSpec&, const FieldInfo& info) override { note(name, info); }
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

/// An agent with its defaults at work on a small stock, for so many steps.
struct AtWork {
  AtWork(const AgentEntry& entry, std::int64_t steps, std::uint64_t seed)
      : agent(entry.make()), environments(learning_test::small_stock(), agent->environments(1), 1, 50, 1) {
    agent->limits() = {.steps = steps, .seconds = 1e6};
    learner = agent->make_learner({.environments = &environments, .typical_action = 1, .seed = seed});
  }
  void advance(int rounds) {
    for (int i = 0; i < rounds && !learner->finished(); ++i) learner->advance({});
  }
  std::string bytes() const {
    ByteWriter writer;
    learner->save(writer);
    return writer.bytes();
  }

  std::unique_ptr<Agent> agent;
  learning_test::TabularEnv environments;
  std::unique_ptr<Learner> learner;
};

constexpr int kAll = 1'000'000;

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

TEST_CASE("every agent ends after its steps, the same for the same seed, also when it was interrupted",
          "[learning]") {
  for (const AgentEntry& entry : agent_registry()) {
    INFO(entry.name);
    constexpr std::int64_t kSteps = 60'000;
    AtWork straight(entry, kSteps, 1), other_seed(entry, kSteps, 2), first(entry, kSteps, 1),
        second(entry, kSteps, 1);
    straight.advance(kAll);
    other_seed.advance(kAll);
    CHECK(straight.learner->progress().steps >= kSteps);
    first.advance(3);
    CHECK_FALSE(first.learner->finished());
    const std::string saved = first.bytes();
    ByteReader reader(saved, "interrupted");
    second.learner->load(reader);
    second.advance(kAll);
    const auto weights = [](const AtWork& work) {
      return work.learner->policy_network().layers()[0].weights;
    };
    CHECK(weights(straight) == weights(second));
    CHECK(weights(straight) != weights(other_seed));
  }
}
