#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include "agents/bundle/folder.h"
#include "env/core/atomic_file.h"
#include "env/core/error.h"

namespace restock::bundle {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse_target(const std::string& target, const std::string& why) {
  refuse(target, {}, why + "; name a folder that does not exist yet, an empty one or a bundle");
}

/// Whether the file begins as policy.json does.
bool begins_as_manifest(const fs::path& file) {
  std::error_code ignored;
  if (!fs::is_regular_file(fs::symlink_status(file, ignored))) return false;
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::fopen(file.c_str(), "rb"), &std::fclose);
  if (!in) return false;
  std::string head(256, '\0');
  head.resize(std::fread(head.data(), 1, head.size(), in.get()));
  return head.find(kFormat) != std::string::npos;
}

/// Nobody's files are lost by replacing the target: it does not exist, is empty, or holds a bundle and
/// nothing else.
void check_replaceable(const std::string& target) {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(target, error);
  if (!fs::exists(status)) return;
  if (!fs::is_directory(status)) refuse_target(target, "is no folder");
  bool empty = true;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(target, error)) {
    empty = false;
    const std::string name = entry.path().lexically_relative(target).string();
    if (name != kForecasterFolder && !is_bundle_file(name))
      refuse_target(target, fmt::format("holds '{}', which is no part of a bundle", name));
  }
  if (error) refuse_target(target, fmt::format("cannot be read ({})", error.message()));
  if (!empty && !begins_as_manifest(fs::path(target) / kManifestFile))
    refuse_target(target, "holds files, and no policy.json of a bundle");
}

std::string without_last_slash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

std::string sibling_name(const std::string& target, std::string_view purpose) {
  static std::atomic<unsigned> count = 0;
  const fs::path path(target);
  while (true) {
    const fs::path sibling = path.parent_path() / fmt::format(".{}-{}-{}-{}", purpose, ::getpid(),
                                                              count.fetch_add(1), path.filename().string());
    std::error_code ignored;
    if (!fs::exists(fs::symlink_status(sibling, ignored))) return sibling.string();
  }
}

void flush(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) refuse(path, {}, fmt::format("cannot be flushed to disk: {}", std::strerror(errno)));
  const bool is_folder = fs::is_directory(path);
  const bool done = ::fsync(descriptor) == 0 || is_folder;  // some file systems refuse it for folders
  ::close(descriptor);
  if (!done) refuse(path, {}, fmt::format("cannot be flushed to disk: {}", std::strerror(errno)));
}

void flush_all(const std::string& folder) {
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
    flush(entry.path().string());
  flush(folder);
}

}  // namespace

NewBundleFolder::NewBundleFolder(const std::string& target) : target_(without_last_slash(target)) {
  if (target_.empty() || fs::path(target_).filename().empty())
    refuse(target, {}, "is not the name of a folder");
  check_replaceable(target_);
  std::error_code error;
  const fs::path parent = fs::path(target_).parent_path();
  if (!parent.empty()) fs::create_directories(parent, error);
  std::string temporary = sibling_name(target_, "tmp");
  if (error || ::mkdir(temporary.c_str(), 0777) != 0)
    refuse(target_, {}, fmt::format("cannot be created: {}", error ? error.message() : std::strerror(errno)));
  temporary_ = std::move(temporary);
}

NewBundleFolder::~NewBundleFolder() {
  std::error_code ignored;
  if (!temporary_.empty()) fs::remove_all(temporary_, ignored);
}

void NewBundleFolder::write(std::string_view name, std::string_view content) const {
  write_file_atomically(fmt::format("{}/{}", temporary_, name), content);
}

void NewBundleFolder::publish() {
  flush_all(temporary_);
  check_replaceable(target_);  // again: time has passed
  // A new name, or an empty folder that the rename replaces.
  if (::rename(temporary_.c_str(), target_.c_str()) == 0) {
    temporary_.clear();
  } else if (errno != ENOTEMPTY && errno != EEXIST) {
    refuse(target_, {}, fmt::format("cannot be created: {}", std::strerror(errno)));
  } else if (::renameat2(AT_FDCWD, temporary_.c_str(), AT_FDCWD, target_.c_str(), RENAME_EXCHANGE) != 0) {
    refuse(target_, {}, fmt::format("cannot be replaced: {}; name a new folder", std::strerror(errno)));
  }  // after an exchange the old bundle has the temporary name, and the destructor removes it
  const fs::path parent = fs::path(target_).parent_path();
  flush(parent.empty() ? "." : parent.string());
}

}  // namespace restock::bundle
