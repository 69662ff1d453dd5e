// The verbs of the program. Each lies in a file command_<verb>.cpp that adds itself to the command line;
// main.cpp lists them.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace restock::tools {

/// What every verb understands.
struct CommonOptions {
  bool json = false;
  std::uint64_t seed = 1;
  int threads = 0;  ///< 0: all cores

  int thread_count() const;
};

/// Adds --json, --seed and --threads to a verb.
void add_common(CLI::App& command, CommonOptions& options);
/// A verb with its options kept alive as long as the command line; `run` is called where the verb was chosen.
template <class Options>
CLI::App& add_verb(CLI::App& app, const std::string& name, const std::string& summary,
                   const std::string& example, std::shared_ptr<Options> options,
                   void (*run)(const Options&)) {
  CLI::App& verb = *app.add_subcommand(name, summary);
  verb.footer("Example:\n  " + example);
  add_common(verb, options->common);
  verb.callback([options, run] { run(*options); });
  return verb;
}

void add_run(CLI::App& app);
void add_validate(CLI::App& app);
void add_simulate(CLI::App& app);
void add_tune(CLI::App& app);
void add_solve(CLI::App& app);
void add_forecast(CLI::App& app);
void add_train(CLI::App& app);
void add_compare(CLI::App& app);
void add_sweep(CLI::App& app);
void add_export(CLI::App& app);
void add_decide(CLI::App& app);
void add_init(CLI::App& app);
void add_generate(CLI::App& app);
void add_schema(CLI::App& app);
void add_doctor(CLI::App& app);

}  // namespace restock::tools
