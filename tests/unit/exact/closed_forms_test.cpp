// Examples of Snyder and Shen 2019, "Fundamentals of Supply Chain Theory".
#include "agents/policies/exact/closed_forms.h"

#include <catch2/catch.hpp>

using namespace restock::exact;

TEST_CASE("economic order quantities: examples 3.1 and 3.8") {
  const LotSize plain = economic_order_quantity(8, 0.225, 1300);
  CHECK(plain.quantity == Approx(304.0467800264368).epsilon(1e-13));
  CHECK(plain.cost == Approx(68.410525505948272).epsilon(1e-13));
  const LotSize waits = economic_order_quantity(8, 0.225, 1300, 5);
  CHECK(waits.quantity == Approx(310.8125551589646).epsilon(1e-13));
  CHECK(waits.backlog_share == Approx(0.043062200956938).epsilon(1e-12));
  CHECK(waits.cost == Approx(66.921363550973254).epsilon(1e-13));
}

TEST_CASE("the newsvendor with normal demand: examples 4.3 and 4.4") {
  const BaseStockLevel once = normal_base_stock(50, 8, 1, 0.18, 0.7);
  CHECK(once.level == Approx(56.603955927433887).epsilon(1e-12));
  CHECK(once.cost == Approx(1.997605193176645).epsilon(1e-12));
  const BaseStockLevel late = normal_base_stock(50, 8, 5, 0.18, 0.7);
  CHECK(late.level == Approx(264.7668943741548).epsilon(1e-12));
  CHECK(late.cost == Approx(4.466781004149578).epsilon(1e-12));
}

TEST_CASE("lot sizes for known demand: example 3.9, problem 3.27, and with prices that change") {
  const LotPlan plan = best_lots({90, 120, 80, 70}, 500, 2);
  CHECK(plan.cost == Approx(1380));
  CHECK(plan.orders == std::vector<double>{210, 0, 150, 0});
  CHECK(best_lots({150, 100, 80, 200}, 120, 0.8).cost == Approx(424));
  CHECK(best_lots({400, 500, 500, 1100, 900}, 100, 0.1, {3, 1, 4, 6, 6}).cost == Approx(4940));
  CHECK(best_lots({}, 100, 1).cost == 0);
}

TEST_CASE("base-stock against disruptions: example 9.3") {
  const BaseStockLevel best = base_stock_with_disruptions(2000, 0.25, 3, 0.04, 0.25);
  CHECK(best.level == Approx(8000));
  CHECK(best.cost == Approx(2737.068965490435).epsilon(1e-8));
}
