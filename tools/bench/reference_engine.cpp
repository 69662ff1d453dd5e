#include "tools/bench/reference_engine.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "env/core/time.h"

namespace restock::bench {

namespace {

constexpr double kDay = static_cast<double>(kMillisecondsPerDay);

std::int64_t day_of(double time) {
  return static_cast<std::int64_t>(time / kDay);
}

}  // namespace

bool ReferenceEngine::Later::operator()(const Event& a, const Event& b) const {
  if (a.time != b.time) return a.time > b.time;
  return std::tie(a.kind, a.sku, a.k) > std::tie(b.kind, b.sku, b.k);
}

ReferenceEngine::ReferenceEngine(std::shared_ptr<const WarehouseModel> model) : model_(std::move(model)) {}

void ReferenceEngine::start(const RunKey& run) {
  events_ = 0;
  queue_ = {};
  skus_.assign(model_->skus.size(), {});
  for (std::size_t i = 0; i < skus_.size(); ++i) {
    Sku& sku = skus_[i];
    sku.on_hand = model_->skus[i].initial_on_hand;
    sku.demand = Stream(run, Purpose::demand, i);
    sku.lead_time = Stream(run, Purpose::lead_time, i);
    sku.customer_time = Stream(run, Purpose::customer_time, i);
    sku.order_size = Stream(run, Purpose::order_size, i);
    const ReviewGroup& group =
        model_->review_groups[static_cast<std::size_t>(model_->skus[i].regular().review_group)];
    queue_.push({static_cast<double>(group.calendar.first_day) * kDay, Kind::review,
                 static_cast<std::int32_t>(i), 0, 0});
  }
  start_day(0);
}

void ReferenceEngine::run(const RunKey& run, Quantity order_up_to_level) {
  start(run);
  while (!queue_.empty()) {
    const Event event = queue_.top();
    if (event.time >= static_cast<double>(model_->days) * kDay) break;
    queue_.pop();
    ++events_;
    switch (event.kind) {
      case Kind::receipt:
        on_receipt(event);
        break;
      case Kind::review:
        on_review(event, order_up_to_level);
        break;
      case Kind::customer:
        on_customer(event);
        break;
      case Kind::close:
        on_close(event);
        break;
    }
  }
}

void ReferenceEngine::start_day(std::int64_t day) {
  const double start = static_cast<double>(day) * kDay;
  for (std::size_t i = 0; i < skus_.size(); ++i) {
    const SkuModel& model = model_->skus[i];
    const auto customers = model.demand.front().sample(skus_[i].demand.bits(day));
    for (std::int32_t k = 0; k < customers; ++k) {
      const auto n = static_cast<std::uint64_t>(k);
      const auto offset =
          skus_[i].customer_time.below(static_cast<std::uint64_t>(kMillisecondsPerDay), day, n);
      Quantity quantity = 1;
      if (!model.order_size.empty())
        quantity = model.order_size.front().sample(skus_[i].order_size.bits(day, n));
      queue_.push({start + static_cast<double>(offset), Kind::customer, static_cast<std::int32_t>(i), k,
                   static_cast<std::int32_t>(quantity)});
    }
  }
  queue_.push({start + kDay - 1, Kind::close, 0, 0, 0});
}

void ReferenceEngine::integrate(Sku& sku, double until) {
  const auto elapsed = static_cast<std::int64_t>(until - sku.counted_until);
  sku.ledger.on_hand_time += sku.on_hand * elapsed;
  sku.ledger.backlog_time += sku.backlog * elapsed;
  sku.counted_until = until;
}

void ReferenceEngine::on_receipt(const Event& event) {
  Sku& sku = skus_[static_cast<std::size_t>(event.sku)];
  integrate(sku, event.time);
  const Quantity to_backlog = std::min<Quantity>(sku.backlog, event.quantity);
  sku.on_order -= event.quantity;
  sku.backlog -= to_backlog;
  sku.on_hand += event.quantity - to_backlog;
  sku.ledger.received += event.quantity;
  sku.ledger.shipped += to_backlog;
  ++sku.ledger.cycles;
  if (!sku.stockout_in_cycle) ++sku.ledger.cycles_without_stockout;
  sku.stockout_in_cycle = false;
}

double ReferenceEngine::lead_time(std::int32_t sku, std::int64_t day) {
  const std::uint64_t bits = skus_[static_cast<std::size_t>(sku)].lead_time.bits(day);
  const Law& law = *model_->skus[static_cast<std::size_t>(sku)].regular().lead_time_law;
  return static_cast<double>(std::llround(law.quantile(unit_interval(bits)) * kDay));
}

void ReferenceEngine::on_review(const Event& event, Quantity level) {
  const auto index = static_cast<std::size_t>(event.sku);
  Sku& sku = skus_[index];
  const Quantity wanted = std::max<Quantity>(0, level - (sku.on_hand + sku.on_order - sku.backlog));
  const Quantity quantity = legal_order_quantity(model_->skus[index].regular(), wanted);
  if (quantity > 0) {
    sku.on_order += quantity;
    sku.ledger.ordered += quantity;
    ++sku.ledger.orders;
    queue_.push({event.time + lead_time(event.sku, day_of(event.time)), Kind::receipt, event.sku, 0,
                 static_cast<std::int32_t>(quantity)});
  }
  const ReviewGroup& group =
      model_->review_groups[static_cast<std::size_t>(model_->skus[index].regular().review_group)];
  queue_.push(
      {event.time + static_cast<double>(group.calendar.period_days) * kDay, Kind::review, event.sku, 0, 0});
}

void ReferenceEngine::on_customer(const Event& event) {
  Sku& sku = skus_[static_cast<std::size_t>(event.sku)];
  integrate(sku, event.time);
  const Quantity served = std::min<Quantity>(sku.on_hand, event.quantity);
  const Quantity unmet = event.quantity - served;
  sku.on_hand -= served;
  sku.ledger.demanded += event.quantity;
  sku.ledger.served_at_once += served;
  sku.ledger.shipped += served;
  if (unmet == 0) return;
  sku.stockout_in_cycle = true;
  if (model_->skus[static_cast<std::size_t>(event.sku)].unmet_demand == UnmetDemand::lost) {
    sku.lost_today += unmet;
    sku.ledger.lost += unmet;
  } else {
    sku.backlog += unmet;
  }
}

void ReferenceEngine::on_close(const Event& event) {
  for (Sku& sku : skus_) {
    integrate(sku, event.time + 1);
    ++sku.ledger.days;
    if (sku.backlog == 0 && sku.lost_today == 0) ++sku.ledger.no_stockout_days;
    sku.lost_today = 0;
  }
  const std::int64_t closed = day_of(event.time) + 1;
  if (closed < model_->days) start_day(closed);
}

}  // namespace restock::bench
