// The normaliser that is learned before training.
#include "env/normaliser.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "env/vector_env.h"
#include "tests/support/environments.h"

using namespace restock;
using namespace restock::testing;

TEST_CASE("behind a learned normaliser columns have mean 0 and deviation 1 where it was learned") {
  auto model = std::make_shared<EnvModel>(*env_model(zipkin(200, 0), kUpToTwelve));
  const Normaliser normaliser = learn_normaliser(model);
  REQUIRE(normaliser.shift.size() == model->observation.width());
  const Normaliser again = learn_normaliser(model);
  CHECK(normaliser.shift == again.shift);
  CHECK(normaliser.factor == again.factor);
  model->observation.set_normaliser(normaliser);
  const Normaliser second = learn_normaliser(model);
  for (std::size_t c = 0; c < second.shift.size(); ++c) {
    CHECK(std::abs(second.shift[c]) < 1e-4F);
    CHECK(second.factor[c] == Approx(1).epsilon(1e-4));
  }
}

TEST_CASE("columns that do not vary are shifted to 0") {
  WarehouseSpec spec = zipkin(50, 0);
  spec.skus[0].demand = LawSpec::constant(0);
  auto model = std::make_shared<EnvModel>(*env_model(spec, kUpToTwelve));
  model->observation = ObservationSpec(*model->decisions->warehouse, {"mean_demand"}, {});
  const Normaliser normaliser = learn_normaliser(model);
  CHECK(normaliser.factor[0] == 1);
  model->observation.set_normaliser(normaliser);
  CHECK(learn_normaliser(model).shift[0] == 0);
}
