// A report on a comparison of three policies whose numbers can be checked by hand.
#pragma once

#include <string>
#include <vector>

#include "experiments/report/report_data.h"
#include "tests/unit/experiments/comparison_fixture.h"

namespace restock::experiments::fixture {

inline PolicyOutcome tuned(PolicyOutcome outcome, const std::string& label, double tune_cost) {
  outcome.label = label;
  outcome.tune_cost = Estimate{tune_cost, 0.5};
  return outcome;
}

/// Costs that rise and fall by half from week to week, so that weeks differ; the first SKU is out of stock on
/// day 0.
inline DailyRecord record_of(std::size_t days, std::size_t skus, double cost, double swing) {
  DailyRecord result = record(std::vector<double>(days * skus, cost));
  result.days = days;
  result.skus = skus;
  for (std::size_t day = 0; day < days; ++day)
    for (std::size_t sku = 0; sku < skus; ++sku)
      result.cost[result.at(day, sku)] += day / 7 % 2 ? swing : -swing;
  result.lost[0] = 2;
  result.demanded[0] = 4;
  return result;
}

/// One history of 28 days and three SKUs; the learned policy costs 2, 2 and 3 less than the best classical
/// one.
inline ReportData sample(const std::string& first_sku = "A") {
  auto model = std::make_shared<WarehouseModel>(*warehouse(3, 28));
  model->skus[0].id = first_sku;
  ComparisonInput input;
  input.scenario = "corner_grocery";
  input.warehouse = model;
  input.phase = "history from 2026-01-05 to 2026-02-01";
  input.policies = {tuned(outcome("s_S", PolicyKind::classical, {{10, 12, 14}}, 28), "(s, S)", 34),
                    tuned(outcome("base_stock", PolicyKind::classical, {{9, 15, 16}}, 28), "Base stock", 39),
                    tuned(outcome("ppo", PolicyKind::learned, {{8, 10, 11}}, 28), "PPO", 30)};
  for (PolicyOutcome& policy : input.policies)
    policy.record = record_of(28, 3, estimate_of(policy.evaluation.costs_per_sku(*model)).mean,
                              policy.kind == PolicyKind::learned ? 0.5 : 0.0);
  ReportData data;
  data.title = "Corner grocery";
  data.comparison = compare(std::move(input));
  return data;
}

/// How often `part` stands in `text`.
inline std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

}  // namespace restock::experiments::fixture
