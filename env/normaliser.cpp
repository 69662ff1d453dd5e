#include "env/normaliser.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "env/core/keyed_random.h"
#include "env/vector_env.h"

namespace restock {

namespace {

constexpr std::size_t kEnvironments = 16;
constexpr std::size_t kRows = 16'384;
/// Columns whose deviation is below it do not vary.
constexpr double kSmallestDeviation = 1e-4;

/// Sums of a column and of its squares.
struct Moments {
  double sum = 0;
  double squares = 0;
};

class Explorer {
 public:
  explicit Explorer(std::shared_ptr<const EnvModel> model)
      : model_(std::move(model)),
        environments_(model_, kEnvironments, 1, Split::train),
        buffers_(environments_.dimensions()),
        actions_(environments_.dimensions().rows()),
        moments_(environments_.dimensions().observation_width) {}

  Normaliser run() {
    environments_.reset(buffers_);
    std::size_t rows = 0;
    for (std::int64_t step = 0; rows < kRows; ++step) {
      choose(step);
      environments_.step(actions_, buffers_);
      count();
      rows += actions_.size();
    }
    return from_moments(static_cast<double>(rows));
  }

 private:
  void choose(std::int64_t step) {
    const std::size_t n = environments_.dimensions().actions;
    const Stream draws({.root_seed = 1, .split = Split::train}, Purpose::exploration, 0);
    for (std::size_t row = 0; row < actions_.size(); ++row) {
      const std::uint64_t bits = draws.bits(step, row);
      std::size_t action = bits % 2 == 0 ? model_->action.typical_action() : (bits >> 1) % n;
      while (buffers_.masks[row * n + action] == 0) --action;  // 0 is always legal
      actions_[row] = static_cast<std::int32_t>(action);
    }
  }
  void count() {
    const std::size_t width = moments_.size();
    for (std::size_t i = 0; i < buffers_.observations.size(); ++i) {
      const double x = static_cast<double>(buffers_.observations[i]);
      moments_[i % width].sum += x;
      moments_[i % width].squares += x * x;
    }
  }
  Normaliser from_moments(double rows) const {
    Normaliser normaliser;
    for (const Moments& column : moments_) {
      const double mean = column.sum / rows;
      const double deviation = std::sqrt(std::max(0.0, column.squares / rows - mean * mean));
      normaliser.shift.push_back(static_cast<float>(mean));
      normaliser.factor.push_back(deviation < kSmallestDeviation ? 1.0F : static_cast<float>(1 / deviation));
    }
    return normaliser;
  }

  std::shared_ptr<const EnvModel> model_;
  ReplenishmentVectorEnv environments_;
  StepBuffers buffers_;
  std::vector<std::int32_t> actions_;
  std::vector<Moments> moments_;
};

}  // namespace

Normaliser learn_normaliser(const std::shared_ptr<const EnvModel>& model) {
  return Explorer(model).run();
}

}  // namespace restock
