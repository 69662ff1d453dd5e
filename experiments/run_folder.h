// A run folder: everything that one training or one experiment leaves behind, so that it can be watched,
// resumed and reproduced. README.md lists the files. result.json is written last: where it stands, the run
// has finished.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace restock::experiments {

inline constexpr char kConfigFile[] = "config.resolved.yaml";
inline constexpr char kScenarioFile[] =
    "scenario.resolved.yaml";  ///< with absolute paths, so that a run can be judged later
inline constexpr char kForecasterFolder[] = "forecaster";

/// One line of metrics.jsonl.
struct MetricsRow {
  std::int64_t step = 0;
  double seconds = 0;
  std::map<std::string, double> values;
};

class RunFolder {
 public:
  /// Creates the folder where it is missing. Throws InputError.
  explicit RunFolder(std::string folder);

  const std::string& path() const noexcept { return folder_; }
  std::string file(const std::string& name) const { return folder_ + "/" + name; }
  bool is_finished() const;
  bool has(const std::string& name) const;

  /// Version, compiler, instruction set, seed, device, threads.
  void write_environment(std::uint64_t seed, const std::string& device, int threads) const;
  /// state: running, finished or failed; progress in [0, 1].
  void write_status(const std::string& state, double progress, const std::string& message = {}) const;
  /// {"metrics": {…}, "seconds": s}.
  void write_result(const std::map<std::string, double>& metrics, double seconds) const;

  void append_metrics(const MetricsRow& row) const;
  /// Drops the rows after `step`, which a run that is resumed from a checkpoint of that step will write
  /// again.
  void keep_metrics_until(std::int64_t step) const;
  std::vector<MetricsRow> read_metrics() const;
  /// The metrics of result.json. Throws InputError where the run has not finished.
  std::map<std::string, double> read_result() const;

 private:
  std::string folder_;
};

/// The program's version, compiler and build, one per line of "key: value" pairs.
std::vector<std::pair<std::string, std::string>> build_facts();

}  // namespace restock::experiments
