#include "env/core/suggest.h"

#include <array>
#include <catch2/catch.hpp>

namespace restock {

namespace {

constexpr std::array<std::string_view, 7> kNames = {
    "lead_time_days", "backlog_cost_per_unit_day", "mean", "seed", "review_period", "demand", "s"};

std::string suggestion(std::string_view got) {
  return did_you_mean(got, kNames);
}

}  // namespace

TEST_CASE("a mistyped name is recognised") {
  CHECK(suggestion("lead_time_day") == ", did you mean 'lead_time_days'?");
  CHECK(suggestion("laed_time_days") == ", did you mean 'lead_time_days'?");  // one swap
  CHECK(suggestion("Lead-Time-Days") == ", did you mean 'lead_time_days'?");
  CHECK(suggestion("maen") == ", did you mean 'mean'?");
  CHECK(suggestion("sed") == ", did you mean 'seed'?");
  CHECK(suggestion("backlog_costs") == ", did you mean 'backlog_cost_per_unit_day'?");
  CHECK(suggestion("review") == ", did you mean 'review_period'?");
}

TEST_CASE("what resembles nothing brings no suggestion") {
  for (const char* got : {"", "x", "colour", "zzzz", "holding"}) {
    INFO(got);
    CHECK(suggestion(got).empty());
  }
  CHECK(suggestion(std::string(100'000, 'm')).empty());
  CHECK(did_you_mean("mean", {}).empty());
}

TEST_CASE("the nearest of several names wins") {
  constexpr std::array<std::string_view, 2> kSimilar = {"order_cost", "order_costs"};
  CHECK(did_you_mean("order_costts", kSimilar) == ", did you mean 'order_costs'?");
}

TEST_CASE("quotes keep messages short and terminals safe") {
  CHECK(in_quotes("abc") == "'abc'");
  CHECK(in_quotes("a\x1b[31m\n") == "'a\\x1b[31m\\x0a'");
  CHECK(in_quotes(std::string(61, 'x')) == "'" + std::string(60, 'x') + "…'");
  CHECK(in_quotes("Käse") == "'Käse'");
  CHECK(in_quotes(std::string(59, 'x') + "ä!") == "'" + std::string(59, 'x') + "…'");  // never half a letter
}

}  // namespace restock
