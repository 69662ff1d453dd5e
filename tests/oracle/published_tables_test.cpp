// Every policy with known parameters in the published tables beside the checkout.
#include <filesystem>
#include <iostream>
#include <regex>

#include "env/core/csv.h"
#include "tests/oracle/simulated.h"

using namespace restock;
using namespace restock::testing;

namespace {

/// The file, or "" after having said that it is missing.
std::string table(const std::string& name) {
  const char* set = std::getenv("RESTOCK_SHARED");
  const std::string file = (set ? set : std::string(RESTOCK_SOURCE_DIR) + "/../shared") + "/anchors/" + name;
  if (std::filesystem::exists(file)) return file;
  std::cout << "SKIPPED: no " << file << "; set RESTOCK_SHARED to the folder that holds anchors/\n";
  SUCCEED();
  return "";
}

}  // namespace

TEST_CASE("lost sales: base-stock and capped base-stock of all published instances") {
  const std::string file = table("lost_sales.csv");
  if (file.empty()) return;
  static const std::regex instance("zipkin_(poisson|geo)_L([0-9]+)_p([0-9]+)");
  static const std::regex levels("S=([0-9]+)(;r=([0-9]+))?.*");
  int checked = 0;
  for (CsvReader rows(file); rows.next();) {
    const std::vector<std::string>& row = rows.fields();
    std::smatch about;
    std::smatch best;
    if (row[2] != "base_stock" && row[2] != "capped_base_stock") continue;
    if (!std::regex_match(row[0], about, instance) || !std::regex_match(row[6], best, levels)) continue;
    const LawSpec demand{about[1] == "geo" ? "geometric" : "poisson", {{"mean", {5}}}};
    SkuSpec sku = lost_sales_sku("item", demand, LawSpec::constant(std::stod(about[2])));
    sku.costs.shortage_per_unit = std::stod(about[3]);
    const double cap = best[3].matched ? std::stod(best[3]) : 0;
    INFO(row[0] << " " << row[6]);
    check_figure(Experiment(warehouse_of({sku}, 10'000, 500), "base_stock", {std::stod(best[1]), cap}, 50),
                 "cost_per_period", std::stod(row[3]), 0.004);
    ++checked;
  }
  CHECK(checked >= 48);
}

TEST_CASE("fixed cost and backlog: all published (s, S) policies") {
  const std::string file = table("backorder.csv");
  if (file.empty()) return;
  static const std::regex instance("zheng_federgruen_lam([0-9]+)");
  static const std::regex best("own \\(([0-9]+),([0-9]+)\\) ([0-9.]+)");
  int checked = 0;
  for (CsvReader rows(file); rows.next();) {
    const std::vector<std::string>& row = rows.fields();
    std::smatch about;
    std::smatch own;
    if (!std::regex_match(row[0], about, instance) || !std::regex_match(row[6], own, best)) continue;
    INFO(row[0] << " " << row[6]);
    check_figure(Experiment(zheng_federgruen(std::stod(about[1]), 10'000, 200), "s_S",
                            {std::stod(own[1]), std::stod(own[2])}, 50),
                 "cost_per_period", std::stod(own[3]), 0.001);
    ++checked;
  }
  CHECK(checked == 14);
}

TEST_CASE("orders that cross: base-stock of all published instances") {
  const std::string file = table("random_lead_times.csv");
  if (file.empty()) return;
  static const std::regex instance("rlt_(exponential|uniform)_lam([0-9]+)_h([0-9]+)_b([0-9]+)");
  static const std::regex level("base-stock S=([0-9]+)");
  static const std::regex exact("exact M/G/inf newsvendor ([0-9.]+).*");
  int checked = 0;
  for (CsvReader rows(file); rows.next();) {
    const std::vector<std::string>& row = rows.fields();
    std::smatch about;
    std::smatch best;
    std::smatch cost;
    if (!std::regex_match(row[0], about, instance) || !std::regex_match(row[2], best, level)) continue;
    REQUIRE(std::regex_match(row[6], cost, exact));
    const LawSpec lead_time =
        about[1] == "uniform" ? LawSpec{"uniform", {{"minimum", {0}}, {"maximum", {4}}}} : exponential(2);
    SkuSpec sku = backlog_sku("item", poisson(std::stod(about[2])), lead_time);
    sku.costs.holding_per_unit_day = std::stod(about[3]);
    sku.costs.shortage_per_unit_day = std::stod(about[4]);
    WarehouseSpec spec = warehouse_of({sku}, 1'500, 50);
    spec.arrivals = Arrivals::orders;
    spec.review = Review::continuous;
    INFO(row[0] << " " << row[2]);
    check_figure(Experiment(spec, "base_stock", {std::stod(best[1]), 0}, 50), "cost_per_period",
                 std::stod(cost[1]), 0.02);
    ++checked;
  }
  CHECK(checked == 16);
}
