#include "agents/policies/search.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <set>

#include "env/core/error.h"

using namespace restock;
using namespace restock::policies;

namespace {

struct Found {
  SearchPoint best;
  int questions = 0;
  int different = 0;
};

Found run(PatternSearch search, const std::function<double(const SearchPoint&)>& value) {
  Found found;
  std::set<SearchPoint> seen;
  while (const auto asked = search.ask()) {
    REQUIRE(++found.questions < 10'000);
    seen.insert(*asked);
    search.tell(value(*asked));
  }
  found.best = search.best();
  found.different = static_cast<int>(seen.size());
  CHECK(search.best_value() == value(found.best));
  return found;
}

}  // namespace

TEST_CASE("the minimum of a unimodal function of one variable is found from anywhere") {
  for (const std::int64_t minimum : {0, 1, 17, 400, 999, 1000})
    for (const std::int64_t start : {0, 5, 500, 1000})
      for (const std::int64_t step : {1, 3, 64}) {
        const Found found = run(PatternSearch({{0, 1000, step}}, {{start}}), [&](const SearchPoint& x) {
          const double away = static_cast<double>(x[0] - minimum);
          return away < 0 ? -3 * away : away * away;
        });
        CHECK(found.best == SearchPoint{minimum});
        CHECK(found.different < 60);
      }
}

TEST_CASE("a bowl whose axes lean is walked down to its lowest point") {
  const Found found = run(PatternSearch({{0, 200, 8}, {0, 200, 8}}, {{190, 3}}), [](const SearchPoint& x) {
    const double a = static_cast<double>(x[0] - 40);
    const double b = static_cast<double>(x[1] - 90);
    return (a + b) * (a + b) + 0.1 * (a - b) * (a - b);
  });
  CHECK(found.best == SearchPoint{40, 90});
  CHECK(found.different < 200);
}

TEST_CASE("the search goes down from several starts and keeps the deepest basin") {
  // The better basin, at 80, has the worse start.
  const auto value = [](const SearchPoint& x) {
    const double y = static_cast<double>(x[0]);
    return std::min(std::abs(y - 20), 2 * std::abs(y - 80) - 5);
  };
  CHECK(run(PatternSearch({{0, 100, 4}}, {{22}, {74}}), value).best == SearchPoint{80});
  CHECK(run(PatternSearch({{0, 100, 4}}, {{22}}), value).best == SearchPoint{20});
}

TEST_CASE("at the end no neighbour is better") {
  const auto value = [](const SearchPoint& x) {  // rugged
    return std::sin(0.7 * static_cast<double>(x[0])) + std::cos(1.3 * static_cast<double>(x[1])) +
           0.01 * static_cast<double>(x[0] + x[1]);
  };
  const Found found = run(PatternSearch({{0, 50, 5}, {0, 50, 5}}, {{25, 25}, {3, 40}}), value);
  for (const std::int64_t i : {-1, 0, 1})
    for (const std::int64_t j : {-1, 0, 1}) {
      const SearchPoint near{std::clamp<std::int64_t>(found.best[0] + i, 0, 50),
                             std::clamp<std::int64_t>(found.best[1] + j, 0, 50)};
      CHECK(value(near) >= value(found.best));
    }
}

TEST_CASE("flat and forbidden ground ends the search") {
  CHECK(run(PatternSearch({{0, 10, 4}, {3, 3, 1}}, {{5, 3}}), [](const SearchPoint&) { return 1.0; }).best ==
        SearchPoint{5, 3});
  const Found walled = run(PatternSearch({{0, 100, 8}}, {{50}}), [](const SearchPoint& x) {
    return x[0] < 30 ? HUGE_VAL : static_cast<double>(x[0]);
  });
  CHECK(walled.best == SearchPoint{30});
}

TEST_CASE("where there is nothing to look for, the start is asked for once") {
  PatternSearch search({}, {{}});
  REQUIRE(search.ask());
  search.tell(3);
  CHECK_FALSE(search.ask());
  CHECK(search.best_value() == 3);
}

TEST_CASE("with many variables a bowl is walked down along its axes, and along all at once") {
  const std::vector<SearchAxis> axes(7, {0, 60, 4});
  const Found found = run(PatternSearch(axes, {SearchPoint(7, 10)}), [](const SearchPoint& x) {
    double value = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double away = static_cast<double>(x[i]) - 30 - static_cast<double>(i);
      value += away * away;
    }
    return value;
  });
  CHECK(found.best == SearchPoint{30, 31, 32, 33, 34, 35, 36});
  CHECK(found.different < 200);
}

TEST_CASE("starts are moved into the bounds, and misuse is noticed") {
  const PatternSearch search({{2, 9, 1}}, {{50}});
  CHECK(search.ask() == SearchPoint{9});
  CHECK_THROWS_AS(PatternSearch({{0, 1, 1}}, {}), InvariantError);
  CHECK_THROWS_AS(PatternSearch({{3, 1, 1}}, {{2}}), InvariantError);
  PatternSearch told({{0, 0, 1}}, {{0}});
  CHECK_THROWS_AS(told.tell(std::nan("")), InvariantError);
  told.tell(1);
  CHECK_FALSE(told.ask());
  CHECK_THROWS_AS(told.tell(1), InvariantError);
}
