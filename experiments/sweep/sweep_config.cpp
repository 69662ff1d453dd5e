#include "experiments/sweep/sweep_config.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "env/core/error.h"
#include "env/core/keyed_random.h"
#include "env/core/laws/portable_math.h"

namespace restock::experiments {

namespace {

bool is_fixed(const SweepParameter& parameter) {
  return !parameter.value.empty();
}
bool is_list(const SweepParameter& parameter) {
  return !is_fixed(parameter) && !parameter.values.empty();
}

void check_parameter(FieldVisitor& visitor, const SweepParameter& parameter) {
  const bool interval = parameter.distribution != SweepDistribution::values;
  const int given = (is_fixed(parameter) ? 1 : 0) + (parameter.values.empty() ? 0 : 1) + (interval ? 1 : 0);
  if (given != 1)
    visitor.problem("", "expected exactly one of value, values, or distribution with min and max");
  if (interval && !(parameter.minimum < parameter.maximum))
    visitor.problem("min",
                    fmt::format("{}, expected less than max {}", parameter.minimum, parameter.maximum));
  if (parameter.distribution == SweepDistribution::log_uniform_values && !(parameter.minimum > 0))
    visitor.problem("min",
                    fmt::format("{}, expected a positive number for log_uniform_values", parameter.minimum));
}

std::string draw(const SweepParameter& parameter, double u) {
  const double low = parameter.minimum;
  const double high = parameter.maximum;
  switch (parameter.distribution) {
    case SweepDistribution::uniform:
      return fmt::format("{}", low + u * (high - low));
    case SweepDistribution::int_uniform:
      return fmt::format("{:.0f}", std::floor(low + u * (high - low + 1)));
    case SweepDistribution::log_uniform_values:
      return fmt::format("{:.6g}", low * portable::exp(u * portable::log(high / low)));
    case SweepDistribution::values:
      break;
  }
  if (is_fixed(parameter)) return parameter.value;
  return parameter.values[static_cast<std::size_t>(u * static_cast<double>(parameter.values.size()))];
}

std::vector<TrialSettings> grid_trials(const SweepConfig& sweep) {
  std::vector<TrialSettings> trials(1);
  for (const SweepParameter& parameter : sweep.parameters) {
    std::vector<TrialSettings> extended;
    const std::vector<std::string> values =
        is_list(parameter) ? parameter.values : std::vector{parameter.value};
    for (const TrialSettings& trial : trials)
      for (const std::string& value : values) {
        extended.push_back(trial);
        extended.back().emplace_back(parameter.name, value);
      }
    trials = std::move(extended);
    if (trials.size() > static_cast<std::size_t>(sweep.run_cap))
      throw InputError(fmt::format(
          "the grid has more than run_cap {} trials; raise run_cap, shorten a list of values or use "
          "method: random",
          sweep.run_cap));
  }
  return trials;
}

std::vector<TrialSettings> random_trials(const SweepConfig& sweep, std::uint64_t seed) {
  const Stream stream({seed, Split::tune, 0}, Purpose::search, 0);
  std::vector<TrialSettings> trials;
  for (std::int64_t trial = 0; trial < sweep.run_cap; ++trial) {
    trials.emplace_back();
    for (std::size_t i = 0; i < sweep.parameters.size(); ++i)
      trials.back().emplace_back(sweep.parameters[i].name,
                                 draw(sweep.parameters[i], stream.uniform(trial, i)));
  }
  return trials;
}

}  // namespace

std::span<const std::string_view> names_of(SweepMethod) {
  static constexpr std::array<std::string_view, 2> names{"grid", "random"};
  return names;
}
std::span<const std::string_view> names_of(SweepGoal) {
  static constexpr std::array<std::string_view, 2> names{"minimize", "maximize"};
  return names;
}
std::span<const std::string_view> names_of(SweepDistribution) {
  static constexpr std::array<std::string_view, 4> names{"values", "uniform", "int_uniform",
                                                         "log_uniform_values"};
  return names;
}

void describe(FieldVisitor& visitor, SweepParameter& parameter) {
  visitor.field("value", parameter.value, {.meaning = "the same in every trial"});
  visitor.field("values", parameter.values, {.meaning = "one of these"});
  describe_choice(
      visitor, "distribution", parameter.distribution,
      {.meaning = "between min and max: uniform, int_uniform (both ends included), log_uniform_values"});
  visitor.field("min", parameter.minimum, {.meaning = "lower end of the distribution"});
  visitor.field("max", parameter.maximum, {.meaning = "upper end of the distribution"});
  check_parameter(visitor, parameter);
}

void describe(FieldVisitor& visitor, SweepMetric& metric) {
  visitor.field("name", metric.name, {.meaning = "a metric of a run's result.json"});
  describe_choice(visitor, "goal", metric.goal, {.meaning = "which way is better"});
}

void describe(FieldVisitor& visitor, SweepConfig& sweep) {
  visitor.field("scenario", sweep.scenario,
                {.meaning = "the scenario to train on, relative to the sweep file", .required = true});
  describe_choice(visitor, "method", sweep.method,
                  {.meaning = "grid: every combination; random: run_cap draws"});
  describe_object(visitor, "metric", sweep.metric, {.meaning = "what is compared"});
  visitor.field("run_cap", sweep.run_cap, {.meaning = "most trials", .minimum = 1, .maximum = 100'000});
  visitor.field("seeds_per_trial", sweep.seeds_per_trial,
                {.meaning = "trainings of each trial", .minimum = 1, .maximum = 1000});
  describe_map(
      visitor, "parameters", sweep.parameters, &SweepParameter::name,
      {.meaning = "what `restock train` is told, by name: agent, and fields of the agent's configuration",
       .required = true});
  if (sweep.method != SweepMethod::grid) return;
  for (const SweepParameter& parameter : sweep.parameters)
    if (parameter.distribution != SweepDistribution::values)
      visitor.problem(
          "parameters",
          fmt::format("'{}' has a distribution, expected value or values with method: grid", parameter.name));
}

std::vector<TrialSettings> trials_of(const SweepConfig& sweep, std::uint64_t seed) {
  return sweep.method == SweepMethod::grid ? grid_trials(sweep) : random_trials(sweep, seed);
}

}  // namespace restock::experiments
