#include "agents/learning/learner.h"

#include <algorithm>

#include "env/core/atomic_file.h"

namespace restock::learning {

namespace {

constexpr std::string_view kCheckpointVersion = "restock checkpoint 1";
constexpr std::size_t kMaximumCheckpointBytes = std::size_t{8} << 30;

}  // namespace

void describe(FieldVisitor& visitor, TrainingLimits& limits) {
  visitor.field(
      "steps", limits.steps,
      {.meaning = "training ends after this many decisions of a row", .minimum = 1, .maximum = 1e12});
  visitor.field("seconds", limits.seconds,
                {.meaning = "or after this much time in the learner, whichever comes first; schedules follow",
                 .unit = "s",
                 .minimum = 0.001,
                 .maximum = 1e7});
}

void save_checkpoint(const Learner& learner, const std::string& file) {
  ByteWriter writer;
  writer.section(kCheckpointVersion);
  learner.save(writer);
  write_file_atomically(file, writer.bytes());
}

void load_checkpoint(Learner& learner, const std::string& file) {
  const std::string bytes = read_file(file, kMaximumCheckpointBytes);
  ByteReader reader(bytes, file);
  reader.section(kCheckpointVersion);
  learner.load(reader);
  reader.finish();
}

void ProgressClock::stop(std::int64_t steps) noexcept {
  steps_ += steps;
  seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
}

Progress ProgressClock::progress() const noexcept {
  const double by_steps = static_cast<double>(steps_) / static_cast<double>(limits_.steps);
  return {steps_, seconds_, std::min(1.0, std::max(by_steps, seconds_ / limits_.seconds))};
}

void ProgressClock::save(ByteWriter& writer) const {
  writer.section("progress");
  writer.value(steps_);
  writer.value(seconds_);
}

void ProgressClock::load(ByteReader& reader) {
  reader.section("progress");
  reader.value(steps_);
  reader.value(seconds_);
}

Streams::Streams(VectorEnv& environments) : environments_(environments), buffers_(environments.dimensions()) {
  environments_.reset(buffers_);
}

void Streams::save(ByteWriter& writer) const {
  std::vector<std::byte> bytes;
  environments_.save(bytes);
  writer.section("environments");
  writer.values(std::span<const std::byte>(bytes));
}

void Streams::load(ByteReader& reader) {
  std::vector<std::byte> bytes;
  reader.section("environments");
  reader.sized_values(bytes);
  environments_.restore(bytes, buffers_);
}

}  // namespace restock::learning
