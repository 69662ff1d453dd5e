#include "experiments/run_folder.h"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "env/core/atomic_file.h"
#include "env/core/error.h"
#include "env/core/json_writer.h"

namespace restock::experiments {

namespace {

constexpr std::size_t kMaximumMetricsBytes = std::size_t{1} << 30;
constexpr std::size_t kMaximumResultBytes = std::size_t{1} << 20;

void write_values(JsonWriter& json, const std::map<std::string, double>& values) {
  for (const auto& [name, value] : values) json.member(name, value);
}

std::string row_text(const MetricsRow& row) {
  JsonWriter json;
  json.begin_object().member("step", row.step).member("seconds", row.seconds);
  write_values(json, row.values);
  return json.end_object().text() + "\n";
}

/// nullopt-like: a line that a kill cut short is not a row.
bool parse_row(const std::string& line, MetricsRow& row) {
  const nlohmann::json parsed = nlohmann::json::parse(line, nullptr, false);
  if (!parsed.is_object() || !parsed.contains("step") || !parsed["step"].is_number_integer()) return false;
  row = {};
  for (const auto& [key, value] : parsed.items()) {
    if (key == "step")
      row.step = value.get<std::int64_t>();
    else if (key == "seconds" && value.is_number())
      row.seconds = value.get<double>();
    else if (value.is_number())
      row.values[key] = value.get<double>();
    else if (value.is_null())
      row.values[key] = std::nan("");
  }
  return true;
}

}  // namespace

RunFolder::RunFolder(std::string folder) : folder_(std::move(folder)) {
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (error) throw InputError(fmt::format("{}: cannot create the folder: {}", folder_, error.message()));
}

bool RunFolder::has(const std::string& name) const {
  return std::filesystem::exists(file(name));
}
bool RunFolder::is_finished() const {
  return has("result.json");
}

void RunFolder::write_environment(std::uint64_t seed, const std::string& device, int threads) const {
  JsonWriter json(2);
  json.begin_object();
  for (const auto& [key, value] : build_facts()) json.member(key, value);
  json.member("seed", seed).member("device", device).member("threads", threads).end_object();
  write_file_atomically(file("environment.json"), json.text() + "\n");
}

void RunFolder::write_status(const std::string& state, double progress, const std::string& message) const {
  JsonWriter json;
  json.begin_object()
      .member("state", state)
      .member("progress", progress)
      .member("message", message)
      .end_object();
  write_file_atomically(file("status.json"), json.text() + "\n");
}

void RunFolder::write_result(const std::map<std::string, double>& metrics, double seconds) const {
  JsonWriter json(2);
  json.begin_object().key("metrics").begin_object();
  write_values(json, metrics);
  json.end_object().member("seconds", seconds).end_object();
  write_file_atomically(file("result.json"), json.text() + "\n");
}

void RunFolder::append_metrics(const MetricsRow& row) const {
  std::ofstream stream(file("metrics.jsonl"), std::ios::app | std::ios::binary);
  stream << row_text(row);
  if (!stream.flush()) throw InputError(fmt::format("{}: cannot be written", file("metrics.jsonl")));
}

std::vector<MetricsRow> RunFolder::read_metrics() const {
  std::vector<MetricsRow> rows;
  if (!has("metrics.jsonl")) return rows;
  if (std::filesystem::file_size(file("metrics.jsonl")) > kMaximumMetricsBytes)
    throw InputError(fmt::format("{}: larger than {} bytes", file("metrics.jsonl"), kMaximumMetricsBytes));
  std::ifstream stream(file("metrics.jsonl"), std::ios::binary);
  MetricsRow row;
  for (std::string line; std::getline(stream, line);)
    if (parse_row(line, row)) rows.push_back(row);
  return rows;
}

void RunFolder::keep_metrics_until(std::int64_t step) const {
  std::string kept;
  for (const MetricsRow& row : read_metrics())
    if (row.step <= step) kept += row_text(row);
  write_file_atomically(file("metrics.jsonl"), kept);
}

std::map<std::string, double> RunFolder::read_result() const {
  if (!is_finished()) throw InputError(fmt::format("{}: no result.json, the run has not finished", folder_));
  const auto parsed =
      nlohmann::json::parse(read_file(file("result.json"), kMaximumResultBytes), nullptr, false);
  if (!parsed.is_object() || !parsed.contains("metrics") || !parsed["metrics"].is_object())
    throw InputError(fmt::format("{}: no result, expected an object with \"metrics\"", file("result.json")));
  std::map<std::string, double> metrics;
  for (const auto& [name, value] : parsed["metrics"].items())
    if (value.is_number()) metrics[name] = value.get<double>();
  return metrics;
}

std::vector<std::pair<std::string, std::string>> build_facts() {
#ifdef __clang__
  const std::string compiler = "clang " __clang_version__;
#else
  const std::string compiler = "g++ " __VERSION__;
#endif
#ifdef NDEBUG
  const std::string build = "optimised";
#else
  const std::string build = "debug";
#endif
  return {{"version", RESTOCK_VERSION}, {"compiler", compiler}, {"build", build}};
}

}  // namespace restock::experiments
