// What holds of every simulation, whatever the scenario and the orders.
#include <catch2/catch.hpp>
#include <cstring>

#include "agents/policies/parameters.h"
#include "env/evaluation.h"
#include "scenarios/resolved.h"
#include "scenarios/yaml_reader.h"
#include "tests/property/for_all.h"
#include "tests/property/random_scenario.h"

using namespace restock;
using namespace restock::property;

namespace {

/// Orders with some_order(). Has no memory.
class SomePolicy final : public Policy {
 public:
  explicit SomePolicy(std::shared_ptr<const WarehouseModel> warehouse) : warehouse_(std::move(warehouse)) {}
  std::string_view name() const override { return "some"; }
  void decide(const DecisionBatch& batch, PolicyMemory&, OrderBatch& orders) const override {
    for (std::size_t i = 0; i < orders.quantity.size(); ++i) {
      const std::size_t row = i % batch.rows;
      const std::size_t source = i / batch.rows;
      const SkuModel& sku = warehouse_->skus[static_cast<std::size_t>(batch.sku[row])];
      if (source < sku.sources.size())
        orders.quantity[i] = some_order(sku, batch.sku[row], static_cast<std::int32_t>(source),
                                        batch.day[row], batch.inventory_position(row));
    }
  }

 private:
  std::shared_ptr<const WarehouseModel> warehouse_;
};

/// Another policy, without what it says of its rule.
class Unexplained final : public Policy {
 public:
  explicit Unexplained(const Policy& policy) : policy_(policy) {}
  std::string_view name() const override { return policy_.name(); }
  std::size_t memory_size() const override { return policy_.memory_size(); }
  bool needs_pipeline() const override { return policy_.needs_pipeline(); }
  void decide(const DecisionBatch& batch, PolicyMemory& memory, OrderBatch& orders) const override {
    policy_.decide(batch, memory, orders);
  }

 private:
  const Policy& policy_;
};

void order_some(Simulator& simulator, const Decision& decision) {
  for (const std::int32_t sku : decision.skus)
    for (std::int32_t source = 0; source < simulator.sources(sku); ++source)
      if (simulator.is_open(sku, source))
        simulator.place_order(sku, source,
                              some_order(simulator.model().skus[static_cast<std::size_t>(sku)], sku, source,
                                         simulator.day(), simulator.state(sku).inventory_position()));
}

/// Runs to the end, or through at most so many decisions; gives the number of decisions.
int run(Simulator& simulator, int most = 1 << 30) {
  int decisions = 0;
  for (; decisions < most; ++decisions) {
    const auto decision = simulator.run_until_decision();
    if (!decision) break;
    order_some(simulator, *decision);
  }
  return decisions;
}

/// Keeps books of its own about what it is told, and looks for stock below zero. That nothing appears or
/// disappears is checked by the simulator itself at every close.
class Books final : public SimulationObserver {
 public:
  explicit Books(std::size_t skus) : accounts_(skus) {}

  void on_order(const Simulator& simulator, std::int32_t sku, std::int32_t source, Quantity quantity,
                SimTime due) override {
    expect(quantity > 0 && due >= simulator.now(), "SKU {}: an order of {}", sku, quantity);
    const SkuModel& model = simulator.model().skus[static_cast<std::size_t>(sku)];
    const std::int32_t upstream = model.sources[static_cast<std::size_t>(source)].upstream;
    if (upstream < 0) of(sku).ordered += quantity;
    if (upstream >= 0) of(upstream).transferred += quantity;
    look(simulator, sku);
  }
  void on_request(const Simulator&, std::int32_t sku, std::int32_t upstream, Quantity quantity) override {
    expect(quantity > 0, "SKU {}: a request of {}", sku, quantity);
    of(sku).ordered += quantity;
    of(upstream).requested += quantity;
  }
  void on_receipt(const Simulator& simulator, std::int32_t sku, Quantity quantity) override {
    expect(quantity >= 0, "SKU {}: a receipt of {}", sku, quantity);
    of(sku).received += quantity;
    look(simulator, sku);
  }
  void on_demand(const Simulator& simulator, std::int32_t sku, Quantity demanded, Quantity served) override {
    expect(0 <= served && served <= demanded, "SKU {}: {} of {} served", sku, served, demanded);
    of(sku).demanded += demanded;
    of(sku).served += served;
    look(simulator, sku);
  }
  void on_substitution(const Simulator& simulator, std::int32_t out, std::int32_t taken,
                       Quantity quantity) override {
    expect(quantity > 0 && out != taken && simulator.state(out).on_hand == 0, "SKU {}: {} of SKU {} taken",
           out, quantity, taken);
    of(out).substituted += quantity;
    of(taken).sold_for_others += quantity;
    look(simulator, taken);
  }
  void on_return(const Simulator& simulator, std::int32_t sku, Quantity quantity) override {
    expect(quantity > 0, "SKU {}: {} returned", sku, quantity);
    of(sku).returned += quantity;
    look(simulator, sku);
  }
  void on_expiry(const Simulator& simulator, std::int32_t sku, Quantity quantity) override {
    expect(quantity > 0, "SKU {}: {} expired", sku, quantity);
    of(sku).expired += quantity;
    look(simulator, sku);
  }
  void on_floor(const Simulator& simulator, std::int32_t sku, FloorEvent event, Quantity quantity) override {
    expect(quantity >= 0, "SKU {}: {} units on the floor", sku, quantity);
    Account& account = of(sku);
    account.picked += event == FloorEvent::picked || event == FloorEvent::picked_late ? quantity : 0;
    account.refused += event == FloorEvent::refused ? quantity : 0;
    account.vanished += event == FloorEvent::vanished ? quantity : 0;
    account.written_off += event == FloorEvent::written_off ? quantity : 0;
    look(simulator, sku);
    const WarehouseModel& model = simulator.model();
    const std::int32_t place = model.skus[static_cast<std::size_t>(sku)].facility;
    const FacilityModel& facility = model.facilities[static_cast<std::size_t>(place)];
    if (event == FloorEvent::unloaded) expect_at_work(facility.docks.calendar, simulator.now());
    if (event == FloorEvent::picked || event == FloorEvent::picked_late)
      expect_at_work(facility.pickers.calendar, simulator.now());
    const bool takes_returns = std::any_of(model.skus.begin(), model.skus.end(),
                                           [](const SkuModel& each) { return each.market.has_returns(); });
    if (facility.capacity > 0 && facility.overflow != OverflowRule::cost && !takes_returns)
      expect(simulator.floor().volume(place) <= std::max(facility.capacity, initial_volume(simulator)),
             "a volume of {} where {} fit", simulator.floor().volume(place), facility.capacity);
  }
  void on_day_close(const Simulator& simulator, std::int64_t) override {
    for (std::size_t i = 0; i < accounts_.size(); ++i) {
      const SkuLedger& ledger = simulator.lifetime_ledger(static_cast<std::int32_t>(i));
      const Account& account = accounts_[i];
      expect(ledger.ordered == account.ordered && ledger.received == account.received &&
                 ledger.demanded == account.demanded && ledger.served_at_once == account.served &&
                 ledger.expired == account.expired && ledger.requested == account.requested &&
                 ledger.transferred == account.transferred,
             "SKU {}: the ledger says ordered {}, received {}, demanded {}, served {}; it was {}, {}, {}, {}",
             i, ledger.ordered, ledger.received, ledger.demanded, ledger.served_at_once, account.ordered,
             account.received, account.demanded, account.served);
      expect(ledger.substituted == account.substituted && ledger.returned == account.returned &&
                 ledger.substitutes_sold == account.sold_for_others && ledger.returned <= ledger.shipped,
             "SKU {}: the ledger says substituted {}, sold as substitute {}, returned {}; it was {}, {}, {}",
             i, ledger.substituted, ledger.substitutes_sold, ledger.returned, account.substituted,
             account.sold_for_others, account.returned);
      Quantity open = 0;
      simulator.for_each_open_order(static_cast<std::int32_t>(i),
                                    [&](const OpenOrder& order, SimTime) { open += order.quantity; });
      const Quantity initially = simulator.model().skus[i].initial_on_order;
      expect(open == initially + ledger.ordered - ledger.received - ledger.short_delivered - ledger.refused,
             "SKU {}: {} units in open orders", i, open);
      const bool picks = simulator.floor().picks(static_cast<std::int32_t>(i));
      expect(ledger.refused == account.refused && ledger.vanished == account.vanished &&
                 ledger.written_off == account.written_off && (!picks || ledger.shipped == account.picked),
             "SKU {}: the ledger says refused {}, vanished {}, written off {}, shipped {}; it was {}, {}, "
             "{}, {}",
             i, ledger.refused, ledger.vanished, ledger.written_off, ledger.shipped, account.refused,
             account.vanished, account.written_off, account.picked);
    }
  }

 private:
  struct Account {
    Quantity ordered = 0, received = 0, demanded = 0, served = 0, expired = 0;
    Quantity substituted = 0, sold_for_others = 0, returned = 0;
    Quantity requested = 0, transferred = 0;
    Quantity picked = 0, refused = 0, vanished = 0, written_off = 0;
  };
  /// Work ends while the crew is there, at the latest at closing time.
  static void expect_at_work(const WorkCalendar& calendar, SimTime time) {
    const std::int64_t now = time.in_milliseconds();
    expect(calendar.is_open(now) || (now > 0 && calendar.is_open(now - 1)),
           "work ends at {} ms, out of hours", now);
  }
  static std::int64_t initial_volume(const Simulator& simulator) {
    std::int64_t volume = 0;
    for (const SkuModel& sku : simulator.model().skus) volume += sku.initial_on_hand * sku.volume;
    return volume;
  }
  Account& of(std::int32_t sku) { return accounts_[static_cast<std::size_t>(sku)]; }
  static void look(const Simulator& simulator, std::int32_t sku) {
    const SkuState& state = simulator.state(sku);
    expect(state.on_hand >= 0 && state.backlog >= 0 && state.on_order >= 0,
           "SKU {}: on hand {}, backlog {}, on order {}", sku, state.on_hand, state.backlog, state.on_order);
    expect(state.on_hand == 0 || state.backlog == 0, "SKU {}: {} on hand while {} wait", sku, state.on_hand,
           state.backlog);
  }
  std::vector<Account> accounts_;
};

void expect_same(const Simulator& a, const Simulator& b) {
  expect(a.ledger_hash() == b.ledger_hash(), "ledger hashes {:016x} and {:016x}", a.ledger_hash(),
         b.ledger_hash());
  for (std::size_t i = 0; i < a.model().skus.size(); ++i) {
    const auto sku = static_cast<std::int32_t>(i);
    expect(std::memcmp(&a.lifetime_ledger(sku), &b.lifetime_ledger(sku), sizeof(SkuLedger)) == 0,
           "the ledgers of SKU {} differ", i);
  }
}

}  // namespace

TEST_CASE("nothing appears, disappears or falls below zero") {
  for_all(3'000, [](const Scenario& scenario) {
    Simulator simulator(decision_model(scenario)->warehouse);
    Books books(scenario.warehouse.skus.size());
    simulator.set_observer(&books);
    simulator.reset({1, Split::train, 3});
    run(simulator);
    const SkuLedger& ledger = simulator.lifetime_ledger(0);
    expect(ledger.days == scenario.warehouse.horizon.days, "{} days closed", ledger.days);
  });
}

TEST_CASE("a simulation that is saved and restored elsewhere goes on the same") {
  for_all(1'000, [](const Scenario& scenario) {
    const auto model = decision_model(scenario)->warehouse;
    Simulator straight(model);
    straight.reset({1, Split::train, 3});
    const int decisions = run(straight);
    for (const int stop : {0, 1, decisions / 2, decisions - 1}) {
      Simulator first(model);
      Simulator second(model);
      first.reset({1, Split::train, 3});
      second.reset({9, Split::tune, 5});
      run(second, 7);  // a past that must not show
      run(first, stop);
      std::vector<std::byte> bytes;
      first.save(bytes);
      second.restore(bytes);
      run(first);
      run(second);
      expect_same(straight, first);
      expect_same(straight, second);
    }
  });
}

TEST_CASE("what is saved at a decision can be restored before the orders are placed") {
  for_all(1'000, [](const Scenario& scenario) {
    const auto model = decision_model(scenario)->warehouse;
    Simulator first(model);
    Simulator second(model);
    first.reset({1, Split::train, 3});
    std::vector<std::byte> bytes;
    for (int decisions = 0; const auto decision = first.run_until_decision(); ++decisions) {
      if (decisions % 5 == 2) {
        first.save(bytes);
        const std::vector<std::int32_t> skus(decision->skus.begin(), decision->skus.end());
        second.restore(bytes);
        order_some(second, {second.now(), skus});
      }
      order_some(first, *decision);
    }
    if (bytes.empty()) return;
    run(second);
    expect_same(first, second);
  });
}

TEST_CASE("threads agree") {
  for_all(300, [](const Scenario& scenario) {
    const auto model = decision_model(scenario);
    const SomePolicy policy(model->warehouse);
    const auto hash = [&](int threads) {
      return evaluate(model, policy, {.replications = 8, .threads = threads}).ledger_hash();
    };
    const std::uint64_t alone = hash(1);
    for (const int threads : {2, 7})
      expect(hash(threads) == alone, "{} threads give another ledger", threads);
  });
}

TEST_CASE("engines agree") {
  // A rule that says how it orders may be evaluated by the period kernel; one that does not is simulated
  // event by event.
  for_all(1'000, [](const Scenario& scenario) {
    const auto model = decision_model(scenario);
    policies::PolicyParameters rule{"base_stock", {}, {}};
    for (const SkuSpec& sku : scenario.warehouse.skus) {
      rule.skus.push_back(sku.id);
      const std::uint64_t draw = mix64(rule.skus.size() + static_cast<std::uint64_t>(sku.pack_size));
      rule.values.push_back({static_cast<double>(draw % 40), static_cast<double>(draw / 64 % 3 * 10)});
    }
    const auto policy = policies::make_policy(rule);
    const Unexplained same(*policy);
    const EvaluationConfig config{.replications = 5};
    const auto hash_of = [&](const Policy& each) -> std::string {
      try {
        return fmt::format("{:016x}", evaluate(model, each, config).ledger_hash());
      } catch (const InputError& error) {  // a supplier that never delivers can have too many orders open
        return error.what();
      }
    };
    const std::string explained = hash_of(*policy);
    const std::string unexplained = hash_of(same);
    expect(explained == unexplained, "one engine gives {}, the other {}", explained, unexplained);
  });
}

TEST_CASE("a scenario that is written down and read back is the same") {
  for_all(1'000, [](const Scenario& scenario) {
    const std::string text = scenarios::resolved_yaml(scenario);
    const Scenario read = scenarios::read_yaml_text<Scenario>(text, "random.yaml");
    expect(scenarios::resolved_yaml(read) == text, "it is written differently:\n{}",
           scenarios::resolved_yaml(read));
    Simulator written(decision_model(scenario)->warehouse);
    Simulator again(decision_model(read)->warehouse);
    written.reset({});
    again.reset({});
    run(written);
    run(again);
    expect_same(written, again);
  });
}

TEST_CASE("a fork keeps what is known, and goes on the same for the same id") {
  for_all(1'000, [](const Scenario& scenario) {
    const auto model = decision_model(scenario)->warehouse;
    Simulator original(model);
    original.reset({1, Split::train, 3});
    run(original, 4);
    if (!original.run_until_decision()) return;
    std::vector<std::byte> state;
    original.save(state);
    Simulator first(model);
    Simulator second(model);
    first.fork(state, 7);
    second.fork(state, 7);
    for (std::int32_t sku = 0; sku < static_cast<std::int32_t>(model->skus.size()); ++sku) {
      const SkuState& was = original.state(sku);
      const SkuState& is = first.state(sku);
      expect(is.on_hand == was.on_hand && is.backlog == was.backlog && is.on_order == was.on_order &&
                 is.unseen == was.unseen,
             "SKU {}: a fork changes what is known", sku);
    }
    first.save(state);
    run(first);
    run(second);
    expect_same(first, second);
    second.restore(state);
    run(second);
    expect_same(first, second);
  });
}
