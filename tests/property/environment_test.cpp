// What holds of every environment: masks, rewards, threads, saving.
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>

#include "env/sim/kpis.h"
#include "env/vector_env.h"
#include "tests/property/for_all.h"
#include "tests/property/random_scenario.h"

using namespace restock;
using namespace restock::property;

namespace {

/// One environment with its buffers, and a hand that picks legal actions.
class Player {
 public:
  explicit Player(std::shared_ptr<const EnvModel> model)
      : model_(std::move(model)),
        env_(model_),
        observations_(env_.rows() * model_->observation.width()),
        masks_(env_.rows() * model_->action.actions()),
        rewards_(env_.rows()),
        actions_(env_.rows()) {}

  void reset() { env_.reset({1, Split::train, 3}, {observations_, masks_}); }
  void choose(std::uint64_t step) {
    const std::size_t n = model_->action.actions();
    for (std::size_t row = 0; row < env_.rows(); ++row) {
      const std::uint64_t draw = mix64(mix64(step) + row);
      std::size_t action = draw % 2 == 0 ? 0 : mix64(draw) % n;
      while (masks_[row * n + action] == 0) --action;  // 0 is always legal
      actions_[row] = static_cast<std::int32_t>(action);
    }
  }
  bool step() { return env_.step(actions_, {observations_, masks_}, rewards_); }
  std::span<const std::uint8_t> mask(std::size_t row) const {
    const std::size_t n = model_->action.actions();
    return std::span(masks_).subspan(row * n, n);
  }

  std::shared_ptr<const EnvModel> model_;
  ReplenishmentEnv env_;
  std::vector<float> observations_;
  std::vector<std::uint8_t> masks_;
  std::vector<double> rewards_;
  std::vector<std::int32_t> actions_;
};

/// Short horizons may hold no decision at all, which environments refuse: nothing is claimed of those.
void for_all_with_decisions(int count, const Property& property) {
  for_all(count, [&](const Scenario& scenario) {
    try {
      property(scenario);
    } catch (const InputError& error) {
      if (std::string_view(error.what()).find("holds no decision") == std::string_view::npos) throw;
    }
  });
}

/// A legal action orders what the SKU's limits allow; an illegal one would break them or order nothing.
void check_choice(const ActionSpec& action, const SkuModel& sku, const DecisionBatch& batch, std::size_t row,
                  std::size_t index, bool is_legal) {
  bool would_be_legal = true;
  Quantity wanted_in_all = 0;
  for (std::size_t source = 0; source < action.sources(); ++source) {
    const Quantity wanted = action.decode(batch, row, index, source);
    wanted_in_all += wanted;
    if (wanted == 0) continue;
    const bool is_open = source < sku.sources.size() && (batch.open_sources[row] >> source & 1) != 0;
    const Quantity ordered = is_open ? legal_order_quantity(sku.sources[source], wanted) : 0;
    would_be_legal &= is_open;
    if (is_legal) expect(ordered > 0, "SKU {}: action {} asks for {}, orders none", row, index, wanted);
    if (action.kind() == ActionKind::order_quantity)
      would_be_legal &= ordered == wanted && static_cast<double>(wanted) <= action.maximum();
  }
  if (action.sources() > 1 && action.kind() != ActionKind::order_quantity)
    return;  // one may want nothing more
  expect(is_legal == (would_be_legal && wanted_in_all > 0), "SKU {}: action {} asks for {}, legal: {}", row,
         index, wanted_in_all, is_legal);
}

void check_mask(const Player& player, const DecisionBatch& batch, std::size_t row) {
  const SkuModel& sku = player.model_->decisions->warehouse->skus[row];
  const auto mask = player.mask(row);
  expect(mask[0] == 1, "SKU {}: ordering nothing is forbidden", row);
  for (std::size_t i = 1; i < mask.size(); ++i)
    check_choice(player.model_->action, sku, batch, row, i, mask[i] != 0);
}

/// What is ordered keeps to the limits, where no joint order has changed it.
void check_order(const SkuModel& sku, const SkuLedger& before, const SkuLedger& after, bool may_order) {
  const Quantity quantity = after.ordered - before.ordered;
  const bool was_adjusted = after.adjusted != before.adjusted;
  expect(may_order || quantity == 0, "SKU '{}' ordered {} though it was not asked", sku.id, quantity);
  if (quantity == 0 || sku.sources.size() > 1 || was_adjusted) return;
  const SourceModel& source = sku.regular();
  expect(quantity % source.pack_size == 0 && quantity >= source.minimum_order_quantity &&
             (source.maximum_order_quantity == 0 || quantity <= source.maximum_order_quantity),
         "SKU '{}' ordered {}", sku.id, quantity);
}

/// What rounding is measured against: what expires may bring something, so that costs may cancel.
double size_of(const Costs& costs) {
  return costs.purchase + costs.fixed + costs.holding + costs.shortage + std::abs(costs.disposal) +
         costs.freight;
}

}  // namespace

TEST_CASE("masks are obeyed") {
  for_all_with_decisions(1'000, [](const Scenario& scenario) {
    Player player(environment_model(scenario));
    const auto& skus = player.model_->decisions->warehouse->skus;
    const Simulator& simulator = player.env_.process().simulator();
    player.reset();
    std::vector<SkuLedger> before(skus.size());
    bool over = false;
    for (std::uint64_t step = 0; !over; ++step) {
      const DecisionBatch& batch = player.env_.process().batch();
      const auto due = player.env_.process().due();
      std::vector<bool> may_order(skus.size());
      for (const std::int32_t sku : due) may_order[static_cast<std::size_t>(sku)] = true;
      for (std::size_t row = 0; row < skus.size(); ++row) {
        before[row] = simulator.lifetime_ledger(static_cast<std::int32_t>(row));
        if (may_order[row]) check_mask(player, batch, row);
        const auto mask = player.mask(row);
        expect(may_order[row] || std::count(mask.begin(), mask.end(), 1) == 1,
               "SKU {} is not asked and has a choice", row);
      }
      player.choose(step);
      over = player.step();
      for (std::size_t row = 0; row < skus.size(); ++row)
        check_order(skus[row], before[row], simulator.lifetime_ledger(static_cast<std::int32_t>(row)),
                    may_order[row]);
    }
  });
}

TEST_CASE("cost is the sum of its parts and minus the sum of rewards") {
  for_all_with_decisions(1'000, [](const Scenario& scenario) {
    Player player(environment_model(scenario));
    const auto& skus = player.model_->decisions->warehouse->skus;
    const Simulator& simulator = player.env_.process().simulator();
    player.reset();
    std::vector<SkuLedger> before(skus.size());
    std::vector<double> sums(skus.size()), sizes(skus.size());
    for (std::size_t row = 0; row < skus.size(); ++row)
      before[row] = simulator.lifetime_ledger(static_cast<std::int32_t>(row));
    const std::vector<SkuLedger> first = before;
    bool over = false;
    for (std::uint64_t step = 0; !over; ++step) {
      player.choose(step);
      over = player.step();
      for (std::size_t row = 0; row < skus.size(); ++row) {
        const SkuLedger& now = simulator.lifetime_ledger(static_cast<std::int32_t>(row));
        const double cost = costs_of(now - before[row], skus[row].rates).total();
        expect(player.rewards_[row] == -cost, "step {}: a reward of {}, a cost of {}", step,
               player.rewards_[row], cost);
        sums[row] -= player.rewards_[row];
        sizes[row] += size_of(costs_of(now - before[row], skus[row].rates));
        before[row] = now;
      }
    }
    for (std::size_t row = 0; row < skus.size(); ++row) {
      const double whole = costs_of(before[row] - first[row], skus[row].rates).total();
      expect(std::abs(whole - sums[row]) <= 1e-13 * (1 + sizes[row]), "SKU {}: a cost of {}, rewards of {}",
             row, whole, sums[row]);
    }
  });
}

TEST_CASE("the parts of the cost that indicators show add up to it") {
  for_all_with_decisions(1'000, [](const Scenario& scenario) {
    Player player(environment_model(scenario));
    const WarehouseModel& warehouse = *player.model_->decisions->warehouse;
    player.reset();
    bool over = false;
    for (std::uint64_t step = 0; !over; ++step) {
      player.choose(step);
      over = player.step();
    }
    std::vector<SkuLedger> ledgers;
    for (std::size_t row = 0; row < warehouse.skus.size(); ++row)
      ledgers.push_back(player.env_.process().simulator().counted_ledger(static_cast<std::int32_t>(row)));
    const Kpis kpis = kpis_of(warehouse, ledgers);
    double parts = 0;
    double size = 0;
    for (const KpiColumn& column : kpi_columns()) {
      if (!column.name.ends_with("_cost_per_period")) continue;
      parts += kpis.*column.value;
      size += std::abs(kpis.*column.value);
    }
    expect(std::abs(parts - kpis.cost_per_period) <= 1e-12 * size, "parts {}, cost {}", parts,
           kpis.cost_per_period);
  });
}

TEST_CASE("environments that are saved and restored elsewhere go on the same") {
  for_all_with_decisions(1'000, [](const Scenario& scenario) {
    const auto model = environment_model(scenario);
    Player first(model);
    Player second(model);
    first.reset();
    std::uint64_t step = 0;
    bool over = false;
    for (; step < 6 && !over; ++step) {
      first.choose(step);
      over = first.step();
    }
    std::vector<std::byte> bytes;
    first.env_.save(bytes);
    second.env_.restore(bytes, {second.observations_, second.masks_});
    for (;; ++step) {
      expect(first.observations_ == second.observations_ && first.masks_ == second.masks_,
             "step {}: they see something else", step);
      if (over) return;
      first.choose(step);
      second.choose(step);
      over = first.step();
      expect(second.step() == over && first.rewards_ == second.rewards_, "step {}: they go apart", step);
    }
  });
}

TEST_CASE("vectors of environments do the same with any number of threads") {
  for_all_with_decisions(300, [](const Scenario& scenario) {
    const auto model = environment_model(scenario);
    const Autoreset autoreset =
        scenario.warehouse.skus.size() % 2 == 0 ? Autoreset::same_step : Autoreset::next_step;
    ReplenishmentVectorEnv alone(model, {.environments = 5, .autoreset = autoreset});
    ReplenishmentVectorEnv shared(model, {.environments = 5, .autoreset = autoreset, .threads = 2});
    StepBuffers a(alone.dimensions());
    StepBuffers b(alone.dimensions());
    alone.reset(a);
    shared.reset(b);
    std::vector<std::int32_t> actions(alone.dimensions().rows());
    for (std::uint64_t step = 0; step < 40; ++step) {
      for (std::size_t row = 0; row < actions.size(); ++row) {
        std::size_t action = mix64(mix64(step) + row) % (2 * model->action.actions());
        if (action >= model->action.actions()) action = 0;
        while (a.masks[row * model->action.actions() + action] == 0) --action;
        actions[row] = static_cast<std::int32_t>(action);
      }
      alone.step(actions, a);
      shared.step(actions, b);
      expect(a.observations == b.observations && a.masks == b.masks && a.rewards == b.rewards &&
                 a.truncated == b.truncated && a.restarted == b.restarted && a.final_masks == b.final_masks &&
                 a.final_observations == b.final_observations,
             "step {}: two threads give something else", step);
    }
  });
}
