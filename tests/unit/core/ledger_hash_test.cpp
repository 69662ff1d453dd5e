#include "env/core/ledger_hash.h"

#include <catch2/catch.hpp>
#include <set>
#include <vector>

using namespace restock;

namespace {

struct Day {
  std::int64_t on_hand, backlog, on_order, demanded;
};

std::uint64_t hash_of(const std::vector<Day>& days) {
  std::uint64_t hash = kLedgerHashStart;
  for (const Day& day : days) hash = absorb_close(hash, day.on_hand, day.backlog, day.on_order, day.demanded);
  return hash;
}

struct Counts {
  std::int64_t a = 0, b = 0, c = 0;
};

}  // namespace

TEST_CASE("a ledger hash tells every day, every field and their order apart") {
  const std::vector<Day> days{{5, 0, 20, 3}, {2, 0, 25, 3}, {0, 4, 31, 6}, {7, 0, 20, 0}};
  std::set<std::uint64_t> hashes{hash_of(days)};
  std::size_t variants = 1;
  const auto add = [&](const std::vector<Day>& changed) {
    hashes.insert(hash_of(changed));
    ++variants;
  };
  for (std::size_t i = 0; i < days.size(); ++i)
    for (std::int64_t Day::*const field : {&Day::on_hand, &Day::backlog, &Day::on_order, &Day::demanded})
      for (const std::int64_t change : {std::int64_t{1}, std::int64_t{2}, std::int64_t{1} << 15,
                                        std::int64_t{1} << 40}) {
        auto changed = days;
        changed[i].*field += change;
        add(changed);
      }
  for (std::size_t i = 1; i < days.size(); ++i) {
    auto swapped = days;
    std::swap(swapped[i - 1], swapped[i]);
    add(swapped);
  }
  add({days.begin(), days.end() - 1});
  for (const std::size_t empty_days : {0, 1, 2}) add(std::vector<Day>(empty_days));
  CHECK(hashes.size() == variants);
}

TEST_CASE("a difference of one day is spread over the whole hash a few days later") {
  std::vector<Day> days(6, {5, 0, 20, 3});
  const std::uint64_t before = hash_of(days);
  for (std::int64_t Day::*const field : {&Day::on_hand, &Day::backlog, &Day::on_order, &Day::demanded}) {
    auto changed = days;
    changed[0].*field += 1;
    const std::uint64_t difference = before ^ hash_of(changed);
    CHECK(std::popcount(static_cast<std::uint32_t>(difference)) > 5);
    CHECK(std::popcount(static_cast<std::uint32_t>(difference >> 32)) > 5);
  }
}

TEST_CASE("counts are told apart by place and value and zeros leave no trace") {
  const auto hash = [](Counts counts) { return absorb_counts(1, counts); };
  const std::set<std::uint64_t> hashes{hash({}),        hash({1, 0, 0}), hash({0, 1, 0}), hash({0, 0, 1}),
                                       hash({2, 1, 0}), hash({1, 2, 0}), hash({-1, 0, 0})};
  CHECK(hashes.size() == 7);
  struct Longer {
    std::int64_t a = 4, b = 5, c = 6, later = 0;
  };
  CHECK(absorb_counts(1, Longer()) == hash({4, 5, 6}));
}

TEST_CASE("the ledger hash is the same on every machine") {
  CHECK(folded(0x1234) == 0x1234U);
  CHECK(hash_of({{5, 0, 20, 3}, {0, 4, 31, 6}}) == 0x325cda0eb47d735e);
}
