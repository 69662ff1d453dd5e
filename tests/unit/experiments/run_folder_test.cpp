#include "experiments/run_folder.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>

#include "env/core/error.h"
#include "tests/unit/core/temporary_folder.h"

namespace restock::experiments {

TEST_CASE("metrics are appended, read back and cut at a checkpoint") {
  const TemporaryFolder temporary;
  const RunFolder folder(temporary.file("run"));
  for (const std::int64_t step : {10, 20, 30})
    folder.append_metrics(
        {step, 0.5 * static_cast<double>(step), {{"loss", 1.0 / static_cast<double>(step)}}});
  folder.append_metrics({40, 20, {{"loss", std::nan("")}}});
  REQUIRE(folder.read_metrics().size() == 4);
  CHECK(folder.read_metrics()[1].values.at("loss") == 0.05);
  CHECK(folder.read_metrics()[1].seconds == 10);
  CHECK(std::isnan(folder.read_metrics()[3].values.at("loss")));
  folder.keep_metrics_until(20);
  REQUIRE(folder.read_metrics().size() == 2);
  CHECK(folder.read_metrics().back().step == 20);
}

TEST_CASE("a line of metrics that a kill cut short is left out") {
  const TemporaryFolder temporary;
  const RunFolder folder(temporary.file("run"));
  folder.append_metrics({10, 1, {{"loss", 2}}});
  std::ofstream(folder.file("metrics.jsonl"), std::ios::app) << "{\"step\": 20, \"lo";
  CHECK(folder.read_metrics().size() == 1);
}

TEST_CASE("a run is finished once its result stands") {
  const TemporaryFolder temporary;
  const RunFolder folder(temporary.file("run"));
  CHECK_FALSE(folder.is_finished());
  CHECK_THROWS_AS(folder.read_result(), InputError);
  folder.write_result({{"tune/cost_per_day", 6.84}}, 12);
  CHECK(folder.is_finished());
  CHECK(folder.read_result().at("tune/cost_per_day") == 6.84);
}

TEST_CASE("a result that is none is refused") {
  const TemporaryFolder temporary;
  const RunFolder folder(temporary.file("run"));
  for (const char* text : {"", "[]", "{\"metrics\": 3}", "{\"metrics\""}) {
    std::ofstream(folder.file("result.json"), std::ios::trunc) << text;
    CHECK_THROWS_AS(folder.read_result(), InputError);
  }
}

}  // namespace restock::experiments
