#include "env/core/atomic_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "env/core/error.h"

namespace restock {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& file, const std::string& what) {
  throw InputError(std::vector<Problem>{{file, 0, 0, {}, what}});
}

[[noreturn]] void fail_with_errno(const std::string& file, std::string_view what) {
  fail(file, fmt::format("{}: {}", what, std::strerror(errno)));
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int get() const noexcept { return number_; }
  bool close_now() noexcept { return ::close(std::exchange(number_, -1)) == 0; }

 private:
  int number_;
};

/// Removes the file unless it has been renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string name) : name_(std::move(name)) {}
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (!name_.empty()) ::unlink(name_.c_str());
  }
  const std::string& name() const noexcept { return name_; }
  void renamed() noexcept { name_.clear(); }

 private:
  std::string name_;
};

fs::path folder_of(const std::string& file) {
  const fs::path parent = fs::path(file).parent_path();
  return parent.empty() ? fs::path(".") : parent;
}

void make_parents(const std::string& file) {
  if (file.empty() || fs::path(file).filename().empty()) fail(file, "is not the name of a file");
  std::error_code error;
  fs::create_directories(folder_of(file), error);
  if (error) fail(file, fmt::format("cannot create its folder: {}", error.message()));
}

/// A hidden name beside the target that keeps its extension, because some libraries choose a format by it.
std::string temporary_name(const std::string& file) {
  static std::atomic<unsigned> count = 0;
  std::string name = fs::path(file).filename().string();
  constexpr std::size_t kLongest = 200;
  if (name.size() > kLongest) name.erase(0, name.size() - kLongest);
  while (true) {
    fs::path path = folder_of(file) / fmt::format(".tmp-{}-{}-{}", ::getpid(), count.fetch_add(1), name);
    std::error_code ignored;
    if (!fs::exists(fs::symlink_status(path, ignored))) return path.string();
  }
}

void write_all(const Descriptor& out, const std::string& file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(out.get(), content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail_with_errno(file, "cannot be written");
    content.remove_prefix(static_cast<std::size_t>(written));
  }
}

void flush_folder(const std::string& file) {
  const Descriptor folder(::open(folder_of(file).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() >= 0)
    ::fsync(folder.get());  // some file systems refuse it for folders; the file itself is safe
}

void flush_and_rename(TemporaryFile& temporary, const std::string& file) {
  Descriptor written(::open(temporary.name().c_str(), O_RDONLY | O_CLOEXEC));
  if (written.get() < 0) fail_with_errno(file, "cannot be written");
  if (::fsync(written.get()) != 0 || !written.close_now()) fail_with_errno(file, "cannot be flushed to disk");
  if (::rename(temporary.name().c_str(), file.c_str()) != 0) fail_with_errno(file, "cannot be replaced");
  temporary.renamed();
  flush_folder(file);
}

}  // namespace

void write_file_atomically(const std::string& file, std::string_view content) {
  write_file_atomically(file, [&](const std::string& temporary) {
    Descriptor out(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (out.get() < 0) fail_with_errno(file, "cannot be written");
    write_all(out, file, content);
    if (!out.close_now()) fail_with_errno(file, "cannot be written");
  });
}

void write_file_atomically(const std::string& file, const std::function<void(const std::string&)>& write) {
  make_parents(file);
  TemporaryFile temporary(temporary_name(file));
  write(temporary.name());
  flush_and_rename(temporary, file);
}

std::string read_file(const std::string& file, std::size_t maximum_bytes) {
  const Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (in.get() < 0) fail_with_errno(file, "cannot be read");
  constexpr std::size_t kBlock = std::size_t{1} << 16;
  std::string content;
  while (true) {
    const std::size_t old_size = content.size();
    content.resize(old_size + kBlock);
    const ssize_t got = ::read(in.get(), content.data() + old_size, kBlock);
    content.resize(old_size + (got > 0 ? static_cast<std::size_t>(got) : 0));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail_with_errno(file, "cannot be read");
    if (got == 0) return content;
    if (content.size() > maximum_bytes)
      fail(file, fmt::format("is larger than the {} bytes allowed here", maximum_bytes));
  }
}

}  // namespace restock
