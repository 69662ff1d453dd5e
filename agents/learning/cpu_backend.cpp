#include "agents/learning/backend.h"
#include "agents/learning/dqn/cpu_q_network.h"
#include "agents/learning/ppo/cpu_actor_critic.h"

namespace restock::learning {

namespace {

class CpuBackend final : public Backend {
 public:
  std::string device() const override { return "cpu"; }
  std::unique_ptr<ActorCritic> make_actor_critic(const ActorCriticShape& shape,
                                                 std::span<const float> parameters) const override {
    return std::make_unique<CpuActorCritic>(shape, parameters);
  }
  std::unique_ptr<QNetwork> make_q_network(const MlpShape& shape, bool dueling,
                                           std::span<const float> parameters) const override {
    return std::make_unique<CpuQNetwork>(shape, dueling, parameters);
  }
};

}  // namespace

const Backend& cpu_backend() {
  static const CpuBackend backend;
  return backend;
}

}  // namespace restock::learning
