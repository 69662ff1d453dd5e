// Randomness as a pure function of a key: (root seed, split, replication, purpose, entity, day, k).
//
// Nothing depends on the order of calls, the number of threads or what a policy did, so two policies that are
// compared on the same replications meet the same customers and the same lead times (common random numbers).
// The generator is a keyed hash: the key's fields are absorbed one by one through a 64-bit finaliser with
// full avalanche (David Stafford's "Mix13" variant of MurmurHash3's finaliser, as in SplitMix64: Steele, Lea
// and Flood, OOPSLA 2014).
#pragma once

#include <cstdint>

namespace restock {

/// What the draws are for. Training can never see evaluation's draws.
enum class Split : std::uint8_t { train = 1, tune = 2, evaluate = 3, rollout = 4 };

/// What is drawn. A new purpose takes a new number; numbers are never reused.
enum class Purpose : std::uint8_t {
  demand = 1,            ///< units of a day, or number of customer orders of a day
  lead_time = 2,         ///< k counts the orders an entity has placed that day
  customer_time = 3,     ///< k counts the customer orders of an entity and day
  order_size = 4,        ///< k as for customer_time
  demand_path = 5,       ///< which path a replication replays; and the draws that sample one
  exploration = 6,       ///< actions of a learner
  initialisation = 7,    ///< weights
  minibatch = 8,         ///< which stored transitions a learner looks at
  generation = 9,        ///< the law of generated histories
  search = 10,           ///< which configurations a random search tries
  resampling = 11,       ///< bootstrap
  yield = 12,            ///< k as for lead_time
  outage = 13,           ///< of a supplier; in place of the day stands the number of the spell
  waiting = 14,          ///< whether a unit is waited for; k counts those of an entity and day
  order_line = 15,       ///< a line's place among those of its location and day; k as for customer_time
  lines_per_order = 16,  ///< the entity is the location; k counts its orders of the day
  customer_kind = 17,    ///< how many of a day's units are to be the freshest
  late = 20,           ///< whether an order comes in two parts, and when the second comes; k as for lead_time
  picking = 30,        ///< of a facility; k names the customer, the SKU and the part of the line
  unloading = 31,      ///< k as for lead_time
  put_away = 32,       ///< k as for lead_time
  shrinkage = 33,      ///< k = 0: the share that vanishes; k = 1: how it is rounded
  shared_factor = 40,  ///< of demand; the entity is the factor
  substitution = 41,   ///< whether a unit is taken of another SKU; k counts the unserved of an entity and day
  returns = 42         ///< what comes back on a morning; k holds the delay in its upper half
};

/// Stafford's Mix13: a bijection of 64-bit words with full avalanche.
constexpr std::uint64_t mix64(std::uint64_t x) noexcept {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// What absorb() adds to the hash before it mixes.
constexpr std::uint64_t absorbed_field(std::uint64_t field) noexcept {
  return 0x9e3779b97f4a7c15ULL + field * 0xd1342543de82ef95ULL;
}

/// Absorbs one field into a running hash. Also used for ledger hashes.
constexpr std::uint64_t absorb(std::uint64_t hash, std::uint64_t field) noexcept {
  return mix64(hash + absorbed_field(field));
}

/// A real in (0, 1), never 0 or 1, from 64 random bits.
constexpr double unit_interval(std::uint64_t bits) noexcept {
  return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
}

/// Which run of which experiment: everything a simulation needs to know about its randomness.
struct RunKey {
  std::uint64_t root_seed = 1;
  Split split = Split::evaluate;
  std::uint64_t replication = 0;
};

/// All draws of one (run, purpose, entity); a draw is named by its day and by k within the day.
__extension__ using Wide = unsigned __int128;

class Stream {
 public:
  constexpr Stream() = default;
  constexpr Stream(const RunKey& run, Purpose purpose, std::uint64_t entity) noexcept {
    key_ = absorb(absorb(0, run.root_seed), static_cast<std::uint64_t>(run.split));
    key_ = absorb(absorb(absorb(key_, run.replication), static_cast<std::uint64_t>(purpose)), entity);
  }
  /// 64 independent fair bits.
  constexpr std::uint64_t bits(std::int64_t day, std::uint64_t k = 0) const noexcept {
    return absorb(key_of_day(day), k);
  }
  /// bits(day, k) is absorb(key_of_day(day), k).
  constexpr std::uint64_t key_of_day(std::int64_t day) const noexcept {
    return absorb(key_, static_cast<std::uint64_t>(day));
  }
  constexpr double uniform(std::int64_t day, std::uint64_t k = 0) const noexcept {
    return unit_interval(bits(day, k));
  }
  /// A whole number in [0, n), n < 2^32, by multiplication (bias below n / 2^64).
  constexpr std::uint64_t below(std::uint64_t n, std::int64_t day, std::uint64_t k = 0) const noexcept {
    return static_cast<std::uint64_t>((static_cast<Wide>(bits(day, k)) * n) >> 64);
  }
  /// For kernels that draw from many streams at once.
  constexpr std::uint64_t key() const noexcept { return key_; }

 private:
  std::uint64_t key_ = 0;
};

}  // namespace restock
