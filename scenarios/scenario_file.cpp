#include "scenarios/scenario_file.h"

#include <filesystem>

#include "env/sim/warehouse_model.h"

namespace restock::scenarios {

namespace {

void make_absolute(const std::string& file, std::string& path) {
  if (!path.empty()) path = path_beside(file, path);
}

/// What shows only when the warehouse is built; what its demand is on average does not matter here.
void try_to_build(const Scenario& scenario) {
  build_warehouse(scenario.warehouse, std::vector<double>(scenario.warehouse.skus.size(), 1.0));
}

void add_problems(const std::string& file, const InputError& error, std::vector<Problem>& problems) {
  for (Problem problem : error.problems()) {
    if (problem.file.empty()) problem.file = file;
    problems.push_back(std::move(problem));
  }
}

}  // namespace

std::string path_beside(const std::string& file, const std::string& path) {
  const std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
  return (folder / path).lexically_normal().string();
}

Scenario load_scenario(const std::string& file, const Overrides& overrides) {
  Scenario scenario = read_yaml<Scenario>(file, overrides);
  DemandPhases& demand = scenario.warehouse.demand;
  for (DemandSourceSpec* phase : {&demand.training, &demand.evaluation}) {
    make_absolute(file, phase->file);
    make_absolute(file, phase->static_table);
  }
  return scenario;
}

std::vector<Problem> validate_scenarios(std::span<const std::string> files) {
  std::vector<Problem> problems;
  for (const std::string& file : files) {
    try {
      try_to_build(load_scenario(file));
    } catch (const InputError& error) {
      add_problems(file, error, problems);
    }
  }
  return problems;
}

}  // namespace restock::scenarios
