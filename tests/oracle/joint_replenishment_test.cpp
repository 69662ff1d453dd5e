// Two items that share full trucks: Vanvuchelen, Gijsbrechts and Boute 2020, setting 1. Demand uniform on {0,
// …, 5} and {0, …, 3}; holding 1, backlog 19, 10 a line, 75 a truck of 6 units, no lead time. The optimal
// policy comes from value iteration here; its average cost, 64.918336, was recomputed independently.
#include <array>
#include <limits>

#include "tests/oracle/simulated.h"

using namespace restock;
using namespace restock::testing;

namespace {

constexpr int kLow = -18;
constexpr int kHigh = 24;
constexpr int kLevels = kHigh - kLow + 1;
constexpr int kMostUnits = 30;
constexpr std::array<int, 2> kMostDemand{5, 3};

class TwoItems {
 public:
  using Table = std::vector<double>;
  static std::size_t at(int a, int b) { return static_cast<std::size_t>((a - kLow) * kLevels + (b - kLow)); }

  TwoItems() : value_(static_cast<std::size_t>(kLevels * kLevels)), after_(value_), best_(value_.size()) {
    for (double span = 1; span > 1e-9;) {
      look_ahead();
      Table next = value_;
      double low = std::numeric_limits<double>::max();
      double high = -low;
      for (int a = kLow; a <= kHigh; ++a) {
        for (int b = kLow; b <= kHigh; ++b) {
          next[at(a, b)] = improve(a, b);
          low = std::min(low, next[at(a, b)] - value_[at(a, b)]);
          high = std::max(high, next[at(a, b)] - value_[at(a, b)]);
        }
      }
      span = high - low;
      average_cost = (high + low) / 2;
      for (double& v : next) v -= low;
      value_ = next;
    }
  }
  std::array<int, 2> order(Quantity a, Quantity b) const {
    return best_[at(std::clamp(static_cast<int>(a), kLow, kHigh),
                    std::clamp(static_cast<int>(b), kLow, kHigh))];
  }
  double average_cost = 0;

 private:
  static double day_cost(int level) { return level > 0 ? level : -19.0 * level; }
  /// What a day costs, and what comes after it, from the levels after the order.
  void look_ahead() {
    for (int a = kLow; a <= kHigh; ++a) {
      for (int b = kLow; b <= kHigh; ++b) {
        double sum = 0;
        for (int d = 0; d <= kMostDemand[0]; ++d)
          for (int e = 0; e <= kMostDemand[1]; ++e)
            sum +=
                day_cost(a - d) + day_cost(b - e) + value_[at(std::max(kLow, a - d), std::max(kLow, b - e))];
        after_[at(a, b)] = sum / ((kMostDemand[0] + 1) * (kMostDemand[1] + 1));
      }
    }
  }
  double improve(int a, int b) {
    double best = after_[at(a, b)];
    best_[at(a, b)] = {0, 0};
    for (int units = 6; units <= kMostUnits; units += 6) {
      for (int q = std::max(0, units - (kHigh - b)); q <= std::min(units, kHigh - a); ++q) {
        const double cost =
            75.0 * units / 6 + (q > 0 ? 10 : 0) + (q < units ? 10 : 0) + after_[at(a + q, b + units - q)];
        if (cost >= best) continue;
        best = cost;
        best_[at(a, b)] = {q, units - q};
      }
    }
    return best;
  }

  Table value_, after_;
  std::vector<std::array<int, 2>> best_;
};

class TablePolicy final : public Policy {
 public:
  explicit TablePolicy(const TwoItems& items) : items_(items) {}
  std::string_view name() const override { return "table"; }
  void decide(const DecisionBatch& batch, PolicyMemory&, OrderBatch& orders) const override {
    const auto order = items_.order(batch.inventory_position(0), batch.inventory_position(1));
    orders.quantity[0] = order[0];
    orders.quantity[1] = order[1];
  }

 private:
  const TwoItems& items_;
};

SkuSpec item(std::string id, double most_demand) {
  SkuSpec sku = backlog_sku(std::move(id),
                            {"discrete_uniform", {{"minimum", {0}}, {"maximum", {most_demand}}}}, LawSpec{});
  sku.costs.shortage_per_unit_day = 19;
  sku.supplier = "carrier";
  return sku;
}

}  // namespace

TEST_CASE("the optimal joint replenishment of two items costs what value iteration says") {
  const TwoItems items;
  CHECK(items.average_cost == Approx(64.918336).epsilon(1e-6));
  WarehouseSpec spec = warehouse_of({item("a", 5), item("b", 3)}, 101'000 / kShorter, 1'000 / kShorter);
  SupplierSpec carrier;
  carrier.id = "carrier";
  carrier.lead_time_days = LawSpec::constant(0);
  carrier.fixed_cost_per_order = 10;
  carrier.joint_order = {.truck_units = 6, .cost_per_truck = 75, .full_trucks_only = true};
  spec.suppliers = {carrier};
  const auto model = decisions_of(spec);
  const Evaluation evaluation = check_policy_cost(model, TablePolicy(items), 64.918336, 64, 0.0005);
  for (const ReplicationResult& replication : evaluation.replications)
    CHECK(replication.ledgers[0].adjusted + replication.ledgers[1].adjusted == 0);
}
