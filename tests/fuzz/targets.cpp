#include "tests/fuzz/targets.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include "env/core/csv.h"
#include "env/replenishment_env.h"
#include "env/scenario.h"
#include "forecasting/read_history.h"
#include "scenarios/resolved.h"
#include "scenarios/yaml_reader.h"

namespace restock::fuzz {

namespace {

/// A file that lies in memory; rewritten for each input.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("fuzz", 0)) {
    if (descriptor_ < 0) throw std::runtime_error("memfd_create failed");
  }
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string holding(std::string_view bytes) const {
    const auto size = static_cast<ssize_t>(bytes.size());
    if (ftruncate(descriptor_, 0) != 0 || pwrite(descriptor_, bytes.data(), bytes.size(), 0) != size)
      throw std::runtime_error("the file in memory cannot be written");
    return "/proc/self/fd/" + std::to_string(descriptor_);
  }

 private:
  int descriptor_;
};

/// True where `read` ends, false where it refuses its input with a message.
template <class Read>
bool reads(const Read& read) {
  try {
    read();
    return true;
  } catch (const InputError& error) {
    if (error.problems().empty() || error.problems().front().message.empty())
      throw std::logic_error("an InputError without a problem");
    return false;
  }
}

void read_scenario(std::string_view bytes) {
  const auto scenario = scenarios::read_yaml_text<Scenario>(bytes, "fuzz.yaml");
  const std::string text = scenarios::resolved_yaml(scenario);
  const auto again = scenarios::read_yaml_text<Scenario>(text, "resolved.yaml");
  if (scenarios::resolved_yaml(again) != text) throw std::logic_error("written down, it reads differently");
  constexpr std::size_t kMostSkus = 20;  // tables of laws may take some time each
  if (scenario.warehouse.skus.size() > kMostSkus) return;
  const std::vector<double> means(scenario.warehouse.skus.size(), 1.0);
  const auto warehouse = build_warehouse(scenario.warehouse, means);
  const ObservationSpec observation(*warehouse, scenario.observation, {0.5});
  const ActionSpec action(*warehouse, scenario.action);
}

void read_every_field(const std::string& file) {
  CsvReader reader(file);
  const auto first = reader.find_column("y").value_or(0);
  while (reader.next()) {
    if (reader.fields().size() != reader.header().size()) throw std::logic_error("a row of another length");
    reads([&] { reader.number(first, -1e9, 1e9); });
    reads([&] { reader.integer(first, -1'000'000'000, 1'000'000'000); });
  }
}

}  // namespace

bool reads_scenario(std::string_view bytes) {
  return reads([&] { read_scenario(bytes); });
}

bool reads_csv(std::string_view bytes) {
  static const MemoryFile memory;
  const std::string file = memory.holding(bytes);
  reads([&] { read_every_field(file); });
  return reads([&] { forecasting::read_history(file); });
}

}  // namespace restock::fuzz
