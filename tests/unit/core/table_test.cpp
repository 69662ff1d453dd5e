#include "env/core/laws/table.h"

#include <fmt/format.h>

#include <bit>
#include <catch2/catch.hpp>
#include <limits>
#include <map>

#include "env/core/error.h"
#include "env/core/keyed_random.h"

namespace restock {

namespace {

constexpr std::uint64_t kAll = std::numeric_limits<std::uint64_t>::max();

QuantileTable half_up(const std::string& name, const std::vector<LawSpec::Parameter>& parameters) {
  return QuantileTable::rounded_half_up(*make_law({name, parameters}));
}

QuantileTable up(const std::string& name, const std::vector<LawSpec::Parameter>& parameters) {
  return QuantileTable::rounded_up(*make_law({name, parameters}));
}

}  // namespace

TEST_CASE("a table with one value draws it always") {
  for (const double value : {0.0, 1.0, 30.0, 1e9}) {
    const QuantileTable table = half_up("constant", {{"value", {value}}});
    CHECK(table.sample(0) == static_cast<std::int64_t>(value));
    CHECK(table.sample(kAll) == static_cast<std::int64_t>(value));
    CHECK(table.minimum() == table.maximum());
    CHECK(table.mean() == value);
  }
}

TEST_CASE("quantities round half up, lead times round up") {
  const std::vector<LawSpec::Parameter> halves = {{"values", {0.5, 1.4, 2.5}}, {"weights", {1, 1, 1}}};
  const QuantileTable quantities = half_up("discrete", halves);
  CHECK(quantities.sample(0) == 1);
  CHECK(quantities.sample(kAll / 2) == 1);
  CHECK(quantities.sample(kAll) == 3);
  CHECK(quantities.minimum() == 1);
  const QuantileTable days = up("discrete", halves);
  CHECK(days.sample(0) == 1);
  CHECK(days.sample(kAll / 2) == 2);
  CHECK(days.sample(kAll) == 3);
  CHECK(up("constant", {{"value", {2}}}).maximum() == 2);
  CHECK(up("constant", {{"value", {2.01}}}).maximum() == 3);
  CHECK(up("exponential", {{"mean", {2}}}).minimum() == 1);  // never 0: the law has no mass there
  CHECK(half_up("exponential", {{"mean", {2}}}).minimum() == 0);
}

TEST_CASE("half of the bits belong to half of the law") {
  const QuantileTable coin = QuantileTable::from_weights(0, {1, 1});
  CHECK(coin.sample(kAll / 2) == 0);
  CHECK(coin.sample(kAll / 2 + 1) == 1);
  CHECK(coin.mean() == 0.5);
}

TEST_CASE("weights of 0 are never drawn, at the ends or between") {
  const QuantileTable table = QuantileTable::from_weights(10, {0, 2, 0, 0, 6, 0});
  CHECK(table.minimum() == 11);
  CHECK(table.maximum() == 14);
  const Stream stream({}, Purpose::demand, 0);
  std::map<std::int64_t, int> counts;
  for (int day = 0; day < 10'000; ++day) ++counts[table.sample(stream.bits(day))];
  CHECK(counts.size() == 2);
  CHECK(counts[11] + counts[14] == 10'000);
  CHECK(table.mean() == Approx(13.25));
  CHECK_THROWS_AS(QuantileTable::from_weights(0, {0, 0}), InvariantError);
  CHECK_THROWS_AS(QuantileTable::from_weights(0, {}), InvariantError);
  CHECK_THROWS_AS(QuantileTable::from_weights(0, {1, -1}), InvariantError);
}

TEST_CASE("tails are cut where less than 2^-50 lies beyond") {
  const QuantileTable table = half_up("poisson", {{"mean", {5}}});
  CHECK(table.minimum() == 0);
  const auto law = make_law({"poisson", {{"mean", {5}}}});
  CHECK(1 - law->cdf(static_cast<double>(table.maximum())) < 0x1p-50);
  CHECK(1 - law->cdf(static_cast<double>(table.maximum() - 1)) > 0x1p-52);
}

TEST_CASE("laws that spread too wide are refused with a way out") {
  CHECK_THROWS_WITH(half_up("gamma", {{"mean", {1e6}}, {"cv", {1}}}),
                    Catch::Contains("law 'gamma'") && Catch::Contains("count in a larger unit"));
  CHECK_THROWS_AS(half_up("uniform", {{"minimum", {0}}, {"maximum", {1e9}}}), InputError);
  CHECK_NOTHROW(half_up("uniform", {{"minimum", {0}}, {"maximum", {2e6}}}));
}

TEST_CASE("draws are the same with every compiler, level and C library") {
  struct Case {
    LawSpec spec;
    std::uint64_t hash;
  };
  const std::vector<Case> cases = {
      {{"constant", {{"value", {3}}}}, 0xab14aeb788f7ed13},
      {{"discrete", {{"values", {0, 2, 9}}, {"weights", {0.2, 0.5, 0.3}}}}, 0xf41afcb7241ada84},
      {{"empirical", {{"values", {1, 4, 4, 12}}}}, 0xcc44161fc35b6366},
      {{"poisson", {{"mean", {5}}}}, 0xdc4e5f9d4122fbb},
      {{"poisson", {{"mean", {12345.678}}}}, 0xc0487e09f0753d0a},
      {{"negative_binomial", {{"mean", {3.3}}, {"variance", {17.1}}}}, 0x92410fd78c812364},
      {{"geometric", {{"mean", {7.7}}}}, 0x75a6c0046374e96e},
      {{"discrete_uniform", {{"minimum", {3}}, {"maximum", {17}}}}, 0x96a6aeadbe766376},
      {{"uniform", {{"minimum", {0.1}}, {"maximum", {99.7}}}}, 0xd9fb77bae33fc23},
      {{"normal", {{"mean", {40}}, {"standard_deviation", {31}}}}, 0xea6d0c931081fd72},
      {{"gamma", {{"mean", {300}}, {"cv", {0.7}}}}, 0x5f52edbc2bb3cf66},
      {{"gamma", {{"mean", {20}}, {"cv", {3}}}}, 0xbffa6def3f79bd7a},
      {{"exponential", {{"mean", {250}}}}, 0xde47e3ddc6f562ed},
  };
  std::uint64_t entity = 0;
  for (const Case& c : cases) {
    const auto law = make_law(c.spec);
    const QuantileTable quantities = QuantileTable::rounded_half_up(*law);
    const QuantileTable days = QuantileTable::rounded_up(*law);
    const Stream stream({}, Purpose::demand, entity++);
    std::uint64_t hash = 0;
    for (int day = 0; day < 20'000; ++day) {
      hash = absorb(hash, static_cast<std::uint64_t>(quantities.sample(stream.bits(day))));
      hash = absorb(hash, static_cast<std::uint64_t>(days.sample(stream.bits(day, 1))));
    }
    for (const std::uint64_t threshold : quantities.thresholds()) hash = absorb(hash, threshold);
    for (int day = 0; day < 1'000; ++day) {
      hash = absorb(hash, std::bit_cast<std::uint64_t>(law->quantile(stream.uniform(day, 2))));
    }
    INFO(c.spec.name);
    CHECK(fmt::format("{:#x}", hash) == fmt::format("{:#x}", c.hash));
  }
}

}  // namespace restock
