#include "experiments/init/scenario_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace restock::experiments {

namespace {

#ifdef RESTOCK_HAS_TORCH
constexpr std::string_view kForecaster = "lstm";
constexpr bool kCanLearn = true;
#else
constexpr std::string_view kForecaster = "moving_average";
constexpr bool kCanLearn = false;
#endif
/// A feature for each SKU pays for few of them only.
constexpr std::size_t kMostSkusAsFeature = 50;
constexpr std::size_t kCommentColumn = 50;

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char each : text) {
    if (each == '"' || each == '\\') result += '\\';
    result += each;
  }
  return result + '"';
}

std::string comment_of(const std::string& from, bool is_guess) {
  return fmt::format("{}{}", is_guess ? "GUESS, edit: " : "from ", from);
}

/// A line with its comment, comments below each other where lines are short.
std::string line(const std::string& text, const std::string& comment) {
  return fmt::format("{:<{}} # {}\n", text, kCommentColumn, comment);
}

template <class Value>
std::string line(std::string_view key, const Inferred<Value>& inferred) {
  return line(fmt::format("    {}: {:g}", key, static_cast<double>(inferred.value)),
              comment_of(inferred.from, inferred.is_guess));
}

/// A constant, the values that were seen with how often, or where they are many 40 quantiles.
std::string lead_time_text(std::vector<std::int64_t> days) {
  constexpr std::size_t kMostValues = 40;
  std::map<std::int64_t, std::size_t> count;
  for (const std::int64_t each : days) ++count[each];
  if (count.size() == 1) return fmt::format("{}", days.front());
  std::vector<std::int64_t> values;
  std::vector<std::size_t> weights;
  if (count.size() <= kMostValues) {
    for (const auto& [value, times] : count) {
      values.push_back(value);
      weights.push_back(times);
    }
    return fmt::format("{{law: discrete, values: [{}], weights: [{}]}}", fmt::join(values, ", "),
                       fmt::join(weights, ", "));
  }
  std::ranges::sort(days);
  for (std::size_t i = 0; i < kMostValues; ++i)
    values.push_back(days[(2 * i + 1) * days.size() / (2 * kMostValues)]);
  return fmt::format("{{law: empirical, values: [{}]}}", fmt::join(values, ", "));
}

std::string suppliers_text(const ScenarioDraft& draft) {
  std::string text = "suppliers:\n";
  for (const SupplierDraft& supplier : draft.suppliers) {
    text += fmt::format("  {}:\n", quoted(supplier.id));
    text += line(fmt::format("    lead_time_days: {}", lead_time_text(supplier.lead_days.value)),
                 comment_of(supplier.lead_days.from, supplier.lead_days.is_guess));
    text += line("    review_period_days: 1", "GUESS, edit: every how many days may be ordered");
    text += line("    fixed_cost_per_order: 0", "GUESS, edit: of each order of each SKU");
  }
  return text;
}

std::string source_text(std::string_view phase, bool is_file, const std::string& file_source,
                        const std::string& sales_file, const std::string& why_law) {
  if (!is_file) return line(fmt::format("  {}: {{source: law}}", phase), why_law);
  return fmt::format("  {}: {{source: {}, file: {}}}\n", phase, file_source, sales_file);
}

/// Counts that vary more than Poisson's, where they do.
std::string demand_text(const forecasting::DemandProfile& demand) {
  constexpr double kOverdispersed = 1.01;
  constexpr double kClosed = 0.001;  ///< stands for a weekday without any sales: laws have a mean above 0
  std::string text =
      demand.variance > kOverdispersed * demand.mean
          ? fmt::format("    demand: {{law: negative_binomial, mean: {:.6g}, variance: {:.6g}}}\n",
                        demand.mean, demand.variance)
          : fmt::format("    demand: {{law: poisson, mean: {:.6g}}}\n", demand.mean);
  if (demand.weekday_factors.empty()) return text;
  std::vector<double> factors = demand.weekday_factors;
  for (double& factor : factors) factor = std::max(factor, kClosed);
  return text + fmt::format("    pattern: {{weekday_factors: [{:.3f}]}}  # from Monday on\n",
                            fmt::join(factors, ", "));
}

std::string sku_text(const SkuDraft& sku) {
  const double share =
      100 * static_cast<double>(sku.demand.days_with_sales) / static_cast<double>(sku.demand.days);
  std::string text =
      line(fmt::format("  - id: {}", quoted(sku.id)),
           fmt::format("{}: sold on {:.0f} % of {} days, {:.3g} a day", name_of(sku.demand.demand_class),
                       share, sku.demand.days, sku.demand.mean));
  text += demand_text(sku.demand);
  text += fmt::format("    supplier: {}\n", quoted(sku.supplier));
  text += line("price", sku.price) + line("unit_cost", sku.unit_cost);
  const auto add = [&](std::string_view key, const std::optional<std::int64_t>& value) {
    if (value) text += line(fmt::format("    {}: {}", key, *value), "from items");
  };
  add("pack_size", sku.item.pack_size);
  add("minimum_order_quantity", sku.item.minimum_order_quantity);
  add("maximum_order_quantity", sku.item.maximum_order_quantity);
  add("shelf_life_days", sku.item.shelf_life_days);
  return text + line("initial_on_hand", sku.initial_on_hand);
}

std::string horizon_text(const ScenarioDraft& draft) {
  std::string text = "horizon:\n";
  text += line(fmt::format("  start: {}", format_date(draft.start)), "the sales before it are learned from");
  text +=
      line(fmt::format("  days: {}", draft.days), "the last days of the sales: policies are judged by them");
  return text + line(fmt::format("  warm_up_days: {}", draft.warm_up_days),
                     "GUESS, edit: of these, that no result counts");
}

}  // namespace

std::string scenario_text(const ScenarioDraft& draft, const std::string& sales_file,
                          const std::string& sources) {
  std::string text = fmt::format(
      "# Made by `restock init` from {}.\n# Values marked GUESS were not in these files: look at each of "
      "them. "
      "`restock schema scenario` lists all keys.\n\nname: {}\n\n",
      sources, quoted(draft.name));
  text += horizon_text(draft);
  text += "\ndemand:  # `law` would draw from the laws of the SKUs below\n";
  text += source_text("training", draft.trains_on_forecasts,
                      fmt::format("forecast_paths, forecaster: {}", kForecaster), sales_file,
                      draft.why_laws_train);
  text += source_text("evaluation", draft.is_judged_by_history, "history", sales_file, draft.why_laws_judge);
  text += fmt::format("\n{}\ndefaults:\n", suppliers_text(draft));
  text += line("  unmet_demand: lost", "GUESS, edit: `backlog` where customers wait");
  text += "  costs:\n";
  text += line(fmt::format("    holding_rate_per_year: {:g}", draft.carrying_rate),
               "the carrying rate that was given, of the unit cost a year");
  text += line("    shortage: lost_margin", "price - unit_cost of each unit that could not be sold");
  text += "\nskus:\n";
  for (const SkuDraft& sku : draft.skus) text += sku_text(sku);
  text +=
      fmt::format("\nobservation: [on_hand, pipeline_by_age, inventory_position{}, weekday, mean_demand{}]\n",
                  draft.trains_on_forecasts ? ", forecast_mean, forecast_quantiles" : "",
                  draft.skus.size() <= kMostSkusAsFeature ? ", sku" : "");
  return text + "action: {kind: cover, maximum: 3, levels: 31}\n";
}

std::string experiment_text(const ScenarioDraft& draft, const std::string& scenario_file) {
  const std::string_view forecast_rule = draft.trains_on_forecasts ? ", forecast_order_up_to" : "";
  std::string text = fmt::format(
      "# restock run experiment.yaml: tune, train, compare, report, export.\nname: {}\nscenario: {}\n",
      quoted(draft.name), scenario_file);
  if (draft.trains_on_forecasts)
    text += fmt::format("forecasters: [{}seasonal_naive, moving_average]\n", kCanLearn ? "lstm, " : "");
  if (kCanLearn) text += "agents:\n  - {name: ppo, agent: ppo, seeds: [1], seconds: 60}\n";
  text +=
      fmt::format("compare:\n  policies: [base_stock, s_S{}{}]\n  baseline: best_classical\nexport: best\n",
                  forecast_rule, kCanLearn ? ", ppo" : "");
  return text;
}

}  // namespace restock::experiments
