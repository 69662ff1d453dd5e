// The kernel on a CUDA device against the same kernel on the processor.
#include "env/period/device.h"

#include <catch2/catch.hpp>
#include <iostream>

#include "env/core/error.h"
#include "env/period/run_parts.h"
#include "tests/unit/period/skus.h"

using namespace restock;
using namespace restock::testing;

namespace {

constexpr std::int64_t kThreads = 5;

/// What one thread of the device does, done here: numbers of 32 bits, the ring of all threads interleaved.
period::Outcome run_as_thread(const period::Sku& sku, const RunKey& run, std::int64_t thread) {
  using Narrow = std::int32_t;
  const auto slots = static_cast<std::int64_t>(period::ring_slots(sku));
  std::vector<Narrow> ring(static_cast<std::size_t>(2 * slots * kThreads));
  const period::TableDraws<Narrow> draws{Stream(run, Purpose::demand, sku.entity),
                                         Stream(run, Purpose::lead_time, sku.entity),
                                         {sku.demand.front().view()},
                                         sku.lead_time.front().view()};
  Narrow* const units = ring.data() + thread;
  const period::DrawnLead<Narrow> pipeline{units, units + slots * kThreads, kThreads, slots - 1, true};
  period::Outcome outcome;
  std::visit(
      [&](const auto& rule) {
        period::simulate<false>(period::horizon_of(sku, period::narrow_days_between_sums(sku)),
                                sku.initial_on_hand, pipeline, rule.template as<Narrow>(),
                                period::limits_of<Narrow>(sku), draws, &outcome);
      },
      sku.rule);
  return outcome;
}

}  // namespace

TEST_CASE("what a thread of the device does comes to the same as one environment") {
  const period::Sku sku = crossing_example();
  for (std::int64_t thread = 0; thread < kThreads; ++thread) {
    const RunKey run{1, Split::tune, static_cast<std::uint64_t>(thread)};
    const period::Outcome outcome = run_as_thread(sku, run, thread);
    const period::Outcome alone = period::run_one(sku, run);
    CHECK(outcome.hash == alone.hash);
    CHECK(outcome.at_end == alone.at_end);
    CHECK(outcome.at_warm_up_end == alone.at_warm_up_end);
  }
}

TEST_CASE("the device gives the same ledgers and hashes as the processor") {
  const period::Device device = period::find_device();
  if (!device.is_there) {
    std::cout << "SKIPPED: no CUDA device: " << device.name << '\n';
    SUCCEED();
    return;
  }
  for (const period::Sku& sku : {lost_sales_example(), backlog_example(), crossing_example()}) {
    std::vector<period::Outcome> outcomes(1'000);
    const RunKey run{1, Split::tune, 40};
    period::run_on_device(sku, run, outcomes);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      const period::Outcome alone = period::run_one(sku, {1, Split::tune, 40 + i});
      REQUIRE(outcomes[i].hash == alone.hash);
      REQUIRE(outcomes[i].at_end == alone.at_end);
      REQUIRE(outcomes[i].at_warm_up_end == alone.at_warm_up_end);
    }
  }
}

TEST_CASE("without a device there is a reason and an error instead of results") {
  const period::Device device = period::find_device();
  CHECK_FALSE(device.name.empty());
  if (device.is_there) return;
  std::vector<period::Outcome> outcomes(1);
  CHECK_THROWS_AS(period::run_on_device(lost_sales_example(), {}, outcomes), InputError);
}
