#include "forecasting/trees/tree_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <utility>

#include "env/core/check.h"
#include "env/core/error.h"
#include "forecasting/path_forecaster.h"
#include "forecasting/trees/boosting.h"
#include "forecasting/trees/tree_law.h"
#include "forecasting/trees/tree_samples.h"

namespace restock::forecasting {

namespace {

struct Fitted {
  std::string_view name;
  std::vector<std::string> ids;
  FeatureSettings features;
  TreeEnsemble means;
  TreeLaw law;
};

/// Leads beyond those that were learned are taken for the last one; the calendar goes on.
struct Place {
  std::int64_t day;
  std::size_t lead;
};
Place place_of(std::int64_t day, std::size_t h, std::size_t leads) {
  const std::size_t lead = std::min(h, leads - 1);
  return {day + static_cast<std::int64_t>(h - lead), lead};
}

class TreePaths final : public PathMaker, public PathLaw {
 public:
  TreePaths(std::shared_ptr<const Fitted> fitted, const Panel& panel, std::size_t origin)
      : fitted_(std::move(fitted)),
        features_(acquaint(fitted_->name, fitted_->features, fitted_->ids, panel, origin), panel, origin),
        leads_(leads_of(panel.frequency)) {}
  std::size_t series_count() const override { return features_.series_count(); }
  std::size_t state_size() const override { return features_.state_size(); }
  std::size_t row(std::size_t series) const override { return series; }
  float mean_sales(std::size_t series) const override { return features_.mean_sales(series); }
  void start(std::size_t, std::span<float> state) const override { features_.forget(state); }
  void take(std::size_t, std::int64_t day, float sales, bool stocked_out,
            std::span<float> state) const override {
    features_.remember(day, sales, stocked_out, state);
  }

  void path(std::size_t series, std::int64_t day, std::span<const float> state,
            std::span<float> means) const override {
    const StepFeatures::Past& past = look_back(series, day, state);
    for (std::size_t h = 0; h < means.size(); ++h) {
      fitted_->means.evaluate(step(series, day, h, past), means.subspan(h, 1));
      means[h] *= past.level;
    }
  }

  const LevelGrid& grid() const override { return fitted_->law.grid; }

  void of_sum(const Morning& morning, std::span<const LevelGrid::Place> levels,
              std::span<float> out) const override {
    const StepFeatures::Past& past = look_back(morning.series, morning.day, morning.state);
    const std::size_t steps = morning.path.size();
    double forecast = 0;
    for (const float mean : morning.path) forecast += static_cast<double>(mean);
    quantiles(fitted_->law.sums, morning, past, steps - 1, static_cast<float>(forecast), steps, levels, out);
  }

  void of_steps(const Morning& morning, std::span<const LevelGrid::Place> levels,
                std::span<float> out) const override {
    const StepFeatures::Past& past = look_back(morning.series, morning.day, morning.state);
    for (std::size_t h = 0; h < morning.path.size(); ++h)
      quantiles(fitted_->law.steps, morning, past, h, morning.path[h], 1, levels,
                out.subspan(h * levels.size(), levels.size()));
  }

 private:
  /// Stand until the next call of this thread.
  const StepFeatures::Past& look_back(std::size_t series, std::int64_t day,
                                      std::span<const float> state) const {
    thread_local StepFeatures::Past past;
    features_.look_back(series, day, state, past);
    return past;
  }
  std::span<float> step(std::size_t series, std::int64_t day, std::size_t h,
                        const StepFeatures::Past& past) const {
    thread_local std::vector<float> row;
    row.resize(fitted_->means.columns() + kOfForecast);
    const Place place = place_of(day, h, leads_);
    features_.write(series, place.day, place.lead, past, row);
    return row;
  }
  void quantiles(const TreeEnsemble& errors, const Morning& morning, const StepFeatures::Past& past,
                 std::size_t last, float forecast, std::size_t steps,
                 std::span<const LevelGrid::Place> levels, std::span<float> out) const {
    const std::span<float> row = step(morning.series, morning.day, last, past);
    write_forecast(past, forecast, steps, row);
    fitted_->law.quantiles(errors, row, forecast, error_width(past, forecast, steps), levels, out);
  }

  std::shared_ptr<const Fitted> fitted_;
  StepFeatures features_;
  std::size_t leads_;
};

class TreeModel final : public ForecastModel {
 public:
  explicit TreeModel(std::shared_ptr<const Fitted> fitted) : fitted_(std::move(fitted)) {}
  std::string_view name() const override { return fitted_->name; }
  const std::vector<std::string>& ids() const override { return fitted_->ids; }
  std::unique_ptr<Forecaster> bind(const Panel& panel, std::size_t origin) const override {
    RESTOCK_CHECK(origin <= panel.days, "origin {} of a history of {} days", origin, panel.days);
    const auto paths = std::make_shared<const TreePaths>(fitted_, panel, origin);
    return path_forecaster(fitted_->name, paths, std::shared_ptr<const PathLaw>(paths), panel, origin);
  }
  TensorFile tensors() const override {
    TensorFile file;
    file.metadata["name"] = fitted_->name;
    file.metadata["ids"] = join_ids(fitted_->ids);
    save_settings(file, fitted_->features);
    fitted_->means.save(file, "means_");
    fitted_->law.sums.save(file, "sums_");
    fitted_->law.steps.save(file, "steps_");
    return file;
  }

 private:
  std::shared_ptr<const Fitted> fitted_;
};

/// Trees that give means.
using FitMeans = std::function<TreeEnsemble(const TreeGrower& grower, const TreeLoss& loss)>;

TreeEnsemble fit_means(const TreeRows& rows, double penalty, const FitMeans& fit) {
  const TreeGrower grower(rows.features, rows.columns);
  return fit(grower, SquaredLoss(rows.targets, rows.weights, penalty));
}

TreeEnsemble fit_law(const TreeRows& rows, const LevelGrid& grid, const TreeLawConfig& config, double repeats,
                     std::uint64_t seed) {
  BoostingSettings settings;
  settings.growth.depth = config.depth;
  settings.growth.smallest_leaf = config.smallest_leaf * repeats;
  settings.rounds = static_cast<std::size_t>(config.rounds);
  settings.rate = static_cast<float>(config.rate);
  settings.seed = seed;
  const TreeGrower grower(rows.features, rows.columns);
  return boost(grower, QuantileLoss(rows.targets, grid.levels(), repeats), settings);
}

struct Learning {
  std::size_t rows;
  std::uint64_t seed;
  double penalty;
  TreeLawConfig law;
};

std::unique_ptr<ForecastModel> fit_trees(std::string_view name, const Panel& panel, std::size_t train_days,
                                         const Learning& learning, const FitMeans& fit) {
  RESTOCK_CHECK(train_days <= panel.days, "{} days of a history of {}", train_days, panel.days);
  if (train_days == 0) throw InputError(fmt::format("forecaster '{}' has no history to learn from", name));
  const Panel seen = first_days(panel, train_days);
  auto fitted = std::make_shared<Fitted>();
  fitted->name = name;
  fitted->ids = panel.ids;
  fitted->features = feature_settings(panel, train_days, StepFeatures::window(panel.frequency));
  const StepFeatures features(acquaint(name, fitted->features, fitted->ids, seen, 0), seen, 0);
  const TreeSamples samples(features, seen, learning.seed);
  std::array<TreeEnsemble, 3> means;  // of every other stretch of time, of the others, of all
  {
    const TreeRows rows = samples.steps(learning.rows);
    means[2] = fit_means(rows, learning.penalty, fit);
    for (const std::uint8_t fold : {std::uint8_t{0}, std::uint8_t{1}})
      means[1U - fold] = fit_means(rows_of_fold(rows, fold), learning.penalty, fit);
  }
  const TreeSamples::ErrorRows errors = samples.errors(static_cast<std::size_t>(learning.law.rows), means);
  fitted->means = TreeEnsemble::mean_of(means);
  const auto law = [&](const TreeRows& rows, std::uint64_t seed) {
    return fit_law(rows, fitted->law.grid, learning.law, samples.repeats(rows.size()), learning.seed + seed);
  };
  fitted->law.sums = law(errors.sums, 1);
  fitted->law.steps = law(errors.steps, 2);
  return std::make_unique<TreeModel>(fitted);
}

}  // namespace

std::unique_ptr<ForecastModel> fit_boosted_trees(std::string_view name, const Panel& panel,
                                                 std::size_t train_days, const BoostedTreesConfig& config) {
  BoostingSettings settings;
  settings.growth = {config.depth, config.smallest_leaf, config.penalty, config.row_share,
                     config.column_share};
  settings.rounds = static_cast<std::size_t>(config.rounds);
  settings.rate = static_cast<float>(config.rate);
  settings.seed = static_cast<std::uint64_t>(config.seed);
  const auto fit = [&](const TreeGrower& grower, const TreeLoss& loss) {
    return boost(grower, loss, settings);
  };
  return fit_trees(name, panel, train_days,
                   {static_cast<std::size_t>(config.rows), settings.seed, config.penalty, config.law}, fit);
}

std::unique_ptr<ForecastModel> fit_random_forest(std::string_view name, const Panel& panel,
                                                 std::size_t train_days, const RandomForestConfig& config) {
  const auto seed = static_cast<std::uint64_t>(config.seed);
  const GrowthSettings growth{config.depth,     config.smallest_leaf, 0,
                              config.row_share, config.column_share,  true};
  const auto fit = [&](const TreeGrower& grower, const TreeLoss& loss) {
    return grow_forest(grower, loss, growth, static_cast<std::size_t>(config.trees), seed);
  };
  return fit_trees(name, panel, train_days, {static_cast<std::size_t>(config.rows), seed, 0, config.law},
                   fit);
}

std::unique_ptr<ForecastModel> load_trees(std::string_view name, const TensorFile& file) {
  auto fitted = std::make_shared<Fitted>();
  fitted->name = name;
  fitted->ids = split_ids(file.text("ids"));
  fitted->features = load_settings(file, fitted->ids.size());
  if (fitted->features.window != StepFeatures::window(fitted->features.frequency))
    file.fail("the memory is of another length than trees have");
  const std::size_t columns = StepFeatures::columns(fitted->features), levels = fitted->law.grid.size();
  fitted->means = TreeEnsemble::load(file, "means_", columns, 1);
  fitted->law.sums = TreeEnsemble::load(file, "sums_", columns + kOfForecast, levels);
  fitted->law.steps = TreeEnsemble::load(file, "steps_", columns + kOfForecast, levels);
  return std::make_unique<TreeModel>(fitted);
}

}  // namespace restock::forecasting
