// The folder that a bundle is, read and written with suspicion.
//
// Reading never leaves the folder: names are fixed, and a symbolic link, a device or a file that is larger
// than allowed is refused. Writing never shows a half-written bundle: everything goes to a temporary folder
// beside the target, is flushed to disk, and takes the target's name in one step.
#pragma once

#include <string>
#include <string_view>

namespace restock::bundle {

/// The files of a bundle.
inline constexpr std::string_view kManifestFile = "policy.json";
inline constexpr std::string_view kOnnxFile = "policy.onnx";
inline constexpr std::string_view kWeightsFile = "weights.safetensors";
inline constexpr std::string_view kTableFile = "orders.safetensors";
inline constexpr std::string_view kGoldenFile = "golden.jsonl";
inline constexpr std::string_view kForecasterFolder = "forecaster";
inline constexpr std::string_view kForecasterFile = "forecaster/model.safetensors";
inline constexpr std::string_view kForecastGoldenFile = "forecaster/golden.json";
/// The first member of policy.json: what makes a folder a bundle.
inline constexpr std::string_view kFormat = "restock policy bundle";

/// Whether `name` is one of the files above.
bool is_bundle_file(std::string_view name);

/// One problem with a file of a bundle, thrown as InputError.
[[noreturn]] void refuse(const std::string& file, const std::string& path, const std::string& message);

/// An existing bundle, read.
class BundleFolder {
 public:
  /// Throws InputError where there is no folder of this name.
  explicit BundleFolder(std::string path);
  BundleFolder(const BundleFolder&) = delete;
  BundleFolder& operator=(const BundleFolder&) = delete;
  ~BundleFolder();

  const std::string& path() const noexcept { return path_; }
  std::string path_of(std::string_view name) const;
  /// The whole file. Throws InputError where the name is none of a bundle, where it is no regular file, or
  /// where it is larger.
  std::string read(std::string_view name, std::size_t maximum_bytes) const;

 private:
  std::string path_;
  int descriptor_;
};

/// A bundle that is being written.
class NewBundleFolder {
 public:
  /// Creates the temporary folder. Throws InputError where the target exists and is neither empty nor a
  /// bundle.
  explicit NewBundleFolder(const std::string& target);
  NewBundleFolder(const NewBundleFolder&) = delete;
  NewBundleFolder& operator=(const NewBundleFolder&) = delete;
  /// Removes what has not been published.
  ~NewBundleFolder();

  /// The temporary folder.
  const std::string& path() const noexcept { return temporary_; }
  void write(std::string_view name, std::string_view content) const;
  /// Flushes everything to disk and gives it the target's name; a bundle that stood there is replaced in the
  /// same step.
  void publish();

 private:
  std::string target_;
  std::string temporary_;
};

}  // namespace restock::bundle
