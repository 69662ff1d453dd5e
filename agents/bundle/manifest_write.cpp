#include <fmt/format.h>

#include "agents/bundle/folder.h"
#include "agents/bundle/manifest.h"
#include "agents/bundle/sha256.h"
#include "agents/policies/registry.h"
#include "env/core/check.h"
#include "env/core/json_writer.h"

namespace restock::bundle {

namespace {

void write_skus(JsonWriter& json, const std::vector<BundleSku>& skus) {
  json.key("skus").begin_array();
  for (const BundleSku& sku : skus) {
    json.begin_object();
    json.member("id", sku.id);
    json.member("pack_size", sku.pack_size);
    json.member("minimum_order_quantity", sku.minimum_order_quantity);
    json.member("maximum_order_quantity", sku.maximum_order_quantity);
    json.member("mean_demand_per_day", sku.mean_demand_per_day);
    json.member("lead_time_days", sku.lead_time_days);
    json.member("protection_interval_days", sku.protection_interval_days);
    json.end_object();
  }
  json.end_array();
}

/// One object a SKU: parameter by name.
void write_rule(JsonWriter& json, const policies::PolicyParameters& rule) {
  const auto& parameters = policies::find_policy(rule.policy).parameters;
  json.key("rule").begin_object();
  json.member("policy", rule.policy);
  json.key("parameters").begin_array();
  for (const std::vector<double>& values : rule.values) {
    RESTOCK_CHECK(values.size() == parameters.size(), "{} values of {} parameters", values.size(),
                  parameters.size());
    json.begin_object();
    for (std::size_t i = 0; i < values.size(); ++i) json.member(parameters[i].name, values[i]);
    json.end_object();
  }
  json.end_array().end_object();
}

void write_observation(JsonWriter& json, const ObservationSpec& observation) {
  json.key("observation").begin_object();
  json.key("features").begin_array();
  for (const Feature& feature : observation.features()) {
    json.begin_object();
    json.member("name", feature.name).member("unit", feature.unit);
    json.member("offset", feature.offset).member("width", feature.width);
    json.member("minimum", feature.minimum).member("maximum", feature.maximum);
    json.end_object();
  }
  json.end_array();
  json.key("scales").begin_array();
  for (const SkuScale& scale : observation.scales()) {
    json.begin_object();
    json.member("per_day", static_cast<double>(scale.per_day));
    json.member("per_interval", static_cast<double>(scale.per_interval));
    json.end_object();
  }
  json.end_array().end_object();
}

void write_network(JsonWriter& json, const NetworkEntry& network) {
  json.key("network").begin_object();
  json.member("activation", network.activation == learning::Activation::tanh ? "tanh" : "relu");
  json.member("widths", network.widths);
  write_observation(json, network.observation);
  json.key("action").begin_object();
  json.member("kind", names_of(ActionKind{})[static_cast<std::size_t>(network.action.kind())]);
  json.member("maximum", network.action.maximum());
  json.member("actions", network.action.actions());
  json.key("mean_over_interval").begin_array();
  for (const SkuActionLimits& limits : network.action.limits()) json.value(limits.mean_over_interval);
  json.end_array().end_object().end_object();
}

void write_table(JsonWriter& json, const TableEntry& table) {
  json.key("table").begin_object().key("columns").begin_array();
  for (const exact::StateColumn& column : table.columns)
    json.begin_object()
        .member("kind", exact::kStateColumnNames[static_cast<std::size_t>(column.kind)])
        .member("number", column.number)
        .end_object();
  json.end_array().member("states", table.states).end_object();
}

void write_files(JsonWriter& json, const std::vector<FileEntry>& files) {
  json.key("files").begin_array();
  for (const FileEntry& file : files) {
    json.begin_object();
    json.member("name", file.name).member("bytes", file.bytes).member("sha256", file.sha256);
    json.end_object();
  }
  json.end_array();
}

std::string text_with_digest(const Manifest& manifest, const std::string& digest) {
  const BundleMetadata& metadata = manifest.metadata;
  JsonWriter json(2);
  json.begin_object();
  json.member("format", kFormat).member("format_version", 1);
  json.member("sha256", digest);
  json.member("created_by", metadata.created_by);
  json.member("kind", kBundleKindNames[static_cast<std::size_t>(metadata.kind)]);
  json.member("name", metadata.name);
  json.member("scenario", metadata.scenario);
  json.member("start", format_date(metadata.start));
  json.member("pipeline_width", metadata.pipeline_width);
  json.member("forecaster", metadata.forecaster);
  json.member("forecast_levels", metadata.forecast_levels);
  json.member("covariates", metadata.covariates);
  write_skus(json, metadata.skus);
  if (manifest.rule) write_rule(json, *manifest.rule);
  if (manifest.network) write_network(json, *manifest.network);
  if (manifest.table) write_table(json, *manifest.table);
  write_files(json, manifest.files);
  json.end_object();
  return json.text() + "\n";
}

}  // namespace

std::string manifest_text(const Manifest& manifest) {
  return text_with_digest(manifest, sha256(text_with_digest(manifest, std::string(64, '0'))));
}

}  // namespace restock::bundle
