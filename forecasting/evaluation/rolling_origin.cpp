#include "forecasting/evaluation/rolling_origin.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <utility>

#include "env/core/check.h"
#include "env/core/error.h"
#include "env/core/parallel.h"
#include "forecasting/stepwise.h"

namespace restock::forecasting {

namespace {

constexpr std::size_t kChunk = 256;  ///< series that are forecast at once
constexpr const char* kReference = "seasonal_naive";

std::size_t count(std::int64_t n) {
  return static_cast<std::size_t>(n);
}

ForecastTask task_of(const Panel& panel, const EvaluationConfig& config) {
  ForecastTask task{count(config.horizon),
                    count(config.gap),
                    config.season > 0 ? count(config.season) : season_of(panel.frequency),
                    {},
                    config.levels};
  for (const std::int64_t steps : config.sums) {
    if (config.gap == 0 && steps >= 1 && steps <= config.horizon) task.sums.push_back(count(steps));
  }
  return task;
}

/// Demand of all series and whether it is counted in units.
struct Truth {
  explicit Truth(const Panel& panel) {
    for (std::size_t s = 0; s < panel.series(); ++s) {
      demand.push_back(known_demand(panel, s));
      counted.push_back(std::all_of(demand[s].begin(), demand[s].end(),
                                    [](float y) { return std::isnan(y) || y == std::floor(y); }));
    }
  }
  std::vector<std::vector<float>> demand;
  std::vector<bool> counted;
};

/// One forecaster seen from one origin.
class Judge {
 public:
  Judge(const Forecaster& forecaster, const Truth& truth, std::size_t origin, const ForecastTask& task)
      : forecaster_(forecaster),
        truth_(truth),
        origin_(origin),
        task_(task),
        grid_(fine_levels(task.levels)),
        sheet_(task) {}

  ScoreSheet run() {
    for (std::size_t from = 0; from < truth_.demand.size(); from += kChunk) {
      rows_.resize(std::min(kChunk, truth_.demand.size() - from));
      std::iota(rows_.begin(), rows_.end(), static_cast<std::int32_t>(from));
      state_.assign(rows_.size() * forecaster_.state_size(), 0.0F);
      forecaster_.start(rows_, state_);
      judge_steps();
      for (std::size_t i = 0; i < task_.sums.size(); ++i) judge_sums(i);
    }
    return std::move(sheet_);
  }

 private:
  std::size_t series(std::size_t i) const { return static_cast<std::size_t>(rows_[i]); }

  void judge_steps() {
    const std::size_t steps = task_.gap + task_.horizon, width = grid_.size();
    std::vector<float> means(rows_.size() * steps), quantiles;
    if (const auto* stepwise = dynamic_cast<const StepwiseForecaster*>(&forecaster_)) {
      quantiles.resize(means.size() * width);
      stepwise->predict_steps(0, rows_, steps, grid_, state_, means, quantiles);
    } else {
      means_by_differences(steps, means);
    }
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const std::span<const float> demand = truth_.demand[series(i)];
      ScoreSheet::Steps seen{demand.first(origin_),
                             demand.subspan(origin_ + task_.gap, task_.horizon),
                             std::span(means).subspan(i * steps + task_.gap, task_.horizon),
                             {},
                             grid_,
                             truth_.counted[series(i)]};
      if (!quantiles.empty())
        seen.quantiles = std::span(quantiles).subspan((i * steps + task_.gap) * width, task_.horizon * width);
      sheet_.add_steps(series(i), origin_, seen);
    }
  }

  /// For forecasters that know sums only.
  void means_by_differences(std::size_t steps, std::span<float> means) {
    std::vector<float> sum(rows_.size()), before(rows_.size());
    for (std::size_t h = 0; h < steps; ++h) {
      const std::vector<std::int32_t> days(rows_.size(), static_cast<std::int32_t>(h) + 1);
      forecaster_.predict(0, rows_, days, {}, state_, sum, {});
      for (std::size_t i = 0; i < rows_.size(); ++i)
        means[i * steps + h] = sum[i] - std::exchange(before[i], sum[i]);
    }
  }

  void judge_sums(std::size_t index) {
    const std::size_t steps = task_.sums[index], width = grid_.size();
    std::vector<float> means(rows_.size()), quantiles(rows_.size() * width);
    const std::vector<std::int32_t> days(rows_.size(), static_cast<std::int32_t>(steps));
    forecaster_.predict(0, rows_, days, grid_, state_, means, quantiles);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const auto actual = std::span<const float>(truth_.demand[series(i)]).subspan(origin_, steps);
      sheet_.add_sum(
          {index, std::accumulate(actual.begin(), actual.end(), 0.0), static_cast<double>(means[i]),
           std::span<const float>(quantiles).subspan(i * width, width), grid_, truth_.counted[series(i)]});
    }
  }

  const Forecaster& forecaster_;
  const Truth& truth_;
  std::size_t origin_;
  const ForecastTask& task_;
  std::vector<double> grid_;
  ScoreSheet sheet_;
  std::vector<std::int32_t> rows_;
  std::vector<float> state_;
};

/// One model from one origin, or from all where it is fitted once.
struct Job {
  std::size_t model = 0;
  std::vector<std::size_t> origins;
  std::vector<ScoreSheet> sheets = {};
  double seconds = 0;
};

std::vector<Job> jobs_of(std::size_t models, const std::vector<std::size_t>& origins, bool refit) {
  std::vector<Job> jobs;
  for (std::size_t m = 0; m < models; ++m) {
    if (!refit) jobs.push_back({m, origins});
    for (const std::size_t origin : origins) {
      if (refit) jobs.push_back({m, {origin}});
    }
  }
  return jobs;
}

/// Losses of one model less those of another, step by step.
std::vector<double> differences(const ScoreSheet& sheet, const ScoreSheet& other) {
  std::vector<double> result = sheet.squared_errors();
  const std::vector<double> less = other.squared_errors();
  RESTOCK_CHECK(result.size() == less.size(), "{} steps beside {}", result.size(), less.size());
  for (std::size_t t = 0; t < result.size(); ++t) result[t] -= less[t];
  return result;
}

}  // namespace

void describe(FieldVisitor& visitor, EvaluationConfig& config) {
  visitor.field("horizon", config.horizon, {"steps that are forecast from each origin", "steps", 1, 1000});
  visitor.field("origins", config.origins, {"how often forecasts are made", "", 1, 1000});
  visitor.field("spacing", config.spacing, {"steps between two origins; 0: the horizon", "steps", 0, 1000});
  visitor.field("gap", config.gap,
                {"steps between the last that is known and the first that is judged", "steps", 0, 1000});
  visitor.field("season", config.season, {"season of MASE; 0: 7 days, 12 months, 1 week", "steps", 0, 400});
  visitor.field("refit", config.refit, {"fit at every origin, or once at the first"});
  visitor.field("sums", config.sums, {"sums over so many first steps are judged too", "steps", 1, 1000});
  visitor.field("levels", config.levels, {"quantiles that are judged", "", 0.001, 0.999});
}

std::vector<std::size_t> origins_of(const Panel& panel, const EvaluationConfig& config) {
  const std::int64_t spacing = config.spacing > 0 ? config.spacing : config.horizon;
  const std::int64_t last = static_cast<std::int64_t>(panel.days) - config.horizon - config.gap;
  const std::int64_t first = last - (config.origins - 1) * spacing;
  if (first < 1)
    throw InputError(fmt::format(
        "{} origins, {} {}s apart, each with {} {}s to judge, need more than {} {}s of history; it has {}",
        config.origins, spacing, name_of(panel.frequency), config.gap + config.horizon,
        name_of(panel.frequency), (config.origins - 1) * spacing + config.horizon + config.gap,
        name_of(panel.frequency), panel.days));
  std::vector<std::size_t> origins;
  for (std::int64_t i = 0; i < config.origins; ++i) origins.push_back(count(first + i * spacing));
  return origins;
}

std::vector<double> mean_by_series(const ScoreSheet& sheet, std::size_t series, double SeriesScore::*score) {
  std::vector<RunningMean> means(series);
  for (const SeriesScore& one : sheet.series()) {
    if (!std::isnan(one.*score)) means[one.series].add(one.*score);
  }
  std::vector<double> values;
  for (const RunningMean& mean : means) values.push_back(mean.value());
  return values;
}

std::vector<ModelEvaluation> evaluate(const std::vector<std::string>& given, const Panel& panel,
                                      const EvaluationConfig& config, const FitByName& fit, int threads) {
  std::vector<std::string> names = given;
  if (std::find(names.begin(), names.end(), kReference) == names.end())
    names.insert(names.begin(), kReference);
  const ForecastTask task = task_of(panel, config);
  const std::vector<std::size_t> origins = origins_of(panel, config);
  const Truth truth(panel);
  std::vector<Job> jobs = jobs_of(names.size(), origins, config.refit);
  parallel_for(jobs.size(), threads, [&](std::size_t j, int) {
    Job& job = jobs[j];
    const auto start = std::chrono::steady_clock::now();
    const auto model = fit(names[job.model], first_days(panel, job.origins.front()), job.origins.front());
    for (const std::size_t origin : job.origins)
      job.sheets.push_back(Judge(*model->bind(first_days(panel, origin), origin), truth, origin, task).run());
    job.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  });
  std::vector<ModelEvaluation> results;
  for (const std::string& name : names) results.push_back({name, ScoreSheet(task), {}, {}, 0});
  for (const Job& job : jobs) {
    for (const ScoreSheet& sheet : job.sheets) results[job.model].scores.add(sheet);
    results[job.model].seconds += job.seconds;
  }
  const auto reference = std::find(names.begin(), names.end(), kReference) - names.begin();
  const ScoreSheet& naive = results[static_cast<std::size_t>(reference)].scores;
  const std::vector<double> of_naive = mean_by_series(naive, panel.series(), &SeriesScore::rmsse);
  for (ModelEvaluation& one : results) {
    const auto own = mean_by_series(one.scores, panel.series(), &SeriesScore::rmsse);
    one.rmsse_difference = paired_bootstrap(own, of_naive);
    one.diebold_mariano = diebold_mariano(differences(one.scores, naive), task.gap + task.horizon);
  }
  return results;
}

}  // namespace restock::forecasting
