#include "experiments/report/text_table.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <sstream>
#include <vector>

#include "experiments/report/number_text.h"
#include "experiments/report/wording.h"

namespace restock::experiments {

namespace {

constexpr std::size_t kWidth = 100;
constexpr std::size_t kMostInWords = 6;  ///< differences; more are left to the table
constexpr std::array<std::size_t, 5> kWidths{26, 19, 9, 9, 31};

/// Control characters must not reach a terminal.
std::string printable(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  return text;
}

std::string padded(const std::string& text, std::size_t width, bool right) {
  const std::string cut = shortened(text, width);
  const std::string room(width - display_width(cut), ' ');
  return right ? room + cut : cut + room;
}

std::string line_of(const std::array<std::string, 5>& cells) {
  std::string line = padded(cells[0], kWidths[0], false);
  for (std::size_t i = 1; i + 1 < cells.size(); ++i)
    line += fmt::format(" {}", padded(cells[i], kWidths[i], true));
  line += fmt::format("  {}", shortened(cells.back(), kWidths.back()));
  while (line.ends_with(' ')) line.pop_back();
  return line + "\n";
}

/// Parts between spaces; "%" stays with its number.
std::vector<std::string> words_in(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) {
    if (word.starts_with('%') && !words.empty())
      words.back() += " " + word;
    else
      words.push_back(word);
  }
  return words;
}

std::string difference_text(const Comparison& comparison, const PolicyOutcome& policy) {
  const PairedDifference* difference = comparison.difference_of(policy.name);
  if (!difference) return "baseline";
  if (difference->verdict == Verdict::not_distinguishable) return "not distinguishable";
  const int decimals = decimals_of(*difference);
  std::string cost = signed_text(difference->cost_per_day.mean, decimals);
  if (difference->unit != PairUnit::none)
    cost += " ± " + number_text(difference->cost_per_day.half_width, decimals);
  if (!std::isfinite(difference->percent.mean)) return cost;
  return fmt::format("{} ({} %)", cost, signed_text(difference->percent.mean, 1));
}

/// What is known exactly, one line a policy.
std::string exact_text(const Comparison& comparison) {
  if (!comparison.optimum) return "";
  const ExactOptimum& optimum = *comparison.optimum;
  std::string text = fmt::format(
      "\nexactly ({}, {} states), money {}\n  {:<32} {:>14.6f}\n", optimum.problem_class, optimum.states,
      optimum.is_discounted ? "discounted over the horizon" : "a day", "the optimum", optimum.cost);
  for (const PolicyOutcome& policy : comparison.policies) {
    text += fmt::format("  {} ", padded(printable(policy.name), 32, false));
    text += policy.exact_cost ? fmt::format("{:>14.6f}  {} %\n", *policy.exact_cost,
                                            signed_text(optimum.gap_percent(*policy.exact_cost), 3))
                              : fmt::format("{:>14}\n", "simulated only");
  }
  return text;
}

}  // namespace

std::string wrapped(const std::string& text, std::size_t width) {
  std::string lines;
  std::size_t used = 0;
  for (const std::string& word : words_in(text)) {
    const std::size_t length = display_width(word);
    const bool fits = used > 0 && used + 1 + length <= width;
    lines += used == 0 ? "" : fits ? " " : "\n";
    lines += word;
    used = fits ? used + 1 + length : length;
  }
  return lines.empty() ? "" : lines + "\n";
}

std::string comparison_text(const Comparison& comparison) {
  std::vector<Estimate> costs;
  for (const PolicyOutcome& policy : comparison.policies)
    costs.push_back(kpi_of(comparison, policy, &Kpis::cost_per_period));
  const int decimals = decimals_for(costs);
  std::string text =
      line_of({"policy", "cost a day", "fill rate", "stockouts",
               fmt::format("against {}", printable(comparison.policy(comparison.baseline).name))});
  for (std::size_t i = 0; i < costs.size(); ++i) {
    const PolicyOutcome& policy = comparison.policies[i];
    text += line_of({printable(policy.name), estimate_text(costs[i], decimals),
                     percent_text(kpi_of(comparison, policy, &Kpis::fill_rate).mean),
                     percent_text(1 - kpi_of(comparison, policy, &Kpis::no_stockout_days).mean),
                     difference_text(comparison, policy)});
  }
  text += "(± is the half-width of a 95 % interval; stockouts is the share of days with one)\n\n";
  const bool are_few = comparison.differences.size() <= kMostInWords;
  for (const PairedDifference& difference : comparison.differences)
    if (are_few) text += wrapped(printable(difference.policy) + " " + words_of(difference), kWidth);
  text += exact_text(comparison);
  if (!comparison.headline) return text;
  text += '\n';
  text += wrapped(printable(verdict_sentence(comparison)) + " " + certainty_sentence(comparison), kWidth);
  return text;
}

}  // namespace restock::experiments
