// Waiting for pickers and docks against queueing theory. Customers who come one by one, a Poisson number a
// day, are a Poisson process; so are the orders that arrive under one-for-one replenishment with lead times
// without memory (the output of M/G/∞, Mirasol 1963).
#include "tests/oracle/laws.h"
#include "tests/oracle/simulated.h"

using namespace restock;
using namespace restock::testing;

namespace {

/// Stock for ever, no orders but a look once a year.
WarehouseSpec pickers(double customers_per_hour, std::int64_t number, double lines_per_hour,
                      std::int64_t days) {
  SkuSpec sku = lost_sales_sku("item", poisson(24 * customers_per_hour), LawSpec::constant(1));
  sku.initial_on_hand = Quantity{1} << 40;
  sku.supply.review_period_days = 365;
  WarehouseSpec spec = warehouse_of({sku}, days, 20);
  spec.arrivals = Arrivals::orders;
  spec.facility.pickers.number = number;
  spec.facility.pickers.hours_per_line = exponential(1 / lines_per_hour);
  return spec;
}

/// One-for-one orders of a SKU whose customers wait, to be unloaded at some docks.
WarehouseSpec docks(double orders_per_hour, std::int64_t number, double receipts_per_hour,
                    std::int64_t days) {
  SkuSpec sku = backlog_sku("item", poisson(24 * orders_per_hour), exponential(0.1));
  WarehouseSpec spec = warehouse_of({sku}, days, 20);
  spec.arrivals = Arrivals::orders;
  spec.review = Review::continuous;
  spec.facility.docks.number = number;
  spec.facility.docks.hours_per_receipt = exponential(1 / receipts_per_hour);
  return spec;
}

/// Erlang C: the mean time in the system M/M/c, from Erlang's loss formula (Cooper 1981, "Introduction to
/// Queueing Theory", 3.4).
double mean_sojourn(int servers, double arrivals, double service) {
  const double load = arrivals / service;
  const double blocked = erlang_b(servers, load);
  const double utilisation = load / servers;
  const double waits = blocked / (1 - utilisation * (1 - blocked));
  return waits / (servers * service - arrivals) + 1 / service;
}

void check_pickers(double arrivals, int servers, double service, std::int64_t days, double precision) {
  const Experiment experiment(pickers(arrivals, servers, service, days), "base_stock", {0, 0}, 60);
  check_figure(experiment, "hours_to_pick", mean_sojourn(servers, arrivals, service), precision);
  check_figure(experiment, "picker_utilisation", arrivals / (servers * service), precision);
}

void check_docks(double arrivals, int servers, double service, std::int64_t days, double precision) {
  const Experiment experiment(docks(arrivals, servers, service, days), "base_stock", {5, 0}, 60);
  check_figure(experiment, "hours_to_shelf", mean_sojourn(servers, arrivals, service), precision);
  check_figure(experiment, "dock_utilisation", arrivals / (servers * service), precision);
}

}  // namespace

TEST_CASE("the closed forms of M/M/c at two points") {
  CHECK(mean_sojourn(1, 9, 10) == Approx(1));
  // P(wait) = 0.647191 for three servers and a load of 2.4.
  CHECK(mean_sojourn(3, 24, 10) == Approx(0.6471909 / 6 + 0.1).epsilon(1e-6));
}

TEST_CASE("one picker is M/M/1") {
  check_pickers(5, 1, 10, 500, 0.002);
  check_pickers(9, 1, 10, 3'000, 0.01);
}

TEST_CASE("a picker of constant speed is M/D/1") {
  // Pollaczek and Khinchine: half the wait of M/M/1.
  WarehouseSpec spec = pickers(8, 1, 10, 1'000);
  spec.facility.pickers.hours_per_line = LawSpec::constant(0.1);
  const Experiment experiment(spec, "base_stock", {0, 0}, 60);
  check_figure(experiment, "hours_to_pick", 0.1 + 0.8 / (2 * (10 - 8)), 0.003);
}

TEST_CASE("three pickers are M/M/3") {
  check_pickers(24, 3, 10, 500, 0.005);
}

TEST_CASE("one dock is M/M/1 under one-for-one replenishment") {
  check_docks(2, 1, 4, 300, 0.008);
  check_docks(1.8, 1, 2, 2'000, 0.03);
}

TEST_CASE("three docks are M/M/3 under one-for-one replenishment") {
  check_docks(7.2, 3, 3, 300, 0.01);
}

TEST_CASE("queues, precisely", "[long]") {
  check_pickers(9, 1, 10, 20'000, 0.0036);
  check_pickers(24, 3, 10, 10'000, 0.0013);
  check_docks(2, 1, 4, 5'000, 0.0025);
  check_docks(1.8, 1, 2, 10'000, 0.015);
}

TEST_CASE("orders do not wait for a dock that is always free") {
  const Experiment experiment(docks(2, 1'000, 4, 300), "base_stock", {5, 0}, 60);
  check_figure(experiment, "hours_to_shelf", 0.25, 0.005);
}
