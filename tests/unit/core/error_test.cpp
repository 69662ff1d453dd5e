#include "env/core/error.h"

#include <catch2/catch.hpp>

#include "env/core/check.h"

namespace restock {

TEST_CASE("a problem shows what is known of its place") {
  CHECK(Problem{"a.yaml", 3, 7, "skus[1].price", "missing"}.text() == "a.yaml:3:7: skus[1].price: missing");
  CHECK(Problem{"a.yaml", 3, 0, "", "missing"}.text() == "a.yaml:3: missing");
  CHECK(Problem{"a.yaml", 0, 7, "", "missing"}.text() == "a.yaml: missing");
  CHECK(Problem{"", 0, 0, "", "missing"}.text() == "missing");
}

TEST_CASE("an input error shows all its problems") {
  const InputError error({{"a", 1, 0, "", "first"}, {"b", 2, 0, "", "second"}});
  CHECK(std::string(error.what()) == "a:1: first\nb:2: second");
  CHECK(error.problems().size() == 2);
}

TEST_CASE("a broken invariant shows its condition, place and values") {
  const int on_hand = -1;
  try {
    RESTOCK_CHECK(on_hand >= 0, "on_hand {}", on_hand);
    FAIL("nothing was thrown");
  } catch (const InvariantError& error) {
    CHECK_THAT(error.what(), Catch::Contains("error_test.cpp") && Catch::Contains("on_hand >= 0") &&
                                 Catch::Contains("on_hand -1"));
  }
  CHECK_NOTHROW([] { RESTOCK_CHECK(true, "nothing"); }());
}

}  // namespace restock
