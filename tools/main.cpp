// restock: one program, one verb for each thing it does. Exit codes: 0 done, 2 wrong input, 70 a broken
// invariant.
#include <fmt/format.h>

#include <cstdio>
#include <exception>

#include "env/core/error.h"
#include "env/core/json_writer.h"
#include "env/core/parallel.h"
#include "tools/command.h"

namespace restock::tools {

namespace {

constexpr int kWrongInput = 2;
constexpr int kBrokenInvariant = 70;

void add_verbs(CLI::App& app) {
  for (const auto add :
       {add_run, add_validate, add_simulate, add_tune, add_solve, add_forecast, add_train, add_compare,
        add_sweep, add_export, add_decide, add_init, add_generate, add_schema, add_doctor})
    add(app);
}

/// Wrong input, for people on stderr and, with --json, for machines on stdout.
void print_problems(const InputError& error, bool json) {
  fmt::print(stderr, "{}\n", error.what());
  if (!json) return;
  JsonWriter writer(2);
  writer.begin_object().key("problems").begin_array();
  for (const Problem& problem : error.problems()) {
    writer.begin_object()
        .member("file", problem.file)
        .member("line", problem.line)
        .member("column", problem.column);
    writer.member("path", problem.path).member("message", problem.message).end_object();
  }
  fmt::print("{}\n", writer.end_array().end_object().text());
}

bool wants_json(int argc, char** argv) {
  for (int i = 1; i < argc; ++i)
    if (std::string_view(argv[i]) == "--json") return true;
  return false;
}

int run_program(int argc, char** argv) {
  CLI::App app("restock learns replenishment policies in a simulated warehouse and says what to order today.",
               "restock");
  app.require_subcommand(1);
  app.set_version_flag("--version", RESTOCK_VERSION);
  app.get_formatter()->column_width(34);
  add_verbs(app);
  try {
    app.parse(argc, argv);
    return 0;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kWrongInput;
  } catch (const InputError& error) {
    print_problems(error, wants_json(argc, argv));
    return kWrongInput;
  } catch (const std::exception& error) {
    fmt::print(stderr, "restock: internal error, please report it: {}\n", error.what());
    return kBrokenInvariant;
  }
}

}  // namespace

int CommonOptions::thread_count() const {
  return threads > 0 ? threads : available_threads();
}

void add_common(CLI::App& command, CommonOptions& options) {
  command.add_flag("--json", options.json, "one JSON object on stdout and nothing else");
  command.add_option("--seed", options.seed, "root of all randomness")->capture_default_str();
  command.add_option("--threads", options.threads, "worker threads; 0: all cores")
      ->check(CLI::Range(0, 1024))
      ->capture_default_str();
}

}  // namespace restock::tools

int main(int argc, char** argv) {
#if defined(__x86_64__) && defined(__AVX2__)
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) {
    std::fputs(
        "restock: this build needs a processor with AVX2 and FMA (x86-64-v3); build the preset 'portable' "
        "instead\n",
        stderr);
    return 2;
  }
#endif
  return restock::tools::run_program(argc, argv);
}
