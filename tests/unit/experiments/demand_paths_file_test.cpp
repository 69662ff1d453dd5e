#include "experiments/demand_paths_file.h"

#include <catch2/catch.hpp>
#include <numeric>

#include "env/core/atomic_file.h"
#include "env/core/error.h"
#include "tests/unit/core/temporary_folder.h"

namespace restock::experiments {

namespace {

DemandPathsFile example() {
  DemandPathsFile content{{3, 4, 2, std::vector<std::int32_t>(24)}, {"milk", "rye-loaf"}};
  std::iota(content.paths.units.begin(), content.paths.units.end(), 0);
  return content;
}

}  // namespace

TEST_CASE("demand paths come back from disk as they went") {
  const TemporaryFolder folder;
  write_demand_paths(example(), folder.file("futures.h5"));
  const DemandPathsFile read = read_demand_paths(folder.file("futures.h5"));
  CHECK(read.paths.paths == 3);
  CHECK(read.paths.days == 4);
  CHECK(read.paths.skus == 2);
  CHECK(read.paths.units == example().paths.units);
  CHECK(read.skus == example().skus);
  CHECK(folder.entries() == 1);
}

TEST_CASE("files that hold no demand paths are refused") {
  const TemporaryFolder folder;
  CHECK_THROWS_AS(read_demand_paths(folder.file("missing.h5")), InputError);
  CHECK_THROWS_AS(read_demand_paths(folder.file_with("text.h5", "unique_id,ds,y\n")), InputError);
  DemandPathsFile negative = example();
  negative.paths.units[5] = -1;
  write_demand_paths(negative, folder.file("negative.h5"));
  CHECK_THROWS_AS(read_demand_paths(folder.file("negative.h5")), InputError);
  DemandPathsFile too_few_ids = example();
  too_few_ids.skus.pop_back();
  write_demand_paths(too_few_ids, folder.file("ids.h5"));
  CHECK_THROWS_AS(read_demand_paths(folder.file("ids.h5")), InputError);
  write_demand_paths(example(), folder.file("large.h5"));
  CHECK_THROWS_AS(read_demand_paths(folder.file("large.h5"), 23), InputError);
}

TEST_CASE("a truncated file of demand paths is refused") {
  const TemporaryFolder folder;
  write_demand_paths(example(), folder.file("whole.h5"));
  const std::string bytes = read_file(folder.file("whole.h5"), 1 << 20);
  for (const double share : {0.1, 0.5, 0.9}) {
    const auto size = static_cast<std::size_t>(share * static_cast<double>(bytes.size()));
    CHECK_THROWS_AS(read_demand_paths(folder.file_with("cut.h5", bytes.substr(0, size))), InputError);
  }
}

}  // namespace restock::experiments
