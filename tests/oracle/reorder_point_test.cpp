// Reorder-point policies against renewal theory: what they order, keep and owe, not only what they cost.
#include "tests/oracle/laws.h"
#include "tests/oracle/simulated.h"

using namespace restock;
using namespace restock::testing;

namespace {

/// Steady state of (s, S) at daily review with backlog (Zheng and Federgruen 1991, equations 3 to 6): after
/// the review the inventory position is S − j for m(j) days of a cycle on average, where m is the renewal
/// density of daily demand; j < S − s.
struct Cycle {
  std::vector<double> days;  ///< m(j)
  double length = 0;         ///< days from one order to the next

  Cycle(std::size_t steps, const Masses& day) {
    for (std::size_t j = 0; j < steps; ++j) {
      double m = j == 0 ? 1 : 0;
      for (std::size_t i = 1; i <= j && i < day.size(); ++i) m += day[i] * days[j - i];
      days.push_back(m / (1 - day[0]));
      length += days.back();
    }
  }
  /// The long-run average of what follows from the position after the review.
  template <class Function>
  double average(double highest, const Function& of_position) const {
    double sum = 0;
    for (std::size_t j = 0; j < days.size(); ++j)
      sum += days[j] * of_position(highest - static_cast<double>(j));
    return sum / length;
  }
};

void check_s_S(int s, int S, double mean, int lead_time, const Experiment& experiment) {
  const Cycle cycle(static_cast<std::size_t>(S - s), poisson_masses(mean));
  const Masses demand = poisson_masses(mean * (lead_time + 1));
  const double on_hand = cycle.average(S, [&](double y) { return expected_left(y, demand); });
  const double backlog = cycle.average(S, [&](double y) { return expected_short(y, demand); });
  check_figure(experiment, "orders_per_period", 1 / cycle.length);
  check_figure(experiment, "fixed_cost_per_period", 64 / cycle.length);
  check_figure(experiment, "average_on_hand", on_hand, 0.001);
  check_figure(experiment, "average_backlog", backlog, 0.01);  // rare
  check_figure(experiment, "no_stockout_days",
               cycle.average(S, [&](double y) { return at_most(static_cast<std::size_t>(y), demand); }));
  check_figure(experiment, "cost_per_period", 64 / cycle.length + on_hand + 9 * backlog, 0.001);
}

}  // namespace

TEST_CASE("(s, S) by renewal theory, without and with lead time") {
  const Cycle published(34, poisson_masses(10));
  const double cost =
      (64 + published.length * published.average(40,
                                                 [](double y) {
                                                   const Masses day = poisson_masses(10);
                                                   return expected_left(y, day) + 9 * expected_short(y, day);
                                                 })) /
      published.length;
  CHECK(cost == Approx(35.02156).epsilon(1e-6));
  check_s_S(6, 40, 10, 0, Experiment(zheng_federgruen(10, 100'000, 1'000), "s_S", {6, 40}, 60));
  WarehouseSpec later = zheng_federgruen(10, 100'000, 1'000);
  later.skus[0].supply.lead_time_days = LawSpec::constant(3);
  check_s_S(38, 75, 10, 3, Experiment(later, "s_S", {38, 75}, 60));
}

TEST_CASE("(r, Q): the inventory position is uniform on r + 1 to r + Q") {
  // Hadley and Whitin 1963, chapter 4: single customers, continuous review, constant lead time.
  SkuSpec sku = backlog_sku("item", poisson(4), LawSpec::constant(1.5));
  sku.supply.fixed_cost_per_order = 20;
  WarehouseSpec spec = warehouse_of({sku}, 20'000, 100);
  spec.arrivals = Arrivals::orders;
  spec.review = Review::continuous;
  constexpr int r = 7;
  constexpr int q = 6;
  const Experiment experiment(spec, "fixed_quantity", {r, q}, 100);
  const Masses demand = poisson_masses(6);
  double on_hand = 0, backlog = 0, served = 0;
  for (int y = r + 1; y <= r + q; ++y) {
    on_hand += expected_left(y, demand) / q;
    backlog += expected_short(y, demand) / q;
    served += at_most(static_cast<std::size_t>(y - 1), demand) / q;
  }
  check_figure(experiment, "average_on_hand", on_hand);
  check_figure(experiment, "average_backlog", backlog, 0.01);  // rare
  check_figure(experiment, "fill_rate", served);
  check_figure(experiment, "orders_per_period", 4.0 / q);
  check_figure(experiment, "cost_per_period", 20 * 4.0 / q + on_hand + 9 * backlog, 0.001);
}

TEST_CASE("a cycle has one day of demand where orders come at once: its service level") {
  // Base-stock 8 without lead time: a receipt follows every day with demand, so a cycle without a stockout is
  // a day of at most 8 units, given that it has any.
  const Masses day = poisson_masses(5);
  const Experiment experiment(
      warehouse_of({lost_sales_sku("item", poisson(5), LawSpec::constant(0))}, 50'000, 100), "base_stock",
      {8, 0}, 60);
  check_figure(experiment, "cycle_service_level", (at_most(8, day) - day[0]) / (1 - day[0]));
}

TEST_CASE("a fast mover's open orders are Poisson as well") {
  // Base-stock 20, 10 customers a day, lead times of mean 2: 3.553413 (random_lead_times.csv), by Palm's
  // theorem.
  const Masses open = poisson_masses(20);
  const double exact = expected_left(20, open) + expected_short(20, open);
  CHECK(exact == Approx(3.553413).epsilon(1e-6));
  SkuSpec sku = backlog_sku("item", poisson(10), LawSpec{"gamma", {{"mean", {2}}, {"cv", {0.8}}}});
  sku.costs.shortage_per_unit_day = 1;
  WarehouseSpec spec = warehouse_of({sku}, 3'000, 100);
  spec.arrivals = Arrivals::orders;
  spec.review = Review::continuous;
  const Experiment experiment(spec, "base_stock", {20, 0}, 100);
  check_figure(experiment, "cost_per_period", exact, 0.004);
  check_figure(experiment, "no_stockout_days", at_most(20, open), 0.004);
}
