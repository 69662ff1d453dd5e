#include "agents/bundle/decide.h"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <nlohmann/json.hpp>

#include "agents/policies/registry.h"
#include "env/core/error.h"
#include "tests/unit/bundle/exported.h"

using namespace restock;
using namespace restock::bundle;

namespace {

std::vector<std::string> problems_of(const std::function<void()>& action) {
  std::vector<std::string> texts;
  try {
    action();
  } catch (const InputError& error) {
    for (const Problem& problem : error.problems()) texts.push_back(problem.text());
  }
  return texts;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all.append(text).append("\n");
  return all;
}

/// A shop with a policy exported from it, and files beside.
struct Desk {
  explicit Desk(Forecasts forecasts = Forecasts::none, bool network = false,
                ActionKind kind = ActionKind::cover)
      : shop(kind, forecasts) {
    if (network) {
      shop.export_network(folder.file("bundle"));
    } else if (forecasts != Forecasts::none) {
      policies::PolicyParameters rule{"forecast_order_up_to", {"milk", "rice", "tea"}, {}};
      rule.values.assign(3, {0.9, 0, 0});
      shop.export_rule(folder.file("bundle"), rule);
    } else {
      shop.export_rule(folder.file("bundle"), base_stock_rule());
    }
    bundle = load_bundle(folder.file("bundle"));
  }

  Orders decide_on(const std::string& state, const std::string& history = "",
                   std::optional<Date> date = {}) const {
    const std::string history_file = history.empty() ? "" : folder.file_with("sales.csv", history);
    return decide(bundle, {folder.file_with("state.csv", state), history_file}, date);
  }
  std::vector<std::string> problems(const std::string& state, const std::string& history = "",
                                    std::optional<Date> date = {}) const {
    return problems_of([&] { decide_on(state, history, date); });
  }
  /// The shop's history up to a day, as CSV.
  std::string sales(std::size_t days) const {
    std::string csv = "unique_id,ds,y\n";
    for (std::size_t s = 0; s < shop.history.series(); ++s)
      for (std::size_t day = 0; day < days; ++day)
        csv += fmt::format("{},{},{}\n", shop.history.ids[s], format_date(shop.history.date(day)),
                           shop.history.sales_of(s)[day]);
    return csv;
  }

  Shop shop;
  TemporaryFolder folder;
  Bundle bundle;
};

}  // namespace

TEST_CASE("a base-stock bundle orders up to its levels in legal quantities, and says why", "[bundle]") {
  const Desk desk;
  const Orders orders = desk.decide_on("id,on_hand,backlog,on_order\ntea,1,0,0\nrice,3,4,18\nmilk,10,0,9\n");
  REQUIRE(orders.lines.size() == 3);
  CHECK_FALSE(orders.date);

  const OrderLine& tea = orders.lines[0];  // 4 − 1 = 3
  CHECK(tea.id == "tea");
  CHECK(tea.order_quantity == 3);
  CHECK(tea.position_after_order == 4);
  const OrderLine& rice = orders.lines[1];  // 20 − (3 + 18 − 4) = 3, at least 5
  CHECK(rice.inventory_position == 17);
  CHECK(rice.order_quantity == 5);
  CHECK(rice.position_after_order == 22);
  CHECK(rice.expected_demand == Approx(15).epsilon(1e-6));
  CHECK(rice.interval_days == 5);
  CHECK_FALSE(rice.forecast_level);
  CHECK(rice.reason ==
        "position 17 (3 on hand + 18 on order - 4 backlog); mean demand 15.0 in 5 days; order 5 (3 raised to "
        "the smallest order): "
        "22 is 1.47 times that");
  const OrderLine& milk = orders.lines[2];  // 30 − 19 = 11, in packs of 4
  CHECK(milk.order_quantity == 12);
  CHECK_THAT(milk.reason, Catch::Contains("order 12 (11 rounded up to packs of 4)"));
}

TEST_CASE("nothing is ordered where the position is high, and the largest order binds", "[bundle]") {
  const Desk desk;
  const Orders orders = desk.decide_on("id,on_hand\nmilk,99\nrice,0\ntea,0\n");
  CHECK(orders.lines[0].order_quantity == 0);
  CHECK_THAT(orders.lines[0].reason, Catch::Contains("no order"));
  CHECK(orders.lines[0].position_after_order == 99);
  CHECK(orders.lines[1].order_quantity == 20);
}

TEST_CASE("orders print as CSV and as JSON", "[bundle]") {
  const Desk desk;
  const Orders orders =
      desk.decide_on("id,on_hand,date\nmilk,4,2026-03-02\nrice,20,2026-03-02\ntea,0,2026-03-02\n");
  const std::string csv = orders_csv(orders);
  CHECK(csv.starts_with(
      "id,order_quantity,inventory_position,position_after_order,interval_days,expected_demand,"
      "forecast_level,forecast_quantile,reason\nmilk,16,4,20,3,18,,,position 4 (4 on hand); "));
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 4);
  const auto json = nlohmann::json::parse(orders_json(desk.bundle, orders));
  CHECK(json["policy"] == "base_stock");
  CHECK(json["date"] == "2026-03-02");
  CHECK(json["orders"][1]["id"] == "rice");
  CHECK(json["orders"][1]["order_quantity"] == 0);
  CHECK(json["orders"][1]["forecast_level"].is_null());
}

TEST_CASE("everything that is wrong with a state is said at once, where it stands", "[bundle]") {
  const Desk desk;
  const auto problems =
      desk.problems("id,on_hand,backlog\nmilk,-3,x\ncoffee,1,0\nmilk,1,0\nric,2,0\ntea,1.5,-1\n");
  const std::string all = joined(problems);
  INFO(all);
  CHECK(problems.size() == 8);
  CHECK_THAT(all, Catch::Contains(
                      "state.csv:2: column 'on_hand': -3 is negative; write what customers still wait for"));
  CHECK_THAT(all, Catch::Contains("state.csv:2: column 'backlog': 'x', expected a whole number"));
  CHECK_THAT(all, Catch::Contains("state.csv:3: SKU 'coffee' is not in the bundle"));
  CHECK_THAT(all, Catch::Contains("state.csv:4: SKU 'milk' stands in line 2 already"));
  CHECK_THAT(all, Catch::Contains("state.csv:5: SKU 'ric' is not in the bundle, did you mean 'rice'?"));
  CHECK_THAT(all, Catch::Contains("state.csv:6: column 'on_hand': '1.5', expected a whole number"));
  CHECK_THAT(all, Catch::Contains("state.csv:6: column 'backlog': -1 is negative"));
  CHECK_THAT(all, Catch::Contains("state.csv: SKU 'rice' of the bundle is missing"));
}

TEST_CASE("columns of a state that nobody knows, or that contradict each other, are refused", "[bundle]") {
  const Desk desk;
  CHECK_THAT(joined(desk.problems("id,onhand\nmilk,1\n")),
             Catch::Contains("no column 'on_hand', did you mean 'onhand'"));
  CHECK_THAT(joined(desk.problems("id,on_hand,on_ordr\nmilk,1,1\n")),
             Catch::Contains("state.csv:1: unknown column 'on_ordr', did you mean 'on_order'?"));
  CHECK_THAT(
      joined(desk.problems("id,on_hand,on_order,ordered_1_days_ago\nmilk,1,5,4\nrice,1,0,0\ntea,1,0,0\n")),
      Catch::Contains("on_order is 5, and the columns ordered_…_days_ago add up to 4"));
  CHECK_THAT(joined(desk.problems("id,on_hand,date\nmilk,1,2026-02-30\n")),
             Catch::Contains("expected a date such as"));
  CHECK_THAT(joined(desk.problems("id,on_hand,date\nmilk,1,2026-03-02\nrice,1,2026-03-03\n")),
             Catch::Contains("expected one date for all rows"));
  const Orders summed =
      desk.decide_on("id,on_hand,ordered_2_days_ago,ordered_1_days_ago\nmilk,1,5,4\nrice,1,0,0\ntea,1,0,0\n");
  CHECK(summed.lines[0].inventory_position == 10);
}

TEST_CASE("a policy that looks at open orders by age says which columns it needs", "[bundle]") {
  const Desk desk(Forecasts::none, true, ActionKind::order_quantity);
  CHECK(desk.bundle.metadata.pipeline_width == 2);
  CHECK_THAT(joined(desk.problems("id,on_hand,ordered_1_days_ago\nmilk,1,0\n")),
             Catch::Contains("the columns ordered_2_days_ago are missing"));
  const std::string state =
      "id,on_hand,ordered_1_days_ago,ordered_2_days_ago\nmilk,1,0,4\nrice,1,0,0\ntea,1,0,0\n";
  CHECK_THAT(joined(desk.problems(state)), Catch::Contains("looks at the weekday; give the date"));
  const Orders orders = desk.decide_on(state, "", parse_date("2026-03-04"));
  CHECK(orders.lines.size() == 3);
  CHECK(orders.lines[0].order_quantity % 4 == 0);
  CHECK(orders.lines[0].inventory_position == 5);
}

TEST_CASE("older orders than the policy tells apart count in its last column", "[bundle]") {
  const TemporaryFolder folder;
  const Desk desk(Forecasts::none, true, ActionKind::order_quantity);
  const StockState state = read_stock_state(
      folder.file_with(
          "s.csv",
          "id,on_hand,ordered_4_days_ago,ordered_1_days_ago,ordered_2_days_ago\nmilk,1,7,1,2\nrice,0,0,0,0\n"
          "tea,0,0,0,0\n"),
      desk.bundle.metadata);
  CHECK(state.rows[0].ordered_days_ago == std::vector<Quantity>{1, 9});
  CHECK(state.rows[0].on_order == 10);
}

TEST_CASE("a policy that looks at forecasts asks for the sales, up to yesterday", "[bundle]") {
  const Desk desk(Forecasts::moving_average);
  const std::string state = "id,on_hand\nmilk,1\nrice,1\ntea,1\n";
  CHECK_THAT(joined(desk.problems(state)),
             Catch::Contains("policy 'forecast_order_up_to' looks at forecasts; give the sales"));
  CHECK_THAT(joined(desk.problems(state, desk.sales(70), parse_date("2026-01-07"))),
             Catch::Contains("sales.csv: the history ends on 2026-01-04, expected sales up to 2026-01-06"));
  CHECK_THAT(joined(desk.problems(state, desk.sales(70), parse_date("2024-01-07"))),
             Catch::Contains("the history begins on"));
  CHECK_THAT(joined(desk.problems(state, "unique_id,ds,y\nmilk,2026-01-01,3\n")), Catch::Contains("rice"));
  CHECK_THAT(joined(desk.problems("id,on_hand,date\nmilk,1,2026-01-05\nrice,1,2026-01-05\ntea,1,2026-01-05\n",
                                  desk.sales(70), parse_date("2026-01-04"))),
             Catch::Contains("they must agree"));
  CHECK(desk.problems("id,on_hand\nmilk,-1\n", "unique_id,ds,y\nmilk,x,3\n").size() >= 4);  // of both files
  CHECK(format_date(*desk.decide_on(state, desk.sales(70)).date) == "2026-01-05");
}

TEST_CASE("decisions on forecasts are those of the scenario on its first morning", "[bundle]") {
  const bool network = GENERATE(false, true);
  const Desk desk(network ? Forecasts::lstm : Forecasts::moving_average, network);
  DecisionProcess process(desk.shop.decisions, {});
  process.reset({1, Split::evaluate, 0});
  REQUIRE(process.advance());
  const DecisionBatch& batch = process.batch();
  std::vector<Quantity> wanted(batch.rows);
  OrderBatch order_batch{wanted};
  PolicyMemory none;
  desk.bundle.policy->decide(batch, none, order_batch);

  const Orders orders =
      desk.decide_on("id,on_hand,ordered_1_days_ago,ordered_2_days_ago\nmilk,0,0,0\nrice,0,0,0\ntea,0,0,0\n",
                     desk.sales(70));
  REQUIRE(batch.rows == 3);
  for (std::size_t row = 0; row < 3; ++row) {
    CHECK(orders.lines[row].order_quantity ==
          legal_order_quantity(desk.bundle.metadata.skus[row], wanted[row]));
    CHECK(orders.lines[row].expected_demand == Approx(batch.forecast_mean[row]));
    REQUIRE(orders.lines[row].forecast_level);
    CHECK_THAT(orders.lines[row].reason, Catch::Contains("forecast"));
  }
}

TEST_CASE("sales after the date change nothing", "[bundle]") {
  const Desk desk(Forecasts::moving_average);
  const std::string state = "id,on_hand\nmilk,1\nrice,1\ntea,1\n";
  const Date date = desk.shop.history.date(60);
  const std::string then = orders_csv(desk.decide_on(state, desk.sales(60)));
  CHECK(orders_csv(desk.decide_on(state, desk.sales(70), date)) == then);
  CHECK(orders_csv(desk.decide_on(state, desk.sales(70))) != then);
}

TEST_CASE("the level that an order covers is the highest whose quantile it reaches", "[bundle]") {
  const Desk desk(Forecasts::moving_average);
  const Orders orders = desk.decide_on("id,on_hand\nmilk,1\nrice,0\ntea,500\n", desk.sales(70));
  CHECK(*orders.lines[0].forecast_level == Approx(0.9));
  CHECK(static_cast<double>(orders.lines[0].position_after_order) >=
        *orders.lines[0].forecast_quantile - 0.5);
  CHECK(*orders.lines[2].forecast_level == Approx(0.95));
  CHECK_THAT(orders.lines[2].reason, Catch::Contains("500 covers the 95 % forecast"));
}

TEST_CASE("a history without what the forecaster has learned from is used, and that is said", "[bundle]") {
  Shop shop(ActionKind::cover, Forecasts::moving_average);
  shop.history.covariates = {{"price", std::vector<float>(3 * shop.history.known_days, 2.0F)}};
  const TemporaryFolder folder;
  shop.export_network(folder.file("bundle"));
  const Bundle bundle = load_bundle(folder.file("bundle"));
  CHECK(bundle.metadata.covariates == std::vector<std::string>{"price"});
  const std::string state = folder.file_with("state.csv",
                                             "id,on_hand,ordered_1_days_ago,ordered_2_days_ago\n"
                                             "milk,0,0,0\nrice,0,0,0\ntea,0,0,0\n");
  std::string bare = "unique_id,ds,y\n";
  std::string priced = "unique_id,ds,y,price\n";
  for (const char* id : {"milk", "rice", "tea"})
    for (int day = 1; day <= 28; ++day) {
      bare += fmt::format("{},2026-02-{:02},{}\n", id, day, day % 4);
      priced += fmt::format("{},2026-02-{:02},{},2.5\n", id, day, day % 4);
    }
  const Orders without = decide(bundle, {state, folder.file_with("bare.csv", bare)}, {});
  REQUIRE(without.notes.size() == 1);
  CHECK_THAT(without.notes[0], Catch::Contains("bare.csv has no column 'price'"));
  CHECK(nlohmann::json::parse(orders_json(bundle, without))["notes"].size() == 1);
  const Orders with = decide(bundle, {state, folder.file_with("priced.csv", priced)}, {});
  CHECK(with.notes.empty());
  CHECK(format_date(*with.date) == "2026-03-01");
}
