// A simulation as a policy sees it: the simulator, the forecaster that watches its sales, and the batch of
// rows that may order now. The environment, evaluation and tuning all run on this.
//
// In simulation as in practice a forecaster sees sales and an empty shelf, never the demand that was lost; it
// is advanced at each day close, in one batch over all SKUs.
#pragma once

#include <memory>
#include <vector>

#include "env/core/forecaster.h"
#include "env/order_projection.h"
#include "env/policy.h"
#include "env/sim/simulator.h"

namespace restock {

/// Everything constant about a decision process; shared by all simulations of a scenario.
struct DecisionModel {
  std::shared_ptr<const WarehouseModel> warehouse;
  std::shared_ptr<const DemandPaths> paths;      ///< nullptr: demand follows the laws
  std::shared_ptr<const Forecaster> forecaster;  ///< nullptr: no forecasts
  std::vector<double> forecast_levels;           ///< empty exactly where there is no forecaster
};

/// The widest pipeline a SKU of the warehouse needs: ages up to the 0.999 quantile of the lead time, at most
/// 64 columns.
std::size_t pipeline_width_of(const WarehouseModel& warehouse);

/// DecisionBatch::sources: the most sources that a SKU of the warehouse has.
std::size_t most_sources(const WarehouseModel& warehouse);

/// Columns of DecisionBatch::stock_by_remaining_life; 0 where nothing expires.
std::size_t longest_shelf_life(const WarehouseModel& warehouse);

class DecisionProcess final : private SimulationObserver {
 public:
  /// What the batches must hold; leaving out what nobody reads saves time.
  struct Needs {
    bool pipeline = true;
    bool forecast = true;
    /// Goes on showing rows once the horizon has ended: as of the morning after, with the receipts of that
    /// morning, so that what a truncated episode ends with looks like any other decision.
    bool beyond_horizon = false;
  };
  DecisionProcess(std::shared_ptr<const DecisionModel> model, Needs needs);

  void reset(const RunKey& run);
  /// Runs to the next decision; false at the end of the horizon.
  bool advance();
  /// The rows that may order now; valid until the next call of advance().
  const DecisionBatch& batch() const noexcept { return batch_; }
  /// The same columns for any set of SKUs, as of now (sorted, without repetition). Valid until the next call.
  const DecisionBatch& observe(std::span<const std::int32_t> skus);
  /// Orders wanted[source · rows + row] for each row of the batch of this decision from each source that is
  /// open, rounded to what is legal and fitted to what orders share (OrderProjection). `wanted` holds one or
  /// more sources.
  void order(std::span<const std::int32_t> skus, std::span<const Quantity> wanted);

  const Simulator& simulator() const noexcept { return simulator_; }
  const DecisionModel& model() const noexcept { return *model_; }
  /// SKUs that may order now; beyond the horizon those that would have been asked next.
  std::span<const std::int32_t> due() const noexcept { return due_; }
  /// Whether the horizon has ended.
  bool ended() const noexcept { return ended_; }
  /// Is told what happens.
  void set_observer(SimulationObserver* observer) noexcept { simulator_.set_observer(observer); }

  void save(std::vector<std::byte>& bytes) const;
  void restore(std::span<const std::byte> bytes);
  /// Restores what was saved at a decision and goes on from it into a future of its own (Simulator::fork).
  void fork(std::span<const std::byte> bytes, std::uint64_t rollout_id);

 private:
  void on_day_close(const Simulator& simulator, std::int64_t day) override;
  void observe_sales();
  void look_beyond(std::int64_t morning);
  /// What of an order is on the shelf by an instant, and what is settled with it.
  struct Settled {
    Quantity quantity = 0;
    Quantity delivered = 0;
  };
  Settled settled_by(SimTime instant, std::int32_t sku, const OpenOrder& order, SimTime due,
                     Quantity waiting);
  void look_at_capacity();
  double capacity_used_by(std::int32_t sku) const;
  void look_at_life_beyond(std::int32_t sku, Quantity received, std::span<Quantity> life) const;
  void fill_row(std::size_t row, std::int32_t sku);
  void fill_market(std::size_t row, std::int32_t sku, std::int64_t day);
  bool shows_beyond() const noexcept { return ended_ && needs_.beyond_horizon; }
  /// Columns of a row beyond the horizon.
  std::size_t beyond_width() const noexcept { return beyond_life() + life_width_; }
  std::size_t beyond_life() const noexcept { return 4 + (1 + sources_by_age()) * pipeline_width_; }
  /// Sources whose pipelines are kept apart: none where every SKU has but one.
  std::size_t sources_by_age() const noexcept { return sources_ > 1 ? sources_ : 0; }
  void fill_pipeline(std::size_t row, std::int32_t sku);
  void fill_forecasts(std::size_t rows);

  std::shared_ptr<const DecisionModel> model_;
  Needs needs_;
  Simulator simulator_;
  std::span<const std::int32_t> due_;
  bool ended_ = false;
  DecisionBatch batch_;
  std::size_t pipeline_width_;
  std::size_t life_width_;
  std::size_t sources_;
  std::vector<std::int32_t> sku_, weekday_, month_, day_of_year_, days_since_order_, interval_, all_skus_;
  std::vector<std::int64_t> day_;
  std::vector<Quantity> on_hand_, backlog_, on_order_, pipeline_, stock_by_life_;
  OrderProjection projection_;
  std::vector<Quantity> orders_, legal_;      ///< [sources × rows] of the decision: fitted, and legal alone
  std::vector<Quantity> pipeline_by_source_;  ///< [rows × sources × pipeline width]
  std::vector<std::uint8_t> open_sources_, supplier_out_;
  std::vector<float> price_, promotion_, promotion_ahead_;
  std::vector<float> sales_, forecast_mean_, forecast_quantiles_;
  std::vector<float> forecast_state_;  ///< [SKUs × state_size]
  std::vector<float> due_state_;       ///< the states of the rows asked for
  std::vector<std::uint8_t> stocked_out_;
  std::vector<Quantity>
      beyond_;  ///< [SKUs × beyond_width()]: due, on hand, backlog, on order, pipelines, life
  std::vector<std::int32_t> due_beyond_;  ///< SKUs
  std::vector<double> capacity_used_;     ///< [rows]; empty where no facility has a limit
  std::vector<std::int64_t> volume_;      ///< by facility: in use as the record says; beyond the horizon then
  std::vector<std::int64_t> shelf_volume_beyond_;  ///< by facility: what lies there
};

}  // namespace restock
