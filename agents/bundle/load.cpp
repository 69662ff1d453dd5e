#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "agents/bundle/bundle.h"
#include "agents/bundle/folder.h"
#include "agents/bundle/forecast_golden.h"
#include "agents/bundle/golden.h"
#include "agents/bundle/manifest.h"
#include "agents/bundle/order_table.h"
#include "agents/bundle/sha256.h"
#include "agents/bundle/weights.h"
#include "env/core/error.h"
#include "forecasting/forecasters.h"

namespace restock::bundle {

namespace {

/// Contents by name.
using Contents = std::map<std::string, std::string, std::less<>>;

std::size_t largest(std::string_view name) {
  if (name == kGoldenFile || name == kForecastGoldenFile) return kMostGoldenBytes;
  return forecasting::kMaximumTensorFileBytes;
}

/// The bundle lists exactly the files that its kind needs.
void check_listed(const Manifest& manifest, const std::string& file) {
  const bool has_network = manifest.network.has_value();
  const bool has_forecaster = !manifest.metadata.forecast_levels.empty();
  std::vector<std::string_view> needed;
  for (const auto& [name, is_needed] :
       {std::pair(kGoldenFile, true), std::pair(kOnnxFile, has_network), std::pair(kWeightsFile, has_network),
        std::pair(kTableFile, manifest.table.has_value()), std::pair(kForecasterFile, has_forecaster),
        std::pair(kForecastGoldenFile, has_forecaster)})
    if (is_needed) needed.push_back(name);
  for (const std::string_view name : needed) {
    const auto listed = [&](const FileEntry& entry) { return entry.name == name; };
    if (std::none_of(manifest.files.begin(), manifest.files.end(), listed))
      refuse(file, "files", fmt::format("does not list {}; export the policy again", name));
  }
  if (manifest.files.size() != needed.size())
    refuse(file, "files", fmt::format("lists {} files, expected {}", manifest.files.size(), needed.size()));
}

Contents read_files(const BundleFolder& folder, const Manifest& manifest) {
  Contents contents;
  for (const FileEntry& entry : manifest.files) {
    std::string content = folder.read(entry.name, largest(entry.name));
    if (content.size() != entry.bytes || sha256(content) != entry.sha256)
      refuse(folder.path_of(entry.name), {},
             "has been changed since it was exported (its SHA-256 is not the one in policy.json); export the "
             "policy again");
    if (entry.name != kOnnxFile)
      contents.emplace(entry.name, std::move(content));  // that one is for other programs
  }
  return contents;
}

std::unique_ptr<learning::LearnedPolicy> network_policy(const Manifest& manifest, const Contents& contents,
                                                        const BundleFolder& folder) {
  const NetworkEntry& entry = *manifest.network;
  return std::make_unique<learning::LearnedPolicy>(
      manifest.metadata.name, entry.observation, entry.action,
      read_weights(contents.find(kWeightsFile)->second, entry.widths, entry.activation,
                   folder.path_of(kWeightsFile)));
}

/// A policy must not read what the bundle does not give it.
void check_needs(const Policy& policy, const BundleMetadata& metadata, const std::string& file) {
  if (policy.needs_pipeline() && metadata.pipeline_width == 0)
    refuse(file, "pipeline_width", "0, and the policy looks at open orders by age; export the policy again");
  const auto* network = dynamic_cast<const learning::LearnedPolicy*>(&policy);
  const bool must_forecast = network ? network->observation().needs_forecast() : policy.needs_forecast();
  if (must_forecast && metadata.forecast_levels.empty())
    refuse(file, "forecast_levels", "is empty, and the policy looks at forecasts; export the policy again");
}

std::unique_ptr<forecasting::ForecastModel> read_forecaster(const BundleFolder& folder,
                                                            const Contents& contents,
                                                            const BundleMetadata& metadata) {
  const std::string file = folder.path_of(kForecasterFile);
  const auto tensors = forecasting::parse_tensor_file(contents.find(kForecasterFile)->second, file);
  if (tensors.text("name") != metadata.forecaster)
    refuse(file, {},
           fmt::format("is no '{}', as policy.json says; export the policy again", metadata.forecaster));
  auto model = forecasting::find_forecaster(metadata.forecaster).load(tensors);
  replay_forecasts(*model, contents.find(kForecastGoldenFile)->second, folder.path_of(kForecastGoldenFile),
                   metadata);
  return model;
}

Bundle load(const BundleFolder& folder) {
  const std::string manifest_file = folder.path_of(kManifestFile);
  const Manifest manifest = read_manifest(folder.read(kManifestFile, kMostManifestBytes), manifest_file);
  check_listed(manifest, manifest_file);
  const Contents contents = read_files(folder, manifest);
  Bundle bundle;
  bundle.folder = folder.path();
  bundle.metadata = manifest.metadata;
  if (manifest.table) {
    bundle.policy = std::make_unique<exact::LookupPolicy>(
        read_order_table(contents.find(kTableFile)->second, manifest.table->columns, manifest.table->states,
                         folder.path_of(kTableFile)));
  } else if (manifest.network) {
    auto network = network_policy(manifest, contents, folder);
    bundle.network = network.get();
    bundle.policy = std::move(network);
  } else {
    bundle.policy = policies::make_policy(*manifest.rule);
  }
  check_needs(*bundle.policy, bundle.metadata, manifest_file);
  if (!bundle.metadata.forecast_levels.empty())
    bundle.forecaster = read_forecaster(folder, contents, bundle.metadata);
  const std::string golden_file = folder.path_of(kGoldenFile);
  const std::size_t actions = bundle.network ? bundle.network->action().actions() : 0;
  replay_examples(read_golden(contents.find(kGoldenFile)->second, golden_file, bundle.metadata, actions),
                  *bundle.policy, bundle.network, bundle.metadata, golden_file);
  return bundle;
}

}  // namespace

Quantity legal_order_quantity(const BundleSku& sku, Quantity wanted) noexcept {
  SourceModel limits;
  limits.pack_size = sku.pack_size;
  limits.minimum_order_quantity = sku.minimum_order_quantity;
  limits.maximum_order_quantity = sku.maximum_order_quantity;
  return restock::legal_order_quantity(limits, wanted);
}

Bundle load_bundle(const std::string& path) {
  const BundleFolder folder(path);
  try {
    return load(folder);
  } catch (const InputError& error) {  // problems that do not know their file get the bundle's name
    std::vector<Problem> problems = error.problems();
    for (Problem& problem : problems)
      if (problem.file.empty()) problem.file = path;
    throw InputError(std::move(problems));
  }
}

}  // namespace restock::bundle
