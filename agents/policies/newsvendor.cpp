// The newsvendor's order-up-to level: the quantile of demand over the protection interval at the critical
// ratio b / (b + h) (Arrow, Harris and Marschak 1951; over the protection interval: Silver, Pyke and Thomas
// 2017, chapter 6), for five laws of that demand. What distinguishes it from base_stock is where the level
// comes from: the parameter is the ratio, and the ratio of the costs is where tuning starts.
#include <algorithm>
#include <cmath>

#include "agents/policies/interval_demand.h"
#include "agents/policies/position_policy.h"
#include "agents/policies/registry.h"
#include "env/core/laws/portable_math.h"
#include "env/decision_process.h"

namespace restock::policies {

PolicyDescription newsvendor_empirical();
PolicyDescription newsvendor_poisson();
PolicyDescription newsvendor_normal();
PolicyDescription newsvendor_gamma();
PolicyDescription newsvendor_negative_binomial();

namespace {

constexpr double kScoreStep = 1.0 / 16;  ///< of the tuning grid, in normal scores
constexpr std::int64_t kMostSteps = 76;  ///< a ratio of 1 − 10⁻⁶
constexpr double kLowestRatio = 1e-6;

std::vector<PolicyParameter> parameters() {
  return {{.name = "critical_ratio",
           .unit = "",
           .meaning = "probability that demand over the protection interval stays below the level",
           .minimum = kLowestRatio,
           .maximum = 1 - kLowestRatio,
           .whole_number = false}};
}

ParameterSpace space_of(const PlannedSku& sku, std::span<const double>) {
  const double exact = critical_ratio(sku.figures);
  const auto steps = std::llround(portable::normal_quantile(exact) / kScoreStep);
  return {.axes = {{-kMostSteps, kMostSteps, 8}},
          .starts = {{steps}},
          .values = [exact, steps](const SearchPoint& point) {
            if (point[0] == steps) return std::vector<double>{exact};
            const double ratio = portable::normal_cdf(static_cast<double>(point[0]) * kScoreStep);
            return std::vector<double>{std::clamp(ratio, kLowestRatio, 1 - kLowestRatio)};
          }};
}

/// Turns ratios into levels, and the policy into base-stock.
PolicyParameters with_levels(const PolicyParameters& ratios, DemandFamily family) {
  PolicyParameters levels = ratios;
  levels.policy = "base_stock";
  std::vector<Quantity> totals;
  const auto level = [&](const SkuFigures& sku, double ratio) {
    return static_cast<double>(
        family == DemandFamily::empirical
            ? empirical_level(totals, ratio)
            : fitted_level(family, sku.interval_mean(), sku.interval_deviation, ratio));
  };
  for (std::size_t sku = 0; sku < ratios.skus.size(); ++sku) {
    const SkuFigures figures = figures_of(*ratios.model, sku);
    if (family == DemandFamily::empirical) totals = interval_totals(*ratios.model, sku);
    levels.values[sku] = {level(figures, ratios.values[sku][0]), 0};
    for (WeekdayValue& other : levels.weekdays)
      if (other.place.sku == sku) other.value = level(figures, other.value);
  }
  return levels;
}

struct Rule {
  static period::OrderUpTo<Quantity> of(const RowParameters::Values& values) {
    return {units(values[0]), kMaximumQuantity};
  }
};

template <DemandFamily family>
PolicyDescription describe(std::string_view name, std::string_view meaning) {
  return {.name = name,
          .meaning = meaning,
          .needs_model = true,
          .parameters = parameters(),
          .space = space_of,
          .make = [](const PolicyParameters& values) -> std::unique_ptr<Policy> {
            const std::string_view own_name = find_policy(values.policy).name;
            return std::make_unique<PositionPolicy<Rule>>(own_name, with_levels(values, family));
          }};
}

/// Demand of a stocking point that only delivers to others is no law and no history of its own.
std::optional<std::string> obstacle_to_empirical(const DecisionModel& model) {
  for (const SkuModel& sku : model.warehouse->skus)
    if (!sku.downstream.empty() || (!model.paths && sku.demand.empty()))
      return "SKU '" + sku.id +
             "' has neither a law of demand nor a history of its own; use another newsvendor policy";
  return std::nullopt;
}

}  // namespace

PolicyDescription newsvendor_empirical() {
  PolicyDescription policy = describe<DemandFamily::empirical>(
      "newsvendor_empirical",
      "order up to a quantile of the totals of demand that protection intervals have had");
  policy.obstacle = obstacle_to_empirical;
  return policy;
}

PolicyDescription newsvendor_poisson() {
  return describe<DemandFamily::poisson>(
      "newsvendor_poisson",
      "order up to a quantile of demand over the protection interval, taken as Poisson");
}

PolicyDescription newsvendor_normal() {
  return describe<DemandFamily::normal>(
      "newsvendor_normal", "order up to a quantile of demand over the protection interval, taken as normal");
}

PolicyDescription newsvendor_gamma() {
  return describe<DemandFamily::gamma>(
      "newsvendor_gamma",
      "order up to a quantile of demand over the protection interval, taken as gamma distributed");
}

PolicyDescription newsvendor_negative_binomial() {
  return describe<DemandFamily::negative_binomial>(
      "newsvendor_negative_binomial",
      "order up to a quantile of demand over the protection interval, taken as negative binomial");
}

}  // namespace restock::policies
