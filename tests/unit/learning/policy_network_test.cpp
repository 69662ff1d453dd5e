#include "agents/learning/policy_network.h"

#include <catch2/catch.hpp>
#include <vector>

#include "env/core/error.h"
#include "tests/unit/learning/samples.h"

using namespace restock;
using namespace restock::learning;

namespace {

constexpr std::size_t kRows = 150;  // more than one chunk

std::vector<float> observations() {
  const Stream draws({8, Split::train, 0}, Purpose::minibatch, 7);
  std::vector<float> values(kRows * 6);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = learning_test::symmetric(draws, i, 0);
  return values;
}

}  // namespace

TEST_CASE("a policy network chooses the best legal action", "[learning]") {
  const MlpShape shape{6, {24, 16}, 6, Activation::relu};  // five actions and a state's value
  const PolicyNetwork network(shape, 5, learning_test::network_parameters(shape, 2));
  const std::vector<float> seen = observations();
  const std::vector<std::uint8_t> masks = learning_test::some_masks(kRows, 5, 1);
  std::vector<float> outputs(kRows * 5);
  std::vector<std::int32_t> chosen(kRows);
  network.outputs(seen, outputs);
  network.decide(seen, masks, chosen);
  for (std::size_t row = 0; row < kRows; ++row) {
    REQUIRE(masks[row * 5 + static_cast<std::size_t>(chosen[row])] == 1);
    for (std::size_t j = 0; j < 5; ++j)
      if (masks[row * 5 + j] != 0)
        CHECK(outputs[row * 5 + j] <= outputs[row * 5 + static_cast<std::size_t>(chosen[row])]);
  }
}

TEST_CASE("a policy network survives being taken apart and being saved", "[learning]") {
  const MlpShape shape{6, {24, 13}, 6, Activation::tanh};
  const PolicyNetwork network(shape, 5, learning_test::network_parameters(shape, 2));
  const PolicyNetwork rebuilt(network.layers(), network.activation());
  ByteWriter writer;
  network.save(writer);
  ByteReader reader(writer.bytes(), "memory");
  const PolicyNetwork loaded = PolicyNetwork::load(reader);
  reader.finish();
  CHECK(network.layers().size() == 3);
  CHECK(network.layers()[2].inputs == 13);
  CHECK(network.layers()[2].outputs == 5);
  const std::vector<float> seen = observations();
  std::vector<float> a(kRows * 5), b(kRows * 5), c(kRows * 5);
  network.outputs(seen, a);
  rebuilt.outputs(seen, b);
  loaded.outputs(seen, c);
  CHECK(a == c);
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i] == Approx(b[i]).margin(1e-6));
}

TEST_CASE("a network takes over what scales its inputs", "[learning]") {
  const MlpShape shape{6, {24, 16}, 6, Activation::tanh};
  const PolicyNetwork network(shape, 5, learning_test::network_parameters(shape, 2));
  const std::vector<float> shift{0, 1, -2, 0.5F, 3, 0};
  const std::vector<float> factor{1, 2, 0.25F, 4, 1, 0.1F};
  std::vector<float> seen = observations();
  std::vector<float> a(kRows * 5), b(kRows * 5);
  network.with_scaled_inputs(shift, factor).outputs(seen, a);
  for (std::size_t i = 0; i < seen.size(); ++i) seen[i] = (seen[i] - shift[i % 6]) * factor[i % 6];
  network.outputs(seen, b);
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i] == Approx(b[i]).margin(1e-5));
}

TEST_CASE("a damaged network file is refused", "[learning]") {
  const MlpShape shape{6, {24}, 5, Activation::tanh};
  ByteWriter writer;
  PolicyNetwork(shape, 5, learning_test::network_parameters(shape, 2)).save(writer);
  std::string bytes = writer.bytes();
  const auto load = [](const std::string& text) {
    ByteReader reader(text, "policy.bin");
    return PolicyNetwork::load(reader);
  };
  CHECK_THROWS_AS(load(bytes.substr(0, bytes.size() - 3)), InputError);
  CHECK_THROWS_AS(load("nonsense"), InputError);
  CHECK_THROWS_AS(load(""), InputError);
  const std::size_t inputs_at = 8 + std::string("policy network").size();
  bytes[inputs_at] = 7;
  CHECK_THROWS_WITH(load(bytes), Catch::Contains("policy.bin") && Catch::Contains("do not fit"));
}
