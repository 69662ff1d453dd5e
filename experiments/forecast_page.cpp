#include "experiments/forecast_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "experiments/report/charts.h"
#include "experiments/report/html.h"
#include "experiments/report/number_text.h"
#include "experiments/report/page.h"
#include "experiments/report/section_parts.h"
#include "forecasting/accuracy.h"

namespace restock::experiments {

namespace {

using forecasting::ModelEvaluation;
using Results = std::vector<ModelEvaluation>;

constexpr std::size_t kMostWorst = 20, kMostColumns = 6;

const ModelEvaluation& best_of(const Results& results) {
  return *std::min_element(results.begin(), results.end(),
                           [](const ModelEvaluation& a, const ModelEvaluation& b) {
                             return !(a.scores.rmsse() >= b.scores.rmsse());
                           });
}

/// "p = 0.023", "p < 0.001".
std::string p_text(double p) {
  if (std::isnan(p)) return std::string(kDash);
  return p < 0.001 ? "p < 0.001" : fmt::format("p = {:.3f}", p);
}

std::string verdict(const Results& results) {
  const ModelEvaluation& best = best_of(results);
  const forecasting::PairedDifference& gain = best.rmsse_difference;
  const forecasting::DieboldMariano& test = best.diebold_mariano;
  std::string text =
      fmt::format("{} has the smallest RMSSE, {}", best.model, number_text(best.scores.rmsse(), 3));
  if (!std::isnan(gain.mean) && gain.mean != 0)
    text += fmt::format("; the seasonal naive's is {} larger (95 % interval over series {} to {})",
                        number_text(-gain.mean, 3), number_text(-gain.upper, 3), number_text(-gain.lower, 3));
  if (!std::isnan(test.p_value))
    text += fmt::format(". Over time they {} (Diebold and Mariano, {})",
                        test.distinguishable() ? "differ too" : "cannot be told apart", p_text(test.p_value));
  return paragraph(text + ".");
}

Table accuracy_table(const Results& results) {
  Table table{
      "Single steps",
      "MASE, RMSSE and CRPS in units of what the naive errs in the past; bias of the mean; SPL at each "
      "level; coverage is the level where laws are right.",
      {"forecaster", "RMSSE", "MASE", "CRPS", "bias"},
      {}};
  for (const forecasting::LevelScores& level : results.front().scores.levels())
    table.columns.push_back(fmt::format("SPL at {}", level.level));
  for (const forecasting::LevelScores& level : results.front().scores.levels())
    table.columns.push_back(fmt::format("coverage at {}", level.level));
  for (const ModelEvaluation& one : results) {
    std::vector<Table::Cell> row{one.model, one.scores.rmsse(), one.scores.mase(), one.scores.crps(),
                                 one.scores.bias()};
    for (const forecasting::LevelScores& level : one.scores.levels()) row.emplace_back(level.spl);
    for (const forecasting::LevelScores& level : one.scores.levels()) row.emplace_back(level.randomised);
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string sums_html(const Results& results) {
  std::string html;
  for (std::size_t i = 0; i < results.front().scores.sums().size(); ++i) {
    Table table{fmt::format("Sums over {} steps", results.front().scores.sums()[i].steps),
                "What an order has to cover: 2 Σ pinball / Σ demand and coverage at each level.",
                {"forecaster", "error of the mean"},
                {}};
    for (const ModelEvaluation& one : results) {
      const forecasting::SumScores sum = one.scores.sums()[i];
      std::vector<Table::Cell> row{one.model, sum.weighted_error};
      for (const forecasting::LevelScores& level : sum.levels) {
        row.emplace_back(level.wql);
        row.emplace_back(level.randomised);
        if (table.rows.empty()) {
          table.columns.push_back(fmt::format("loss at {}", level.level));
          table.columns.push_back(fmt::format("coverage at {}", level.level));
        }
      }
      table.rows.push_back(std::move(row));
    }
    html += table_html(table);
  }
  return html;
}

std::string differences_html(const Results& results) {
  IntervalChart chart;
  chart.left = "better";
  chart.right = "worse than the seasonal naive";
  chart.axis_label = "difference of RMSSE, with its 95 % interval over series";
  chart.description = "How much each forecaster differs from the seasonal naive";
  for (const ModelEvaluation& one : results) {
    const forecasting::PairedDifference& gain = one.rmsse_difference;
    if (std::isnan(gain.mean) || one.model == "seasonal_naive") continue;
    chart.rows.push_back({one.model, "series-0", gain.mean, gain.lower, gain.upper, std::nan(""),
                          std::nan(""),
                          gain.distinguishable() ? signed_text(gain.mean, 3) : "not distinguishable"});
  }
  Table table{"Over time",
              "Diebold and Mariano's test of squared scaled errors, mean over series at each step, with the "
              "correction of Harvey, Leybourne and Newbold; negative: better than the seasonal naive.",
              {"forecaster", "statistic", "two-sided", "steps"},
              {}};
  for (const ModelEvaluation& one : results)
    table.rows.push_back({one.model, one.diebold_mariano.statistic, p_text(one.diebold_mariano.p_value),
                          static_cast<double>(one.diebold_mariano.steps)});
  return (chart.rows.empty() ? "" : element("figure", "", interval_chart(chart))) + table_html(table);
}

std::string histogram(const std::string& name, const forecasting::PitHistogram& pit) {
  if (pit.count() == 0) return "";
  return element("figure", "small-multiple",
                 element("figcaption", "", escape_html(name)) +
                     share_histogram(pit.shares(), "Where truths fell in the law of " + name));
}

std::string calibration_html(const Results& results) {
  std::string charts, sums;
  for (const ModelEvaluation& one : results) {
    charts += histogram(one.model, one.scores.pit());
    for (const forecasting::SumScores& sum : one.scores.sums())
      sums += histogram(fmt::format("{}, {} steps", one.model, sum.steps), sum.pit);
  }
  if (charts.empty() && sums.empty()) return "";
  return paragraph(
             "Where truths fell in the laws that were forecast: flat (the dashed line) where laws are right, "
             "a bowl where they are too narrow, a hill where too wide, a slope where they lie too low or "
             "too high.",
             "note") +
         element("h3", "", "Single steps") + element("div", "multiples", charts) +
         (sums.empty() ? "" : element("h3", "", "Sums") + element("div", "multiples", sums));
}

/// Forecasters in the order of their RMSSE, a few of them.
std::vector<const ModelEvaluation*> leaders(const Results& results) {
  std::vector<const ModelEvaluation*> order;
  for (const ModelEvaluation& one : results) order.push_back(&one);
  std::stable_sort(order.begin(), order.end(), [](const ModelEvaluation* a, const ModelEvaluation* b) {
    return a->scores.rmsse() < b->scores.rmsse();
  });
  order.resize(std::min(order.size(), kMostColumns));
  return order;
}

std::string worst_html(const forecasting::Panel& panel, const Results& results) {
  const std::vector<const ModelEvaluation*> models = leaders(results);
  std::vector<std::vector<double>> scores;
  Table table{
      "",
      fmt::format("RMSSE of up to {} series that {} forecasts worst, means over origins; --out writes "
                  "all series.",
                  kMostWorst, models.front()->model),
      {"series", "mean sales"},
      {}};
  for (const ModelEvaluation* one : models) {
    table.columns.push_back(one->model);
    scores.push_back(
        forecasting::mean_by_series(one->scores, panel.series(), &forecasting::SeriesScore::rmsse));
  }
  std::vector<std::size_t> order(panel.series());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::erase_if(order, [&](std::size_t s) { return std::isnan(scores.front()[s]); });
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return scores.front()[a] > scores.front()[b]; });
  order.resize(std::min(order.size(), kMostWorst));
  for (const std::size_t s : order) {
    forecasting::RunningMean mean;
    for (const float y : forecasting::known_demand(panel, s))
      if (!std::isnan(y)) mean.add(static_cast<double>(y));
    std::vector<Table::Cell> row{panel.ids[s], mean.value()};
    for (const std::vector<double>& of_model : scores) row.emplace_back(of_model[s]);
    table.rows.push_back(std::move(row));
  }
  return table.rows.empty() ? "" : table_html(table);
}

}  // namespace

std::string forecast_page(const std::string& title, const forecasting::Panel& panel,
                          const forecasting::EvaluationConfig& config, const Results& results) {
  const auto origins = forecasting::origins_of(panel, config);
  const std::string subtitle =
      fmt::format("{} series · {} {}s to {} · {} origins, {} steps each{}", panel.series(), panel.days,
                  forecasting::name_of(panel.frequency), format_date(panel.date(panel.days - 1)),
                  origins.size(), config.horizon, config.refit ? "" : ", fitted once");
  const std::vector<PageSection> sections{
      {"accuracy", "Who forecasts best",
       verdict(results) + table_html(accuracy_table(results)) + sums_html(results)},
      {"differences", "How sure that is", differences_html(results)},
      {"calibration", "Are the laws right", calibration_html(results)},
      {"worst", "The worst series", worst_html(panel, results)}};
  return assemble_page("Forecasts of " + title, subtitle, sections);
}

}  // namespace restock::experiments
