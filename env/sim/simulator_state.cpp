// The state of a simulation: one flat block, what is read off it, and how it is saved and restored.
#include <algorithm>
#include <cstring>

#include "env/sim/simulator.h"

namespace restock {

namespace {

/// Hands out parts of one block of words.
class Layout {
 public:
  template <class T>
  std::size_t take(std::size_t count) {
    const std::size_t at = words_;
    words_ += (count * sizeof(T) + 7) / 8;
    return at;
  }
  std::size_t words() const { return words_; }

 private:
  std::size_t words_ = 0;
};

}  // namespace

void Simulator::lay_out_state() {
  const auto n = static_cast<std::size_t>(sku_count_);
  Layout layout;
  const std::size_t clock = layout.take<Clock>(1);
  const std::size_t states = layout.take<SkuState>(n);
  const std::size_t substitutions = layout.take<SubstitutionState>(n);
  const std::size_t ledgers = layout.take<SkuLedger>(n);
  const std::size_t bases = layout.take<SkuLedger>(n);
  const std::size_t streams = layout.take<Streams>(n);
  const std::size_t open = layout.take<OpenOrder>(order_slots_);
  const std::size_t owners = layout.take<std::int32_t>(order_slots_);
  const std::size_t due = layout.take<std::int32_t>(n);
  const std::size_t asked = layout.take<std::int32_t>(n);
  const std::size_t open_sources = layout.take<std::uint8_t>(n);
  const std::size_t triggered = layout.take<std::uint8_t>(n);
  const std::size_t zero_lead = layout.take<OpenOrder>(n);
  const std::size_t batches = layout.take<Quantity>(static_cast<std::size_t>(model_->batches));
  const std::size_t waiting = layout.take<Quantity>(static_cast<std::size_t>(model_->waiting));
  const std::size_t shipped = layout.take<Quantity>(static_cast<std::size_t>(model_->shipped));
  const std::size_t sources = layout.take<SourceState>(static_cast<std::size_t>(model_->sources));
  const std::size_t suppliers = layout.take<SupplierState>(model_->suppliers.size());
  const std::size_t costs = layout.take<double>(n);
  const std::size_t revenues = layout.take<double>(n);
  const std::size_t forked = layout.take<ForkedDay>(n);
  const std::size_t facilities = layout.take<FacilityState>(model_->facilities.size());
  const std::size_t allocated = layout.take<AllocatedState>(model_->facilities.empty() ? 0 : n);
  const std::size_t receipts = layout.take<ReceiptState>(floor_.has_steps_ ? order_slots_ : 0);
  const std::size_t pickers = layout.take<PickerState>(floor_.pickers());
  const std::size_t idle = layout.take<std::int32_t>(floor_.pickers());
  const std::size_t unseen =
      layout.take<Quantity>(floor_.has_shrinkage_ ? static_cast<std::size_t>(model_->batches) : 0);
  const std::size_t tree = layout.take<std::uint64_t>(EventQueue::words(close_slot_ + 1));
  block_.assign(layout.words(), 0);
  const auto at = [this]<class T>(std::size_t word, T*& pointer) {
    pointer = reinterpret_cast<T*>(block_.data() + word);
  };
  at(clock, clock_);
  at(states, states_);
  at(substitutions, substitutions_);
  at(ledgers, ledgers_);
  at(bases, at_warm_up_end_);
  at(streams, streams_);
  at(open, open_orders_);
  at(owners, sku_of_slot_);
  at(due, due_);
  at(asked, asked_);
  at(open_sources, open_sources_);
  at(triggered, is_triggered_);
  at(zero_lead, zero_lead_);
  at(batches, batches_);
  at(waiting, waiting_);
  at(shipped, shipped_);
  at(sources, sources_);
  at(suppliers, suppliers_);
  at(costs, cost_so_far_);
  at(revenues, revenue_so_far_);
  at(forked, forked_day_);
  floor_.now_ = &clock_->now;
  floor_.ledgers_ = ledgers_;
  floor_.queue_ = &queue_;
  at(facilities, floor_.facilities_);
  at(allocated, floor_.allocated_);
  at(receipts, floor_.receipts_);
  at(pickers, floor_.picker_states_);
  at(idle, floor_.idle_pickers_);
  at(unseen, floor_.unseen_batches_);
  queue_ = EventQueue(block_.data() + tree, close_slot_ + 1);
}

SkuLedger Simulator::counted_ledger(std::int32_t sku) const noexcept {
  if (ledgers_[sku].days <= model_->warm_up_days) return {};
  return ledgers_[sku] - at_warm_up_end_[sku];
}

void Simulator::stock_by_remaining_life(std::int32_t sku, std::span<Quantity> columns) const noexcept {
  std::fill(columns.begin(), columns.end(), 0);
  const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
  for (std::int64_t life = 0; life < model.shelf_life_days; ++life)
    if (static_cast<std::size_t>(life) < columns.size())
      columns[static_cast<std::size_t>(life)] = *batch(model, life) + floor_.unseen(sku, life);
}

void Simulator::save(std::vector<std::byte>& bytes) const {
  bytes.resize(block_.size() * sizeof(std::uint64_t));
  std::memcpy(bytes.data(), block_.data(), bytes.size());
  floor_.save(bytes);
}

void Simulator::restore(std::span<const std::byte> bytes) {
  const std::size_t block = block_.size() * sizeof(std::uint64_t);
  RESTOCK_CHECK(bytes.size() >= block, "{} bytes for a state of {} words", bytes.size(), block_.size());
  std::memcpy(block_.data(), bytes.data(), block);
  floor_.restore(bytes.subspan(block));
  if (model_->arrivals != Arrivals::orders) return;
  const std::int64_t cursor = clock_->next_customer;
  was_forked_today() ? draw_customers_after_fork() : draw_customers(clock_->day);
  clock_->next_customer = cursor;
}

}  // namespace restock
