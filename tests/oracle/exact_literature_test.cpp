// scenarios/literature: what restock solve says of every instance, beside what has been published.
#include <cmath>

#include "experiments/solve.h"
#include "tests/oracle/simulated.h"

using namespace restock;
using namespace restock::experiments;

namespace {

std::string folder() {
  return std::string(RESTOCK_SOURCE_DIR) + "/scenarios/literature";
}

/// Of random lead times only base-stock has an exact cost, of known demand on four days only the best lots;
/// ten days of lead time are too many; a network with largest orders is simulated.
bool has_optimum(const std::string& file) {
  for (const char* without :
       {"random_lead_times", "snyder_shen_3_9", "snyder_shen_3_27", "zipkin_poisson_L10", "orgym"})
    if (file.find(without) != std::string::npos) return false;
  return true;
}

/// Figures are printed with five or six decimals, or three in discounted ones, which depend on where the tail
/// of a gamma law is cut.
void check(const SolvedScenario& solved) {
  INFO(solved.file);
  CHECK(solved.refusal.empty() == has_optimum(solved.file));
  CHECK(solved.result.converged);
  REQUIRE(!solved.published.empty());
  CHECK(!std::isnan(solved.published.front().ours.value));
  for (const PublishedComparison& each : solved.published) {
    if (std::isnan(each.ours.value)) continue;
    INFO(each.metric << " " << each.ours.value << " " << each.theirs);
    if (!std::isnan(each.ours.half_width)) {  // both are simulated
      CHECK(std::abs(each.difference()) <= 3e-3 * each.theirs);
      continue;
    }
    const bool is_discounted = each.metric.find("discounted") != std::string::npos;
    const bool is_restricted =
        each.metric == "optimal_cost_per_day" && solved.file.find("haijema") != std::string::npos;
    CHECK(each.difference() <= (is_discounted ? 6e-6 * each.theirs : 5e-5));
    CHECK(each.difference() >= (is_restricted   ? -1e-4 * each.theirs
                                : is_discounted ? -6e-6 * each.theirs
                                                : -5e-5));
  }
}

}  // namespace

TEST_CASE("every instance of the literature that is solved in no time") {
  for (const char* name : {"zipkin_poisson_L4_p9",
                           "zipkin_geometric_L2_p4",
                           "bijvank_2015",
                           "zheng_federgruen_40",
                           "snyder_shen_4_7",
                           "snyder_shen_5_8",
                           "de_moor_m2_exp1",
                           "haijema_minner_L1_cv0.75_fifo",
                           "haijema_minner_L1_cv0.75_by_customer",
                           "orgym_invmgmt_v0",
                           "orgym_invmgmt_v1",
                           "hendrix_2019_m2",
                           "dual_sourcing_l2_premium5",
                           "vanvuchelen_setting_1",
                           "vanvuchelen_setting_5_discounted",
                           "crossing_lam1_h1_b1",
                           "shang_song_1",
                           "shang_song_17",
                           "snyder_shen_6_1",
                           "snyder_shen_3_1",
                           "snyder_shen_3_9",
                           "snyder_shen_4_4",
                           "snyder_shen_9_3",
                           "dual_sourcing_l4_ce110",
                           "zipkin_poisson_L10_p4"})
    check(solve_scenarios({.scenario = folder() + "/" + name + ".yaml"}).front());
}

TEST_CASE("every instance of the literature", "[long]") {
  const auto all = solve_scenarios({.scenario = folder(), .threads = available_threads()});
  CHECK(all.size() >= 100);
  for (const SolvedScenario& solved : all) check(solved);
}
