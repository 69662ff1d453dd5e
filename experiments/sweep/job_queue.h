// Jobs of a sweep as files, claimed by atomic rename, so that several workers on one disk share them and none
// is done twice.
//
//   queue/NAME      waits
//   claimed/NAME    is being done; its worker, and the child that works for it, hold a lock (flock) on the
//   file done/NAME       has ended
//
// Where a worker was killed, the lock is gone and the claim goes back to the queue.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace restock::experiments {

/// A job that this process holds. Moves, never copies; the lock ends with the last process that has the
/// descriptor open.
class ClaimedJob {
 public:
  ClaimedJob(std::string name, int descriptor) : name_(std::move(name)), descriptor_(descriptor) {}
  ClaimedJob(ClaimedJob&& other) noexcept;
  ClaimedJob& operator=(ClaimedJob&& other) noexcept;
  ~ClaimedJob();
  const std::string& name() const noexcept { return name_; }

 private:
  void release() noexcept;
  std::string name_;
  int descriptor_ = -1;
};

class JobQueue {
 public:
  explicit JobQueue(std::string folder);

  /// Adds the jobs that are not known yet, in any state.
  void add(const std::vector<std::string>& names) const;
  /// Takes a waiting job, in the order of names; nullopt where none waits.
  std::optional<ClaimedJob> claim() const;
  void finish(const ClaimedJob& job) const;
  /// Gives the job back, for a later try.
  void give_back(const ClaimedJob& job) const;
  /// Puts claims whose workers are gone back into the queue.
  void recover() const;

  std::vector<std::string> waiting() const { return names_in("queue"); }
  std::vector<std::string> claimed() const { return names_in("claimed"); }
  std::vector<std::string> done() const { return names_in("done"); }

 private:
  std::string file(const char* state, const std::string& name) const {
    return folder_ + "/" + state + "/" + name;
  }
  std::vector<std::string> names_in(const char* state) const;
  void move(const std::string& name, const char* from, const char* to) const;

  std::string folder_;
};

}  // namespace restock::experiments
