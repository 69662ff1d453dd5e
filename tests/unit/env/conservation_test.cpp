// Random warehouses under a random policy: whatever happens, nothing appears or disappears.
#include <catch2/catch.hpp>

#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

/// Draws one of several.
class Dice {
 public:
  explicit Dice(std::uint64_t game) : stream_({5, Split::train, game}, Purpose::search, 0) {}
  template <class T>
  T of(const std::vector<T>& values) {
    return values[static_cast<std::size_t>(stream_.below(values.size(), throws_++))];
  }
  Quantity up_to(Quantity most) {
    return static_cast<Quantity>(stream_.below(static_cast<std::uint64_t>(most) + 1, throws_++));
  }

 private:
  Stream stream_;
  std::int64_t throws_ = 0;
};

SkuSpec random_sku(Dice& dice, const std::string& id) {
  const LawSpec demand = dice.of<LawSpec>({poisson(0.2), poisson(7), LawSpec::constant(2)});
  const LawSpec lead =
      dice.of<LawSpec>({LawSpec::constant(0), LawSpec::constant(3), discrete({0, 2, 7}, {1, 1, 1}),
                        exponential(2), LawSpec{"uniform", {{"minimum", {0.1}}, {"maximum", {1.5}}}}});
  SkuSpec sku = dice.up_to(1) ? lost_sales_sku(id, demand, lead) : backlog_sku(id, demand, lead);
  sku.pack_size = dice.of<Quantity>({1, 1, 4});
  sku.minimum_order_quantity = dice.of<Quantity>({0, 5});
  sku.maximum_order_quantity = dice.of<Quantity>({0, 20});
  sku.initial_on_hand = dice.of<Quantity>({0, 3, 50});
  sku.supply.review_period_days = dice.of<Quantity>({1, 2, 7});
  sku.supply.first_review_day = dice.of<Quantity>({0, 1, 3});
  if (dice.up_to(1)) sku.order_size = discrete({1, 3}, {1, 1});
  return sku;
}

WarehouseSpec random_warehouse(Dice& dice) {
  std::vector<SkuSpec> skus;
  const Quantity count = 1 + dice.up_to(3);
  for (Quantity i = 0; i < count; ++i) skus.push_back(random_sku(dice, "sku-" + std::to_string(i)));
  WarehouseSpec spec = warehouse_of(std::move(skus), 60, dice.of<std::int64_t>({0, 10}));
  spec.arrivals = dice.of<Arrivals>({Arrivals::daily, Arrivals::orders});
  spec.review = dice.of<Review>({Review::periodic, Review::continuous});
  return spec;
}

/// Adds up on its own what it is told.
class Books final : public SimulationObserver {
 public:
  struct Account {
    Quantity ordered = 0, received = 0, demanded = 0, served = 0;
  };
  explicit Books(std::size_t skus) : accounts(skus) {}
  std::vector<Account> accounts;
  std::int64_t closes = 0;
  SimTime last;
  bool in_order = true;

  void on_order(const Simulator& now, std::int32_t sku, std::int32_t, Quantity quantity,
                SimTime due) override {
    tick(now);
    in_order = in_order && due >= now.now();
    accounts[static_cast<std::size_t>(sku)].ordered += quantity;
  }
  void on_receipt(const Simulator& now, std::int32_t sku, Quantity quantity) override {
    tick(now);
    accounts[static_cast<std::size_t>(sku)].received += quantity;
  }
  void on_demand(const Simulator& now, std::int32_t sku, Quantity demanded, Quantity served) override {
    tick(now);
    accounts[static_cast<std::size_t>(sku)].demanded += demanded;
    accounts[static_cast<std::size_t>(sku)].served += served;
  }
  void on_day_close(const Simulator& now, std::int64_t day) override {
    tick(now);
    in_order = in_order && day == closes;
    ++closes;
  }

 private:
  void tick(const Simulator& now) {
    in_order = in_order && now.now() >= last;
    last = now.now();
  }
};

}  // namespace

TEST_CASE("whatever a policy does in whatever warehouse, the books balance") {
  for (std::uint64_t game = 0; game < 300; ++game) {
    Dice dice(game);
    const WarehouseSpec spec = random_warehouse(dice);
    Simulator simulator(build_warehouse(spec));
    Books books(spec.skus.size());
    simulator.set_observer(&books);
    simulator.reset({game, Split::train, 0});
    run_to_end(simulator, [&](const Simulator&, std::int32_t) { return dice.up_to(1) ? dice.up_to(40) : 0; });
    CAPTURE(game);
    CHECK(books.in_order);
    CHECK(books.closes == 60);
    for (std::size_t i = 0; i < spec.skus.size(); ++i) {
      const auto sku = static_cast<std::int32_t>(i);
      const Books::Account& account = books.accounts[i];
      const SkuLedger& ledger = simulator.lifetime_ledger(sku);
      const SkuState& state = simulator.state(sku);
      CHECK(ledger.ordered == account.ordered);
      CHECK(ledger.received == account.received);
      CHECK(ledger.demanded == account.demanded);
      CHECK(ledger.served_at_once == account.served);
      CHECK(state.on_order == account.ordered - account.received);
      CHECK(state.on_hand == spec.skus[i].initial_on_hand + account.received - ledger.shipped);
      if (spec.skus[i].unmet_demand == UnmetDemand::lost) {
        CHECK(state.backlog == 0);
        CHECK(ledger.lost == account.demanded - account.served);
      } else {
        CHECK(ledger.lost == 0);
        CHECK(state.backlog == account.demanded - ledger.shipped);
      }
      CHECK((state.on_hand == 0 || state.backlog == 0));
      CHECK(simulator.counted_ledger(sku).days == 60 - spec.horizon.warm_up_days);
    }
  }
}
