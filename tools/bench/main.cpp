// Runs the benchmarks and prints the ratios that matter, each between two benchmarks of the same run: what
// else the machine does slows both down. Without arguments: medians of five repetitions in random order.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace {

/// Prints as the library does, and keeps the medians.
class Medians final : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
      const auto items = run.counters.find("items_per_second");
      if (run.aggregate_name == "median" && items != run.counters.end())
        per_second_[run.run_name.str()] = items->second.value;
    }
  }
  /// Items a second; 0 where the benchmark has not run.
  double per_second(std::string_view name) const {
    const auto found = per_second_.find(name);
    return found == per_second_.end() ? 0 : found->second;
  }

 private:
  std::map<std::string, double, std::less<>> per_second_;
};

struct Ratio {
  std::string_view what;
  std::string_view fast;
  std::string_view slow;
  double aim;  ///< at least
};

constexpr std::array kRatios{
    Ratio{"event queue, 16 pending: tournament tree / std::priority_queue", "queue/tournament/16",
          "queue/std/16", 5},
    Ratio{"event queue, 1,024 pending", "queue/tournament/1024", "queue/std/1024", 5},
    Ratio{"event queue, 65,536 pending", "queue/tournament/65536", "queue/std/65536", 5},
    Ratio{"engine, 1 SKU: restock / plain", "engine/restock/1", "engine/plain/1", 1.5},
    Ratio{"engine, 100 SKUs", "engine/restock/100", "engine/plain/100", 2.8},
    Ratio{"engine, 1,000 SKUs", "engine/restock/1000", "engine/plain/1000", 3.5},
    Ratio{"engine, an event with 1,000 SKUs / with 1 (speed; time at most 1.6 times)", "engine/restock/1000",
          "engine/restock/1", 0.625},
    Ratio{"day-synchronous replay, 1 SKU: replay / event engine", "engine/replay/1", "engine/restock/1", 10},
    Ratio{"day-synchronous replay, 100 SKUs", "engine/replay/100", "engine/restock/100", 10},
    Ratio{"day-synchronous replay, 1,000 SKUs", "engine/replay/1000", "engine/restock/1000", 10},
    Ratio{"period kernel: one environment / event engine", "period/one", "period/event_engine", 1},
    Ratio{"environment: a step / a day of the event engine", "env/step", "period/event_engine", 0.4},
    Ratio{"period kernel: lockstep / one environment", "period/lockstep", "period/one", 1},
    Ratio{"period kernel: two threads / one, wall time", "period/threads/2/real_time",
          "period/threads/1/real_time", 1.9},
    Ratio{"exact solver, Poisson, L = 4: restock / plain (time at most 1.2 times)", "solve/restock/poisson_4",
          "solve/plain/poisson_4", 0.83},
    Ratio{"exact solver, geometric, L = 4", "solve/restock/geometric_4", "solve/plain/geometric_4", 0.83},
    Ratio{"exact solver, Poisson, L = 6", "solve/restock/poisson_6/iterations:1",
          "solve/plain/poisson_6/iterations:1", 0.83}};

struct Speed {
  std::string_view what;
  std::string_view name;
  double aim;  ///< millions a second
};

constexpr std::array kSpeeds{
    Speed{"M/M/1 at 0.9 in the event engine, million lines a second", "engine/mm1", 10},
    Speed{"period kernel, one environment, million days a second", "period/one", 40},
    Speed{"period kernel, lockstep, million days a second", "period/lockstep", 120}};

void print(std::string_view what, double value, double aim) {
  if (value > 0)
    fmt::print("{:<76} {:>8.2f}  aim {:>6.2f}  {}\n", what, value, aim, value >= aim ? "" : "missed");
}

void print_ratios(const Medians& medians) {
  fmt::print("\n");
  for (const Ratio& ratio : kRatios) {
    const double slow = medians.per_second(ratio.slow);
    print(ratio.what, slow > 0 ? medians.per_second(ratio.fast) / slow : 0, ratio.aim);
  }
  for (const Speed& speed : kSpeeds) print(speed.what, medians.per_second(speed.name) / 1e6, speed.aim);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<char*> arguments(argv, argv + argc);
  std::array<std::string, 4> defaults{"--benchmark_repetitions=5", "--benchmark_report_aggregates_only=true",
                                      "--benchmark_enable_random_interleaving=true",
                                      "--benchmark_min_time=0.2"};
  // Before the user's, which override them.
  for (std::size_t i = 0; i < defaults.size(); ++i)
    arguments.insert(arguments.begin() + 1 + static_cast<std::ptrdiff_t>(i), defaults[i].data());
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;
  Medians medians;
  benchmark::RunSpecifiedBenchmarks(&medians);
  print_ratios(medians);
}
