#include "env/vector_env.h"

#include <algorithm>
#include <cstring>

namespace restock {

StepBuffers::StepBuffers(const EnvDimensions& dimensions)
    : observations(dimensions.rows() * dimensions.observation_width),
      masks(dimensions.rows() * dimensions.actions),
      rewards(dimensions.rows()),
      terminated(dimensions.environments),
      truncated(dimensions.environments),
      final_observations(dimensions.rows() * dimensions.observation_width) {}

ReplenishmentVectorEnv::ReplenishmentVectorEnv(std::shared_ptr<const EnvModel> model,
                                               std::size_t environments, std::uint64_t root_seed, Split split)
    : dimensions_{environments, model->decisions->warehouse->skus.size(), model->observation.width(),
                  model->action.actions()},
      root_seed_(root_seed),
      split_(split),
      episodes_(environments) {
  for (std::size_t i = 0; i < environments; ++i)
    environments_.push_back(std::make_unique<ReplenishmentEnv>(model));
}

EnvView ReplenishmentVectorEnv::view(std::size_t environment, StepBuffers& buffers) const {
  const std::size_t floats = dimensions_.rows_per_environment * dimensions_.observation_width;
  const std::size_t flags = dimensions_.rows_per_environment * dimensions_.actions;
  return {std::span(buffers.observations).subspan(environment * floats, floats),
          std::span(buffers.masks).subspan(environment * flags, flags)};
}

void ReplenishmentVectorEnv::restart(std::size_t environment, StepBuffers& buffers) {
  const std::uint64_t replication = environment + episodes_[environment]++ * dimensions_.environments;
  environments_[environment]->reset({root_seed_, split_, replication}, view(environment, buffers));
}

void ReplenishmentVectorEnv::reset(StepBuffers& buffers) {
  for (std::size_t i = 0; i < environments_.size(); ++i) restart(i, buffers);
  std::fill(buffers.truncated.begin(), buffers.truncated.end(), std::uint8_t{0});
  std::fill(buffers.terminated.begin(), buffers.terminated.end(), std::uint8_t{0});
}

void ReplenishmentVectorEnv::step(std::span<const std::int32_t> actions, StepBuffers& buffers) {
  const std::size_t rows = dimensions_.rows_per_environment;
  RESTOCK_CHECK(actions.size() == dimensions_.rows(), "{} actions for {} rows", actions.size(),
                dimensions_.rows());
  for (std::size_t i = 0; i < environments_.size(); ++i) {
    const EnvView own = view(i, buffers);
    const bool truncated = environments_[i]->step(actions.subspan(i * rows, rows), own,
                                                  std::span(buffers.rewards).subspan(i * rows, rows));
    buffers.truncated[i] = truncated;
    if (!truncated) continue;
    const auto offset = static_cast<std::ptrdiff_t>(i * own.observations.size());
    std::copy(own.observations.begin(), own.observations.end(), buffers.final_observations.begin() + offset);
    restart(i, buffers);
  }
}

void ReplenishmentVectorEnv::save(std::vector<std::byte>& bytes) const {
  bytes.resize(episodes_.size() * sizeof(std::uint64_t));
  std::memcpy(bytes.data(), episodes_.data(), bytes.size());
  std::vector<std::byte> one;
  for (const auto& environment : environments_) {
    environment->save(one);
    bytes.insert(bytes.end(), one.begin(), one.end());
  }
}

void ReplenishmentVectorEnv::restore(std::span<const std::byte> bytes, StepBuffers& buffers) {
  const std::size_t header = episodes_.size() * sizeof(std::uint64_t);
  RESTOCK_CHECK(bytes.size() > header && (bytes.size() - header) % environments_.size() == 0,
                "{} bytes for {} environments", bytes.size(), environments_.size());
  std::memcpy(episodes_.data(), bytes.data(), header);
  const std::size_t each = (bytes.size() - header) / environments_.size();
  for (std::size_t i = 0; i < environments_.size(); ++i)
    environments_[i]->restore(bytes.subspan(header + i * each, each), view(i, buffers));
}

}  // namespace restock
