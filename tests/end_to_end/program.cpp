#include "tests/end_to_end/program.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "env/core/atomic_file.h"
#include "tests/unit/core/temporary_folder.h"

namespace restock::testing {

namespace {

constexpr std::size_t kMostOutput = 64 << 20;

int start(const std::vector<std::string>& arguments, const std::string& out, const std::string& errors) {
  std::vector<std::string> words{RESTOCK_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const int process = fork();
  if (process != 0) return process;
  dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
  dup2(open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
  dup2(open(errors.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
  execv(RESTOCK_PROGRAM, pointers.data());
  _exit(127);
}

}  // namespace

Said run_program(const std::vector<std::string>& arguments) {
  const TemporaryFolder folder;
  int status = 0;
  waitpid(start(arguments, folder.file("out"), folder.file("errors")), &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
          read_file(folder.file("out"), kMostOutput), read_file(folder.file("errors"), kMostOutput)};
}

Background::Background(const std::vector<std::string>& arguments)
    : process_(start(arguments, "/dev/null", "/dev/null")) {}

Background::~Background() {
  kill();
}

void Background::kill() {
  if (process_ < 0) return;
  ::kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
  process_ = -1;
}

bool Background::is_running() {
  if (process_ < 0) return false;
  if (waitpid(process_, nullptr, WNOHANG) == 0) return true;
  process_ = -1;
  return false;
}

std::string source_file(const std::string& path) {
  return std::string(RESTOCK_SOURCE_DIR) + "/" + path;
}

}  // namespace restock::testing
