// The two InvManagement environments of OR-Gym (Hubbs et al. 2020), as scenarios/literature has them: the
// mean reward of a static echelon base-stock policy, held against a simulation of the environment's own
// rules.
#include "experiments/prepared_scenario.h"
#include "tests/oracle/simulated.h"

using namespace restock;
using namespace restock::testing;

namespace {

/// One episode of the environment, as its step() goes: requests, of what a stage has before it receives and
/// at most what it makes in a day; receipts; demand; holding. Demand is drawn as the scenario draws it.
class OrGym {
 public:
  OrGym(bool has_backlog, std::array<std::int64_t, 3> levels) : has_backlog_(has_backlog), levels_(levels) {}

  double reward(const std::vector<std::int64_t>& demand) {
    double sum = 0;
    double weight = 1;
    for (std::size_t day = 0; day < demand.size(); ++day, weight *= 0.97)
      sum += weight * step(day, demand[day]);
    return sum;
  }

 private:
  static constexpr std::array<std::int64_t, 3> kLeadDays{3, 5, 10};
  static constexpr std::array<std::int64_t, 3> kCapacity{100, 90, 80};
  static constexpr std::array<double, 3> kHolding{0.15, 0.10, 0.05};

  double step(std::size_t day, std::int64_t demand) {
    request(day);
    for (std::size_t stage = 0; stage < 3; ++stage) {
      const auto placed = static_cast<std::int64_t>(day) - kLeadDays[stage];
      if (placed < 0) continue;
      const std::int64_t units = sent_[static_cast<std::size_t>(placed)][stage];
      on_hand_[stage] += units;
      on_the_way_[stage] -= units;
    }
    const std::int64_t wanted = demand + backlog_;
    const std::int64_t sold = std::min(on_hand_[0], wanted);
    on_hand_[0] -= sold;
    backlog_ = has_backlog_ ? wanted - sold : 0;
    double profit = 2.0 * static_cast<double>(sold) - 0.5 * static_cast<double>(sent_[day][2]) -
                    0.1 * static_cast<double>(wanted - sold);
    for (std::size_t stage = 0; stage < 3; ++stage)
      profit -= kHolding[stage] * static_cast<double>(on_hand_[stage]);
    return profit;
  }

  void request(std::size_t day) {
    std::array<std::int64_t, 3> units{};
    std::int64_t position = -backlog_;
    for (std::size_t stage = 0; stage < 3; ++stage) {
      position += on_hand_[stage] + on_the_way_[stage];
      units[stage] = std::clamp<std::int64_t>(levels_[stage] - position, 0, kCapacity[stage]);
      if (stage < 2) units[stage] = std::min(units[stage], on_hand_[stage + 1]);
    }
    for (std::size_t stage = 0; stage < 3; ++stage) {
      on_the_way_[stage] += units[stage];
      if (stage < 2) on_hand_[stage + 1] -= units[stage];
    }
    sent_.resize(day + 1);
    sent_[day] = units;
  }

  bool has_backlog_;
  std::array<std::int64_t, 3> levels_;
  std::array<std::int64_t, 3> on_hand_{100, 100, 200};
  std::array<std::int64_t, 3> on_the_way_{};
  std::vector<std::array<std::int64_t, 3>> sent_;
  std::int64_t backlog_ = 0;
};

constexpr std::int64_t kEpisodes = 20'000;

std::vector<std::int64_t> demand_of(const WarehouseModel& warehouse, std::uint64_t episode) {
  const Stream stream({1, Split::evaluate, episode}, Purpose::demand, 0);
  std::vector<std::int64_t> demand;
  for (std::int64_t day = 0; day < 30; ++day)
    demand.push_back(warehouse.skus[0].demand.front().sample(stream.bits(day)));
  return demand;
}

/// The scenario and the environment meet the same customers in each episode.
void check_environment(const std::string& name, bool has_backlog, std::array<std::int64_t, 3> levels,
                       double published) {
  const auto scenario = experiments::prepare_scenario(
      {.scenario_file = std::string(RESTOCK_SOURCE_DIR) + "/scenarios/literature/" + name + ".yaml",
       .evaluation_only = true,
       .forecasts = false});
  const auto model = scenario.evaluation;
  policies::PolicyParameters rule{"echelon_base_stock", {}, {}};
  for (const SkuModel& sku : model->warehouse->skus) rule.skus.push_back(sku.id);
  const auto level = [&](std::size_t stage) { return static_cast<double>(levels[stage]); };
  rule.values = {{level(0)}, {1e6}, {level(1)}, {1e6}, {level(2)}};
  rule.model = model;
  const std::int64_t episodes = kEpisodes / kShorter;
  const Evaluation evaluation =
      evaluate(model, *policies::make_policy(rule),
               {.seed = 1, .replications = episodes, .threads = available_threads()});
  double sum = 0;
  for (std::size_t episode = 0; episode < evaluation.replications.size(); ++episode) {
    const double profit =
        kpis_of(*model->warehouse, evaluation.replications[episode].ledgers).discounted_profit;
    const double reward = OrGym(has_backlog, levels).reward(demand_of(*model->warehouse, episode));
    if (std::abs(profit - reward) > 1e-6) FAIL("episode " << episode << ": " << profit << " " << reward);
    sum += profit;
  }
  CHECK(sum / static_cast<double>(episodes) == Approx(published).epsilon(0.003 * kCoarser));
}

}  // namespace

TEST_CASE("OR-Gym's two networks earn what they earn there, episode by episode") {
  check_environment("orgym_invmgmt_v0", true, {90, 209, -1'000'000}, 412.93);
  check_environment("orgym_invmgmt_v1", false, {94, 211, -1'000'000}, 451.95);
}
