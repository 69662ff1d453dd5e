#include "experiments/sweep/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "env/core/error.h"

namespace restock::experiments {

namespace {

constexpr int kCannotStart = 127;

/// Only calls that are safe between fork and exec.
[[noreturn]] void become_child(const char* program, char** arguments, int log, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(kCannotStart);
  const int null = open("/dev/null", O_RDONLY);
  dup2(null, STDIN_FILENO);
  dup2(log, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  execv(program, arguments);
  _exit(kCannotStart);
}

}  // namespace

pid_t start_child(const std::string& program, const std::vector<std::string>& arguments,
                  const std::string& log_file) {
  std::vector<std::string> words{program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const int log = open(log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (log < 0) throw InputError(fmt::format("{}: cannot be written: {}", log_file, std::strerror(errno)));
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child == 0) become_child(program.c_str(), pointers.data(), log, parent);
  close(log);
  if (child < 0) throw InputError(fmt::format("no process can be started: {}", std::strerror(errno)));
  return child;
}

FinishedChild wait_for_child() {
  int status = 0;
  pid_t process = -1;
  do process = waitpid(-1, &status, 0);
  while (process < 0 && errno == EINTR);
  return {process, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status)};
}

}  // namespace restock::experiments
