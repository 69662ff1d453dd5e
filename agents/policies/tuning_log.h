// What a tuning has simulated so far, in a file from which it goes on after an interruption.
//
// A search asks the same questions again when it gets the same answers, so the answers are all there is to
// keep: one line a simulation, with a fingerprint of what was simulated and the costs of each SKU and
// replication. The file appears whole or not at all (written to a temporary name, flushed, renamed), at most
// so often that writing takes a twentieth of the time.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "agents/policies/parameters.h"

namespace restock::policies {

/// By SKU and replication.
using SimulatedCosts = std::vector<std::vector<double>>;

class TuningLog {
 public:
  /// "" keeps nothing. Reads what the file holds, where it is there. Throws InputError where it cannot be
  /// read as a log with so many SKUs and replications.
  TuningLog(std::string file, std::size_t skus, std::size_t replications);

  /// Simulations that the file held and nobody has asked for yet.
  std::size_t kept() const noexcept { return known_.size(); }
  /// The costs of the next simulation as the file held them. Throws InputError where the file's next
  /// simulation was another one.
  SimulatedCosts take(const PolicyParameters& parameters);
  /// Adds a simulation; it reaches the file sooner or later.
  void add(const PolicyParameters& parameters, const SimulatedCosts& costs);
  /// Writes what has not been written.
  void flush();
  [[noreturn]] void refuse(const std::string& why) const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Line {
    std::uint64_t fingerprint = 0;
    SimulatedCosts costs;
  };

  void read();
  Line parse(std::string_view line, std::size_t number) const;
  static std::uint64_t fingerprint_of(const PolicyParameters& parameters);

  std::string file_;
  std::size_t skus_;
  std::size_t replications_;
  std::deque<Line> known_;
  std::string text_;  ///< of the file
  bool is_written_ = true;
  Clock::time_point next_write_;
};

}  // namespace restock::policies
