#include "agents/policies/exact/rows.h"

#include <algorithm>

#include "env/core/time.h"
#include "env/decision_process.h"

namespace restock::exact {

namespace {

std::size_t column_of_age(std::int64_t age, std::size_t width) {
  return static_cast<std::size_t>(std::clamp<std::int64_t>(age - 1, 0, static_cast<std::int64_t>(width) - 1));
}

}  // namespace

DecisionRows::DecisionRows(const WarehouseModel& warehouse)
    : warehouse_(warehouse),
      pipeline_width_(pipeline_width_of(warehouse)),
      life_width_(longest_shelf_life(warehouse)),
      sources_(most_sources(warehouse)) {}

void DecisionRows::clear() {
  for (auto* column : {&sku_, &weekday_, &month_, &day_of_year_, &days_since_order_}) column->clear();
  for (auto* column : {&on_hand_, &backlog_, &on_order_, &pipeline_, &by_source_, &life_}) column->clear();
  for (auto* column : {&price_, &promotion_, &promotion_ahead_}) column->clear();
  day_.clear();
  open_sources_.clear();
  supplier_out_.clear();
}

void DecisionRows::add(std::int32_t sku, std::int64_t day) {
  sku_.push_back(sku);
  day_.push_back(day);
  for (auto* column : {&weekday_, &month_, &day_of_year_}) column->push_back(0);
  set_date(sku_.size() - 1);
  days_since_order_.push_back(1);
  for (auto* column : {&on_hand_, &backlog_, &on_order_}) column->push_back(0);
  pipeline_.resize(pipeline_.size() + pipeline_width_);
  by_source_.resize(by_source_.size() + (sources_ > 1 ? sources_ * pipeline_width_ : 0));
  life_.resize(life_.size() + life_width_);
  const std::size_t open = warehouse_.skus[static_cast<std::size_t>(sku)].sources.size();
  open_sources_.push_back(static_cast<std::uint8_t>((1U << open) - 1));
  supplier_out_.push_back(0);
  price_.push_back(1);
  promotion_.push_back(0);
  promotion_ahead_.push_back(0);
}

void DecisionRows::set_date(std::size_t row) {
  const Date date = warehouse_.start + std::chrono::days(day_[row]);
  weekday_[row] = weekday_of(date);
  month_[row] = month_of(date);
  day_of_year_[row] = day_of_year(date);
}

void DecisionRows::move_days(std::int64_t days) {
  for (std::size_t row = 0; row < size(); ++row) {
    day_[row] += days;
    set_date(row);
  }
}

void DecisionRows::set_stock(Quantity on_hand, Quantity backlog) {
  on_hand_.back() = on_hand;
  backlog_.back() = backlog;
}

void DecisionRows::add_on_order(std::size_t source, std::int64_t age, Quantity units) {
  const std::size_t column = column_of_age(age, pipeline_width_);
  on_order_.back() += units;
  pipeline_[pipeline_.size() - pipeline_width_ + column] += units;
  if (sources_ > 1) by_source_[by_source_.size() - (sources_ - source) * pipeline_width_ + column] += units;
}

void DecisionRows::set_life(std::size_t days_left, Quantity units) {
  life_[life_.size() - life_width_ + days_left] = units;
}

void DecisionRows::set_supplier_out(std::size_t source) {
  supplier_out_.back() = static_cast<std::uint8_t>(supplier_out_.back() | (1U << source));
}

DecisionBatch DecisionRows::batch() const {
  DecisionBatch batch;
  batch.rows = size();
  batch.sku = sku_;
  batch.day = day_;
  batch.weekday = weekday_;
  batch.month = month_;
  batch.day_of_year = day_of_year_;
  batch.days_since_order = days_since_order_;
  batch.on_hand = on_hand_;
  batch.backlog = backlog_;
  batch.on_order = on_order_;
  batch.pipeline_by_age = pipeline_;
  batch.pipeline_width = pipeline_width_;
  batch.sources = sources_;
  batch.open_sources = open_sources_;
  batch.pipeline_by_source = by_source_;
  batch.stock_by_remaining_life = life_;
  batch.life_width = life_width_;
  batch.supplier_out = supplier_out_;
  batch.price = price_;
  batch.promotion = promotion_;
  batch.promotion_ahead = promotion_ahead_;
  return batch;
}

Quantity on_order_of_age(const DecisionBatch& batch, std::size_t row, std::size_t source, std::int64_t age) {
  const std::size_t width = batch.pipeline_width;
  const std::size_t column = column_of_age(age, width);
  if (batch.pipeline_by_source.empty()) return batch.pipeline_by_age[row * width + column];
  return batch.pipeline_by_source[(row * batch.sources + source) * width + column];
}

}  // namespace restock::exact
