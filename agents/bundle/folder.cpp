#include "agents/bundle/folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "env/core/error.h"
#include "env/core/suggest.h"

namespace restock::bundle {

namespace {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int get() const noexcept { return number_; }

 private:
  int number_;
};

std::string why(int error) {
  if (error == ELOOP || error == EMLINK) return "is a symbolic link; a bundle holds plain files only";
  if (error == ENOENT) return "is missing; export the policy again or copy the whole folder";
  return fmt::format("cannot be read: {}", std::strerror(error));
}

int open_beneath(int folder, const std::string& name, int flags, const std::string& shown) {
  // O_NONBLOCK: a pipe that pretends to be a file must not make us wait.
  const int opened = ::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | flags);
  if (opened < 0) refuse(shown, {}, errno == ENOTDIR ? "is no folder, or a symbolic link" : why(errno));
  return opened;
}

std::string read_all(int file, std::size_t size, const std::string& shown) {
  std::string content(size, '\0');
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = ::read(file, content.data() + done, size - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) refuse(shown, {}, why(errno));
    if (got == 0) refuse(shown, {}, "has become shorter while it was read");
    done += static_cast<std::size_t>(got);
  }
  return content;
}

}  // namespace

void refuse(const std::string& file, const std::string& path, const std::string& message) {
  throw InputError(std::vector<Problem>{{file, 0, 0, path, message}});
}

bool is_bundle_file(std::string_view name) {
  constexpr std::array names{kManifestFile, kOnnxFile,       kWeightsFile,       kTableFile,
                             kGoldenFile,   kForecasterFile, kForecastGoldenFile};
  return std::find(names.begin(), names.end(), name) != names.end();
}

BundleFolder::BundleFolder(std::string path)
    : path_(std::move(path)), descriptor_(::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (descriptor_ >= 0) return;
  if (errno == ENOTDIR) refuse(path_, {}, "is a file, expected the folder that `restock export` has written");
  if (errno == ENOENT)
    refuse(path_, {}, "there is no such folder; expected one that `restock export` has written");
  refuse(path_, {}, why(errno));
}

BundleFolder::~BundleFolder() {
  ::close(descriptor_);
}

std::string BundleFolder::path_of(std::string_view name) const {
  return fmt::format("{}/{}", path_, name);
}

std::string BundleFolder::read(std::string_view name, std::size_t maximum_bytes) const {
  const std::string shown = path_of(name);
  if (!is_bundle_file(name)) refuse(path_, {}, fmt::format("{} is no file of a bundle", in_quotes(name)));
  const std::size_t slash = name.find('/');
  const bool nested = slash != std::string_view::npos;
  const Descriptor inner(
      nested ? open_beneath(descriptor_, std::string(name.substr(0, slash)), O_DIRECTORY, shown) : -1);
  const std::string last(nested ? name.substr(slash + 1) : name);
  const Descriptor file(open_beneath(nested ? inner.get() : descriptor_, last, 0, shown));
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) refuse(shown, {}, why(errno));
  if (!S_ISREG(status.st_mode)) refuse(shown, {}, "is no plain file");
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size > maximum_bytes)
    refuse(shown, {}, fmt::format("{} bytes, expected at most {}", size, maximum_bytes));
  return read_all(file.get(), size, shown);
}

}  // namespace restock::bundle
