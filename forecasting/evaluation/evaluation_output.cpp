#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "env/core/csv.h"
#include "forecasting/evaluation/rolling_origin.h"

namespace restock::forecasting {

namespace {

void write_level(JsonWriter& json, const LevelScores& score, bool scaled) {
  json.key(fmt::format("{}", score.level)).begin_object();
  if (scaled) json.member("spl", score.spl);
  json.member("wql", score.wql).member("below", score.below).member("at_or_below", score.at_or_below);
  json.member("coverage", score.randomised).end_object();
}

void write_levels(JsonWriter& json, const std::vector<LevelScores>& levels, bool scaled) {
  json.key("levels").begin_object();
  for (const LevelScores& score : levels) write_level(json, score, scaled);
  json.end_object();
}

std::string shown(double value) {
  return std::isnan(value) ? "" : fmt::format("{:.6g}", value);
}

}  // namespace

void write_json(JsonWriter& json, const ModelEvaluation& evaluation) {
  const ScoreSheet& scores = evaluation.scores;
  const PairedDifference& difference = evaluation.rmsse_difference;
  json.begin_object().member("forecaster", evaluation.model);
  json.member("mase", scores.mase()).member("rmsse", scores.rmsse()).member("crps", scores.crps());
  json.member("bias", scores.bias()).member("seconds", evaluation.seconds);
  json.key("rmsse_difference").begin_object().member("mean", difference.mean);
  json.member("lower", difference.lower).member("upper", difference.upper).end_object();
  const DieboldMariano& test = evaluation.diebold_mariano;
  json.key("diebold_mariano").begin_object().member("statistic", test.statistic);
  json.member("p_value", test.p_value).member("steps", test.steps).end_object();
  json.member("pit", scores.pit().shares());
  write_levels(json, scores.levels(), true);
  json.key("sums").begin_array();
  for (const SumScores& sum : scores.sums()) {
    json.begin_object().member("steps", sum.steps).member("weighted_error", sum.weighted_error);
    json.member("pit", sum.pit.shares());
    write_levels(json, sum.levels, false);
    json.end_object();
  }
  json.end_array().end_object();
}

std::string series_csv(const std::vector<ModelEvaluation>& evaluations, const Panel& panel,
                       const EvaluationConfig& config) {
  std::string text = "forecaster,unique_id,first_forecast,mase,rmsse,crps,bias";
  for (const double level : config.levels) text += fmt::format(",spl_{}", level);
  text += '\n';
  const auto out = std::back_inserter(text);
  for (const ModelEvaluation& evaluation : evaluations) {
    for (const SeriesScore& score : evaluation.scores.series()) {
      fmt::format_to(out, "{},{},{},{},{},{},{}", evaluation.model, csv_field(panel.ids[score.series]),
                     format_date(panel.date(score.origin + static_cast<std::size_t>(config.gap))),
                     shown(score.mase), shown(score.rmsse), shown(score.crps), shown(score.bias));
      for (std::size_t q = 0; q < config.levels.size(); ++q)
        fmt::format_to(out, ",{}", q < score.spl.size() ? shown(score.spl[q]) : "");
      text += '\n';
    }
  }
  return text;
}

}  // namespace restock::forecasting
