// A small shop, policies for it, and bundles of them: what every test of bundles starts from.
#pragma once

#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "agents/bundle/bundle.h"
#include "agents/learning/network/initialisation.h"
#include "agents/policies/exact/solve.h"
#include "env/action_spec.h"
#include "env/core/keyed_random.h"
#include "env/evaluation.h"
#include "env/observation_spec.h"
#include "env/scenario.h"
#include "forecasting/forecasters.h"
#include "tests/unit/core/temporary_folder.h"

namespace restock::bundle {

/// 70 days of sales of the three SKUs, with a weekly pattern, up to the day before 2026-01-05.
inline forecasting::Panel shop_history() {
  forecasting::Panel panel;
  panel.days = panel.known_days = 70;
  panel.first_day = *parse_date("2026-01-05") - std::chrono::days(70);
  panel.ids = {"milk", "rice", "tea"};
  panel.listed_from = {0, 0, 0};
  for (std::size_t s = 0; s < 3; ++s)
    for (std::size_t day = 0; day < panel.days; ++day) {
      const double uniform =
          Stream({3, Split::train, 0}, Purpose::generation, s).uniform(static_cast<std::int64_t>(day));
      const double mean = (s == 0 ? 8.0 : s == 1 ? 3.0 : 1.0) * (day % 7 == 5 ? 2.0 : 1.0);
      panel.sales.push_back(static_cast<float>(static_cast<int>(2 * mean * uniform)));
    }
  panel.stocked_out.assign(panel.sales.size(), 0);
  return panel;
}

enum class Forecasts { none, moving_average, lstm };

/// Fitted on the history, or a network as it is before training.
inline std::unique_ptr<forecasting::ForecastModel> model_of(Forecasts forecasts,
                                                            const forecasting::Panel& history) {
  using namespace forecasting;
  if (forecasts == Forecasts::none) return nullptr;
  if (forecasts == Forecasts::moving_average) return fit_moving_average(history, history.days, {});
  return std::make_unique<LstmModel>(LstmModel::untrained(history, history.days, {}));
}

/// Lost sales, backlog and rationed packs in one: three SKUs with lead times of 2, 3 and 0 days.
struct Shop {
  explicit Shop(ActionKind kind = ActionKind::order_quantity, Forecasts forecasts = Forecasts::none,
                std::int64_t days = 90) {
    WarehouseSpec spec;
    spec.horizon.days = days;
    add_sku(spec, "milk", 6, 2, 1);
    add_sku(spec, "rice", 3, 3, 2);
    add_sku(spec, "tea", 1, 0, 1);
    spec.skus[0].pack_size = 4;
    spec.skus[1].unmet_demand = UnmetDemand::backlog;
    spec.skus[1].minimum_order_quantity = 5;
    spec.skus[2].maximum_order_quantity = 7;
    auto model = std::make_shared<DecisionModel>();
    model->warehouse = build_warehouse(spec);
    if (forecasts != Forecasts::none) {
      history = shop_history();
      forecaster = model_of(forecasts, history);
      model->forecaster = forecaster->bind(history, history.days);
      model->forecast_levels = {0.5, 0.9, 0.95};
    }
    decisions = model;
    std::vector<std::string> names{"on_hand", "backlog", "on_order", "inventory_position", "pipeline_by_age"};
    if (forecaster) names.insert(names.end(), {"forecast_mean", "forecast_quantiles"});
    names.insert(names.end(),
                 {"weekday", "mean_demand", "pipeline_by_due_day", "month", "day_of_year", "sku"});
    observation = ObservationSpec(*model->warehouse, names, model->forecast_levels);
    ActionConfig config;
    config.kind = kind;
    config.maximum = kind == ActionKind::cover ? 3 : 30;
    config.levels = kind == ActionKind::cover ? 13 : 61;  // halves among the levels: 0, 0.5, 1 …
    action = ActionSpec(*model->warehouse, config);
  }

  static void add_sku(WarehouseSpec& spec, const std::string& id, double mean, double lead_days,
                      std::int64_t review) {
    SkuSpec sku;
    sku.id = id;
    sku.demand = {"poisson", {{"mean", {mean}}}};
    sku.costs.holding_per_unit_day = 1;
    sku.costs.shortage_per_unit = 9;
    sku.supply.lead_time_days = LawSpec::constant(lead_days);
    sku.supply.review_period_days = review;
    spec.skus.push_back(sku);
  }

  /// A network of random weights: it decides wildly, which makes the better examples.
  learning::LearnedPolicy network(learning::Activation activation = learning::Activation::tanh) const {
    const learning::MlpShape shape{
        static_cast<int>(observation.width()), {24, 17}, static_cast<int>(action.actions()), activation};
    const learning::Mlp mlp(shape);
    std::vector<float> parameters(mlp.end_parameter());
    learning::initialise_orthogonal(mlp, 5, 0, 1.4F, 1.0F, parameters);
    return {"ppo", observation, action, {shape, shape.outputs, parameters}};
  }

  BundleSource source() const {
    BundleSource source;
    source.scenario = "shop";
    source.decisions = decisions;
    source.forecaster = forecaster.get();
    source.history = forecaster ? &history : nullptr;
    return source;
  }

  void export_network(const std::string& folder,
                      learning::Activation activation = learning::Activation::tanh) const {
    const learning::LearnedPolicy policy = network(activation);
    BundleSource exported = source();
    exported.network = &policy;
    save_bundle(folder, exported);
  }

  void export_rule(const std::string& folder, const policies::PolicyParameters& rule) const {
    BundleSource exported = source();
    exported.rule = &rule;
    save_bundle(folder, exported);
  }

  forecasting::Panel history;
  std::unique_ptr<forecasting::ForecastModel> forecaster;
  std::shared_ptr<const DecisionModel> decisions;
  ObservationSpec observation;
  ActionSpec action;
};

/// One SKU with lost sales and a lead time of three days, and its optimum.
struct SolvedShop {
  SolvedShop() : SolvedShop([](SkuSpec&) {}) {}
  template <class Change>
  explicit SolvedShop(const Change& change) {
    WarehouseSpec spec;
    spec.horizon.days = 90;
    Shop::add_sku(spec, "milk", 3, 3, 1);
    change(spec.skus[0]);
    auto model = std::make_shared<DecisionModel>();
    model->warehouse = build_warehouse(spec);
    decisions = model;
    optimum = exact::solve(decisions, {});
  }

  /// Of the solver's table, or of another policy on the same customers.
  std::uint64_t hash_of(const Policy& policy) const {
    return evaluate(decisions, policy, {.seed = 4, .replications = 20}).ledger_hash();
  }
  std::uint64_t hash_of_optimum() const { return hash_of(exact::TablePolicy(optimum.table)); }
  void export_table(const std::string& folder) const {
    save_bundle(folder, {.scenario = "shop", .decisions = decisions, .table = optimum.table.get()});
  }

  std::shared_ptr<const DecisionModel> decisions;
  exact::Result optimum;
};

/// Order-up-to 30, 20 and 4, orders of milk capped at 16.
inline policies::PolicyParameters base_stock_rule() {
  return {"base_stock", {"milk", "rice", "tea"}, {{30, 16}, {20, 0}, {4, 0}}};
}

inline std::string content_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace restock::bundle
