// Outcomes with costs given by hand: one unit held for a day costs 1, so a ledger's unit-days are its money.
#pragma once

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "experiments/comparison.h"

namespace restock::experiments::fixture {

inline constexpr std::int64_t kDays = 10;

/// `days` counted days; SKUs are called A, B, C…
inline std::shared_ptr<const WarehouseModel> warehouse(std::size_t skus, std::int64_t days = kDays) {
  auto model = std::make_shared<WarehouseModel>();
  model->start = *parse_date("2026-01-05");
  model->days = days;
  for (std::size_t i = 0; i < skus; ++i) {
    SkuModel sku;
    sku.id = std::string(1, static_cast<char>('A' + i));
    sku.rates.holding_per_unit_time = 1;
    model->skus.push_back(sku);
  }
  return model;
}

/// A ledger that costs `cost_per_day` (in tenths), and serves 8 of 10 units with 3 days of stockout.
inline SkuLedger ledger(double cost_per_day, std::int64_t days = kDays) {
  SkuLedger ledger;
  ledger.days = days;
  ledger.no_stockout_days = days - 3;
  ledger.on_hand_time = std::llround(cost_per_day * static_cast<double>(days));
  ledger.demanded = 10;
  ledger.served_at_once = 8;
  ledger.shipped = 8;
  ledger.lost = 2;
  return ledger;
}

/// costs[replication][sku], money a day.
inline PolicyOutcome outcome(const std::string& name, PolicyKind kind,
                             const std::vector<std::vector<double>>& costs, std::int64_t days = kDays) {
  PolicyOutcome outcome;
  outcome.name = name;
  outcome.label = name;
  outcome.kind = kind;
  for (const std::vector<double>& replication : costs) {
    ReplicationResult& result = outcome.evaluation.replications.emplace_back();
    for (const double cost : replication) result.ledgers.push_back(ledger(cost, days));
  }
  return outcome;
}

/// A record of one SKU with these costs day by day.
inline DailyRecord record(const std::vector<double>& cost) {
  DailyRecord record;
  record.start = *parse_date("2026-01-05");
  record.days = cost.size();
  record.skus = 1;
  record.cost = cost;
  for (auto* column :
       {&record.on_hand, &record.backlog, &record.demanded, &record.sold, &record.lost, &record.ordered})
    column->assign(cost.size(), 0);
  return record;
}

}  // namespace restock::experiments::fixture
