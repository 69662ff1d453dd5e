// What restock solve prints, for machines and for people.
#include <fmt/format.h>

#include <cmath>

#include "env/core/json_writer.h"
#include "experiments/solve.h"

namespace restock::experiments {

namespace {

void write_bounded(JsonWriter& json, const exact::Bounded& cost) {
  json.begin_object().member("value", cost.value).member("lower", cost.lower).member("upper", cost.upper);
  json.end_object();
}

void write_levels(JsonWriter& json, const exact::LevelAnswer& levels) {
  json.key("levels").begin_array();
  for (std::size_t i = 0; i < levels.skus.size(); ++i)
    json.begin_object()
        .member("sku", levels.skus[i])
        .member("order_up_to_level", levels.local_levels[i])
        .member("echelon_level", levels.echelon_levels[i])
        .end_object();
  json.end_array();
}

void write_published(JsonWriter& json, const SolvedScenario& solved) {
  json.key("published").begin_array();
  for (const PublishedComparison& each : solved.published)
    json.begin_object()
        .member("metric", each.metric)
        .member("ours", each.ours.value)
        .member("half_width", each.ours.half_width)
        .member("theirs", each.theirs)
        .member("difference", each.difference())
        .member("source", each.source)
        .end_object();
  json.end_array();
}

void write_closed_forms(JsonWriter& json, const SolvedScenario& solved) {
  json.key("closed_forms").begin_object();
  for (const exact::ClosedForm& form : solved.closed_forms) json.member(form.metric, form.value);
  json.end_object();
}

/// The cost that was asked for.
const exact::Bounded& cost_of(const exact::Result& result) {
  return std::isnan(result.discounted_cost.value) ? result.average_cost : result.discounted_cost;
}

void write_one(JsonWriter& json, const SolvedScenario& solved) {
  const exact::Result& result = solved.result;
  json.begin_object().member("scenario", solved.file).member("name", solved.name);
  if (!solved.refusal.empty()) {
    json.member("refusal", solved.refusal);
    write_closed_forms(json, solved);
    write_published(json, solved);
    json.end_object();
    return;
  }
  json.member("policy", solved.policy.empty() ? std::string("optimal") : solved.policy);
  json.member("class", result.problem_class);
  json.member("average_cost", result.average_cost.value);
  json.member("lower", cost_of(result).lower).member("upper", cost_of(result).upper);
  json.key("discounted_cost");
  write_bounded(json, result.discounted_cost);
  json.member("cost_of_horizon", result.cost_of_horizon);
  json.member("states", result.states).member("state_actions", result.state_actions);
  json.member("bytes", result.bytes).member("sweeps", result.sweeps).member("seconds", result.seconds);
  json.member("converged", result.converged).member("proven_bounds", result.proven_bounds);
  if (result.levels) write_levels(json, *result.levels);
  write_closed_forms(json, solved);
  write_published(json, solved);
  json.end_object();
}

std::string figure(double value) {
  return std::isnan(value) ? std::string("–") : fmt::format("{:.6f}", value);
}

std::string published_rows(const SolvedScenario& solved) {
  std::string text;
  for (const PublishedComparison& each : solved.published) {
    const bool is_known = !std::isnan(each.ours.value);
    text += fmt::format("  {:<64} {:>14} {:>14} {:>12}  {}", each.metric, figure(each.ours.value),
                        figure(each.theirs),
                        is_known ? fmt::format("{:+.2e}", each.difference()) : std::string("–"), each.source);
    if (!std::isnan(each.ours.half_width))
      text += fmt::format(" (ours simulated, ± {:.2g})", each.ours.half_width);
    text += "\n";
  }
  return text;
}

std::string closed_form_rows(const SolvedScenario& solved) {
  std::string text;
  for (const exact::ClosedForm& form : solved.closed_forms)
    text += fmt::format("{:<28} {:.6f}, closed form\n", form.metric, form.value);
  return text;
}

std::string one_text(const SolvedScenario& solved) {
  if (!solved.refusal.empty())
    return solved.refusal + "\n" + closed_form_rows(solved) + published_rows(solved);
  const exact::Result& result = solved.result;
  const bool discounts = !std::isnan(result.discounted_cost.value);
  const exact::Bounded& cost = cost_of(result);
  std::string text = fmt::format("{} ({}), {}\n", solved.name, result.problem_class,
                                 solved.policy.empty() ? std::string("optimum") : "policy " + solved.policy);
  text += fmt::format("{:<18} {:.6f} {}, between {:.8f} and {:.8f}\n", "cost", cost.value,
                      discounts ? "of all days to come, discounted" : "a day", cost.lower, cost.upper);
  if (!std::isnan(result.cost_of_horizon))
    text += fmt::format("{:<18} {:.6f} discounted, of the days that the horizon counts\n", "of the horizon",
                        result.cost_of_horizon);
  if (result.levels)
    for (std::size_t i = 0; i < result.levels->skus.size(); ++i)
      text += fmt::format("{:<18} order up to {} (echelon {})\n", result.levels->skus[i],
                          result.levels->local_levels[i], result.levels->echelon_levels[i]);
  text += fmt::format("{:<18} {} states, {} state-actions, {:.1f} MB, {} sweeps, {:.3f} s\n", "size",
                      result.states, result.state_actions, static_cast<double>(result.bytes) / 0x1p20,
                      result.sweeps, result.seconds);
  if (!result.converged) text += "not converged: the bounds hold, and more sweeps would narrow them\n";
  if (solved.policy.empty() && !result.proven_bounds)
    text += fmt::format(
        "the range of orders is not proven; it was widened {} times until the cost changed no more\n",
        result.enlargements);
  text += closed_form_rows(solved);
  if (solved.published.empty()) return text;
  return text + fmt::format("  {:<64} {:>14} {:>14} {:>12}\n", "published", "ours", "theirs", "difference") +
         published_rows(solved);
}

}  // namespace

std::string solved_json(const std::vector<SolvedScenario>& solved, bool is_folder) {
  JsonWriter json(2);
  if (is_folder) json.begin_object().key("scenarios").begin_array();
  for (const SolvedScenario& each : solved) write_one(json, each);
  if (is_folder) json.end_array().end_object();
  return json.text() + "\n";
}

std::string solved_text(const std::vector<SolvedScenario>& solved, bool is_folder) {
  if (!is_folder) return one_text(solved.front());
  std::string text = fmt::format("  {:<64} {:>14} {:>14} {:>12}\n", "", "ours", "theirs", "difference");
  for (const SolvedScenario& each : solved) {
    text +=
        fmt::format("{}: {}\n", each.file,
                    each.refusal.empty() ? fmt::format("{}, {} states, {:.3f} s", each.result.problem_class,
                                                       each.result.states, each.result.seconds)
                                         : each.refusal);
    text += published_rows(each);
  }
  return text;
}

}  // namespace restock::experiments
