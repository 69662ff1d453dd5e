#include <algorithm>

#include "env/core/check.h"
#include "env/period/pack.h"
#include "env/period/run_parts.h"

namespace restock::period {

namespace {

/// The keys of one purpose, lane l for replication run.replication + l.
Words keys_of(RunKey run, Purpose purpose, std::uint64_t entity) {
  std::array<std::uint64_t, kPackLanes> keys{};
  for (int lane = 0; lane < kPackLanes; ++lane, ++run.replication)
    keys[static_cast<std::size_t>(word_of_lane(lane))] = Stream(run, purpose, entity).key();
  Words words;
  for (int word = 0; word < kPackLanes / 2; ++word) {
    words.low[word] = keys[static_cast<std::size_t>(word)];
    words.high[word] = keys[static_cast<std::size_t>(word + kPackLanes / 2)];
  }
  return words;
}

}  // namespace

int lockstep_lanes() noexcept {
  return kPackLanes;
}

std::size_t bytes_in_lockstep(const Sku& sku) noexcept {
  return bytes_of<Pack>(sku);
}

void run_lockstep(const Sku& sku, const RunKey& run, std::span<Outcome> outcomes) {
  RESTOCK_CHECK(outcomes.size() <= kPackLanes && fits_lockstep(sku), "{} outcomes, quantities up to {}",
                outcomes.size(), largest_quantity(sku));
  std::array<Outcome, kPackLanes> lanes;
  with_demand_tables(sku, [&]<class Tables>(const Tables& tables) {
    const PackDraws<Tables> draws{keys_of(run, Purpose::demand, sku.entity),
                                  keys_of(run, Purpose::lead_time, sku.entity), tables,
                                  sku.lead_time.front().view()};
    run_with<Pack>(sku, narrow_days_between_sums(sku), draws, lanes.data());
  });
  for (std::size_t lane = 0; lane < outcomes.size(); ++lane) {
    check_conservation(sku, lanes[lane]);
    outcomes[lane] = lanes[lane];
  }
}

}  // namespace restock::period
