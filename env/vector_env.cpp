#include "env/vector_env.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace restock {

std::span<const std::string_view> names_of(Autoreset) {
  static constexpr std::array<std::string_view, 2> names{"same_step", "next_step"};
  return names;
}

StepBuffers::StepBuffers(const EnvDimensions& dimensions)
    : observations(dimensions.rows() * dimensions.observation_width),
      masks(dimensions.rows() * dimensions.actions),
      rewards(dimensions.rows()),
      terminated(dimensions.environments),
      truncated(dimensions.environments),
      restarted(dimensions.environments),
      final_observations(dimensions.rows() * dimensions.observation_width),
      final_masks(dimensions.rows() * dimensions.actions) {}

ReplenishmentVectorEnv::ReplenishmentVectorEnv(std::shared_ptr<const EnvModel> model,
                                               const VectorEnvConfig& config)
    : dimensions_{config.environments, model->decisions->warehouse->skus.size(), model->observation.width(),
                  model->action.actions()},
      split_(config.split),
      autoreset_(config.autoreset),
      environments_(config.environments),
      episodes_(config.environments),
      team_(static_cast<int>(std::min<std::size_t>(config.environments,
                                                   static_cast<std::size_t>(std::max(1, config.threads))))) {
  for (std::size_t i = 0; i < config.environments; ++i)
    episodes_[i] = {config.root_seed, i, dimensions_.environments, 0};
  for_each([&](std::size_t i) { environments_[i] = std::make_unique<ReplenishmentEnv>(model); });
}

/// Every worker takes the same environments in every round.
template <class Body>
void ReplenishmentVectorEnv::for_each(const Body& body) {
  const auto workers = static_cast<std::size_t>(team_.workers());
  const std::size_t count = environments_.size();
  team_.run([&](int worker) {
    const auto own = static_cast<std::size_t>(worker);
    for (std::size_t i = count * own / workers; i < count * (own + 1) / workers; ++i) body(i);
  });
}

EnvView ReplenishmentVectorEnv::view(std::size_t environment, StepBuffers& buffers) const {
  const std::size_t floats = dimensions_.rows_per_environment * dimensions_.observation_width;
  const std::size_t flags = dimensions_.rows_per_environment * dimensions_.actions;
  return {std::span(buffers.observations).subspan(environment * floats, floats),
          std::span(buffers.masks).subspan(environment * flags, flags)};
}

void ReplenishmentVectorEnv::restart(std::size_t environment, StepBuffers& buffers) {
  Episodes& episodes = episodes_[environment];
  environments_[environment]->reset({episodes.root_seed, split_, episodes.next_replication},
                                    view(environment, buffers));
  episodes.next_replication += episodes.stride;
  episodes.is_over = 0;
}

void ReplenishmentVectorEnv::set_seeds(std::span<const std::uint64_t> seeds) {
  RESTOCK_CHECK(seeds.size() == environments_.size(), "{} seeds for {} environments", seeds.size(),
                environments_.size());
  for (std::size_t i = 0; i < seeds.size(); ++i) episodes_[i] = {seeds[i], 0, 1, 0};
}

void ReplenishmentVectorEnv::reset(StepBuffers& buffers) {
  for_each([&](std::size_t i) { restart(i, buffers); });
  for (auto* flags : {&buffers.truncated, &buffers.terminated, &buffers.restarted})
    std::fill(flags->begin(), flags->end(), std::uint8_t{0});
}

void ReplenishmentVectorEnv::step(std::span<const std::int32_t> actions, StepBuffers& buffers) {
  RESTOCK_CHECK(actions.size() == dimensions_.rows(), "{} actions for {} rows", actions.size(),
                dimensions_.rows());
  for_each([&](std::size_t i) { step_one(i, actions, buffers); });
}

void ReplenishmentVectorEnv::step_one(std::size_t environment, std::span<const std::int32_t> actions,
                                      StepBuffers& buffers) {
  const std::size_t rows = dimensions_.rows_per_environment;
  const auto rewards = std::span(buffers.rewards).subspan(environment * rows, rows);
  buffers.restarted[environment] = episodes_[environment].is_over != 0;
  buffers.truncated[environment] = 0;
  buffers.terminated[environment] = 0;
  if (episodes_[environment].is_over != 0) {
    std::fill(rewards.begin(), rewards.end(), 0.0);
    return restart(environment, buffers);
  }
  const auto own = actions.subspan(environment * rows, rows);
  if (environments_[environment]->step(own, view(environment, buffers), rewards))
    end_episode(environment, buffers);
}

void ReplenishmentVectorEnv::end_episode(std::size_t environment, StepBuffers& buffers) {
  const EnvView last = view(environment, buffers);
  buffers.truncated[environment] = 1;
  std::copy(last.observations.begin(), last.observations.end(),
            buffers.final_observations.begin() +
                static_cast<std::ptrdiff_t>(environment * last.observations.size()));
  std::copy(last.masks.begin(), last.masks.end(),
            buffers.final_masks.begin() + static_cast<std::ptrdiff_t>(environment * last.masks.size()));
  if (autoreset_ == Autoreset::same_step) return restart(environment, buffers);
  episodes_[environment].is_over = 1;
}

void ReplenishmentVectorEnv::save(std::vector<std::byte>& bytes) const {
  bytes.resize(episodes_.size() * sizeof(Episodes));
  std::memcpy(bytes.data(), episodes_.data(), bytes.size());
  std::vector<std::byte> one;
  for (const auto& environment : environments_) {
    environment->save(one);
    const std::size_t size = one.size();  // what waits for a picker has no fixed size
    const auto* const prefix = reinterpret_cast<const std::byte*>(&size);
    bytes.insert(bytes.end(), prefix, prefix + sizeof size);
    bytes.insert(bytes.end(), one.begin(), one.end());
  }
}

void ReplenishmentVectorEnv::restore(std::span<const std::byte> bytes, StepBuffers& buffers) {
  const std::size_t header = episodes_.size() * sizeof(Episodes);
  const auto check = [&](std::size_t needed) {
    RESTOCK_CHECK(bytes.size() >= needed, "{} bytes for {} environments, expected {} more", bytes.size(),
                  environments_.size(), needed - bytes.size());
  };
  check(header);
  std::memcpy(episodes_.data(), bytes.data(), header);
  bytes = bytes.subspan(header);
  std::vector<std::span<const std::byte>> parts;
  for (std::size_t i = 0; i < environments_.size(); ++i) {
    std::size_t size = 0;
    check(sizeof size);
    std::memcpy(&size, bytes.data(), sizeof size);
    bytes = bytes.subspan(sizeof size);
    check(size);
    parts.push_back(bytes.first(size));
    bytes = bytes.subspan(size);
  }
  for_each([&](std::size_t i) { environments_[i]->restore(parts[i], view(i, buffers)); });
}

}  // namespace restock
