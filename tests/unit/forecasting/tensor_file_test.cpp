#include "forecasting/tensor_file.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstring>
#include <limits>

#include "env/core/error.h"
#include "env/core/keyed_random.h"
#include "tests/support/temporary_file.h"

using namespace restock;
using namespace restock::forecasting;
using Catch::Matchers::Contains;

namespace {

TensorFile sample() {
  TensorFile file;
  file.metadata["name"] = "größe \"a\"\n\x01";
  file.set_number("window", 28);
  file.set("weights", {2, 3}, {1, -2, 3.5F, 4, 5, 6e-30F});
  file.set("nothing", {0}, {});
  return file;
}

std::string with_header(const std::string& json, const std::string& data = "") {
  std::string bytes(8, '\0');
  const std::uint64_t length = json.size();
  std::memcpy(bytes.data(), &length, 8);
  return bytes + json + data;
}

}  // namespace

TEST_CASE("a tensor file reads back what was written") {
  const TemporaryFile file;
  write_tensor_file(sample(), file.path());
  const TensorFile again = read_tensor_file(file.path());
  CHECK(again.metadata == sample().metadata);
  CHECK(again.get("weights", {2, 3}) == sample().tensors["weights"].values);
  CHECK(again.get("nothing", {0}).empty());
  CHECK(again.number("window", 1, 100) == 28);
}

TEST_CASE("a tensor file refuses what was not asked for") {
  const TensorFile file = sample();
  CHECK_THROWS_WITH(file.get("weights", {3, 2}), Contains("[2, 3]") && Contains("[3, 2]"));
  CHECK_THROWS_WITH(file.get("bias", {3}), Contains("bias"));
  CHECK_THROWS_WITH(file.number("window", 1, 27), Contains("[1, 27]"));
  CHECK_THROWS_WITH(file.number("name", 1, 27), Contains("name"));
  CHECK_THROWS_WITH(file.text("version"), Contains("version"));
  TensorFile broken;
  broken.set("weights", {1}, {std::numeric_limits<float>::infinity()});
  CHECK_THROWS_WITH(broken.get("weights", {1}), Contains("not finite"));
}

TEST_CASE("headers that lie about a tensor file are refused") {
  const std::string four = "abcd";
  const auto parse = [](const std::string& bytes) { return parse_tensor_file(bytes, "x.safetensors"); };
  CHECK_NOTHROW(parse(with_header(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", four)));
  for (const char* json :
       {R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})",
        R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
        R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})",
        R"({"a":{"dtype":"F64","shape":[1],"data_offsets":[0,4]}})",
        R"({"a":{"dtype":"F32","shape":[4611686018427387905],"data_offsets":[0,4]}})",
        R"({"a":{"dtype":"F32","shape":[1073741824,1073741824,1073741824],"data_offsets":[0,4]}})",
        R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})",
        R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
        R"("a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
        R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
        R"("b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
        R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":[]}})",
        R"({"a":{"dtype":"F32","shape":[1]}})",
        R"({"__metadata__":{"a":1}})",
        R"({"__metadata__":{"a":"b"}})",
        R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} x)",
        R"([])",
        R"({)",
        R"({"a)",
        R"({"a":{"dtype":"\ud800)",
        R"({"a":{"dtype":"\x)",
        ""}) {
    INFO(json);
    CHECK_THROWS_AS(parse(with_header(json, four)), InputError);
  }
  CHECK_THROWS_AS(parse("short"), InputError);
  CHECK_THROWS_AS(parse(std::string(8, '\xff') + "{}"), InputError);
}

TEST_CASE("a damaged tensor file never does more than be refused") {
  const std::string whole = tensor_file_bytes(sample());
  const Stream stream({3, Split::train, 0}, Purpose::generation, 0);
  std::size_t refused = 0;
  for (std::int64_t i = 0; i < 3000; ++i) {
    std::string bytes = whole;
    for (std::uint64_t k = 0; k < 3; ++k)
      bytes[stream.below(bytes.size(), i, 2 * k)] = static_cast<char>(stream.below(256, i, 2 * k + 1));
    if (i % 3 == 0) bytes.resize(stream.below(bytes.size(), i, 9));
    try {
      parse_tensor_file(bytes, "x");
    } catch (const InputError&) {
      ++refused;
    }
  }
  CHECK(refused > 1000);
}
