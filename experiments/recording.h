// What happened by day and SKU in one replication: the curves of the report, daily.csv and the days that the
// bootstrap resamples. A day's counts are the difference of two ledgers, so that the days add up to the
// ledger exactly.
#pragma once

#include <cstdint>
#include <vector>

#include "env/sim/simulator.h"

namespace restock::experiments {

/// Columns of equal length, row-major [days × skus]. Days of the warm-up are left out; day 0 of the record is
/// `first_day` of the horizon. Quantities are units; stocks are those at the close of the day.
struct DailyRecord {
  Date start;                  ///< calendar date of day 0 of the record
  std::int64_t first_day = 0;  ///< of the horizon
  std::size_t days = 0;
  std::size_t skus = 0;
  std::vector<Quantity> on_hand;
  std::vector<Quantity> backlog;
  std::vector<Quantity> demanded;
  std::vector<Quantity> sold;  ///< demanded and not lost; what waits in the backlog counts as sold
  std::vector<Quantity> lost;
  std::vector<Quantity> ordered;
  std::vector<double> cost;  ///< money of the day

  bool empty() const noexcept { return days == 0; }
  std::size_t at(std::size_t day, std::size_t sku) const noexcept { return day * skus + sku; }
  /// Whether the day closed with a backlog or has lost demand: the complement of the KPI no_stockout_days.
  bool is_stockout_day(std::size_t day, std::size_t sku) const noexcept {
    return backlog[at(day, sku)] > 0 || lost[at(day, sku)] > 0;
  }
  /// Cost of each day, all SKUs together, summed in the order of the SKUs.
  std::vector<double> total_cost_by_day() const;
};

/// Records one replication. Give it to simulate_once(); a new replication starts a new record.
class DayRecorder final : public SimulationObserver {
 public:
  /// Ten years: a bound on memory for long simulations, which no chart shows whole.
  static constexpr std::size_t kDefaultMaximumDays = 3660;

  /// Keeps the first `maximum_days` counted days.
  explicit DayRecorder(std::size_t maximum_days = kDefaultMaximumDays) : maximum_days_(maximum_days) {}

  void on_day_close(const Simulator& simulator, std::int64_t day) override;
  const DailyRecord& record() const noexcept { return record_; }

 private:
  void start(const WarehouseModel& model);
  void add_row(const Simulator& simulator, std::int32_t sku, const SkuLedger& today);

  std::size_t maximum_days_;
  DailyRecord record_;
  std::vector<SkuLedger> until_yesterday_;
};

}  // namespace restock::experiments
