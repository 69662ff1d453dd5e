#include "experiments/report/section_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "experiments/report/number_text.h"

namespace restock::experiments {

std::string_view colour_of(PolicyKind kind) {
  return name_of(kind);
}

std::string policy_name(const PolicyOutcome& policy) {
  return fmt::format("<span class=\"policy\"><i class=\"dot {}\"></i>{}</span>", colour_of(policy.kind),
                     escape_html(policy.label));
}

HtmlCell policy_cell(const PolicyOutcome& policy, bool with_description) {
  HtmlCell cell;
  cell.html = policy_name(policy);
  if (with_description && !policy.description.empty())
    cell.html += fmt::format("<small>{}</small>", escape_html(policy.description));
  return cell;
}

HtmlCell number_cell(double value, int decimals, std::string_view css) {
  return {number_text(value, decimals), value, std::string(css)};
}

HtmlCell estimate_cell(const Estimate& estimate, int decimals, std::string_view css) {
  return {estimate_text(estimate, decimals), estimate.mean, std::string(css)};
}

Foreground foreground_of(const Comparison& comparison) {
  const std::vector<PolicyOutcome>& policies = comparison.policies;
  if (comparison.headline)
    return {&policies[comparison.best_classical->index], &policies[comparison.best_learned->index]};
  Foreground pair{&comparison.policy(comparison.baseline), nullptr};
  for (const PolicyOutcome& policy : policies)
    if (!pair.second && &policy != pair.first) pair.second = &policy;
  return pair;
}

std::vector<std::size_t> dearest_skus(const Comparison& comparison, std::size_t most) {
  const std::vector<double> costs =
      comparison.policy(comparison.baseline).evaluation.costs_per_sku(*comparison.warehouse);
  std::vector<std::size_t> order(costs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return costs[a] > costs[b]; });
  order.resize(std::min(most, order.size()));
  return order;
}

std::string shown_note(std::size_t shown, std::size_t all, std::string_view file) {
  if (shown >= all) return "";
  return paragraph(fmt::format("Shown are the {} of {} SKUs that cost the baseline most; {} holds all.",
                               shown, number_text(static_cast<double>(all), 0), file),
                   "note");
}

double stockout_days(const Evaluation& evaluation, std::size_t sku) {
  std::int64_t days = 0;
  for (const ReplicationResult& replication : evaluation.replications)
    days += replication.ledgers[sku].days - replication.ledgers[sku].no_stockout_days;
  return static_cast<double>(days) / static_cast<double>(evaluation.replications.size());
}

}  // namespace restock::experiments
