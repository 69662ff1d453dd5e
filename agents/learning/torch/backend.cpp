#include "agents/learning/torch/backend.h"

#include <ATen/Parallel.h>
#include <fmt/format.h>

#include "agents/learning/torch/actor_critic.h"
#include "agents/learning/torch/q_network.h"
#include "env/core/error.h"
#include "env/core/suggest.h"

namespace restock::learning {

namespace {

class TorchBackend final : public Backend {
 public:
  explicit TorchBackend(at::Device device) : device_(device) {}
  std::string device() const override { return device_.str(); }
  std::unique_ptr<ActorCritic> make_actor_critic(const ActorCriticShape& shape,
                                                 std::span<const float> parameters) const override {
    return std::make_unique<TorchActorCritic>(shape, parameters, device_);
  }
  std::unique_ptr<QNetwork> make_q_network(const MlpShape& shape, bool dueling,
                                           std::span<const float> parameters) const override {
    return std::make_unique<TorchQNetwork>(shape, dueling, parameters, device_);
  }

 private:
  at::Device device_;
};

at::Device device_named(const std::string& name) {
  try {
    const at::Device device(name);
    if (device.is_cpu() || device.is_cuda()) return device;
  } catch (const c10::Error&) {  // not a name that LibTorch knows; its message is for its developers
  }
  throw InputError(fmt::format("device {}: expected cpu, cuda or cuda:N", in_quotes(name)));
}

void require_cuda(const at::Device& device) {
  const auto devices = at::hasCUDA() ? static_cast<int>(at::detail::getCUDAHooks().getNumGPUs()) : 0;
  if (devices == 0) {
    throw InputError(
        fmt::format("device {}: no CUDA device was found (LibTorch {} CUDA support); train with device cpu, "
                    "or build with the "
                    "preset cuda on a machine that has one",
                    device.str(), at::detail::getCUDAHooks().hasCUDART() ? "with" : "without"));
  }
  if (device.index() >= devices) {
    throw InputError(fmt::format("device {}: this machine has {} CUDA devices, expected cuda:0 to cuda:{}",
                                 device.str(), devices, devices - 1));
  }
}

}  // namespace

std::unique_ptr<Backend> make_torch_backend(const std::string& device) {
  const at::Device chosen = device_named(device);
  if (chosen.is_cuda()) require_cuda(chosen);
  at::set_num_threads(1);  // two threads inside operations this small cost more than they bring
  return std::make_unique<TorchBackend>(chosen);
}

}  // namespace restock::learning
