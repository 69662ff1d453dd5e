// What the program writes for people: a progress line on stderr, only where that is a terminal, and colours
// unless NO_COLOR.
#pragma once

#include <chrono>
#include <mutex>
#include <string>

namespace restock::tools {

/// One line that is rewritten in place at most ten times a second and cleared at the end. Safe to call from
/// any thread.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  /// fraction in [0, 1].
  void show(double fraction, const std::string& text);

 private:
  std::mutex mutex_;
  std::chrono::steady_clock::time_point latest_{};
  bool enabled_;
  bool shown_ = false;
};

/// Text in bold where stdout is a terminal and NO_COLOR is not set.
std::string bold(const std::string& text);

}  // namespace restock::tools
