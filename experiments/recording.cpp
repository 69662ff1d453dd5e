#include "experiments/recording.h"

namespace restock::experiments {

std::vector<double> DailyRecord::total_cost_by_day() const {
  std::vector<double> totals(days, 0.0);
  for (std::size_t day = 0; day < days; ++day)
    for (std::size_t sku = 0; sku < skus; ++sku) totals[day] += cost[at(day, sku)];
  return totals;
}

void DayRecorder::start(const WarehouseModel& model) {
  record_ = {};
  record_.start = model.start + std::chrono::days(model.warm_up_days);
  record_.first_day = model.warm_up_days;
  record_.skus = model.skus.size();
  until_yesterday_.assign(record_.skus, {});
}

void DayRecorder::add_row(const Simulator& simulator, std::int32_t sku, const SkuLedger& today) {
  const SkuState& state = simulator.state(sku);
  record_.on_hand.push_back(state.on_hand);
  record_.backlog.push_back(state.backlog);
  record_.demanded.push_back(today.demanded);
  record_.sold.push_back(today.demanded - today.lost);
  record_.lost.push_back(today.lost);
  record_.ordered.push_back(today.ordered);
  record_.cost.push_back(
      costs_of(today, simulator.model().skus[static_cast<std::size_t>(sku)].rates).total());
}

void DayRecorder::on_day_close(const Simulator& simulator, std::int64_t day) {
  const WarehouseModel& model = simulator.model();
  if (day == 0) start(model);
  const bool keep = day >= model.warm_up_days && record_.days < maximum_days_;
  for (std::int32_t sku = 0; sku < static_cast<std::int32_t>(record_.skus); ++sku) {
    const SkuLedger& now = simulator.lifetime_ledger(sku);
    SkuLedger& before = until_yesterday_[static_cast<std::size_t>(sku)];
    if (keep) add_row(simulator, sku, now - before);
    before = now;
  }
  record_.days += keep;
}

}  // namespace restock::experiments
