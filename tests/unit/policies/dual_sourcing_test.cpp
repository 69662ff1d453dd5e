// What index policies see of orders under way, and what they do where a supplier takes no orders.
#include <catch2/catch.hpp>

#include "agents/policies/parameters.h"
#include "tests/support/planned_warehouses.h"

using namespace restock;
using namespace restock::policies;

namespace {

struct Wanted {
  Quantity regular = 0;
  Quantity expedited = 0;
  bool operator==(const Wanted&) const = default;
};

/// Regular lead time 4, expedited 2. Three columns: ordered yesterday (or today), two, three days ago.
class OneRow {
 public:
  std::vector<Quantity> regular{0, 0, 0}, expedited{0, 0, 0};
  Quantity on_hand = 0;
  std::uint8_t open = 3;

  Wanted decide(const char* policy, std::vector<double> values, double owed = 0) const {
    PolicyParameters parameters{policy, {"item"}, {std::move(values)}};
    parameters.model = testing::decisions_of(testing::two_source_warehouse(2));
    const auto built = make_policy(parameters);
    std::vector<Quantity> total(3), by_source = regular;
    by_source.insert(by_source.end(), expedited.begin(), expedited.end());
    Quantity sum = 0;
    for (std::size_t age = 0; age < 3; ++age) sum += total[age] = regular[age] + expedited[age];
    const std::vector<std::int32_t> sku{0};
    const std::vector<Quantity> hand{on_hand}, order{sum}, nothing{0};
    const std::vector<std::uint8_t> is_open{open};
    DecisionBatch batch;
    batch.rows = 1;
    batch.sku = sku;
    batch.on_hand = hand;
    batch.backlog = nothing;
    batch.on_order = order;
    batch.sources = 2;
    batch.open_sources = is_open;
    batch.pipeline_by_age = total;
    batch.pipeline_by_source = by_source;
    batch.pipeline_width = 3;
    std::vector<Quantity> wanted{-1, -1};
    OrderBatch orders{wanted};
    PolicyMemory memory{std::vector<double>(built->memory_size(), owed)};
    built->decide(batch, memory, orders);
    return {wanted[0], wanted[1]};
  }
};

}  // namespace

TEST_CASE("the dual index counts regular orders that arrive within the expedited lead time") {
  OneRow row;
  row.on_hand = 2;
  CHECK(row.decide("dual_index", {10, 30}) == Wanted{20, 8});
  row.regular = {5, 0, 0};  // ordered yesterday: arrives in three days, too late
  CHECK(row.decide("dual_index", {10, 30}) == Wanted{15, 8});
  row.regular = {0, 5, 0};  // two days ago: arrives in two
  CHECK(row.decide("dual_index", {10, 30}) == Wanted{20, 3});
  row.regular = {0, 0, 5};
  CHECK(row.decide("dual_index", {10, 30}) == Wanted{20, 3});
  row.regular = {0, 0, 0};
  row.expedited = {5, 0, 0};  // whatever the fast supplier has under way
  CHECK(row.decide("dual_index", {10, 30}) == Wanted{20, 3});
}

TEST_CASE("the single index counts all that is under way") {
  OneRow row;
  row.regular = {5, 0, 0};
  CHECK(row.decide("single_index", {10, 30}) == Wanted{20, 5});
  row.regular = {25, 0, 0};
  CHECK(row.decide("single_index", {10, 30}) == Wanted{5, 0});
}

TEST_CASE("a cap limits the regular order alone") {
  OneRow row;
  CHECK(row.decide("capped_dual_index", {10, 30, 6}) == Wanted{6, 10});
  CHECK(row.decide("capped_dual_index", {10, 12, 6}) == Wanted{2, 10});
}

TEST_CASE("a tailored base-surge orders its constant whatever the stock, and makes up for fractions") {
  OneRow row;
  row.on_hand = 50;
  CHECK(row.decide("tailored_base_surge", {10, 2.5}) == Wanted{2, 0});
  CHECK(row.decide("tailored_base_surge", {10, 2.5}, 0.5) == Wanted{3, 0});
}

TEST_CASE("who takes no orders now is not reckoned with") {
  OneRow row;
  row.open = 1;
  CHECK(row.decide("dual_index", {10, 30}) == Wanted{30, 0});
  row.open = 2;
  CHECK(row.decide("dual_index", {10, 30}) == Wanted{0, 10});
  CHECK(row.decide("tailored_base_surge", {10, 2.5}) == Wanted{0, 10});
}
