#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <filesystem>
#include <limits>
#include <map>

#include "agents/bundle/bundle.h"
#include "agents/bundle/sha256.h"
#include "env/core/error.h"
#include "tests/unit/bundle/exported.h"

using namespace restock;
using namespace restock::bundle;

namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kFiles{"policy.json",
                                      "policy.onnx",
                                      "weights.safetensors",
                                      "golden.jsonl",
                                      "forecaster/model.safetensors",
                                      "forecaster/golden.json"};

/// As a new file: overwriting one makes some file systems wait for the disk.
void write(const std::string& file, const std::string& content) {
  fs::remove(file);
  std::ofstream(file, std::ios::binary) << content;
}

/// A bundle with every kind of file, whose files can be changed one at a time.
struct Victim {
  explicit Victim(ActionKind kind = ActionKind::cover, Forecasts forecasts = Forecasts::moving_average) {
    Shop(kind, forecasts).export_network(path);
    keep(kFiles);
  }
  /// A table of optimal orders instead.
  explicit Victim(const SolvedShop& shop) {
    shop.export_table(path);
    keep({"policy.json", "orders.safetensors", "golden.jsonl"});
  }
  void keep(const std::vector<std::string>& names) {
    for (const std::string& name : names) original[name] = content_of(path + "/" + name);
  }
  void change(const std::string& name, const std::string& content) const {
    write(path + "/" + name, content);
  }
  void restore() const {
    for (const auto& [name, content] : original) change(name, content);
  }
  /// Changes a file and makes all digests fit, as somebody would who wants the bundle to be accepted.
  void change_and_seal(const std::string& name, const std::string& content) const {
    std::string manifest = name == "policy.json" ? content : original.at("policy.json");
    if (name != "policy.json") {
      change(name, content);
      const std::string& old = original.at(name);
      replace(manifest, "\"bytes\": " + std::to_string(old.size()) + ",\n      \"sha256\": \"" + sha256(old),
              "\"bytes\": " + std::to_string(content.size()) + ",\n      \"sha256\": \"" + sha256(content));
    }
    const std::string key = "\"sha256\": \"";
    const std::size_t at = manifest.find(key);
    if (at != std::string::npos && at + key.size() + 64 <= manifest.size()) {
      manifest.replace(at + key.size(), 64, std::string(64, '0'));
      manifest.replace(at + key.size(), 64, sha256(manifest));
    }
    change("policy.json", manifest);
  }
  static void replace(std::string& text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
  }
  std::string with(const std::string& name, const std::string& from, const std::string& to) const {
    std::string text = original.at(name);
    replace(text, from, to);
    return text;
  }
  std::string message() const {
    try {
      load_bundle(path);
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  }

  TemporaryFolder folder;
  std::string path = folder.file("bundle");
  std::map<std::string, std::string> original;
};

/// What came of loading: refused with a message, or loaded. Anything else (a broken invariant, a crash) fails
/// the test.
bool is_refused(const Victim& victim) {
  try {
    load_bundle(victim.path);
    return false;
  } catch (const InputError& error) {
    return true;
  }
}

/// About `count` places in a file: all of its beginning, then evenly spread.
std::vector<std::size_t> places(std::size_t size, std::size_t count) {
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < std::min(size, count / 2); ++i) result.push_back(i);
  for (std::size_t i = 0; i < count / 2; ++i) result.push_back(i * size / (count / 2));
  return result;
}

}  // namespace

TEST_CASE("a flipped bit in any file of a bundle is refused", "[bundle]") {
  const Victim victim;
  REQUIRE_FALSE(is_refused(victim));
  for (const std::string& name : kFiles) {
    const std::string& content = victim.original.at(name);
    for (const std::size_t at : places(content.size(), 60)) {
      std::string flipped = content;
      flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
      victim.change(name, flipped);
      INFO(name << ", byte " << at);
      CHECK(is_refused(victim));
    }
    victim.restore();
  }
  CHECK_FALSE(is_refused(victim));
}

TEST_CASE("a file of a bundle that is cut, lengthened or missing is refused by name", "[bundle]") {
  const Victim victim;
  for (const std::string& name : kFiles) {
    const std::string& content = victim.original.at(name);
    INFO(name);
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, content.size() / 2, content.size() - 1}) {
      victim.change(name, content.substr(0, size));
      CHECK(victim.message().find(name) != std::string::npos);
    }
    victim.change(name, content + " ");
    CHECK(victim.message().find(name) != std::string::npos);
    fs::remove(victim.path + "/" + name);
    CHECK_THAT(victim.message(), Catch::Contains(name) && Catch::Contains("missing"));
    victim.restore();
  }
}

/// Flips bits and cuts files of a bundle whose digests are made to fit.
static void forge(const Victim& victim) {
  std::size_t refused = 0;
  std::size_t tried = 0;
  for (const auto& [name, content] : victim.original) {
    for (const std::size_t at : places(content.size(), 160)) {
      std::string flipped = content;
      flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at * 5 % 8)));
      victim.change_and_seal(name, flipped);
      INFO(name << ", byte " << at);
      CHECK_NOTHROW(refused += is_refused(victim) ? 1 : 0);
      ++tried;
    }
    for (std::size_t i = 0; i < 16; ++i) {
      victim.change_and_seal(name, content.substr(0, i * content.size() / 16));
      CHECK_NOTHROW(is_refused(victim));
    }
    victim.restore();
  }
  CHECK(refused > tried / 3);
}

TEST_CASE("whoever forges the digests too reaches a parser that still trusts nothing", "[bundle]") {
  forge(Victim());
  forge(Victim(ActionKind::order_quantity, Forecasts::lstm));
  forge(Victim(SolvedShop()));
}

TEST_CASE("a forged table of orders is refused by what is wrong with it", "[bundle]") {
  const Victim victim{SolvedShop()};
  const std::string& original = victim.original.at("orders.safetensors");
  const auto refused_with = [&](std::size_t from_end, float value, const std::string& why) {
    std::string table = original;
    std::memcpy(table.data() + table.size() - from_end * sizeof value, &value, sizeof value);
    victim.change_and_seal("orders.safetensors", table);
    CHECK_THAT(victim.message(), Catch::Contains("orders.safetensors") && Catch::Contains(why));
  };
  // the tensor of orders lies before that of states
  refused_with(1, 0.5F, "whole units are expected");
  refused_with(1, 1e30F, "whole units are expected");
  refused_with(1, std::numeric_limits<float>::quiet_NaN(), "orders.safetensors");
  refused_with(4, -5.0F, "do not ascend");  // the day of the last state
  victim.restore();
  const auto manifest_refused_with = [&](const std::string& from, const std::string& to,
                                         const std::string& why) {
    victim.change_and_seal("policy.json", victim.with("policy.json", from, to));
    CHECK_THAT(victim.message(), Catch::Contains(why));
  };
  manifest_refused_with("\"kind\": \"net_inventory\"", "\"kind\": \"password\"", "is no part of a state");
  manifest_refused_with("\"kind\": \"day_of_cycle\",\n        \"number\": 1",
                        "\"kind\": \"day_of_cycle\",\n        \"number\": 0", "expected a whole number");
  manifest_refused_with("\"pipeline_width\": 2", "\"pipeline_width\": 1", "pipeline_width is 1");
  manifest_refused_with("\"kind\": \"table\"", "\"kind\": \"rule\"", "unknown member");
}

TEST_CASE("a policy that decides differently from its golden examples is refused", "[bundle]") {
  const Victim victim(ActionKind::order_quantity);
  victim.change_and_seal("policy.json", victim.with("policy.json", "\"pack_size\": 4", "\"pack_size\": 3"));
  CHECK_THAT(victim.message(), Catch::Contains("golden.jsonl") && Catch::Contains("decides differently"));
  victim.restore();

  std::string weights = victim.original.at("weights.safetensors");
  float weight = 0;
  const std::size_t last = weights.size() - sizeof weight;
  std::memcpy(&weight, weights.data() + last, sizeof weight);
  weight += 1e-3F;
  std::memcpy(weights.data() + last, &weight, sizeof weight);
  victim.change_and_seal("weights.safetensors", weights);
  CHECK_THAT(victim.message(), Catch::Contains("golden.jsonl") && Catch::Contains("score"));
  victim.restore();

  const std::string golden = victim.original.at("forecaster/golden.json");
  const std::size_t mean = golden.find_first_of("123456789", golden.find("\"mean\""));
  std::string other = golden;
  other[mean] = other[mean] == '9' ? '8' : '9';
  victim.change_and_seal("forecaster/golden.json", other);
  CHECK_THAT(victim.message(),
             Catch::Contains("forecaster/golden.json") && Catch::Contains("the forecaster says"));
}

TEST_CASE("a bundle cannot point outside itself", "[bundle]") {
  const Victim victim;
  const std::string secret = victim.folder.file_with("secret", "password");
  for (const std::string& name :
       {std::string("../secret"), secret, std::string("forecaster/../../secret"), std::string("secret")}) {
    victim.change_and_seal("policy.json", victim.with("policy.json", "\"golden.jsonl\"", "\"" + name + "\""));
    CHECK_THAT(victim.message(), Catch::Contains("is no file of a bundle"));
  }
  victim.restore();
  for (const std::string& name : kFiles) {
    const std::string file = victim.path + "/" + name;
    fs::rename(file, victim.folder.file("elsewhere"));
    fs::create_symlink(victim.folder.file("elsewhere"), file);
    CHECK_THAT(victim.message(), Catch::Contains("symbolic link"));
    fs::remove(file);
    fs::rename(victim.folder.file("elsewhere"), file);
  }
  fs::rename(victim.path + "/forecaster", victim.folder.file("elsewhere"));
  fs::create_directory_symlink(victim.folder.file("elsewhere"), victim.path + "/forecaster");
  CHECK_THAT(victim.message(), Catch::Contains("symbolic link"));
}

TEST_CASE("what is no plain file is refused without waiting for it", "[bundle]") {
  const Victim victim;
  const std::string file = victim.path + "/golden.jsonl";
  fs::remove(file);
  REQUIRE(::mkfifo(file.c_str(), 0600) == 0);
  CHECK_THAT(victim.message(), Catch::Contains("golden.jsonl") && Catch::Contains("no plain file"));
  fs::remove(file);
  fs::create_directory(file);
  CHECK_THAT(victim.message(), Catch::Contains("no plain file"));
  CHECK_THROWS_WITH(load_bundle(victim.folder.file("nowhere")), Catch::Contains("there is no such folder"));
  CHECK_THROWS_WITH(load_bundle(victim.folder.file_with("text", "x")), Catch::Contains("is a file"));
}

TEST_CASE("hostile JSON is refused before it costs anything", "[bundle]") {
  const Victim victim;
  const auto refused_with = [&](const std::string& text, const std::string& why) {
    victim.change_and_seal("policy.json", text);
    CHECK_THAT(victim.message(), Catch::Contains(why));
  };
  refused_with(std::string(5'000'000, '['), "nested deeper");
  refused_with(std::string(1'000, '{'), "no valid JSON");
  refused_with("", "no valid JSON");
  refused_with("[]", "expected an object");
  refused_with("\xff\xfe{}", "no valid JSON");
  refused_with(victim.with("policy.json", "\"restock policy bundle\"", "\"another bundle\""),
               "expected 'restock policy bundle'");
  refused_with(victim.with("policy.json", "\"format_version\": 1", "\"format_version\": 2"),
               "use a newer restock");
  refused_with(victim.with("policy.json", "\"lead_time_days\": 2", "\"lead_time_days\": 1e999"), "too large");
  refused_with(victim.with("policy.json", "\"pack_size\": 4", "\"pack_size\": 0"),
               "skus[0].pack_size: '0', expected a whole number");
  refused_with(victim.with("policy.json", "\"pack_size\": 4", "\"pack_size\": 18446744073709551615"),
               "expected a whole number");
  refused_with(victim.with("policy.json", "\"pack_size\": 4", "\"pack_size\": \"4\""),
               "expected a whole number");
  refused_with(victim.with("policy.json", "\"id\": \"rice\"", "\"id\": \"milk\""), "stands here twice");
  refused_with(victim.with("policy.json", "\"pack_size\": 4", "\"pack_sizes\": 4"),
               "unknown member, did you mean 'pack_size'");
  refused_with(victim.with("policy.json", "\"pipeline_width\": 2", "\"pipeline_width\": 1"),
               "width: 2, expected 1");
  refused_with(victim.with("policy.json", "\"tanh\"", "\"exec\""), "expected tanh or relu");
  refused_with(victim.with("policy.json", "\"kind\": \"network\"", "\"kind\": \"rule\""), "unknown member");
}

TEST_CASE("a bundle may have neighbours, but no more than its own files are read", "[bundle]") {
  const Victim victim;
  victim.change("README.txt", "notes of the planner");
  CHECK_FALSE(is_refused(victim));
}
