// policy.json: what a bundle is, in words and numbers that a person can read. Every file beside it stands
// here with its size and SHA-256; policy.json carries its own digest, taken with 64 zeros in the digest's
// place, so that no byte of a bundle can change unnoticed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agents/bundle/bundle.h"
#include "agents/learning/network/mlp.h"
#include "agents/policies/exact/state_column.h"
#include "agents/policies/parameters.h"
#include "env/action_spec.h"
#include "env/observation_spec.h"

namespace restock::bundle {

inline constexpr std::size_t kMostManifestBytes = std::size_t{64} << 20;
inline constexpr std::size_t kMostSkus = 100'000;
inline constexpr std::int64_t kMostActions = 1024;

struct FileEntry {
  std::string name;
  std::size_t bytes = 0;
  std::string sha256;
};

/// What policy.json says of a network; its weights lie in a file of their own.
struct NetworkEntry {
  learning::Activation activation = learning::Activation::tanh;
  std::vector<int> widths;  ///< inputs, hidden layers, actions
  ObservationSpec observation;
  ActionSpec action;
};

/// What policy.json says of a table; its states and orders lie in a file of their own.
struct TableEntry {
  std::vector<exact::StateColumn> columns;
  std::size_t states = 0;
};

struct Manifest {
  BundleMetadata metadata;
  std::optional<policies::PolicyParameters> rule;  ///< exactly one of these three
  std::optional<NetworkEntry> network;
  std::optional<TableEntry> table;
  std::vector<FileEntry> files;
};

std::string manifest_text(const Manifest& manifest);
/// Throws InputError where anything is missing, unknown, out of range, or does not fit the rest.
Manifest read_manifest(const std::string& text, const std::string& file);

}  // namespace restock::bundle
