#include <fmt/format.h>

#include <cmath>

#include "env/core/csv.h"
#include "experiments/report/machine_files.h"
#include "experiments/report/section_parts.h"

namespace restock::experiments {

namespace {

/// The shortest digits that read back the same; empty for what has no value.
std::string number_field(double value) {
  return std::isfinite(value) ? fmt::format("{}", value) : "";
}

void add_sku_line(std::string& out, const Comparison& comparison, const PolicyOutcome& policy,
                  std::size_t sku) {
  const Kpis kpis = sku_kpis(*comparison.warehouse, policy.evaluation, sku);
  out += csv_field(policy.name) + "," + csv_field(comparison.warehouse->skus[sku].id) + "," +
         number_field(stockout_days(policy.evaluation, sku));
  for (const KpiColumn& column : kpi_columns()) out += fmt::format(",{}", number_field(kpis.*column.value));
  out += "\n";
}

void add_day_line(std::string& out, const Comparison& comparison, const PolicyOutcome& policy,
                  std::size_t day, std::size_t sku) {
  const DailyRecord& record = policy.record;
  const std::size_t at = record.at(day, sku);
  out += fmt::format("{},{},{},{},{},{},{},{},{},{},{}\n", csv_field(policy.name),
                     format_date(record.start + std::chrono::days(static_cast<int>(day))),
                     record.first_day + static_cast<std::int64_t>(day),
                     csv_field(comparison.warehouse->skus[sku].id), record.on_hand[at], record.backlog[at],
                     record.demanded[at], record.sold[at], record.lost[at], record.ordered[at],
                     number_field(record.cost[at]));
}

std::string weeks_fields(const std::optional<BootstrapInterval>& weeks) {
  if (!weeks) return ",,,";
  return fmt::format("{},{},{},{}", number_field(weeks->lower), number_field(weeks->upper), weeks->blocks,
                     weeks->resamples);
}

}  // namespace

std::string kpis_csv(const Comparison& comparison) {
  std::string out = "policy,kind,kpi,unit,mean,half_width\n";
  for (const PolicyOutcome& policy : comparison.policies)
    for (const KpiColumn& column : kpi_columns()) {
      const Estimate estimate = policy.evaluation.kpi(*comparison.warehouse, column);
      out += fmt::format("{},{},{},{},{},{}\n", csv_field(policy.name), name_of(policy.kind), column.name,
                         column.unit, number_field(estimate.mean), number_field(estimate.half_width));
    }
  return out;
}

std::string per_sku_csv(const Comparison& comparison) {
  std::string out = "policy,sku,stockout_days";
  for (const KpiColumn& column : kpi_columns()) out += fmt::format(",{}", column.name);
  out += "\n";
  for (const PolicyOutcome& policy : comparison.policies)
    for (std::size_t sku = 0; sku < comparison.warehouse->skus.size(); ++sku)
      add_sku_line(out, comparison, policy, sku);
  return out;
}

std::string daily_csv(const Comparison& comparison) {
  std::string out = "policy,date,day,sku,on_hand,backlog,demanded,sold,lost,ordered,cost\n";
  for (const PolicyOutcome& policy : comparison.policies)
    for (std::size_t day = 0; day < policy.record.days; ++day)
      for (std::size_t sku = 0; sku < policy.record.skus; ++sku)
        add_day_line(out, comparison, policy, day, sku);
  return out;
}

std::string paired_csv(const Comparison& comparison) {
  std::string out =
      "policy,baseline,pair_unit,pairs,cost_per_day,half_width,percent,percent_half_width,weeks_lower,weeks_"
      "upper,weeks,"
      "resamples,verdict\n";
  for (const PairedDifference& difference : comparison.differences)
    out += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", csv_field(difference.policy),
                       csv_field(difference.baseline), name_of(difference.unit), difference.pairs,
                       number_field(difference.cost_per_day.mean),
                       number_field(difference.cost_per_day.half_width),
                       number_field(difference.percent.mean), number_field(difference.percent.half_width),
                       weeks_fields(difference.over_weeks), name_of(difference.verdict));
  return out;
}

}  // namespace restock::experiments
