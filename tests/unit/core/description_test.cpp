#include "env/core/description.h"

#include <array>
#include <catch2/catch.hpp>

namespace restock {

namespace {

enum class Colour { red, green };
std::span<const std::string_view> names_of(Colour) {
  static constexpr std::array<std::string_view, 2> kNames = {"red", "green"};
  return kNames;
}

struct Inner {
  std::string id;
  double weight = 2;
};
void describe(FieldVisitor& visitor, Inner& inner) {
  visitor.field("weight", inner.weight, {.meaning = "its weight"});
}

struct Outer {
  bool flag = true;
  std::int64_t count = 3;
  Colour colour = Colour::green;
  Inner inner;
  LawSpec demand = LawSpec::constant(4);
  std::vector<Inner> items;
  std::vector<Inner> by_id;
};
void describe(FieldVisitor& visitor, Outer& outer) {
  visitor.field("flag", outer.flag, {.meaning = "a flag"});
  visitor.field("count", outer.count, {.meaning = "a count", .unit = "pieces", .minimum = 0});
  describe_choice(visitor, "colour", outer.colour, {.meaning = "a choice"});
  describe_object(visitor, "inner", outer.inner, {.meaning = "a part"});
  visitor.law("demand", outer.demand, {.meaning = "a law"});
  describe_list(visitor, "items", outer.items, {.meaning = "parts"}, Inner{"", 7});
  describe_map(visitor, "by_id", outer.by_id, &Inner::id, {.meaning = "parts by id"});
  if (outer.count > 5) visitor.problem("count", "too many");
}

/// Writes every field down as "path=value", and sets `count`, `colour` and one element of each list.
class Recorder final : public FieldVisitor {
 public:
  std::string seen;
  bool edit = false;

  void field(std::string_view name, bool& value, const FieldInfo&) override {
    note(name, value ? "true" : "false");
  }
  void field(std::string_view name, std::int64_t& value, const FieldInfo& info) override {
    if (edit) value = 9;
    note(name, std::to_string(value) + std::string(info.unit));
  }
  void field(std::string_view name, double& value, const FieldInfo&) override {
    note(name, std::to_string(static_cast<int>(value)));
  }
  void field(std::string_view name, std::string& value, const FieldInfo&) override { note(name, value); }
  void field(std::string_view name, std::vector<double>&, const FieldInfo&) override {
    note(name, "doubles");
  }
  void field(std::string_view name, std::vector<std::int64_t>&, const FieldInfo&) override {
    note(name, "integers");
  }
  void field(std::string_view name, std::vector<std::string>&, const FieldInfo&) override {
    note(name, "strings");
  }
  void law(std::string_view name, LawSpec& value, const FieldInfo&) override { note(name, value.name); }
  void choice(std::string_view name, ChoiceRef value, const FieldInfo&) override {
    if (edit) value.set(0);
    note(name, std::string(value.names[value.index]) + "/" + std::to_string(value.names.size()));
  }
  void list(std::string_view name, ListRef& value, const FieldInfo&) override {
    if (edit) {
      value.append();
      if (value.is_keyed()) value.key(value.size() - 1) = "new";
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
      within(std::string(name) + "[" + (value.is_keyed() ? value.key(i) : std::to_string(i)) + "].",
             [&] { value.visit(*this, i); });
    }
  }
  void object(std::string_view name, const FieldInfo&,
              const std::function<void(FieldVisitor&)>& inner) override {
    within(std::string(name) + ".", [&] { inner(*this); });
  }
  void problem(std::string_view name, const std::string& message) override { note(name, "!" + message); }

 private:
  void note(std::string_view name, const std::string& value) {
    seen += prefix_ + std::string(name) + "=" + value + " ";
  }
  void within(const std::string& part, const std::function<void()>& visit) {
    const std::string before = prefix_;
    prefix_ += part;
    visit();
    prefix_ = before;
  }
  std::string prefix_;
};

}  // namespace

TEST_CASE("a visitor sees every field in order, nested ones included") {
  Outer outer;
  outer.items = {{"", 1}};
  outer.by_id = {{"apple", 5}};
  Recorder recorder;
  describe(recorder, outer);
  CHECK(recorder.seen ==
        "flag=true count=3pieces colour=green/2 inner.weight=2 demand=constant items[0].weight=1 "
        "by_id[apple].weight=5 ");
}

TEST_CASE("a visitor can set fields, choices and list elements") {
  Outer outer;
  Recorder recorder;
  recorder.edit = true;
  describe(recorder, outer);
  CHECK(outer.count == 9);
  CHECK(outer.colour == Colour::red);
  REQUIRE(outer.items.size() == 1);
  CHECK(outer.items[0].weight == 7);  // the prototype of this list
  REQUIRE(outer.by_id.size() == 1);
  CHECK(outer.by_id[0].id == "new");
  CHECK(outer.by_id[0].weight == 2);
  CHECK_THAT(recorder.seen, Catch::EndsWith("count=!too many "));
}

}  // namespace restock
