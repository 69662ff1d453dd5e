#include "experiments/prepared_scenario.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "env/core/error.h"
#include "experiments/demand_paths_file.h"
#include "experiments/demand_paths_split.h"
#include "experiments/fit_forecaster.h"
#include "experiments/history.h"
#include "forecasting/forecasters.h"
#include "forecasting/sample_paths.h"
#include "scenarios/scenario_file.h"

namespace restock::experiments {

namespace {

/// The levels at which policies see the law of demand over the protection interval.
const std::vector<double> kForecastLevels{0.5, 0.75, 0.9, 0.95, 0.99};

/// Reads the forecaster where the folder holds one of this name, fits it otherwise, and keeps it.
std::unique_ptr<forecasting::ForecastModel> obtain_forecaster(const std::string& name,
                                                              const forecasting::Panel& panel,
                                                              const PrepareOptions& options) {
  const std::string file = options.forecaster_folder + "/" + name + ".safetensors";
  if (!options.forecaster_folder.empty() && std::filesystem::exists(file))
    return forecasting::load_forecaster(file);
  auto model =
      fit_by_name(name, panel, panel.days, {options.seed, "cpu", options.progress, {.lstm = options.lstm}});
  if (!options.forecaster_folder.empty()) forecasting::save_forecaster(*model, file);
  return model;
}

class Preparation {
 public:
  explicit Preparation(const PrepareOptions& options) : options_(options) {
    prepared_.scenario = scenarios::load_scenario(options.scenario_file, options.overrides);
  }

  PreparedScenario run() {
    const DemandPhases& demand = prepared_.scenario.warehouse.demand;
    if (demand.training.source == DemandOrigin::history && !options_.evaluation_only)
      throw InputError(fmt::format(
          "{}: demand.training.source: history, expected law or forecast_paths: policies that learn from the "
          "days that judge them prove nothing",
          options_.scenario_file));
    if (const DemandSourceSpec* source = history_source(demand))
      prepared_.history = history_before(prepared_.scenario, *source);
    prepared_.warehouse = build_warehouse(prepared_.scenario.warehouse, mean_demand());
    const bool samples =
        demand.evaluation.source == DemandOrigin::forecast_paths || !options_.evaluation_only;
    if (options_.forecasts || samples) bind_forecaster(demand.training.forecaster);
    if (!options_.evaluation_only) {
      prepared_.training = process(demand.training, Split::train, options_.training_paths);
      prepared_.tuning = process(demand.training, Split::tune, options_.tuning_paths);
    }
    prepared_.evaluation = process(demand.evaluation, Split::evaluate, options_.tuning_paths);
    return std::move(prepared_);
  }

 private:
  /// The paths of a file, which is read once.
  const DemandPaths& paths_in(const std::string& file) {
    const auto found = path_files_.find(file);
    if (found != path_files_.end()) return found->second;
    return path_files_.emplace(file, read_paths_of(prepared_.scenario, file)).first->second;
  }

  /// Units a day of SKUs without a law.
  std::vector<double> mean_demand() {
    if (prepared_.history) return recent_mean_demand(*prepared_.history);
    const DemandPhases& demand = prepared_.scenario.warehouse.demand;
    for (const DemandSourceSpec* phase : {&demand.training, &demand.evaluation})
      if (phase->source == DemandOrigin::paths) return mean_of_paths(paths_in(phase->file));
    return {};
  }

  void bind_forecaster(const std::string& name) {
    if (name.empty()) return;
    prepared_.forecast_model = obtain_forecaster(name, *prepared_.history, options_);
    forecaster_ = prepared_.forecast_model->bind(*prepared_.history, prepared_.history->days);
  }

  std::shared_ptr<const DecisionModel> process(const DemandSourceSpec& source, Split split,
                                               std::int64_t paths) {
    auto model = std::make_shared<DecisionModel>();
    model->warehouse = prepared_.warehouse;
    model->forecaster = forecaster_;
    if (forecaster_) model->forecast_levels = kForecastLevels;
    if (source.source == DemandOrigin::history)
      model->paths = std::make_shared<DemandPaths>(demand_of_horizon(prepared_.scenario, source.file));
    if (source.source == DemandOrigin::forecast_paths) model->paths = sampled_paths(split, paths);
    if (source.source == DemandOrigin::paths)
      model->paths = std::make_shared<DemandPaths>(paths_of_split(paths_in(source.file), source.file, split));
    return model;
  }

  std::shared_ptr<const DemandPaths> sampled_paths(Split split, std::int64_t count) const {
    if (options_.progress) options_.progress(0, "sampling futures");
    DemandPathsFile content{
        {count, prepared_.warehouse->days, static_cast<std::int64_t>(prepared_.warehouse->skus.size()), {}},
        series_ids(prepared_.scenario)};
    content.paths.units =
        forecasting::sample_paths(*forecaster_, {.paths = static_cast<std::size_t>(count),
                                                 .days = static_cast<std::size_t>(prepared_.warehouse->days),
                                                 .seed = options_.seed,
                                                 .split = split,
                                                 .threads = options_.threads});
    if (!options_.forecaster_folder.empty())
      write_demand_paths(content, fmt::format("{}/futures-{}.h5", options_.forecaster_folder,
                                              split == Split::train  ? "train"
                                              : split == Split::tune ? "tune"
                                                                     : "evaluate"));
    return std::make_shared<DemandPaths>(std::move(content.paths));
  }

  const PrepareOptions& options_;
  PreparedScenario prepared_;
  std::shared_ptr<const Forecaster> forecaster_;
  std::map<std::string, DemandPaths> path_files_;
};

}  // namespace

std::string PreparedScenario::evaluation_text() const {
  switch (scenario.warehouse.demand.evaluation.source) {
    case DemandOrigin::law:
      return "the scenario's laws";
    case DemandOrigin::forecast_paths:
      return "futures sampled from the forecaster";
    case DemandOrigin::paths:
      return fmt::format("the futures of {}", scenario.warehouse.demand.evaluation.file);
    case DemandOrigin::history:
      break;
  }
  const Date first = warehouse->start + std::chrono::days(warehouse->warm_up_days);
  const Date last = warehouse->start + std::chrono::days(warehouse->days - 1);
  return fmt::format("the held-out history from {} to {} ({} days)", format_date(first), format_date(last),
                     warehouse->counted_days());
}

std::shared_ptr<const EnvModel> PreparedScenario::environment() const {
  auto model = std::make_shared<EnvModel>();
  model->decisions = training ? training : evaluation;
  model->observation = ObservationSpec(*warehouse, scenario.observation, model->decisions->forecast_levels);
  model->action = ActionSpec(*warehouse, scenario.action);
  return model;
}

PreparedScenario prepare_scenario(const PrepareOptions& options) {
  return Preparation(options).run();
}

}  // namespace restock::experiments
