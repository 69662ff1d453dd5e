#include "experiments/report/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "experiments/report/number_text.h"

namespace restock::experiments {

namespace {

/// So many that a number that is not zero does not print as zero, up to six.
int decimals_that_show(double value) {
  if (!std::isfinite(value) || value == 0) return 0;
  return std::clamp(static_cast<int>(std::ceil(-std::log10(2 * std::fabs(value)))), 0, 6);
}

std::string range_text(double lower, double upper, int decimals) {
  return signed_text(lower, decimals) + " to " + signed_text(upper, decimals);
}

std::string percent_change(const PairedDifference& difference) {
  if (!std::isfinite(difference.percent.mean)) return "";
  return signed_text(difference.percent.mean, 1) + " %";
}

/// "−4.1 %, 95 % interval −21.7 to −3.1 over 10 SKUs": what stands in brackets after a difference.
std::string evidence(const PairedDifference& difference) {
  std::string text = percent_change(difference);
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  if (difference.unit != PairUnit::none)
    add(fmt::format("95 % interval {} {}", interval_text(difference), pairs_text(difference)));
  else if (difference.over_weeks)
    add(fmt::format("95 % interval {} over {} weeks", weeks_interval_text(difference),
                    difference.over_weeks->blocks));
  else
    add("one observation, so how sure this is cannot be said");
  return text;
}

std::string label_of(const Comparison& comparison, std::size_t index) {
  return comparison.policies[index].label;
}

Verdict verdict_over_weeks(const BootstrapInterval& interval) {
  if (interval.upper < 0) return Verdict::costs_less;
  return interval.lower > 0 ? Verdict::costs_more : Verdict::not_distinguishable;
}

std::string agreement(const PairedDifference& difference) {
  const Verdict weeks = verdict_over_weeks(*difference.over_weeks);
  if (weeks == difference.verdict)
    return weeks == Verdict::not_distinguishable ? "Both hold zero." : "Both lie on the same side of zero.";
  if (weeks == Verdict::not_distinguishable)
    return "That one holds zero: the difference may be the luck of these weeks.";
  if (difference.verdict == Verdict::not_distinguishable)
    return "That one lies beside zero: the difference is steady in time, but rests on few of the SKUs.";
  return "The two contradict each other: take neither for certain.";
}

std::string how_chosen(const BestPolicy& best, std::string_view what) {
  switch (best.by) {
    case ChosenBy::only_one:
      return fmt::format("it is the only {} policy compared", what);
    case ChosenBy::tune_split:
      return fmt::format("it cost least of all {} policies on the tuning data", what);
    case ChosenBy::evaluation:
      return fmt::format(
          "it cost least of all {} policies here, which flatters it: no tuning result was given", what);
  }
  return "";
}

/// A policy of the kind that turned out cheaper than the one chosen: hindsight, and said to be.
std::string cheaper_here(const Comparison& comparison, const BestPolicy& best, PolicyKind kind) {
  double lowest = kpi_of(comparison, comparison.policies[best.index], &Kpis::cost_per_period).mean;
  const PolicyOutcome* cheaper = nullptr;
  for (const PolicyOutcome& policy : comparison.policies) {
    const double cost = kpi_of(comparison, policy, &Kpis::cost_per_period).mean;
    if (policy.kind != kind || !(cost < lowest)) continue;
    lowest = cost;
    cheaper = &policy;
  }
  if (!cheaper) return "";
  return fmt::format(
      " {} turned out to cost less here ({} a day), but a choice by this result would flatter it.",
      cheaper->label, number_text(lowest, decimals_for(lowest)));
}

std::string without_headline(const Comparison& comparison) {
  const auto& best = comparison.best_classical ? comparison.best_classical : comparison.best_learned;
  if (!best) return fmt::format("{} policies were compared.", comparison.policies.size());
  const bool classical = comparison.best_classical.has_value();
  const Estimate cost = kpi_of(comparison, comparison.policies[best->index], &Kpis::cost_per_period);
  return fmt::format("{}, the best {} policy, costs {} a day; no {} policy was compared.",
                     label_of(comparison, best->index), classical ? "classical" : "learned",
                     estimate_text(cost, decimals_for(cost)), classical ? "learned" : "classical");
}

}  // namespace

int decimals_of(const PairedDifference& difference) {
  const auto& weeks = difference.over_weeks;
  Estimate shown = difference.cost_per_day;
  if (difference.unit == PairUnit::none && weeks) shown.half_width = (weeks->upper - weeks->lower) / 2;
  int decimals = decimals_for(shown);
  std::vector<double> ends{shown.mean - shown.half_width, shown.mean + shown.half_width};
  if (weeks) ends.insert(ends.end(), {weeks->lower, weeks->upper});
  for (const double end : ends) decimals = std::max(decimals, decimals_that_show(end));
  return decimals;
}

std::string interval_text(const PairedDifference& difference) {
  const Estimate& cost = difference.cost_per_day;
  if (difference.unit == PairUnit::none) return "";
  return range_text(cost.mean - cost.half_width, cost.mean + cost.half_width, decimals_of(difference));
}

std::string weeks_interval_text(const PairedDifference& difference) {
  if (!difference.over_weeks) return "";
  return range_text(difference.over_weeks->lower, difference.over_weeks->upper, decimals_of(difference));
}

std::string pairs_text(const PairedDifference& difference) {
  if (difference.unit == PairUnit::none) return "";
  return fmt::format("over {} {}", difference.pairs,
                     difference.unit == PairUnit::skus ? "SKUs" : "replications");
}

std::string words_of(const PairedDifference& difference) {
  const double mean = difference.cost_per_day.mean;
  const int decimals = decimals_of(difference);
  if (difference.verdict == Verdict::not_distinguishable)
    return fmt::format("is not distinguishable: {} a day ({})", signed_text(mean, decimals),
                       evidence(difference));
  return fmt::format("costs {} {} a day ({})", number_text(std::fabs(mean), decimals),
                     mean > 0 ? "more" : "less", evidence(difference));
}

std::string verdict_sentence(const Comparison& comparison) {
  if (!comparison.headline) return without_headline(comparison);
  const PairedDifference& difference = *comparison.headline;
  const std::string learned = label_of(comparison, comparison.best_learned->index);
  const std::string classical = label_of(comparison, comparison.best_classical->index);
  const double mean = difference.cost_per_day.mean;
  const int decimals = decimals_of(difference);
  const std::string percent = percent_change(difference);
  const std::string change = percent.empty() ? "" : fmt::format(" ({})", percent);
  if (difference.verdict == Verdict::not_distinguishable)
    return fmt::format("{} and {}, the best classical policy, are not distinguishable by cost: {} a day{}.",
                       learned, classical, signed_text(mean, decimals), change);
  return fmt::format("{} costs {} {} a day than {}, the best classical policy{}.", learned,
                     number_text(std::fabs(mean), decimals), mean > 0 ? "more" : "less", classical, change);
}

std::string certainty_sentence(const Comparison& comparison) {
  if (!comparison.headline) return "";
  const PairedDifference& difference = *comparison.headline;
  std::string text;
  if (difference.unit != PairUnit::none)
    text = fmt::format("The 95 % interval of this difference is {} a day, from paired differences {}.",
                       interval_text(difference), pairs_text(difference));
  if (difference.over_weeks) {
    const std::string interval = weeks_interval_text(difference);
    const std::size_t weeks = difference.over_weeks->blocks;
    text += text.empty()
                ? fmt::format("The 95 % interval of this difference is {} a day, by resampling {} weeks.",
                              interval, weeks)
                : fmt::format(" Resampling the {} weeks in blocks gives {}. {}", weeks, interval,
                              agreement(difference));
  }
  return text.empty() ? "One replication of one SKU: how sure this is cannot be said." : text;
}

std::string choice_sentence(const Comparison& comparison) {
  if (!comparison.headline) return "";
  std::string text;
  for (const auto& [best, kind] : {std::pair{*comparison.best_learned, PolicyKind::learned},
                                   std::pair{*comparison.best_classical, PolicyKind::classical}})
    text += fmt::format("{}{}: {}.{}", text.empty() ? "" : " ", label_of(comparison, best.index),
                        how_chosen(best, name_of(kind)), cheaper_here(comparison, best, kind));
  return text;
}

}  // namespace restock::experiments
