#include "forecasting/neural/train_lstm.h"

#include <fmt/format.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "env/core/error.h"
#include "env/core/keyed_random.h"
#include "forecasting/neural/lstm_module.h"

namespace restock::forecasting {

namespace {

constexpr std::size_t kWarmUpDays = 28;         ///< of a fresh memory; not learned from
constexpr std::size_t kValidationWarmUp = 112;  ///< days before the validation that fill the memory
constexpr std::size_t kOriginsEvery = 4;        ///< all leads are learned from every fourth evening
constexpr std::size_t kIntervals = 3;           ///< sums learned from each of these

/// Lets the C library keep the large blocks that every step frees and takes again, instead of handing them
/// back to the system each time: a quarter of the time of a step (measured).
void keep_freed_memory() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
#endif
}

torch::Device device_of(const LstmConfig& config) {
  if (config.device == Device::cpu) return torch::kCPU;
  if (torch::cuda::is_available()) return torch::kCUDA;
  throw InputError("device cuda: this build or this machine has no CUDA device; use device=cpu");
}

/// Stretches of series that go on from batch to batch and start anew at keyed random places.
class Streams {
 public:
  Streams(const TrainingData& data, std::size_t series, std::size_t learn_days, const LstmConfig& config)
      : data_(data),
        series_(series),
        learn_days_(learn_days),
        length_(static_cast<std::size_t>(config.stream_days)),
        leads_(static_cast<std::size_t>(config.maximum_lead_days)),
        seed_(static_cast<std::uint64_t>(config.seed)),
        place_(static_cast<std::size_t>(config.streams)),
        day_(place_.size()),
        counts_from_(place_.size()) {}

  /// The next batch; `fresh` lists the streams that start anew and need an empty memory.
  TrainingBatch next(std::uint64_t step, std::vector<std::int64_t>& fresh) {
    for (std::size_t b = 0; b < place_.size(); ++b) {
      day_[b] += length_;
      if (step > 0 && day_[b] + length_ < learn_days_) continue;
      start(b, step);
      fresh.push_back(static_cast<std::int64_t>(b));
    }
    TrainingBatch batch = data_.batch(place_, day_, length_, leads_, counts_from_, learn_days_);
    choose_targets(batch, step);
    return batch;
  }

 private:
  void start(std::size_t b, std::uint64_t step) {
    const Stream draws({seed_, Split::train, step}, Purpose::minibatch, b);
    place_[b] = draws.below(series_, 0);
    const std::size_t first = std::min(data_.first_day_of(place_[b]), learn_days_ - length_ - 1);
    day_[b] = first + draws.below(learn_days_ - length_ - first, 1);
    counts_from_[b] = day_[b] + (day_[b] == first ? 1 : std::min(kWarmUpDays, length_ / 2));
  }

  void choose_targets(TrainingBatch& batch, std::uint64_t step) const {
    const Stream draws({seed_, Split::train, step}, Purpose::minibatch, place_.size());
    const std::size_t every = std::min(kOriginsEvery, length_);
    for (std::size_t t = draws.below(every, 2); t < length_; t += every)
      batch.origins.push_back(static_cast<std::int64_t>(t));
    batch.intervals = kIntervals;
    const std::size_t count = batch.size * batch.origins.size() * kIntervals;
    const double log_leads = std::log(static_cast<double>(leads_) + 1);
    for (std::size_t i = 0; i < count; ++i) {
      const auto days = static_cast<std::int64_t>(std::exp(draws.uniform(3, i) * log_leads));
      batch.interval_days.push_back(std::clamp<std::int64_t>(days, 1, static_cast<std::int64_t>(leads_)) - 1);
    }
  }

  const TrainingData& data_;
  std::size_t series_, learn_days_, length_, leads_;
  std::uint64_t seed_;
  std::vector<std::size_t> place_, day_, counts_from_;
};

class Trainer {
 public:
  Trainer(const Panel& panel, std::size_t train_days, const LstmConfig& config)
      : config_(config),
        parameters_(LstmModel::untrained(panel, train_days, config)),
        data_(panel, train_days, parameters_),
        series_(panel.series()),
        device_(device_of(config)),
        learn_days_(train_days - static_cast<std::size_t>(config.validation_days)),
        module_(parameters_, config.dropout, device_),
        streams_(data_, series_, learn_days_, config),
        optimizer_(module_.parameters(),
                   torch::optim::AdamWOptions(config.learning_rate).weight_decay(config.weight_decay)),
        memory_(module_.empty_memory(static_cast<std::size_t>(config.streams))) {}

  LstmModel train(const std::function<void(const TrainingProgress&)>& report) {
    const auto started = std::chrono::steady_clock::now();
    TrainingProgress progress{0, config_.steps, 0, 0, std::numeric_limits<double>::infinity(), 0};
    std::int64_t without_gain = 0;
    double loss = 0;
    std::int64_t since = 0;
    while (progress.step < config_.steps && without_gain < config_.patience_validations) {
      loss += step(progress.step++);
      ++since;
      if (progress.step % config_.validate_every_steps != 0 && progress.step != config_.steps) continue;
      progress.loss = std::exchange(loss, 0) / static_cast<double>(std::exchange(since, 0));
      module_.swap_average();
      progress.validation_loss = validate();
      const bool better = progress.validation_loss < progress.best_validation_loss;
      without_gain = better ? 0 : without_gain + 1;
      if (better) keep(progress);
      module_.swap_average();
      progress.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
      if (report) report(progress);
    }
    return LstmModel(parameters_);
  }

 private:
  void keep(TrainingProgress& progress) {
    progress.best_validation_loss = progress.validation_loss;
    parameters_.weights.values = module_.flat();
  }

  double step(std::int64_t number) {
    module_.train();
    set_learning_rate(number);
    std::vector<std::int64_t> fresh;
    const TrainingBatch batch = streams_.next(static_cast<std::uint64_t>(number), fresh);
    if (!fresh.empty()) {
      const auto rows = torch::tensor(torch::ArrayRef<std::int64_t>(fresh)).to(device_);
      memory_ = {memory_.h.index_fill(0, rows, 0), memory_.c.index_fill(0, rows, 0)};
    }
    optimizer_.zero_grad();
    const LstmLosses losses = module_.losses(batch, memory_);
    const auto total = losses.total();
    total.backward();
    torch::nn::utils::clip_grad_norm_(module_.parameters(), config_.gradient_norm);
    optimizer_.step();
    module_.update_average(std::max(config_.averaging_rate, 1 / (static_cast<double>(number) + 1)));
    impute(batch, losses.next_day_laws, number);
    return total.item<double>();
  }

  void set_learning_rate(std::int64_t number) {
    constexpr double kPi = 3.141592653589793;
    const double share = static_cast<double>(number) / static_cast<double>(config_.steps);
    for (auto& group : optimizer_.param_groups())
      static_cast<torch::optim::AdamWOptions&>(group.options())
          .lr(config_.learning_rate * 0.5 * (1 + std::cos(kPi * share)));
  }

  void impute(const TrainingBatch& batch, const DailyLaws& laws, std::int64_t number) {
    const auto mean = laws.mean.to(torch::kCPU).contiguous();
    const auto dispersion = laws.dispersion.to(torch::kCPU).contiguous();
    const auto cells = static_cast<std::size_t>(mean.numel());
    data_.impute(batch, {mean.data_ptr<float>(), cells}, {dispersion.data_ptr<float>(), cells},
                 static_cast<std::uint64_t>(config_.seed), static_cast<std::uint64_t>(number));
  }

  /// Mean loss on the validation days, seen from memories that are filled on the days before.
  double validate() {
    const torch::NoGradGuard no_gradient;
    module_.eval();
    const auto leads = static_cast<std::size_t>(config_.maximum_lead_days);
    const std::size_t warm = std::min(kValidationWarmUp, learn_days_ - 1);
    const std::size_t first = learn_days_ - warm;
    const std::size_t length = data_.days() - first - 1;
    double loss = 0;
    for (std::size_t from = 0; from < series_; from += 64) {
      std::vector<std::size_t> chosen;
      for (std::size_t s = from; s < std::min(series_, from + 64); ++s) chosen.push_back(s);
      const std::vector<std::size_t> days(chosen.size(), first), counts_from(chosen.size(), learn_days_);
      TrainingBatch batch = data_.batch(chosen, days, length, leads, counts_from, data_.days());
      choose_validation_targets(batch, warm - 1);
      LstmMemory memory = module_.empty_memory(chosen.size());
      loss += module_.losses(batch, memory).total().item<double>() * static_cast<double>(chosen.size());
    }
    return loss / static_cast<double>(series_);
  }

  void choose_validation_targets(TrainingBatch& batch, std::size_t first_origin) const {
    constexpr std::array<std::int64_t, 3> kDays{2, 7, 14};
    for (std::size_t t = first_origin; t < batch.days; t += 2)
      batch.origins.push_back(static_cast<std::int64_t>(t));
    batch.intervals = kDays.size();
    for (std::size_t i = 0; i < batch.size * batch.origins.size(); ++i) {
      for (const std::int64_t days : kDays)
        batch.interval_days.push_back(std::min(days, config_.maximum_lead_days) - 1);
    }
  }

  const LstmConfig& config_;
  LstmParameters parameters_;
  TrainingData data_;
  std::size_t series_;
  torch::Device device_;
  std::size_t learn_days_;
  LstmModule module_;
  Streams streams_;
  torch::optim::AdamW optimizer_;
  LstmMemory memory_;
};

}  // namespace

LstmModel train_lstm(const Panel& panel, std::size_t train_days, const LstmConfig& config,
                     const std::function<void(const TrainingProgress&)>& report) {
  const auto needed = static_cast<std::size_t>(config.validation_days + 2 * config.stream_days);
  if (train_days > panel.days || train_days < needed) {
    throw InputError(
        fmt::format("forecaster 'lstm' needs {} days of history to learn from (twice stream_days and "
                    "validation_days), got {}; shorten these or give a longer history",
                    needed, train_days));
  }
  keep_freed_memory();
  torch::set_num_threads(1);
  torch::manual_seed(static_cast<std::uint64_t>(config.seed));
  return Trainer(panel, train_days, config).train(report);
}

}  // namespace restock::forecasting
