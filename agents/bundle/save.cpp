#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "agents/bundle/bundle.h"
#include "agents/bundle/folder.h"
#include "agents/bundle/forecast_golden.h"
#include "agents/bundle/golden.h"
#include "agents/bundle/manifest.h"
#include "agents/bundle/onnx_policy.h"
#include "agents/bundle/order_table.h"
#include "agents/bundle/sha256.h"
#include "agents/bundle/stock_state.h"
#include "agents/bundle/weights.h"
#include "agents/policies/registry.h"
#include "env/core/check.h"
#include "env/core/error.h"

namespace restock::bundle {

namespace {

/// Files of a bundle that is being made: name and content.
using Files = std::vector<std::pair<std::string_view, std::string>>;

BundleMetadata metadata_of(const BundleSource& source, const Policy& policy) {
  const WarehouseModel& warehouse = *source.decisions->warehouse;
  BundleMetadata metadata;
  metadata.created_by = "restock " RESTOCK_VERSION;
  metadata.kind = source.network ? BundleKind::network : source.table ? BundleKind::table : BundleKind::rule;
  metadata.name = policy.name();
  metadata.scenario = source.scenario;
  metadata.start = warehouse.start;
  for (const SkuModel& sku : warehouse.skus)
    metadata.skus.push_back({sku.id, sku.regular().pack_size, sku.regular().minimum_order_quantity,
                             sku.regular().maximum_order_quantity, sku.mean_demand_per_day,
                             sku.regular().lead_time_days, sku.regular().protection_interval_days});
  if (policy.needs_pipeline()) metadata.pipeline_width = pipeline_width_of(warehouse);
  if (policy.needs_forecast() && source.decisions->forecaster) {
    RESTOCK_CHECK(source.forecaster && source.history,
                  "policy {} looks at forecasts, and no model comes with it", policy.name());
    metadata.forecast_levels = source.decisions->forecast_levels;
    metadata.forecaster = source.forecaster->name();
    for (const forecasting::Covariate& covariate : source.history->covariates)
      metadata.covariates.push_back(covariate.name);
  }
  return metadata;
}

/// A bundle orders SKU by SKU, each from one supplier.
void check_orders_stand_alone(const WarehouseModel& warehouse) {
  for (const SkuModel& sku : warehouse.skus) {
    const SupplierModel& supplier = warehouse.suppliers[static_cast<std::size_t>(sku.regular().supplier)];
    if (sku.sources.size() > 1)
      throw InputError(fmt::format(
          "SKU '{}' has {} suppliers, and a bundle orders from one; export a policy of a scenario with one",
          sku.id, sku.sources.size()));
    if (supplier.joint_order.constrains())
      throw InputError(fmt::format(
          "orders from supplier '{}' must fit trucks, a minimum value or a largest size together, which a "
          "bundle does not know; simulate the policy with `restock simulate`",
          supplier.id));
  }
}

/// A rule must stand on its parameters alone, one value each.
void check_rule(const policies::PolicyParameters& rule) {
  if (policies::find_policy(rule.policy).needs_model)
    throw InputError(
        fmt::format("policy '{}' is built from a scenario (its demand laws, or who delivers what), which a "
                    "bundle does not hold; export another policy",
                    rule.policy));
  if (!rule.are_constant())
    throw InputError(fmt::format(
        "parameters of policy '{}' depend on the weekday or the forecast, which a bundle does not hold; tune "
        "it with constant parameters, or export another policy",
        rule.policy));
}

void check_exportable(const BundleSource& source, const Policy& policy) {
  if (source.rule) check_rule(*source.rule);
  if (policy.memory_size() > 0)
    throw InputError(fmt::format(
        "policy '{}' remembers its past decisions, and a bundle decides from today's state alone; "
        "export another policy",
        policy.name()));
  check_orders_stand_alone(*source.decisions->warehouse);
  if (!source.network) return;
  for (const Feature& feature : source.network->observation().features())
    if (!stock_file_tells(feature.name))
      throw InputError(fmt::format(
          "policy '{}' looks at {}, which a file of today's stock does not say; train it with another "
          "observation",
          policy.name(), feature.name));
  for (const learning::PlainLayer& layer : source.network->network().layers())
    for (const auto* values : {&layer.weights, &layer.biases})
      for (const float value : *values)
        if (!std::isfinite(value))
          throw InputError(fmt::format(
              "the weights of policy '{}' are not finite: its training has diverged; train it again",
              policy.name()));
}

NetworkEntry network_entry(const learning::LearnedPolicy& policy) {
  NetworkEntry entry{
      policy.network().activation(), {policy.network().inputs()}, policy.observation(), policy.action()};
  for (const learning::PlainLayer& layer : policy.network().layers()) entry.widths.push_back(layer.outputs);
  return entry;
}

Files files_of(const BundleSource& source, const Policy& policy, const BundleMetadata& metadata) {
  Files files;
  files.emplace_back(kGoldenFile,
                     golden_text(record_examples(source.decisions, policy, source.network, metadata)));
  if (source.network) {
    files.emplace_back(kOnnxFile, onnx_of(*source.network, !metadata.forecast_levels.empty()));
    files.emplace_back(kWeightsFile, weights_bytes(source.network->network()));
  }
  if (!metadata.forecast_levels.empty()) {
    files.emplace_back(kForecasterFile, forecasting::tensor_file_bytes(source.forecaster->tensors()));
    files.emplace_back(kForecastGoldenFile,
                       forecast_golden_text(*source.forecaster, *source.history, metadata));
  }
  return files;
}

/// The policy as the bundle will decide, where it is not the network that was given.
std::unique_ptr<Policy> made_policy(const BundleSource& source) {
  if (source.rule) return policies::make_policy(*source.rule);
  if (source.table) return std::make_unique<exact::LookupPolicy>(exact::order_table_of(*source.table));
  return nullptr;
}

}  // namespace

void save_bundle(const std::string& folder, const BundleSource& source) {
  RESTOCK_CHECK((source.network != nullptr) + (source.rule != nullptr) + (source.table != nullptr) == 1,
                "one of a network, a rule and a table");
  NewBundleFolder target(folder);
  const std::unique_ptr<Policy> made = made_policy(source);
  const Policy& policy = made ? *made : static_cast<const Policy&>(*source.network);
  check_exportable(source, policy);
  Manifest manifest;
  manifest.metadata = metadata_of(source, policy);
  if (source.rule) manifest.rule = *source.rule;
  if (source.network) manifest.network = network_entry(*source.network);
  Files files = files_of(source, policy, manifest.metadata);
  if (source.table) {
    const exact::OrderTable& table = static_cast<const exact::LookupPolicy&>(policy).table();
    manifest.table = TableEntry{table.columns, table.rows()};
    files.emplace_back(kTableFile, order_table_bytes(table));
  }
  for (const auto& [name, content] : files) {
    target.write(name, content);
    manifest.files.push_back({std::string(name), content.size(), sha256(content)});
  }
  target.write(kManifestFile, manifest_text(manifest));
  load_bundle(target.path());
  target.publish();
}

}  // namespace restock::bundle
