// "For all scenarios": tries a property on hundreds of random scenarios, and where it fails looks for the
// simplest scenario that still fails, which it prints as a scenario file.
#pragma once

#include <fmt/format.h>

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>

#include "env/scenario.h"

namespace restock::property {

/// Holds where it returns, fails where it throws anything.
using Property = std::function<void(const Scenario& scenario)>;

/// What a property throws where it does not hold.
class PropertyFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

template <class... Values>
void expect(bool condition, fmt::format_string<Values...> message, Values&&... values) {
  if (!condition) throw PropertyFailure(fmt::format(message, std::forward<Values>(values)...));
}

struct Failure {
  std::uint64_t seed = 0;
  std::string message;
  Scenario scenario;  ///< the simplest one found
  int simplifications = 0;
};

/// Tries seeds first_seed, first_seed + 1, …
std::optional<Failure> find_failure(std::uint64_t first_seed, int count, const Property& property);

/// Fails the test case with what find_failure() gives. RESTOCK_PROPERTY_SEED=N tries seed N alone,
/// RESTOCK_PROPERTY_RUNS=N tries so many.
void for_all(int count, const Property& property);

}  // namespace restock::property
