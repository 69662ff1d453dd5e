#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "agents/learning/dqn/cpu_q_network.h"
#include "agents/learning/dqn/loss.h"
#include "tests/unit/learning/samples.h"

using namespace restock;
using namespace restock::learning;
using learning_test::DqnData;

TEST_CASE("dueling heads add the value to advantages whose mean is taken away", "[learning]") {
  std::vector<float> head{1, 2, 6, 10, 0, /**/ -3, 0, 0, 4, 0};
  combine_dueling(head.data(), 2, 3, 5);
  CHECK(head[0] == Approx(8));
  CHECK(head[1] == Approx(9));
  CHECK(head[2] == Approx(13));
  CHECK(head[5] == Approx(2));
  CHECK(head[6] == Approx(5));
}

TEST_CASE("double targets let the online network choose among legal actions and the target network value",
          "[learning]") {
  const std::vector<float> online{1, 5, 9, 0, /**/ 1, 5, 9, 0};
  const std::vector<float> target{10, 20, 30, 0, /**/ 50, 20, 30, 0};
  const std::vector<std::uint8_t> masks{1, 1, 0, /**/ 1, 1, 1};
  const std::vector<float> returns{1, 2};
  const std::vector<float> discounts{0.5F, 0.0F};
  std::vector<float> targets(2);
  dqn_targets(online.data(), target.data(), masks.data(), 2, 3, 4, true, returns.data(), discounts.data(),
              targets.data());
  CHECK(targets[0] == Approx(1 + 0.5 * 20));  // action 2 is illegal, the online network prefers 1
  CHECK(targets[1] == Approx(2));             // terminated
  const std::vector<float> on{0.5F, 0.5F};
  dqn_targets(online.data(), target.data(), masks.data(), 2, 3, 4, true, returns.data(), on.data(),
              targets.data());
  CHECK(targets[1] == Approx(2 + 0.5 * 30));
  dqn_targets(online.data(), target.data(), masks.data(), 2, 3, 4, false, returns.data(), on.data(),
              targets.data());
  CHECK(targets[1] == Approx(2 + 0.5 * 50));  // without double targets its own best
}

namespace {

double reference_loss(const DqnData& data, const std::vector<float>& targets, const DqnLossOptions& options,
                      const MlpShape& shape, bool dueling, const AlignedFloats& parameters) {
  const Mlp mlp(shape);
  const int actions = shape.outputs - (dueling ? 1 : 0);
  MlpWorkspace workspace = mlp.make_workspace(256);
  const auto rows = static_cast<int>(data.taken.size());
  const float* head = mlp.forward(parameters.data(), data.observations.data(), rows, workspace);
  double loss = 0;
  for (int row = 0; row < rows; ++row) {
    const float* outputs = head + row * mlp.padded_outputs();
    double value = static_cast<double>(outputs[data.taken[static_cast<std::size_t>(row)]]);
    if (dueling) {
      double mean = 0;
      for (int j = 0; j < actions; ++j) mean += static_cast<double>(outputs[j]) / actions;
      value += static_cast<double>(outputs[actions]) - mean;
    }
    const double error = std::abs(value - static_cast<double>(targets[static_cast<std::size_t>(row)]));
    const double limit = static_cast<double>(options.huber_limit);
    const bool square = options.kind == TemporalDifferenceLoss::squared || error <= limit;
    loss += (square ? 0.5 * error * error : limit * (error - 0.5 * limit)) / rows;
  }
  return loss;
}

}  // namespace

TEST_CASE("the gradient of the temporal difference loss is its derivative", "[learning]") {
  const bool dueling = GENERATE(true, false);
  const DqnLossOptions options{
      .kind = GENERATE(TemporalDifferenceLoss::squared, TemporalDifferenceLoss::huber), .huber_limit = 0.7F};
  const MlpShape shape{6, {24, 16}, dueling ? 6 : 5, Activation::tanh};
  const DqnData data = learning_test::dqn_data(100, 6, 5);
  const AlignedFloats parameters = learning_test::network_parameters(shape, 3);
  CpuQNetwork network(shape, dueling, parameters);
  const DqnStatistics statistics = network.accumulate(data.samples(), options);
  const std::vector<float> targets(network.targets().begin(), network.targets().begin() + 100);
  CHECK(statistics.loss ==
        Approx(reference_loss(data, targets, options, shape, dueling, parameters)).epsilon(1e-5));
  double largest = 0;
  for (std::size_t at = 0; at < parameters.size(); at += 5) {
    if (network.gradient()[at] == 0.0F) continue;
    AlignedFloats up = parameters, down = parameters;
    up[at] += 2e-3F;
    down[at] -= 2e-3F;
    const double slope = (reference_loss(data, targets, options, shape, dueling, up) -
                          reference_loss(data, targets, options, shape, dueling, down)) /
                         static_cast<double>(up[at] - down[at]);
    largest = std::max(largest, std::abs(slope - static_cast<double>(network.gradient()[at])));
  }
  CHECK(largest < 1e-3);
  CHECK(largest > 0);
}

TEST_CASE("target and average follow by their rates", "[learning]") {
  const MlpShape shape{6, {24}, 5, Activation::relu};
  const AlignedFloats parameters = learning_test::network_parameters(shape, 3);
  const DqnData data = learning_test::dqn_data(32, 6, 5);
  CpuQNetwork network(shape, false, parameters);
  network.learn(data.samples(), {}, {.learning_rate = 0.01F, .maximum_gradient_norm = 10},
                {.target = 0.25F, .average = 0.5F});
  ByteWriter writer;
  network.save(writer);
  std::vector<float> online(parameters.size()), target(parameters.size()), average;
  ByteReader reader(writer.bytes(), "memory");
  reader.section("q network");
  reader.values(std::span(online));
  reader.values(std::span(target));
  network.copy_average_parameters(average);
  double moved = 0;
  for (std::size_t i = 0; i < online.size(); ++i) {
    moved += std::abs(static_cast<double>(online[i] - parameters[i]));
    CHECK(target[i] ==
          Approx(0.75 * static_cast<double>(parameters[i]) + 0.25 * static_cast<double>(online[i]))
              .margin(1e-7));
    CHECK(average[i] == Approx(0.5 * static_cast<double>(parameters[i] + online[i])).margin(1e-7));
  }
  CHECK(moved > 1);
}
