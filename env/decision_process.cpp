#include "env/decision_process.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

namespace restock {

std::size_t pipeline_width_of(const WarehouseModel& warehouse) {
  std::int64_t width = 1;
  for (const SkuModel& sku : warehouse.skus)
    width = std::max(width, static_cast<std::int64_t>(std::ceil(sku.lead_time_law->quantile(0.999))) - 1);
  return static_cast<std::size_t>(std::min<std::int64_t>(width, 64));
}

DecisionProcess::DecisionProcess(std::shared_ptr<const DecisionModel> model, Needs needs)
    : model_(std::move(model)),
      needs_(needs),
      simulator_(model_->warehouse, model_->paths),
      pipeline_width_(needs.pipeline ? pipeline_width_of(*model_->warehouse) : 0) {
  needs_.forecast = needs.forecast && model_->forecaster;
  const std::size_t n = model_->warehouse->skus.size();
  const std::size_t levels = needs_.forecast ? model_->forecast_levels.size() : 0;
  const std::size_t state = needs_.forecast ? model_->forecaster->state_size() : 0;
  for (auto* column : {&sku_, &weekday_, &interval_, &all_skus_}) column->resize(n);
  for (auto* column : {&on_hand_, &backlog_, &on_order_}) column->resize(n);
  day_.resize(n);
  pipeline_.resize(n * pipeline_width_);
  sales_.resize(n);
  stocked_out_.resize(n);
  forecast_mean_.resize(needs_.forecast ? n : 0);
  forecast_quantiles_.resize(n * levels);
  forecast_state_.resize(n * state);
  due_state_.resize(n * state);
  std::iota(all_skus_.begin(), all_skus_.end(), 0);
  update_observer();
}

void DecisionProcess::update_observer() noexcept {
  simulator_.set_observer(needs_.forecast || observer_ ? this : nullptr);
}

void DecisionProcess::set_observer(SimulationObserver* observer) noexcept {
  observer_ = observer;
  update_observer();
}

void DecisionProcess::reset(const RunKey& run) {
  simulator_.reset(run);
  due_ = {};
  if (needs_.forecast) model_->forecaster->start(all_skus_, forecast_state_);
}

bool DecisionProcess::advance() {
  const std::optional<Decision> decision = simulator_.run_until_decision();
  due_ = decision ? decision->skus : std::span<const std::int32_t>();
  if (decision) observe(due_);
  return decision.has_value();
}

const DecisionBatch& DecisionProcess::observe(std::span<const std::int32_t> skus) {
  const std::int64_t day = simulator_.day();
  const int weekday = weekday_of(model_->warehouse->start + std::chrono::days(day));
  for (std::size_t row = 0; row < skus.size(); ++row) {
    const SkuState& state = simulator_.state(skus[row]);
    sku_[row] = skus[row];
    day_[row] = day;
    weekday_[row] = weekday;
    on_hand_[row] = state.on_hand;
    backlog_[row] = state.backlog;
    on_order_[row] = state.on_order;
    if (needs_.pipeline)
      simulator_.pipeline_by_age(skus[row],
                                 std::span(pipeline_).subspan(row * pipeline_width_, pipeline_width_));
  }
  if (needs_.forecast) fill_forecasts(skus.size());
  const std::size_t n = skus.size();
  const auto first = [n](const auto& column) { return std::span(column).first(std::min(n, column.size())); };
  batch_ = {.rows = n,
            .sku = first(sku_),
            .day = first(day_),
            .weekday = first(weekday_),
            .on_hand = first(on_hand_),
            .backlog = first(backlog_),
            .on_order = first(on_order_),
            .pipeline_by_age = std::span(pipeline_).first(n * pipeline_width_),
            .pipeline_width = pipeline_width_,
            .forecast_mean = first(forecast_mean_),
            .forecast_quantiles = {},
            .forecast_levels = {}};
  if (needs_.forecast) {
    batch_.forecast_levels = model_->forecast_levels;
    batch_.forecast_quantiles = std::span(forecast_quantiles_).first(n * model_->forecast_levels.size());
  }
  return batch_;
}

void DecisionProcess::fill_forecasts(std::size_t rows) {
  const std::size_t state_size = model_->forecaster->state_size();
  for (std::size_t row = 0; row < rows; ++row) {
    const auto sku = static_cast<std::size_t>(sku_[row]);
    interval_[row] = model_->warehouse->skus[sku].protection_interval_days;
    std::copy_n(forecast_state_.begin() + static_cast<std::ptrdiff_t>(sku * state_size), state_size,
                due_state_.begin() + static_cast<std::ptrdiff_t>(row * state_size));
  }
  model_->forecaster->predict(simulator_.day(), std::span(sku_).first(rows), std::span(interval_).first(rows),
                              model_->forecast_levels, std::span(due_state_).first(rows * state_size),
                              std::span(forecast_mean_).first(rows),
                              std::span(forecast_quantiles_).first(rows * model_->forecast_levels.size()));
}

void DecisionProcess::order(std::span<const std::int32_t> skus, std::span<const Quantity> wanted) {
  for (std::size_t row = 0; row < skus.size(); ++row) {
    const SkuModel& sku = model_->warehouse->skus[static_cast<std::size_t>(skus[row])];
    simulator_.place_order(skus[row], legal_order_quantity(sku, wanted[row]));
  }
}

void DecisionProcess::on_order(const Simulator& simulator, std::int32_t sku, Quantity quantity, SimTime due) {
  if (observer_) observer_->on_order(simulator, sku, quantity, due);
}

void DecisionProcess::on_receipt(const Simulator& simulator, std::int32_t sku, Quantity quantity) {
  if (observer_) observer_->on_receipt(simulator, sku, quantity);
}

void DecisionProcess::on_demand(const Simulator& simulator, std::int32_t sku, Quantity demanded,
                                Quantity served) {
  if (observer_) observer_->on_demand(simulator, sku, demanded, served);
}

void DecisionProcess::on_expiry(const Simulator& simulator, std::int32_t sku, Quantity quantity) {
  if (observer_) observer_->on_expiry(simulator, sku, quantity);
}

void DecisionProcess::on_day_close(const Simulator& simulator, std::int64_t day) {
  if (observer_) observer_->on_day_close(simulator, day);
  if (!needs_.forecast) return;
  observe_sales();
  model_->forecaster->advance(day, all_skus_, sales_, stocked_out_, forecast_state_);
}

void DecisionProcess::observe_sales() {
  for (const std::int32_t sku : all_skus_) {
    const auto i = static_cast<std::size_t>(sku);
    sales_[i] = static_cast<float>(simulator_.day_sales(sku));
    const bool loses = model_->warehouse->skus[i].unmet_demand == UnmetDemand::lost;
    stocked_out_[i] = loses && simulator_.stocked_out(sku) ? 1 : 0;
  }
}

void DecisionProcess::save(std::vector<std::byte>& bytes) const {
  simulator_.save(bytes);
  const std::size_t at = bytes.size();
  bytes.resize(at + forecast_state_.size() * sizeof(float));
  if (!forecast_state_.empty()) std::memcpy(bytes.data() + at, forecast_state_.data(), bytes.size() - at);
}

void DecisionProcess::restore(std::span<const std::byte> bytes) {
  const std::size_t floats = forecast_state_.size() * sizeof(float);
  RESTOCK_CHECK(bytes.size() >= floats, "{} bytes", bytes.size());
  simulator_.restore(bytes.first(bytes.size() - floats));
  if (floats > 0) std::memcpy(forecast_state_.data(), bytes.data() + bytes.size() - floats, floats);
  due_ = {};
}

}  // namespace restock
