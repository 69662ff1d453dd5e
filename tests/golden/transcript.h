// The story of one replication under a classical policy, as `restock simulate --trace` tells it.
#pragma once

#include <sstream>
#include <string>

#include "agents/policies/parameters.h"
#include "env/evaluation.h"
#include "env/sim/trace.h"
#include "tests/support/warehouses.h"

namespace restock::testing {

inline std::string transcript(const WarehouseSpec& spec, const Policy& policy) {
  std::ostringstream out;
  TraceWriter trace(out);
  simulate_once(decisions_of(spec), policy, {}, &trace);
  return out.str();
}

inline std::string transcript(const WarehouseSpec& spec, const policies::PolicyParameters& parameters) {
  return transcript(spec, *policies::make_policy(parameters));
}

}  // namespace restock::testing
