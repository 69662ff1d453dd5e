#include "forecasting/updating/model_update.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_set>
#include <utility>

#include "env/core/error.h"
#include "forecasting/forecasters.h"

namespace restock::forecasting {

namespace {

constexpr const char* kOld = "old";
constexpr const char* kCandidate = "candidate";

/// Absolute errors of forecasts for the next step [series × steps] of the panel's last steps; NaN where
/// demand is unknown.
std::vector<double> next_step_errors(const ForecastModel& model, const Panel& panel, std::size_t steps) {
  const std::size_t n = panel.series(), origin = panel.days - steps;
  const auto forecaster = model.bind(panel, origin);
  std::vector<std::int32_t> all(n);
  std::iota(all.begin(), all.end(), 0);
  const std::vector<std::int32_t> one(n, 1);
  std::vector<float> state(n * forecaster->state_size()), mean(n), sales(n);
  std::vector<std::uint8_t> stocked_out(n);
  std::vector<std::vector<float>> demand;
  for (std::size_t s = 0; s < n; ++s) demand.push_back(known_demand(panel, s));
  forecaster->start(all, state);
  std::vector<double> errors(n * steps);
  for (std::size_t t = 0; t < steps; ++t) {
    const auto day = static_cast<std::int64_t>(t);
    forecaster->predict(day, all, one, {}, state, mean, {});
    for (std::size_t s = 0; s < n; ++s) {
      errors[s * steps + t] = std::fabs(static_cast<double>(demand[s][origin + t] - mean[s]));
      sales[s] = panel.sales_of(s)[origin + t];
      stocked_out[s] = panel.stocked_out_of(s)[origin + t];
    }
    forecaster->advance(day, all, sales, stocked_out, state);
  }
  return errors;
}

/// One series of errors: the first `baseline` of them are usual, the others watched.
Drift drift_of(std::span<const double> errors, std::size_t baseline, const DriftConfig& config,
               std::size_t first_step) {
  PageHinkley test(config);
  Drift drift;
  for (std::size_t t = 0; t < errors.size(); ++t) {
    if (std::isnan(errors[t])) continue;
    if (t < baseline) {
      test.learn(errors[t]);
    } else if (test.watch(errors[t]) && !drift.found) {
      drift.found = first_step + t;
    }
  }
  drift.ratio = test.ratio();
  return drift;
}

/// Mean over series at each step of errors in units of each series' mean before the watch.
std::vector<double> total_errors(std::span<const double> errors, std::size_t steps, std::size_t baseline) {
  std::vector<RunningMean> totals(steps);
  for (std::size_t from = 0; from < errors.size(); from += steps) {
    const auto own = errors.subspan(from, steps);
    RunningMean usual;
    for (const double error : own.first(baseline))
      if (!std::isnan(error)) usual.add(error);
    if (!(usual.value() > 0)) continue;
    for (std::size_t t = 0; t < steps; ++t)
      if (!std::isnan(own[t])) totals[t].add(own[t] / usual.value());
  }
  std::vector<double> values;
  for (const RunningMean& total : totals) values.push_back(total.value());
  return values;
}

EvaluationConfig evaluation_of(const UpdateConfig& config) {
  EvaluationConfig evaluation;
  evaluation.horizon = std::min(config.horizon, config.new_steps);
  evaluation.origins = config.new_steps / evaluation.horizon;
  evaluation.refit = false;
  evaluation.sums = {evaluation.horizon};
  return evaluation;
}

}  // namespace

void describe(FieldVisitor& visitor, UpdateConfig& config) {
  visitor.field("new_steps", config.new_steps,
                {"at the end of the history: watched for drift, and judged on", "steps", 1, 1000});
  visitor.field("baseline_steps", config.baseline_steps,
                {"before them: what errors are usual", "steps", 2, 10'000});
  visitor.field("horizon", config.horizon, {"of the forecasts that are judged", "steps", 1, 1000});
  describe_object(visitor, "drift", config.drift, {"when errors count as drift"});
}

DriftReport find_drift(const ForecastModel& model, const Panel& panel, const UpdateConfig& config) {
  const auto baseline = static_cast<std::size_t>(config.baseline_steps);
  const std::size_t steps = baseline + static_cast<std::size_t>(config.new_steps);
  if (panel.days <= steps)
    throw InputError(fmt::format("{} new {}s and {} before them need a longer history than {}; take fewer",
                                 config.new_steps, name_of(panel.frequency), baseline, panel.days));
  const std::vector<double> errors = next_step_errors(model, panel, steps);
  DriftReport report;
  report.total = drift_of(total_errors(errors, steps, baseline), baseline, config.drift, panel.days - steps);
  for (std::size_t s = 0; s < panel.series(); ++s) {
    report.series.push_back(drift_of(std::span<const double>(errors).subspan(s * steps, steps), baseline,
                                     config.drift, panel.days - steps));
    report.series.back().series = s;
  }
  return report;
}

GuardReport guard(const ForecastModel& model, const FitByName& fit, const Panel& panel, const Panel& all,
                  const UpdateConfig& config) {
  const std::string name(model.name());
  const auto choose = [&](const std::string& which, const Panel& seen, std::size_t steps) {
    if (which == kOld) return find_forecaster(name).load(model.tensors());
    return which == kCandidate ? fit(name, first_days(all, steps), steps) : fit(which, seen, steps);
  };
  std::vector<ModelEvaluation> results =
      evaluate({kOld, kCandidate}, panel, evaluation_of(config), choose, 1);
  const auto crps = [&](const ModelEvaluation& one) {
    return mean_by_series(one.scores, panel.series(), &SeriesScore::crps);
  };
  const auto old_one = std::find_if(results.begin(), results.end(),
                                    [](const ModelEvaluation& one) { return one.model == kOld; });
  const auto candidate = std::next(old_one);
  const PairedDifference difference = paired_bootstrap(crps(*candidate), crps(*old_one));
  const bool stays = candidate->scores.crps() <= old_one->scores.crps();
  return {std::move(*old_one), std::move(*candidate), difference, stays};
}

Panel known_series(const ForecastModel& model, const Panel& panel) {
  const std::unordered_set<std::string_view> known(model.ids().begin(), model.ids().end());
  std::vector<std::string> ids;
  for (const std::string& id : panel.ids)
    if (known.contains(id)) ids.push_back(id);
  if (ids.empty()) throw InputError("the model knows none of the history's series; fit it on this history");
  return select_series(panel, ids);
}

}  // namespace restock::forecasting
