#include "experiments/sweep/job_queue.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <utility>

#include "env/core/atomic_file.h"
#include "env/core/error.h"

namespace restock::experiments {

namespace fs = std::filesystem;

namespace {

/// Opens and locks; -1 where the file is gone or somebody else holds the lock. The descriptor is inherited by
/// children.
int lock_file(const std::string& file) {
  const int descriptor = open(file.c_str(), O_RDWR);
  if (descriptor < 0) return -1;
  if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
  close(descriptor);
  return -1;
}

}  // namespace

ClaimedJob::ClaimedJob(ClaimedJob&& other) noexcept
    : name_(std::move(other.name_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

ClaimedJob& ClaimedJob::operator=(ClaimedJob&& other) noexcept {
  release();
  name_ = std::move(other.name_);
  descriptor_ = std::exchange(other.descriptor_, -1);
  return *this;
}

ClaimedJob::~ClaimedJob() {
  release();
}

void ClaimedJob::release() noexcept {
  if (descriptor_ >= 0) close(descriptor_);
  descriptor_ = -1;
}

JobQueue::JobQueue(std::string folder) : folder_(std::move(folder)) {
  for (const char* state : {"queue", "claimed", "done"}) {
    std::error_code error;
    fs::create_directories(folder_ + "/" + state, error);
    if (error)
      throw InputError(fmt::format("{}/{}: cannot create the folder: {}", folder_, state, error.message()));
  }
}

std::vector<std::string> JobQueue::names_in(const char* state) const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder_ + "/" + state))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

void JobQueue::add(const std::vector<std::string>& names) const {
  for (const std::string& name : names)
    if (!fs::exists(file("queue", name)) && !fs::exists(file("claimed", name)) &&
        !fs::exists(file("done", name)))
      write_file_atomically(file("queue", name), "");
}

/// The lock is taken before the rename, so that a claim without a lock always means a worker that is gone.
std::optional<ClaimedJob> JobQueue::claim() const {
  for (const std::string& name : waiting()) {
    const int descriptor = lock_file(file("queue", name));
    if (descriptor < 0) continue;
    ClaimedJob job(name, descriptor);
    if (std::rename(file("queue", name).c_str(), file("claimed", name).c_str()) == 0) return job;
  }
  return std::nullopt;
}

void JobQueue::move(const std::string& name, const char* from, const char* to) const {
  if (std::rename(file(from, name).c_str(), file(to, name).c_str()) != 0)
    throw InputError(
        fmt::format("{}: cannot be moved to {}; was the sweep's folder changed?", file(from, name), to));
}

void JobQueue::finish(const ClaimedJob& job) const {
  move(job.name(), "claimed", "done");
}
void JobQueue::give_back(const ClaimedJob& job) const {
  move(job.name(), "claimed", "queue");
}

void JobQueue::recover() const {
  for (const std::string& name : claimed()) {
    const int descriptor = lock_file(file("claimed", name));
    if (descriptor < 0) continue;
    const ClaimedJob job(name, descriptor);
    give_back(job);
  }
}

}  // namespace restock::experiments
