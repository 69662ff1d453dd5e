#include "env/decision_process.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

namespace restock {

std::size_t pipeline_width_of(const WarehouseModel& warehouse) {
  std::int64_t width = 1;
  for (const SkuModel& sku : warehouse.skus)
    for (const SourceModel& source : sku.sources)
      width =
          std::max(width, static_cast<std::int64_t>(std::ceil(source.lead_time_law->quantile(0.999))) - 1);
  return static_cast<std::size_t>(std::min<std::int64_t>(width, 64));
}

std::size_t most_sources(const WarehouseModel& warehouse) {
  std::size_t most = 1;
  for (const SkuModel& sku : warehouse.skus) most = std::max(most, sku.sources.size());
  return most;
}

std::size_t longest_shelf_life(const WarehouseModel& warehouse) {
  std::int32_t longest = 0;
  for (const SkuModel& sku : warehouse.skus) longest = std::max(longest, sku.shelf_life_days);
  return static_cast<std::size_t>(longest);
}

DecisionProcess::DecisionProcess(std::shared_ptr<const DecisionModel> model, Needs needs)
    : model_(std::move(model)),
      needs_(needs),
      simulator_(model_->warehouse, model_->paths),
      pipeline_width_(needs.pipeline ? pipeline_width_of(*model_->warehouse) : 0),
      life_width_(longest_shelf_life(*model_->warehouse)),
      sources_(most_sources(*model_->warehouse)),
      projection_(*model_->warehouse) {
  needs_.forecast = needs.forecast && model_->forecaster;
  const std::size_t n = model_->warehouse->skus.size();
  const std::size_t levels = needs_.forecast ? model_->forecast_levels.size() : 0;
  const std::size_t state = needs_.forecast ? model_->forecaster->state_size() : 0;
  for (auto* column : {&sku_, &weekday_, &month_, &day_of_year_, &days_since_order_, &interval_, &all_skus_})
    column->resize(n);
  for (auto* column : {&on_hand_, &backlog_, &on_order_}) column->resize(n);
  for (auto* column : {&price_, &promotion_, &promotion_ahead_}) column->resize(n);
  day_.resize(n);
  pipeline_.resize(n * pipeline_width_);
  pipeline_by_source_.resize(sources_by_age() * n * pipeline_width_);
  open_sources_.resize(n);
  supplier_out_.resize(n);
  orders_.reserve(n * sources_);
  stock_by_life_.resize(n * life_width_);
  sales_.resize(n);
  stocked_out_.resize(n);
  forecast_mean_.resize(needs_.forecast ? n : 0);
  forecast_quantiles_.resize(n * levels);
  forecast_state_.resize(n * state);
  due_state_.resize(n * state);
  beyond_.resize(needs_.beyond_horizon ? n * beyond_width() : 0);
  due_beyond_.reserve(n);
  const auto& facilities = model_->warehouse->facilities;
  volume_.resize(facilities.size());
  shelf_volume_beyond_.resize(facilities.size());
  if (std::any_of(facilities.begin(), facilities.end(), [](const auto& each) { return each.capacity > 0; }))
    capacity_used_.resize(n);
  std::iota(all_skus_.begin(), all_skus_.end(), 0);
  if (needs_.forecast || needs_.beyond_horizon) simulator_.set_day_observer(this);
}

void DecisionProcess::reset(const RunKey& run) {
  simulator_.reset(run);
  due_ = {};
  ended_ = false;
  if (needs_.forecast) model_->forecaster->start(all_skus_, forecast_state_);
}

bool DecisionProcess::advance() {
  const std::optional<Decision> decision = simulator_.run_until_decision();
  ended_ = !decision;
  due_ = decision ? decision->skus : std::span<const std::int32_t>();
  if (decision) observe(due_);
  if (shows_beyond()) due_ = due_beyond_;
  return !ended_;
}

void DecisionProcess::fill_row(std::size_t row, std::int32_t sku) {
  supplier_out_[row] = simulator_.sources_out(sku);
  const auto life = std::span(stock_by_life_).subspan(row * life_width_, life_width_);
  if (shows_beyond()) {
    const auto seen = std::span(beyond_).subspan(static_cast<std::size_t>(sku) * beyond_width());
    on_hand_[row] = seen[1];
    backlog_[row] = seen[2];
    on_order_[row] = seen[3];
    open_sources_[row] = static_cast<std::uint8_t>(seen[0]);
    fill_pipeline(row, sku);
    std::copy_n(seen.begin() + static_cast<std::ptrdiff_t>(beyond_life()), life_width_, life.begin());
    return;
  }
  const SkuState& state = simulator_.state(sku);
  on_hand_[row] = state.recorded_on_hand();
  backlog_[row] = state.waited_for();
  on_order_[row] = state.on_order;
  open_sources_[row] = simulator_.open_sources(sku);
  fill_pipeline(row, sku);
  if (life_width_ > 0) simulator_.stock_by_remaining_life(sku, life);
}

void DecisionProcess::fill_pipeline(std::size_t row, std::int32_t sku) {
  const auto place = [&](std::vector<Quantity>& columns, std::size_t at) {
    return std::span(columns).subspan(at * pipeline_width_, pipeline_width_);
  };
  if (pipeline_width_ == 0) return;
  const auto total = place(pipeline_, row);
  if (shows_beyond()) {
    const auto seen = std::span(beyond_).subspan(static_cast<std::size_t>(sku) * beyond_width() + 4);
    std::copy_n(seen.begin(), pipeline_width_, total.begin());
    for (std::size_t source = 0; source < sources_by_age(); ++source)
      std::copy_n(seen.begin() + static_cast<std::ptrdiff_t>((1 + source) * pipeline_width_), pipeline_width_,
                  place(pipeline_by_source_, row * sources_ + source).begin());
    return;
  }
  simulator_.pipeline_by_age(sku, total);
  for (std::size_t source = 0; source < sources_by_age(); ++source)
    simulator_.pipeline_by_age(sku, static_cast<std::int32_t>(source),
                               place(pipeline_by_source_, row * sources_ + source));
}

/// The plan of promotions is known ahead.
void DecisionProcess::fill_market(std::size_t row, std::int32_t sku, std::int64_t day) {
  const SkuModel& model = model_->warehouse->skus[static_cast<std::size_t>(sku)];
  price_[row] = 1;
  promotion_[row] = promotion_ahead_[row] = 0;
  if (model.market.promotions.empty()) return;
  price_[row] = static_cast<float>(model.market.relative_price_on(day));
  promotion_[row] = model.market.promotion_on(day) != nullptr ? 1.0F : 0.0F;
  const std::int32_t ahead = model.regular().protection_interval_days;
  for (std::int32_t i = 0; i < ahead; ++i)
    promotion_ahead_[row] += model.market.promotion_on(day + i) != nullptr ? 1.0F : 0.0F;
  promotion_ahead_[row] /= static_cast<float>(ahead);
}

const DecisionBatch& DecisionProcess::observe(std::span<const std::int32_t> skus) {
  const std::int64_t day = shows_beyond() ? model_->warehouse->days : simulator_.day();
  const Date date = model_->warehouse->start + std::chrono::days(day);
  const int weekday = weekday_of(date);
  const int month = month_of(date);
  const int day_in_year = day_of_year(date);
  for (std::size_t row = 0; row < skus.size(); ++row) {
    sku_[row] = skus[row];
    day_[row] = day;
    weekday_[row] = weekday;
    month_[row] = month;
    day_of_year_[row] = day_in_year;
    days_since_order_[row] = static_cast<std::int32_t>(day - simulator_.state(skus[row]).order_day);
    fill_row(row, skus[row]);
    fill_market(row, skus[row], day);
  }
  if (!capacity_used_.empty()) look_at_capacity();
  for (std::size_t row = 0; row < std::min(skus.size(), capacity_used_.size()); ++row)
    capacity_used_[row] = capacity_used_by(skus[row]);
  if (needs_.forecast) fill_forecasts(skus.size());
  const std::size_t n = skus.size();
  const auto first = [n](const auto& column) { return std::span(column).first(std::min(n, column.size())); };
  batch_ = {
      .rows = n,
      .sku = first(sku_),
      .day = first(day_),
      .weekday = first(weekday_),
      .month = first(month_),
      .day_of_year = first(day_of_year_),
      .days_since_order = first(days_since_order_),
      .on_hand = first(on_hand_),
      .backlog = first(backlog_),
      .on_order = first(on_order_),
      .pipeline_by_age = std::span(pipeline_).first(n * pipeline_width_),
      .pipeline_width = pipeline_width_,
      .sources = sources_,
      .open_sources = first(open_sources_),
      .pipeline_by_source = std::span(pipeline_by_source_).first(n * sources_by_age() * pipeline_width_),
      .stock_by_remaining_life = std::span(stock_by_life_).first(n * life_width_),
      .life_width = life_width_,
      .supplier_out = first(supplier_out_),
      .capacity_used = first(capacity_used_),
      .price = first(price_),
      .promotion = first(promotion_),
      .promotion_ahead = first(promotion_ahead_),
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
  if (rows == 0) return;
  const std::size_t state_size = model_->forecaster->state_size();
  for (std::size_t row = 0; row < rows; ++row) {
    const auto sku = static_cast<std::size_t>(sku_[row]);
    interval_[row] = model_->warehouse->skus[sku].regular().protection_interval_days;
    std::copy_n(forecast_state_.begin() + static_cast<std::ptrdiff_t>(sku * state_size), state_size,
                due_state_.begin() + static_cast<std::ptrdiff_t>(row * state_size));
  }
  model_->forecaster->predict(day_[0], std::span(sku_).first(rows), std::span(interval_).first(rows),
                              model_->forecast_levels, std::span(due_state_).first(rows * state_size),
                              std::span(forecast_mean_).first(rows),
                              std::span(forecast_quantiles_).first(rows * model_->forecast_levels.size()));
}

void DecisionProcess::order(std::span<const std::int32_t> skus, std::span<const Quantity> wanted) {
  orders_.assign(wanted.size(), 0);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const std::int32_t sku = skus[i % skus.size()];
    const std::size_t source = i / skus.size();
    const auto& sources = model_->warehouse->skus[static_cast<std::size_t>(sku)].sources;
    if (source < sources.size() && simulator_.is_open(sku, static_cast<std::int32_t>(source)))
      orders_[i] = legal_order_quantity(sources[source], wanted[i]);
  }
  if (projection_.is_needed()) {
    legal_ = orders_;
    projection_.apply(simulator_, skus, orders_);
    for (std::size_t i = 0; i < wanted.size(); ++i)
      if (legal_[i] != orders_[i]) simulator_.note_adjustment(skus[i % skus.size()], legal_[i], orders_[i]);
  }
  for (std::size_t i = 0; i < wanted.size(); ++i)
    simulator_.place_order(skus[i % skus.size()], static_cast<std::int32_t>(i / skus.size()), orders_[i]);
}

void DecisionProcess::on_day_close(const Simulator&, std::int64_t day) {
  if (needs_.forecast) {
    observe_sales();
    model_->forecaster->advance(day, all_skus_, sales_, stocked_out_, forecast_state_);
  }
  if (needs_.beyond_horizon && day + 1 == model_->warehouse->days) look_beyond(day + 1);
}

/// At the last close: what the rows will look like on the morning after.
void DecisionProcess::look_beyond(std::int64_t morning) {
  const SimTime now = SimTime::start_of_day(morning);
  const bool periodic = model_->warehouse->review == Review::periodic;
  SimTime next = SimTime::at_milliseconds(EventQueue::kMaximumMilliseconds);
  if (periodic)
    for (const std::int32_t sku : all_skus_)
      for (std::int32_t source = 0; source < simulator_.sources(sku); ++source)
        next = std::min(next, simulator_.next_review(sku, source));
  due_beyond_.clear();
  for (std::size_t facility = 0; facility < volume_.size(); ++facility) {
    volume_[facility] = simulator_.floor().recorded_volume(static_cast<std::int32_t>(facility));
    shelf_volume_beyond_[facility] = simulator_.floor().volume(static_cast<std::int32_t>(facility));
  }
  for (const std::int32_t sku : all_skus_) {
    const auto seen =
        std::span(beyond_).subspan(static_cast<std::size_t>(sku) * beyond_width(), beyond_width());
    std::fill(seen.begin(), seen.end(), 0);
    const SkuState& state = simulator_.state(sku);
    Quantity settled = 0;
    Quantity received = simulator_.returns_of_next_morning(sku);
    simulator_.for_each_open_order(sku, [&](const OpenOrder& order, SimTime due) {
      const Settled part =
          settled_by(now, sku, order, due, std::max<Quantity>(0, state.waited_for() - received));
      settled += part.quantity;
      received += part.delivered;
      const Quantity left = order.quantity - part.quantity;
      if (left == 0 || pipeline_width_ == 0) return;
      const auto oldest = static_cast<std::int64_t>(pipeline_width_) - 1;
      const auto age =
          static_cast<std::size_t>(std::clamp<std::int64_t>(morning - order.ordered_on - 1, 0, oldest));
      seen[4 + age] += left;
      if (sources_by_age() > 0)
        seen[4 + (1 + static_cast<std::size_t>(order.source)) * pipeline_width_ + age] += left;
    });
    const Quantity to_backlog = std::min(state.waited_for(), received);
    for (std::int32_t source = 0; source < simulator_.sources(sku); ++source)
      if (!periodic || simulator_.next_review(sku, source) == next) seen[0] |= Quantity{1} << source;
    seen[1] = state.recorded_on_hand() + received - to_backlog;
    seen[2] = state.waited_for() - to_backlog;
    seen[3] = state.on_order - settled;
    if (seen[0] != 0) due_beyond_.push_back(sku);
    if (life_width_ > 0) look_at_life_beyond(sku, received - to_backlog, seen.subspan(beyond_life()));
  }
}

DecisionProcess::Settled DecisionProcess::settled_by(SimTime instant, std::int32_t sku,
                                                     const OpenOrder& order, SimTime due, Quantity waiting) {
  const Floor& floor = simulator_.floor();
  if (due > instant || !floor.is_last_step(sku, order)) return {};
  const SkuModel& model = model_->warehouse->skus[static_cast<std::size_t>(sku)];
  const Quantity arriving = order.delivered - order.late;
  if (model.volume == 0) return {order.quantity - order.late, arriving};
  const auto at = static_cast<std::size_t>(model.facility);
  const FacilityModel& facility = model_->warehouse->facilities[at];
  Quantity fits = arriving;
  if (facility.overflow != OverflowRule::cost)
    fits = std::min(fits, floor.room_for(sku, shelf_volume_beyond_[at], facility.picks() ? 0 : waiting));
  const Quantity staying = facility.picks() ? fits : std::max<Quantity>(0, fits - waiting);
  shelf_volume_beyond_[at] += staying * model.volume;
  volume_[at] += staying * model.volume;
  const bool rest_waits = facility.lets_wait() && fits < arriving;
  return {rest_waits ? fits : order.quantity - order.late, fits};
}

/// Brings volume_ up to now; beyond the horizon it stays as it was seen.
void DecisionProcess::look_at_capacity() {
  for (std::size_t facility = 0; facility < volume_.size() && !shows_beyond(); ++facility)
    volume_[facility] = simulator_.floor().recorded_volume(static_cast<std::int32_t>(facility));
}

double DecisionProcess::capacity_used_by(std::int32_t sku) const {
  const std::int32_t facility = model_->warehouse->skus[static_cast<std::size_t>(sku)].facility;
  if (facility < 0) return 0;
  const auto at = static_cast<std::size_t>(facility);
  const std::int64_t capacity = model_->warehouse->facilities[at].capacity;
  return capacity == 0 ? 0 : static_cast<double>(volume_[at]) / static_cast<double>(capacity);
}

/// What has not expired has a day less to live; what has been received is fresh.
void DecisionProcess::look_at_life_beyond(std::int32_t sku, Quantity received,
                                          std::span<Quantity> life) const {
  const std::int32_t shelf_life = model_->warehouse->skus[static_cast<std::size_t>(sku)].shelf_life_days;
  if (shelf_life == 0) return;
  simulator_.stock_by_remaining_life(sku, life);
  std::rotate(life.begin(), life.begin() + 1, life.end());  // the first place is empty after the close
  life[static_cast<std::size_t>(shelf_life) - 1] += received;
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
  const auto append = [&bytes](const void* data, std::size_t size) {
    const std::size_t at = bytes.size();
    bytes.resize(at + size);
    if (size > 0) std::memcpy(bytes.data() + at, data, size);
  };
  append(forecast_state_.data(), forecast_state_.size() * sizeof(float));
  append(beyond_.data(), beyond_.size() * sizeof(Quantity));
  append(volume_.data(), volume_.size() * sizeof(std::int64_t));
  append(&ended_, sizeof ended_);
}

void DecisionProcess::fork(std::span<const std::byte> bytes, std::uint64_t rollout_id) {
  restore(bytes);
  std::vector<std::byte> simulation;
  simulator_.save(simulation);
  simulator_.fork(simulation, rollout_id);
}

void DecisionProcess::restore(std::span<const std::byte> bytes) {
  const auto take_last = [&bytes](void* data, std::size_t size) {
    RESTOCK_CHECK(bytes.size() >= size, "{} bytes", bytes.size());
    bytes = bytes.first(bytes.size() - size);
    if (size > 0) std::memcpy(data, bytes.data() + bytes.size(), size);
  };
  take_last(&ended_, sizeof ended_);
  take_last(volume_.data(), volume_.size() * sizeof(std::int64_t));
  take_last(beyond_.data(), beyond_.size() * sizeof(Quantity));
  take_last(forecast_state_.data(), forecast_state_.size() * sizeof(float));
  simulator_.restore(bytes);
  due_ = {};
  due_beyond_.clear();
  for (const std::int32_t sku : all_skus_)
    if (shows_beyond() && beyond_[static_cast<std::size_t>(sku) * beyond_width()] != 0)
      due_beyond_.push_back(sku);
  if (shows_beyond()) due_ = due_beyond_;
}

}  // namespace restock
