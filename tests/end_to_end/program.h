// Runs the program as a user does and keeps what it says.
#pragma once

#include <string>
#include <vector>

namespace restock::testing {

struct Said {
  int status = -1;     ///< exit code; 128 + signal where a signal ended it
  std::string out;
  std::string errors;
};

/// restock ARGUMENTS…, waited for.
Said run_program(const std::vector<std::string>& arguments);

/// restock ARGUMENTS… in the background, to be killed.
class Background {
 public:
  explicit Background(const std::vector<std::string>& arguments);
  ~Background();
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;
  /// SIGKILL, and waits until it is gone.
  void kill();
  bool is_running();

 private:
  int process_ = -1;
};

/// A file of the checkout.
std::string source_file(const std::string& path);

}  // namespace restock::testing
