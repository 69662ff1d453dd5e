// Errors that a person can act on. Libraries throw them; programs decide (exit codes in tools/README.md).
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace restock {

/// One thing that is wrong with what a user handed us, and where.
struct Problem {
  std::string file;        ///< empty where the input is no file (a command line, an argument)
  std::size_t line = 0;    ///< 1-based; 0 where unknown
  std::size_t column = 0;  ///< 1-based; 0 where unknown
  std::string path;        ///< such as skus[1].lead_time_days; may be empty
  std::string message;     ///< got, expected, what to do

  /// "file:line:column: path: message", leaving out what is unknown.
  std::string text() const;
};

/// User input that is wrong: says what, where, what was expected and the next step. Exit code 2.
class InputError : public std::runtime_error {
 public:
  explicit InputError(const std::string& message)
      : InputError(std::vector<Problem>{{{}, 0, 0, {}, message}}) {}
  explicit InputError(std::vector<Problem> problems);
  const std::vector<Problem>& problems() const noexcept { return problems_; }

 private:
  std::vector<Problem> problems_;
};

/// A broken invariant of the program itself. Exit code 70.
class InvariantError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

}  // namespace restock
