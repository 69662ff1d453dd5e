#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "env/core/json_writer.h"
#include "experiments/report/machine_files.h"
#include "experiments/report/section_parts.h"
#include "experiments/report/wording.h"

namespace restock::experiments {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();  // null in JSON

void write_optimum(JsonWriter& json, const Comparison& comparison) {
  json.key("optimum");
  if (comparison.optimum) {
    const ExactOptimum& optimum = *comparison.optimum;
    json.begin_object()
        .member("cost", optimum.cost)
        .member("lower", optimum.lower)
        .member("upper", optimum.upper);
    json.member("measure", optimum.is_discounted ? "discounted_cost" : "cost_per_day");
    json.member("problem_class", optimum.problem_class).member("states", optimum.states);
    json.member("seconds", optimum.seconds).end_object();
  } else {
    json.value(nullptr);
  }
  json.member("no_optimum", comparison.no_optimum);
}

void write_best(JsonWriter& json, std::string_view key, const Comparison& comparison,
                const std::optional<BestPolicy>& best) {
  json.key(key);
  if (!best) {
    json.value(nullptr);
    return;
  }
  json.begin_object()
      .member("policy", comparison.policies[best->index].name)
      .member("chosen_by", name_of(best->by));
  json.end_object();
}

void write_weeks(JsonWriter& json, const std::optional<BootstrapInterval>& weeks) {
  json.key("over_weeks");
  if (!weeks) {
    json.value(nullptr);
    return;
  }
  json.begin_object().member("mean", weeks->mean).member("lower", weeks->lower).member("upper", weeks->upper);
  json.member("weeks", weeks->blocks).member("resamples", weeks->resamples).end_object();
}

void write_difference(JsonWriter& json, const PairedDifference& difference) {
  json.begin_object().member("policy", difference.policy).member("baseline", difference.baseline);
  write_estimate(json, "cost_per_day", difference.cost_per_day.mean, difference.cost_per_day.half_width);
  write_estimate(json, "cost_per_day_and_sku", difference.per_sku.mean, difference.per_sku.half_width);
  write_estimate(json, "percent", difference.percent.mean, difference.percent.half_width);
  json.member("pair_unit", name_of(difference.unit)).member("pairs", difference.pairs);
  write_weeks(json, difference.over_weeks);
  json.member("verdict", name_of(difference.verdict)).member("words", words_of(difference)).end_object();
}

void write_sku(JsonWriter& json, const Comparison& comparison, const PolicyOutcome& policy, std::size_t sku) {
  const Kpis kpis = sku_kpis(*comparison.warehouse, policy.evaluation, sku);
  json.begin_object().member("sku", comparison.warehouse->skus[sku].id);
  json.member("stockout_days", stockout_days(policy.evaluation, sku));
  for (const KpiColumn& column : kpi_columns()) json.member(column.name, kpis.*column.value);
  json.end_object();
}

void write_policy(JsonWriter& json, const Comparison& comparison, const PolicyOutcome& policy) {
  json.begin_object()
      .member("name", policy.name)
      .member("label", policy.label)
      .member("kind", name_of(policy.kind));
  json.member("description", policy.description);
  if (policy.tune_cost)
    write_estimate(json, "tune_cost_per_day", policy.tune_cost->mean, policy.tune_cost->half_width);
  else
    json.member("tune_cost_per_day", nullptr);
  json.member("exact_cost", policy.exact_cost.value_or(kUnknown));
  json.member("exact_gap_percent", policy.exact_cost && comparison.optimum
                                       ? comparison.optimum->gap_percent(*policy.exact_cost)
                                       : kUnknown);
  json.member("ledger_hash", fmt::format("{:016x}", policy.evaluation.ledger_hash()));
  json.key("kpis").begin_object();
  for (const KpiColumn& column : kpi_columns()) {
    const Estimate estimate = policy.evaluation.kpi(*comparison.warehouse, column);
    write_estimate(json, column.name, estimate.mean, estimate.half_width);
  }
  json.end_object().key("skus").begin_array();
  for (std::size_t sku = 0; sku < comparison.warehouse->skus.size(); ++sku)
    write_sku(json, comparison, policy, sku);
  json.end_array().end_object();
}

void write_curves(JsonWriter& json, const ReportData& data) {
  json.key("training_curves").begin_array();
  for (const TrainingCurve& curve : data.training_curves) {
    json.begin_object().member("name", curve.name).member("x_label", curve.x_label);
    json.member("x", curve.x).member("cost_per_day", curve.cost_per_day).end_object();
  }
  json.end_array();
}

void write_tables(JsonWriter& json, const ReportData& data) {
  json.key("tables").begin_array();
  for (const Table& table : data.tables) {
    json.begin_object()
        .member("title", table.title)
        .member("note", table.note)
        .member("columns", table.columns);
    json.key("rows").begin_array();
    for (const std::vector<Table::Cell>& row : table.rows) {
      json.begin_array();
      for (const Table::Cell& cell : row) std::visit([&](const auto& content) { json.value(content); }, cell);
      json.end_array();
    }
    json.end_array().end_object();
  }
  json.end_array();
}

void write_summary(JsonWriter& json, const ReportData& data) {
  const Comparison& comparison = data.comparison;
  json.member("title", data.title).member("scenario", comparison.scenario).member("phase", comparison.phase);
  json.member("skus", comparison.warehouse->skus.size()).member("days", comparison.warehouse->counted_days());
  json.member("replications", comparison.policies[0].evaluation.replications.size());
  json.member("verdict", verdict_sentence(comparison)).member("certainty", certainty_sentence(comparison));
  json.key("headline");
  if (comparison.headline)
    write_difference(json, *comparison.headline);
  else
    json.value(nullptr);
  write_best(json, "best_learned", comparison, comparison.best_learned);
  write_best(json, "best_classical", comparison, comparison.best_classical);
  json.member("baseline", comparison.baseline);
  write_optimum(json, comparison);
}

}  // namespace

std::string report_json(const ReportData& data) {
  JsonWriter json(2);
  json.begin_object();
  write_summary(json, data);
  json.key("paired").begin_array();
  for (const PairedDifference& difference : data.comparison.differences) write_difference(json, difference);
  json.end_array().key("policies").begin_array();
  for (const PolicyOutcome& policy : data.comparison.policies) write_policy(json, data.comparison, policy);
  json.end_array();
  write_curves(json, data);
  write_tables(json, data);
  json.member("notes", data.notes).key("environment").begin_object();
  for (const auto& [name, value] : data.environment) json.member(name, value);
  json.end_object().end_object();
  return json.text() + "\n";
}

}  // namespace restock::experiments
