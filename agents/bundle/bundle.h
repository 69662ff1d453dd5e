// A policy to take away: a folder that holds everything needed to say what to order today, and nothing that
// can be executed.
//
// policy.json names the policy, the SKUs and every file with its SHA-256; a network adds policy.onnx and
// weights.safetensors, a table of optimal orders adds orders.safetensors, a policy that looks at forecasts
// adds forecaster/; golden.jsonl holds decisions that the policy took when it was exported. They are taken
// again each time the bundle is loaded: a bundle that decides otherwise on this machine is refused.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "agents/learning/learned_policy.h"
#include "agents/policies/exact/table_policy.h"
#include "agents/policies/parameters.h"
#include "env/core/time.h"
#include "env/decision_process.h"
#include "env/policy.h"
#include "forecasting/model.h"
#include "forecasting/panel.h"

namespace restock::bundle {

/// What a planner must know of one SKU.
struct BundleSku {
  std::string id;
  Quantity pack_size = 1;
  Quantity minimum_order_quantity = 0;
  Quantity maximum_order_quantity = 0;  ///< 0: no limit
  double mean_demand_per_day = 0;       ///< units
  std::int32_t lead_time_days = 0;      ///< mean, rounded up
  std::int32_t protection_interval_days = 1;
};

enum class BundleKind { rule, network, table };
inline constexpr std::array<std::string_view, 3> kBundleKindNames{"rule", "network", "table"};

struct BundleMetadata {
  std::string created_by;  ///< "restock 0.1.0"
  BundleKind kind = BundleKind::rule;
  std::string name;      ///< of the policy
  std::string scenario;  ///< its name
  Date start{};          ///< day 0 of the scenario
  std::vector<BundleSku> skus;
  std::size_t pipeline_width = 0;       ///< columns of open orders by age that the policy reads; 0: none
  std::vector<double> forecast_levels;  ///< of the quantiles; empty where the policy looks at no forecast
  std::string forecaster;               ///< its name, or ""
  std::vector<std::string> covariates;  ///< of the history that the forecaster came with: price, promotion, …
};

/// The order that a policy's wish becomes: nothing, or at least the minimum in whole packs, at most the
/// maximum.
Quantity legal_order_quantity(const BundleSku& sku, Quantity wanted) noexcept;

/// What is to be exported. Pointers need only live during the call.
struct BundleSource {
  std::string scenario;  ///< its name
  /// SKUs, and where the golden examples are decided (tune split).
  std::shared_ptr<const DecisionModel> decisions;
  const learning::LearnedPolicy* network = nullptr;  ///< either this
  const policies::PolicyParameters* rule = nullptr;  ///< or this
  const exact::PolicyTable* table = nullptr;         ///< or that, the optimum of the scenario
  /// Where the policy looks at forecasts: the model behind decisions->forecaster, and sales of these SKUs of
  /// which the last weeks go with the bundle as the forecaster's own golden example.
  const forecasting::ForecastModel* forecaster = nullptr;
  const forecasting::Panel* history = nullptr;
};

/// Writes a bundle and loads it once to see that it holds. Throws InputError where the policy cannot be
/// exported, and where the folder exists and is neither empty nor a bundle; nothing half-written remains.
void save_bundle(const std::string& folder, const BundleSource& source);

struct Bundle {
  std::string folder;
  BundleMetadata metadata;
  std::unique_ptr<Policy> policy;
  const learning::LearnedPolicy* network = nullptr;        ///< the policy, where it is one
  std::unique_ptr<forecasting::ForecastModel> forecaster;  ///< nullptr where the policy looks at no forecast
};

/// Trusts nothing: sizes, digests, ranges and how all of it fits together are checked, and the golden
/// examples are decided again. Throws InputError that names the file and what to do.
Bundle load_bundle(const std::string& folder);

}  // namespace restock::bundle
