// A configuration with a field of every kind, for the tests of the reader, the schema and the resolved
// configuration.
#pragma once

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "env/core/description.h"
#include "env/core/error.h"

namespace restock::scenarios {

enum class Colour { red, green, dark_blue };

inline std::span<const std::string_view> names_of(Colour) {
  static constexpr std::array<std::string_view, 3> names{"red", "green", "dark_blue"};
  return names;
}

struct SampleCosts {
  double holding = std::numeric_limits<double>::quiet_NaN();
  double shortage = 1;
};

struct SampleSupplier {
  std::string id;
  std::int64_t days = 2;
};

struct SampleItem {
  std::string id;
  LawSpec demand;
  SampleCosts costs;
  std::int64_t pack_size = 0;
  std::vector<std::string> tags;
};

struct SampleWindow {
  double from = std::numeric_limits<double>::quiet_NaN();
  double to = 7;
};

struct Sample {
  std::string name;
  bool active = false;
  std::int64_t seed = 1;
  double rate = 0.5;
  Colour colour = Colour::green;
  std::vector<double> levels{0.5, 0.9};
  std::vector<std::int64_t> seeds;
  SampleCosts defaults;
  SampleWindow window;
  std::vector<SampleSupplier> suppliers;
  std::vector<SampleItem> items;
};

inline void describe(FieldVisitor& visitor, SampleCosts& costs) {
  visitor.field("holding", costs.holding,
                {.meaning = "cost of holding", .unit = "money/unit/day", .minimum = 0, .maximum = 100});
  visitor.field("shortage", costs.shortage, {.meaning = "cost of shortage", .minimum = 0});
  if (costs.shortage < costs.holding) visitor.problem("shortage", "less than holding");
}

inline void describe(FieldVisitor& visitor, SampleSupplier& supplier) {
  visitor.field("days", supplier.days,
                {.meaning = "how long it takes", .unit = "days", .minimum = 0, .maximum = 365});
}

inline void describe(FieldVisitor& visitor, SampleItem& item) {
  visitor.field("id", item.id, {.meaning = "its name", .required = true});
  visitor.law("demand", item.demand,
              {.meaning = "units a day", .minimum = 0, .maximum = 50, .required = true});
  describe_object(visitor, "costs", item.costs, {.meaning = "what it costs"});
  visitor.field("pack_size", item.pack_size,
                {.meaning = "units a pack", .minimum = 1, .maximum = 1000, .required = true});
  visitor.field("tags", item.tags, {.meaning = "words"});
  if (std::isnan(item.costs.holding)) visitor.problem("costs.holding", "missing");
}

inline void describe(FieldVisitor& visitor, SampleWindow& window) {
  visitor.field("from", window.from, {.meaning = "where it begins", .required = true});
  visitor.field("to", window.to, {.meaning = "where it ends"});
  if (!(window.from <= window.to)) visitor.problem("", "begins after its end");
}

inline void describe(FieldVisitor& visitor, Sample& sample) {
  visitor.field("name", sample.name, {.meaning = "what it is called", .required = true});
  visitor.field("active", sample.active, {.meaning = "whether it is on"});
  visitor.field("seed", sample.seed, {.meaning = "of all draws", .minimum = 0, .maximum = 1e6});
  visitor.field("rate", sample.rate, {.meaning = "a share", .minimum = 0, .maximum = 1});
  describe_choice(visitor, "colour", sample.colour, {.meaning = "what it looks like"});
  visitor.field("levels", sample.levels, {.meaning = "shares", .minimum = 0, .maximum = 1});
  visitor.field("seeds", sample.seeds, {.meaning = "several seeds", .minimum = 0, .maximum = 1e6});
  describe_object(visitor, "defaults", sample.defaults, {.meaning = "costs of items that say nothing"});
  describe_object(visitor, "window", sample.window, {.meaning = "a part of it"});
  describe_map(visitor, "suppliers", sample.suppliers, &SampleSupplier::id, {.meaning = "who delivers"});
  SampleItem prototype;
  prototype.costs = sample.defaults;
  describe_list(visitor, "items", sample.items, {.meaning = "what there is", .required = true}, prototype);
  for (std::size_t i = 1; i < sample.items.size(); ++i)
    if (!sample.items[i].id.empty() && sample.items[i].id == sample.items[0].id)
      visitor.problem("items[" + std::to_string(i) + "].id", "duplicate");
}

inline constexpr const char* kGoodSample = R"(# every kind of field
name: sample
active: true
seed: 100_000
rate: 1e-3
colour: dark_blue
levels: [0.1, .5, 1]
seeds: [1, 2, 3]
defaults: {holding: 0.5, shortage: 9}
window: {from: 1}
suppliers:
  dairy: {days: 1}
  "a.b": {}
items:
  - id: "0012"
    demand: {law: poisson, mean: 5}
    pack_size: 12
    tags: [fresh, "no", 5]
  - {id: müsli-500, demand: {law: discrete, values: [0, 1], weights: [2, 1]}, pack_size: 1,
     costs: {holding: 2}}
  - {id: c, demand: 3, pack_size: 1e1}
)";

/// The messages of the InputError that `read` throws, one a line; "" where it throws none.
template <class Read>
std::string messages_of(Read read) {
  try {
    read();
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

}  // namespace restock::scenarios
