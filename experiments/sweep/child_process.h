// A child process that dies with its parent.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace restock::experiments {

/// Starts `program` with the arguments; its output is appended to `log_file`. The child is killed where this
/// process dies. Throws InputError where no process can be started.
pid_t start_child(const std::string& program, const std::vector<std::string>& arguments,
                  const std::string& log_file);

/// Waits for any child; its process id and exit status (128 + signal where a signal ended it).
struct FinishedChild {
  pid_t process = -1;
  int status = 0;
};
FinishedChild wait_for_child();

}  // namespace restock::experiments
