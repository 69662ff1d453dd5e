#include "env/replenishment_env.h"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace restock {

ReplenishmentEnv::ReplenishmentEnv(std::shared_ptr<const EnvModel> model)
    : model_(std::move(model)),
      process_(model_->decisions, {.pipeline = model_->observation.needs_pipeline(),
                                   .forecast = model_->decisions->forecaster != nullptr,
                                   .beyond_horizon = true}),
      all_skus_(rows()),
      is_due_(rows()),
      wanted_(rows() * model_->action.sources()),
      counted_(rows()) {
  std::iota(all_skus_.begin(), all_skus_.end(), 0);
  due_.reserve(rows());
}

void ReplenishmentEnv::reset(const RunKey& run, EnvView view) {
  process_.reset(run);
  if (!process_.advance())
    throw InputError(fmt::format(
        "the horizon of {} days holds no decision, expected a review or a customer before its end",
        model_->decisions->warehouse->days));
  for (const std::int32_t sku : all_skus_)
    counted_[static_cast<std::size_t>(sku)] = process_.simulator().lifetime_ledger(sku);
  due_.assign(process_.due().begin(), process_.due().end());
  write_view(view);
}

bool ReplenishmentEnv::step(std::span<const std::int32_t> actions, EnvView view, std::span<double> rewards) {
  RESTOCK_CHECK(!process_.ended(), "a step after the end of the horizon");
  place(actions);
  const bool truncated = !process_.advance();
  due_.assign(process_.due().begin(), process_.due().end());
  const WarehouseModel& warehouse = *model_->decisions->warehouse;
  for (std::size_t row = 0; row < rows(); ++row) {
    const SkuLedger& now = process_.simulator().lifetime_ledger(static_cast<std::int32_t>(row));
    rewards[row] = -costs_of(now - counted_[row], warehouse.skus[row].rates).total();
    counted_[row] = now;
  }
  write_view(view);
  return truncated;
}

/// The batch of process_ holds all SKUs here, in order: write_view() asked for it.
void ReplenishmentEnv::place(std::span<const std::int32_t> actions) {
  const std::size_t n = model_->action.actions();
  const std::size_t sources = model_->action.sources();
  std::size_t count = 0;
  for (std::size_t source = 0; source < sources; ++source) {
    for (const std::int32_t sku : due_) {
      const auto row = static_cast<std::size_t>(sku);
      const std::int32_t action = actions[row];
      RESTOCK_CHECK(action >= 0 && static_cast<std::size_t>(action) < n, "action {} of SKU {}", action, sku);
      wanted_[count++] =
          model_->action.decode(process_.batch(), row, static_cast<std::size_t>(action), source);
    }
  }
  process_.order(due_, std::span(wanted_).first(count));
}

void ReplenishmentEnv::write_view(EnvView view) {
  const DecisionBatch& batch = process_.observe(all_skus_);
  model_->observation.write(batch, view.observations);
  std::fill(is_due_.begin(), is_due_.end(), std::uint8_t{0});
  for (const std::int32_t sku : due_) is_due_[static_cast<std::size_t>(sku)] = 1;
  const std::size_t n = model_->action.actions();
  for (std::size_t row = 0; row < rows(); ++row) {
    const std::span<std::uint8_t> mask = view.masks.subspan(row * n, n);
    if (is_due_[row]) {
      model_->action.write_mask(batch, row, mask);
    } else {
      std::fill(mask.begin(), mask.end(), std::uint8_t{0});
      mask[0] = 1;
    }
  }
}

void ReplenishmentEnv::save(std::vector<std::byte>& bytes) const {
  process_.save(bytes);
  const std::size_t at = bytes.size();
  const std::size_t ledgers = counted_.size() * sizeof(SkuLedger);
  bytes.resize(at + ledgers + rows());
  std::memcpy(bytes.data() + at, counted_.data(), ledgers);
  std::memcpy(bytes.data() + at + ledgers, is_due_.data(), rows());
}

/// What lies behind the state of the process.
std::span<const std::byte> ReplenishmentEnv::restore_books(std::span<const std::byte> bytes) {
  const std::size_t ledgers = counted_.size() * sizeof(SkuLedger);
  RESTOCK_CHECK(bytes.size() >= ledgers + rows(), "{} bytes", bytes.size());
  const std::size_t at = bytes.size() - ledgers - rows();
  std::memcpy(counted_.data(), bytes.data() + at, ledgers);
  due_.clear();
  for (std::size_t row = 0; row < rows(); ++row)
    if (bytes[at + ledgers + row] != std::byte{0}) due_.push_back(static_cast<std::int32_t>(row));
  return bytes.first(at);
}

void ReplenishmentEnv::restore(std::span<const std::byte> bytes, EnvView view) {
  process_.restore(restore_books(bytes));
  write_view(view);
}

void ReplenishmentEnv::fork(std::span<const std::byte> bytes, std::uint64_t rollout_id, EnvView view) {
  process_.fork(restore_books(bytes), rollout_id);
  write_view(view);
}

}  // namespace restock
