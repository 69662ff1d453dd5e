#include "agents/learning/network/adam.h"

#include <Eigen/Core>
#include <cmath>

#include "env/core/check.h"

namespace restock::learning {

namespace {
using Values = Eigen::Map<Eigen::ArrayXf>;
}

Adam::Adam(std::size_t parameters) : first_moment_(parameters, 0.0F), second_moment_(parameters, 0.0F) {}

float Adam::step(std::span<float> parameters, std::span<float> gradient, float learning_rate,
                 float maximum_norm) {
  const auto n = static_cast<Eigen::Index>(parameters.size());
  RESTOCK_CHECK(parameters.size() == first_moment_.size() && gradient.size() == parameters.size(),
                "{} parameters, {} gradients, {} moments", parameters.size(), gradient.size(),
                first_moment_.size());
  Values p(parameters.data(), n);
  Values g(gradient.data(), n);
  Values m(first_moment_.data(), n);
  Values v(second_moment_.data(), n);
  const float norm = g.matrix().norm();
  if (std::isfinite(norm)) {
    ++steps_;
    const float scale = norm > maximum_norm ? maximum_norm / norm : 1.0F;
    const auto t = static_cast<double>(steps_);
    const auto beta1 = static_cast<float>(kAdamBeta1);
    const auto beta2 = static_cast<float>(kAdamBeta2);
    const auto step_size = static_cast<float>(learning_rate / (1.0 - std::pow(kAdamBeta1, t)));
    const auto root = static_cast<float>(1.0 / std::sqrt(1.0 - std::pow(kAdamBeta2, t)));
    m = beta1 * m + ((1.0F - beta1) * scale) * g;
    v = beta2 * v + ((1.0F - beta2) * scale * scale) * g.square();
    p -= step_size * m / (v.sqrt() * root + kAdamEpsilon);
  }
  g.setZero();
  return norm;
}

void Adam::save(ByteWriter& writer) const {
  writer.section("adam");
  writer.value(steps_);
  writer.values(std::span<const float>(first_moment_));
  writer.values(std::span<const float>(second_moment_));
}

void Adam::load(ByteReader& reader) {
  reader.section("adam");
  reader.value(steps_);
  reader.values(std::span<float>(first_moment_));
  reader.values(std::span<float>(second_moment_));
}

}  // namespace restock::learning
