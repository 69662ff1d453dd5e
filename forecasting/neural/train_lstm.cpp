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

constexpr std::size_t kOriginsEvery = 4;      ///< all leads are learned from every fourth evening
constexpr std::size_t kIntervals = 3;         ///< sums learned from each of these
constexpr double kForgotten = 0.1;            ///< share of items and categories taken for unknown ones
constexpr std::int64_t kFewestSteps = 150;    ///< however short the history
constexpr std::size_t kShortestHistory = 12;  ///< steps

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

/// How the days that may be learned from are cut.
struct Cut {
  std::size_t learn_days, least_context, context, window, leads;

  Cut(std::size_t train_days, const LstmConfig& config) {
    const auto at_most = [](std::int64_t wanted, std::size_t limit) {
      return std::min(static_cast<std::size_t>(wanted), limit);
    };
    learn_days = train_days - at_most(config.validation_days, train_days / 8);
    window = at_most(config.window_days, std::max<std::size_t>(1, learn_days / 4));
    context = at_most(config.context_days, learn_days - window - 1);
    least_context = std::min(context, std::max<std::size_t>(1, learn_days / 8));
    leads = LstmModel::leads_of(train_days, config);
  }
};

/// Stretches of series, chosen by keyed draws: some days fill a memory, from the evenings of the `window`
/// after them the network learns to look ahead. In short histories the former are few now and then, so that
/// the early days are learned from as well.
class Windows {
 public:
  Windows(const TrainingData& data, std::size_t series, const Cut& cut, const LstmConfig& config)
      : data_(data),
        series_(series),
        cut_(cut),
        seed_(static_cast<std::uint64_t>(config.seed)),
        place_(static_cast<std::size_t>(config.windows)),
        first_day_(place_.size()) {}

  TrainingBatch next(std::uint64_t step) {
    const Stream draws({seed_, Split::train, step}, Purpose::minibatch, 0);
    const std::size_t context = cut_.least_context + draws.below(cut_.context - cut_.least_context + 1, 6);
    const std::size_t days = context + cut_.window, last = cut_.learn_days - days;
    for (std::size_t b = 0; b < place_.size(); ++b) {
      place_[b] = draws.below(series_, 0, b);
      const std::size_t listed = data_.first_day_of(place_[b]);
      const std::size_t first = std::min(listed - std::min(listed, context / 2), last);
      first_day_[b] = first + draws.below(last - first + 1, 1, b);
    }
    TrainingBatch batch =
        data_.batch({place_, first_day_, days, cut_.leads, context - 1, 0, cut_.learn_days});
    choose_targets(batch, draws);
    forget_some(batch, draws);
    data_.look_ahead(batch);
    return batch;
  }

 private:
  void choose_targets(TrainingBatch& batch, const Stream& draws) const {
    const std::size_t every = std::min(kOriginsEvery, batch.evenings());
    for (std::size_t t = draws.below(every, 2); t < batch.evenings(); t += every)
      batch.origins.push_back(static_cast<std::int64_t>(t));
    batch.intervals = kIntervals;
    const std::size_t count = batch.size * batch.origins.size() * kIntervals;
    const double log_leads = std::log(static_cast<double>(cut_.leads) + 1);
    for (std::size_t i = 0; i < count; ++i) {
      const auto days = static_cast<std::int64_t>(std::exp(draws.uniform(3, i) * log_leads));
      batch.interval_days.push_back(std::clamp<std::int64_t>(days, 1, static_cast<std::int64_t>(cut_.leads)) -
                                    1);
    }
  }

  /// So that the network learns what to say of series and categories that it does not know.
  void forget_some(TrainingBatch& batch, const Stream& draws) const {
    const auto& unknown = data_.unknown_categories();
    for (std::size_t b = 0; b < batch.size; ++b)
      if (draws.uniform(4, b) < kForgotten) batch.items[b] = 0;
    for (std::size_t i = 0; i < batch.categories.size(); ++i)
      if (draws.uniform(5, i) < kForgotten)
        batch.categories[i] = static_cast<std::int64_t>(unknown[i % unknown.size()]);
  }

  const TrainingData& data_;
  std::size_t series_;
  Cut cut_;
  std::uint64_t seed_;
  std::vector<std::size_t> place_, first_day_;
};

/// Steps of training: the history is learned from about `passes` times at most, but in kFewestSteps steps at
/// least where `steps` allows them.
std::int64_t steps_of(const Panel& panel, const Cut& cut, const LstmConfig& config) {
  double days = 0;
  for (std::size_t s = 0; s < panel.series(); ++s)
    days += static_cast<double>(cut.learn_days - std::min(panel.listed_from[s], cut.learn_days));
  const double each = static_cast<double>(config.windows) * static_cast<double>(cut.window);
  const auto wanted = static_cast<std::int64_t>(std::min(config.passes * days / each, 1e7));
  return std::min(config.steps, std::max(kFewestSteps, wanted));
}

class Trainer {
 public:
  Trainer(const Panel& panel, std::size_t train_days, const LstmConfig& config)
      : config_(config),
        parameters_(LstmModel::untrained(panel, train_days, config)),
        data_(panel, train_days, parameters_),
        series_(panel.series()),
        device_(device_of(config)),
        cut_(train_days, config),
        steps_(steps_of(panel, cut_, config)),
        module_(parameters_, config.dropout, device_),
        windows_(data_, series_, cut_, config),
        optimizer_(module_.parameters(),
                   torch::optim::AdamWOptions(config.learning_rate).weight_decay(config.weight_decay)) {}

  LstmModel train(const std::function<void(const TrainingProgress&)>& report) {
    const auto started = std::chrono::steady_clock::now();
    TrainingProgress progress{0, steps_, 0, 0, std::numeric_limits<double>::infinity(), 0};
    std::int64_t without_gain = 0;
    double loss = 0;
    std::int64_t since = 0;
    while (progress.step < steps_ && without_gain < config_.patience_validations) {
      loss += step(progress.step++);
      ++since;
      if (progress.step % config_.validate_every_steps != 0 && progress.step != steps_) continue;
      progress.loss = std::exchange(loss, 0) / static_cast<double>(std::exchange(since, 0));
      module_.swap_average();
      progress.validation_loss = validates() ? validate() : progress.loss;
      const bool better = progress.validation_loss < progress.best_validation_loss;
      without_gain = better || !validates() ? 0 : without_gain + 1;
      if (better || !validates()) keep(progress);
      module_.swap_average();
      progress.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
      if (report) report(progress);
    }
    return LstmModel(parameters_);
  }

 private:
  bool validates() const { return cut_.learn_days < data_.days(); }

  void keep(TrainingProgress& progress) {
    progress.best_validation_loss = progress.validation_loss;
    parameters_.weights.values = module_.flat();
  }

  double step(std::int64_t number) {
    module_.train();
    set_learning_rate(number);
    const TrainingBatch batch = windows_.next(static_cast<std::uint64_t>(number));
    optimizer_.zero_grad();
    const LstmLosses losses = module_.losses(batch);
    const auto total = losses.total(config_.squared_error_weight);
    total.backward();
    torch::nn::utils::clip_grad_norm_(module_.parameters(), config_.gradient_norm);
    optimizer_.step();
    module_.update_average(std::max(config_.averaging_rate, 1 / (static_cast<double>(number) + 1)));
    impute(batch, losses.next_day_laws, number);
    return total.item<double>();
  }

  /// One cycle (Smith and Topin 2019, arXiv:1708.07120): up along a line, down along a cosine.
  void set_learning_rate(std::int64_t number) {
    constexpr double kPi = 3.141592653589793, kRise = 0.1;
    const double share = (static_cast<double>(number) + 0.5) / static_cast<double>(steps_);
    const double rate =
        share < kRise ? share / kRise : 0.5 * (1 + std::cos(kPi * (share - kRise) / (1 - kRise)));
    for (auto& group : optimizer_.param_groups())
      static_cast<torch::optim::AdamWOptions&>(group.options()).lr(config_.learning_rate * rate);
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
    const std::size_t first = cut_.learn_days - 1 - std::min(cut_.context, cut_.learn_days - 1);
    const std::size_t length = data_.days() - first - 1;
    double loss = 0;
    for (std::size_t from = 0; from < series_; from += 64) {
      std::vector<std::size_t> chosen;
      for (std::size_t s = from; s < std::min(series_, from + 64); ++s) chosen.push_back(s);
      const std::vector<std::size_t> days(chosen.size(), first);
      TrainingBatch batch = data_.batch(
          {chosen, days, length, cut_.leads, cut_.learn_days - 1 - first, cut_.learn_days, data_.days()});
      choose_validation_targets(batch);
      data_.look_ahead(batch);
      const auto total = module_.losses(batch).total(config_.squared_error_weight);
      loss += total.item<double>() * static_cast<double>(chosen.size());
    }
    return loss / static_cast<double>(series_);
  }

  void choose_validation_targets(TrainingBatch& batch) const {
    constexpr std::array<std::size_t, 3> kDays{2, 7, 14};
    for (std::size_t t = 0; t < batch.evenings(); t += 2)
      batch.origins.push_back(static_cast<std::int64_t>(t));
    batch.intervals = kDays.size();
    for (std::size_t i = 0; i < batch.size * batch.origins.size(); ++i) {
      for (const std::size_t days : kDays)
        batch.interval_days.push_back(static_cast<std::int64_t>(std::min(days, cut_.leads)) - 1);
    }
  }

  const LstmConfig& config_;
  LstmParameters parameters_;
  TrainingData data_;
  std::size_t series_;
  torch::Device device_;
  Cut cut_;
  std::int64_t steps_;
  LstmModule module_;
  Windows windows_;
  torch::optim::AdamW optimizer_;
};

}  // namespace

LstmModel train_lstm(const Panel& panel, std::size_t train_days, const LstmConfig& config,
                     const std::function<void(const TrainingProgress&)>& report) {
  if (train_days > panel.days || train_days < kShortestHistory) {
    throw InputError(
        fmt::format("forecaster 'lstm' needs a history of {} steps at least to learn from, got {}",
                    kShortestHistory, train_days));
  }
  keep_freed_memory();
  torch::set_num_threads(1);
  torch::manual_seed(static_cast<std::uint64_t>(config.seed));
  return Trainer(panel, train_days, config).train(report);
}

}  // namespace restock::forecasting
