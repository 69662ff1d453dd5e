// What a sweep tries: a subset of the format that Weights & Biases made common.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "env/core/description.h"

namespace restock::experiments {

enum class SweepMethod { grid, random };
enum class SweepGoal { minimize, maximize };
enum class SweepDistribution { values, uniform, int_uniform, log_uniform_values };

/// One parameter of the trials: a fixed value, a list, or an interval with a distribution.
struct SweepParameter {
  std::string name;
  std::string value;
  std::vector<std::string> values;
  SweepDistribution distribution = SweepDistribution::values;
  double minimum = 0;
  double maximum = 0;
};

struct SweepMetric {
  std::string name = "tune/cost_per_day";
  SweepGoal goal = SweepGoal::minimize;
};

struct SweepConfig {
  std::string scenario;  ///< relative to the sweep file
  SweepMethod method = SweepMethod::random;
  SweepMetric metric;
  std::int64_t run_cap = 32;
  std::int64_t seeds_per_trial = 1;
  std::vector<SweepParameter> parameters;
};

std::span<const std::string_view> names_of(SweepMethod);
std::span<const std::string_view> names_of(SweepGoal);
std::span<const std::string_view> names_of(SweepDistribution);
void describe(FieldVisitor& visitor, SweepParameter& parameter);
void describe(FieldVisitor& visitor, SweepMetric& metric);
void describe(FieldVisitor& visitor, SweepConfig& sweep);

/// The settings of one trial, in the order of the sweep's parameters.
using TrialSettings = std::vector<std::pair<std::string, std::string>>;

/// All trials: the grid's product, or run_cap draws that depend on the seed alone. Throws InputError where a
/// grid has more trials than run_cap.
std::vector<TrialSettings> trials_of(const SweepConfig& sweep, std::uint64_t seed);

}  // namespace restock::experiments
