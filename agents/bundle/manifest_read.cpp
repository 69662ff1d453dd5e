#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_set>

#include "agents/bundle/folder.h"
#include "agents/bundle/json_node.h"
#include "agents/bundle/manifest.h"
#include "agents/bundle/order_table.h"
#include "agents/bundle/sha256.h"
#include "agents/bundle/stock_state.h"
#include "agents/policies/registry.h"
#include "env/core/check.h"
#include "env/core/error.h"
#include "env/core/suggest.h"

namespace restock::bundle {

namespace {

constexpr std::size_t kLongestName = 200;
constexpr std::size_t kMostFiles = 8;
constexpr std::size_t kMostLayers = 16;
constexpr std::int64_t kWidest = 1 << 14;
constexpr std::int64_t kMostPipelineColumns = 64;
constexpr std::size_t kMostCovariates = 64;
constexpr std::size_t kMostLevels = 64;
constexpr double kMostCover = 1e6;  ///< times kMostDemand it still fits into int64
constexpr double kMostDemand = static_cast<double>(kMaximumQuantity);

/// The digest in the text must be that of the text with zeros in its place.
void check_own_digest(const std::string& text, const JsonNode& digest) {
  const std::string said = digest.text(64);
  const std::size_t at = text.find('"' + said + '"');
  if (said.size() != 64 || at == std::string::npos)
    digest.fail("is no SHA-256 digest; export the policy again");
  std::string blank = text;
  blank.replace(at + 1, said.size(), said.size(), '0');
  if (sha256(blank) != said)
    digest.fail("does not fit the file: it has been changed since it was exported; export the policy again");
}

std::string hexadecimal_digest(const JsonNode& node) {
  const std::string digest = node.text(64);
  if (digest.size() != 64 || digest.find_first_not_of("0123456789abcdef") != std::string::npos)
    node.fail("is no SHA-256 digest");
  return digest;
}

/// The place of a word among those that are known.
std::size_t place_among(std::span<const std::string_view> names, const JsonNode& node,
                        std::string_view what) {
  const std::string word = node.text(kLongestName);
  const auto found = std::ranges::find(names, word);
  if (found == names.end())
    node.fail(fmt::format("{} is no {}, expected one of {}", in_quotes(word), what, fmt::join(names, ", ")));
  return static_cast<std::size_t>(found - names.begin());
}

BundleSku read_sku(const JsonNode& node) {
  node.expect_members({"id", "pack_size", "minimum_order_quantity", "maximum_order_quantity",
                       "mean_demand_per_day", "lead_time_days", "protection_interval_days"});
  BundleSku sku;
  sku.id = node.at("id").text(kLongestName);
  sku.pack_size = node.at("pack_size").integer(1, kMaximumQuantity);
  sku.minimum_order_quantity = node.at("minimum_order_quantity").integer(0, kMaximumQuantity);
  sku.maximum_order_quantity = node.at("maximum_order_quantity").integer(0, kMaximumQuantity);
  sku.mean_demand_per_day = node.at("mean_demand_per_day").number(0, kMostDemand);
  sku.lead_time_days = static_cast<std::int32_t>(node.at("lead_time_days").integer(0, 100'000));
  sku.protection_interval_days =
      static_cast<std::int32_t>(node.at("protection_interval_days").integer(0, 200'000));
  return sku;
}

void read_skus(const JsonNode& node, BundleMetadata& metadata) {
  std::unordered_set<std::string> seen;
  for (const JsonNode& item : node.items(kMostSkus)) {
    metadata.skus.push_back(read_sku(item));
    if (!seen.insert(metadata.skus.back().id).second) item.at("id").fail("stands here twice");
  }
  if (metadata.skus.empty()) node.fail("is empty, expected at least one SKU");
}

void read_levels(const JsonNode& node, std::vector<double>& levels) {
  for (const JsonNode& item : node.items(kMostLevels)) {
    levels.push_back(item.number(1e-6, 1 - 1e-6));
    if (levels.size() > 1 && levels[levels.size() - 2] >= levels.back())
      item.fail("must be larger than the one before");
  }
}

BundleMetadata read_metadata(const JsonNode& root) {
  BundleMetadata metadata;
  metadata.created_by = root.at("created_by").text(kLongestName);
  metadata.kind = static_cast<BundleKind>(place_among(kBundleKindNames, root.at("kind"), "kind of bundle"));
  metadata.name = root.at("name").text(kLongestName);
  metadata.scenario = root.at("scenario").text(kLongestName);
  const auto start = parse_date(root.at("start").text(kLongestName));
  if (!start) root.at("start").fail("is no date such as 2026-01-05");
  metadata.start = *start;
  metadata.pipeline_width =
      static_cast<std::size_t>(root.at("pipeline_width").integer(0, kMostPipelineColumns));
  read_levels(root.at("forecast_levels"), metadata.forecast_levels);
  if (!metadata.forecast_levels.empty()) metadata.forecaster = root.at("forecaster").text(kLongestName);
  for (const JsonNode& item : root.at("covariates").items(kMostCovariates))
    metadata.covariates.push_back(item.text(kLongestName));
  read_skus(root.at("skus"), metadata);
  return metadata;
}

policies::PolicyParameters read_rule(const JsonNode& node, const BundleMetadata& metadata) {
  node.expect_members({"policy", "parameters"});
  policies::PolicyParameters rule;
  rule.policy = node.at("policy").text(kLongestName);
  if (!policies::is_classical_policy(rule.policy))
    node.at("policy").fail(
        fmt::format("{} is no policy of this version; use the one that exported it", in_quotes(rule.policy)));
  const auto& parameters = policies::find_policy(rule.policy).parameters;
  for (const JsonNode& of_sku : node.at("parameters").items(kMostSkus)) {
    std::vector<double>& values = rule.values.emplace_back();
    for (const auto& parameter : parameters)
      values.push_back(of_sku.at(parameter.name).number(parameter.minimum, parameter.maximum));
    if (of_sku.member_names().size() != parameters.size())
      of_sku.fail(fmt::format("expected {} parameters", parameters.size()));
  }
  for (const BundleSku& sku : metadata.skus) rule.skus.push_back(sku.id);
  if (rule.values.size() != rule.skus.size())
    node.at("parameters").fail(fmt::format("{} entries for {} SKUs", rule.values.size(), rule.skus.size()));
  return rule;
}

/// Columns of a feature, given what a decision holds.
std::size_t expected_width(std::string_view feature, const BundleMetadata& metadata) {
  if (feature.starts_with("pipeline_by_")) return metadata.pipeline_width;
  if (feature == "forecast_quantiles") return metadata.forecast_levels.size();
  if (feature == "sku") return metadata.skus.size();
  return fixed_width_of(feature);
}

Feature read_feature(const JsonNode& node, const BundleMetadata& metadata) {
  node.expect_members({"name", "unit", "offset", "width", "minimum", "maximum"});
  Feature feature;
  feature.name = node.at("name").text(kLongestName);
  feature.unit = node.at("unit").text(kLongestName);
  feature.offset = static_cast<std::size_t>(node.at("offset").integer(0, kWidest));
  feature.width = static_cast<std::size_t>(node.at("width").integer(1, kWidest));
  feature.minimum = node.at("minimum").number(-kMostDemand, kMostDemand);
  feature.maximum = node.at("maximum").number(-kMostDemand, kMostDemand);
  if (!is_feature(feature.name))
    node.at("name").fail(fmt::format("{} is no feature of this version; use the one that exported it",
                                     in_quotes(feature.name)));
  if (!stock_file_tells(feature.name)) node.at("name").fail("a file of today's stock does not tell it");
  const std::size_t width = expected_width(feature.name, metadata);
  if (feature.width != width) node.at("width").fail(fmt::format("{}, expected {}", feature.width, width));
  const bool reads_forecast = feature.name.starts_with("forecast_");
  if (reads_forecast && metadata.forecast_levels.empty())
    node.at("name").fail("needs forecasts, and the bundle has none");
  return feature;
}

ObservationSpec read_observation(const JsonNode& node, const BundleMetadata& metadata) {
  node.expect_members({"features", "scales"});
  std::vector<Feature> features;
  for (const JsonNode& item : node.at("features").items(64)) {
    const std::size_t offset = features.empty() ? 0 : features.back().offset + features.back().width;
    features.push_back(read_feature(item, metadata));
    if (features.back().offset != offset) item.at("offset").fail(fmt::format("expected {}", offset));
  }
  std::vector<SkuScale> scales;
  constexpr double kLargest = 1e30;
  for (const JsonNode& item : node.at("scales").items(kMostSkus)) {
    item.expect_members({"per_day", "per_interval"});
    scales.push_back({static_cast<float>(item.at("per_day").number(1e-30, kLargest)),
                      static_cast<float>(item.at("per_interval").number(1e-30, kLargest))});
  }
  if (scales.size() != metadata.skus.size())
    node.at("scales").fail(fmt::format("{} entries for {} SKUs", scales.size(), metadata.skus.size()));
  for (std::size_t i = 0; i < scales.size(); ++i) scales[i].lead_time_days = metadata.skus[i].lead_time_days;
  return {std::move(features), std::move(scales)};
}

ActionSpec read_action(const JsonNode& node, const BundleMetadata& metadata) {
  node.expect_members({"kind", "maximum", "actions", "mean_over_interval"});
  const auto kind =
      static_cast<ActionKind>(place_among(names_of(ActionKind{}), node.at("kind"), "kind of action"));
  const double maximum =
      node.at("maximum").number(1e-9, kind == ActionKind::cover ? kMostCover : kMostDemand);
  const auto actions = static_cast<std::size_t>(node.at("actions").integer(2, kMostActions));
  std::vector<SkuActionLimits> limits;
  for (const JsonNode& item : node.at("mean_over_interval").items(metadata.skus.size())) {
    const BundleSku& sku = metadata.skus[limits.size()];
    limits.push_back(
        {sku.pack_size, sku.minimum_order_quantity, sku.maximum_order_quantity, item.number(0, kMostDemand)});
  }
  if (limits.size() != metadata.skus.size())
    node.at("mean_over_interval")
        .fail(fmt::format("{} entries for {} SKUs", limits.size(), metadata.skus.size()));
  return {kind, maximum, actions, std::move(limits)};
}

NetworkEntry read_network(const JsonNode& node, const BundleMetadata& metadata) {
  node.expect_members({"activation", "widths", "observation", "action"});
  NetworkEntry network;
  const std::string activation = node.at("activation").text(kLongestName);
  if (activation != "tanh" && activation != "relu")
    node.at("activation").fail(fmt::format("{}, expected tanh or relu", in_quotes(activation)));
  network.activation = activation == "tanh" ? learning::Activation::tanh : learning::Activation::relu;
  for (const JsonNode& width : node.at("widths").items(kMostLayers + 1))
    network.widths.push_back(static_cast<int>(width.integer(1, kWidest)));
  network.observation = read_observation(node.at("observation"), metadata);
  network.action = read_action(node.at("action"), metadata);
  const bool fits = network.widths.size() >= 2 &&
                    static_cast<std::size_t>(network.widths.front()) == network.observation.width() &&
                    static_cast<std::size_t>(network.widths.back()) == network.action.actions();
  if (!fits)
    node.at("widths").fail(fmt::format("expected to begin with {} inputs and to end with {} actions",
                                       network.observation.width(), network.action.actions()));
  return network;
}

exact::StateColumn read_column(const JsonNode& node) {
  constexpr std::int64_t kMostNumber = 100'000;
  node.expect_members({"kind", "number"});
  const auto kind = static_cast<exact::StateColumnKind>(
      place_among(exact::kStateColumnNames, node.at("kind"), "part of a state"));
  const bool counts_days =
      kind == exact::StateColumnKind::day_of_cycle || kind == exact::StateColumnKind::on_order_of_age;
  return {kind, node.at("number").integer(counts_days ? 1 : 0, counts_days ? kMostNumber : 0)};
}

TableEntry read_table(const JsonNode& node, const BundleMetadata& metadata) {
  node.expect_members({"columns", "states"});
  TableEntry table;
  for (const JsonNode& item : node.at("columns").items(kMostTableColumns)) {
    table.columns.push_back(read_column(item));
    const exact::StateColumn& column = table.columns.back();
    if (column.kind == exact::StateColumnKind::on_order_of_age &&
        column.number > static_cast<std::int64_t>(metadata.pipeline_width))
      item.at("number").fail(
          fmt::format("{}, and pipeline_width is {}", column.number, metadata.pipeline_width));
  }
  if (table.columns.empty()) node.at("columns").fail("is empty, expected what a state is made of");
  if (metadata.skus.size() != 1)
    node.fail(fmt::format("is of one SKU, and the bundle has {}", metadata.skus.size()));
  table.states = static_cast<std::size_t>(node.at("states").integer(1, kMostTableRows));
  return table;
}

std::vector<FileEntry> read_files(const JsonNode& node) {
  std::vector<FileEntry> files;
  std::unordered_set<std::string> seen{std::string(kManifestFile)};
  for (const JsonNode& item : node.items(kMostFiles)) {
    item.expect_members({"name", "bytes", "sha256"});
    const std::string name = item.at("name").text(kLongestName);
    if (!is_bundle_file(name))
      item.at("name").fail(fmt::format("{} is no file of a bundle", in_quotes(name)));
    if (!seen.insert(name).second) item.at("name").fail(fmt::format("{} stands here twice", in_quotes(name)));
    const auto bytes = static_cast<std::size_t>(item.at("bytes").integer(0, std::int64_t{1} << 40));
    files.push_back({name, bytes, hexadecimal_digest(item.at("sha256"))});
  }
  return files;
}

void check_format(const JsonNode& root) {
  const JsonNode format = root.at("format");
  if (format.text(kLongestName) != kFormat) format.fail(fmt::format("expected '{}'", kFormat));
  const JsonNode version = root.at("format_version");
  if (const std::int64_t found = version.integer(1, 1'000'000); found != 1)
    version.fail(fmt::format("{}, this program reads version 1; use a newer restock", found));
}

}  // namespace

Manifest read_manifest(const std::string& text, const std::string& file) {
  const nlohmann::json document = parse_json(text, file);
  const JsonNode root(document, file);
  check_format(root);
  check_own_digest(text, root.at("sha256"));
  Manifest manifest;
  manifest.metadata = read_metadata(root);
  const BundleKind kind = manifest.metadata.kind;
  root.expect_members({"format", "format_version", "sha256", "created_by", "kind", "name", "scenario",
                       "start", "pipeline_width", "forecaster", "forecast_levels", "covariates", "skus",
                       kBundleKindNames[static_cast<std::size_t>(kind)], "files"});
  if (kind == BundleKind::rule) manifest.rule = read_rule(root.at("rule"), manifest.metadata);
  if (kind == BundleKind::network) manifest.network = read_network(root.at("network"), manifest.metadata);
  if (kind == BundleKind::table) manifest.table = read_table(root.at("table"), manifest.metadata);
  manifest.files = read_files(root.at("files"));
  return manifest;
}

}  // namespace restock::bundle
