#include "env/core/laws/intermittent.h"

#include <algorithm>
#include <cmath>

namespace restock {

namespace {

class Intermittent final : public Law {
 public:
  Intermittent(double probability, std::unique_ptr<Law> size)
      : probability_(probability), size_(std::move(size)) {}
  std::string_view name() const override { return size_->name(); }
  double mean() const override { return probability_ * size_->mean(); }
  double variance() const override {
    const double mean = size_->mean();
    return probability_ * (size_->variance() + (1 - probability_) * mean * mean);
  }
  double cdf(double x) const override { return x < 0 ? 0 : 1 - probability_ + probability_ * size_->cdf(x); }
  double quantile(double u) const override {
    const double idle = 1 - probability_;
    if (u <= idle) return 0;
    constexpr double kAlmostOne = 1 - 0x1p-53;
    return size_->quantile(std::min((u - idle) / probability_, kAlmostOne));
  }
  bool integer_valued() const override { return size_->integer_valued(); }

 private:
  double probability_;
  std::unique_ptr<Law> size_;
};

}  // namespace

std::unique_ptr<Law> intermittent(double probability, std::unique_ptr<Law> size) {
  return std::make_unique<Intermittent>(probability, std::move(size));
}

}  // namespace restock
