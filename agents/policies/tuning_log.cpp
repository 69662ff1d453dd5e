#include "agents/policies/tuning_log.h"

#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <filesystem>

#include "env/core/atomic_file.h"
#include "env/core/error.h"
#include "env/core/ledger_hash.h"

namespace restock::policies {

namespace {

constexpr std::string_view kFirstLine = "restock tuning 1\n";
constexpr std::size_t kMostBytes = std::size_t{4} << 30;

std::string_view next_word(std::string_view& line) {
  const std::size_t end = std::min(line.find(' '), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return word;
}

}  // namespace

TuningLog::TuningLog(std::string file, std::size_t skus, std::size_t replications)
    : file_(std::move(file)), skus_(skus), replications_(replications), text_(kFirstLine) {
  if (!file_.empty() && std::filesystem::exists(file_)) read();
}

void TuningLog::refuse(const std::string& why) const {
  throw InputError(fmt::format("tuning state '{}': {}; delete it, or name another file", file_, why));
}

void TuningLog::read() {
  const std::string content = read_file(file_, kMostBytes);
  std::string_view rest = content;
  if (!rest.starts_with(kFirstLine)) refuse("is no state of a tuning of this version");
  rest.remove_prefix(kFirstLine.size());
  for (std::size_t number = 2; !rest.empty(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    known_.push_back(parse(rest.substr(0, end), number));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

TuningLog::Line TuningLog::parse(std::string_view line, std::size_t number) const {
  Line result;
  const std::string_view name = next_word(line);
  const auto parsed = std::from_chars(name.data(), name.data() + name.size(), result.fingerprint, 16);
  bool good = parsed.ec == std::errc() && parsed.ptr == name.data() + name.size();
  result.costs.assign(skus_, std::vector<double>(replications_));
  for (std::vector<double>& of_sku : result.costs)
    for (double& cost : of_sku) {
      const std::string_view word = next_word(line);
      const auto value = std::from_chars(word.data(), word.data() + word.size(), cost);
      good = good && value.ec == std::errc() && value.ptr == word.data() + word.size();
    }
  if (!good || !line.empty())
    refuse(
        fmt::format("line {} is no simulation of {} SKUs in {} replications", number, skus_, replications_));
  return result;
}

SimulatedCosts TuningLog::take(const PolicyParameters& parameters) {
  Line line = std::move(known_.front());
  known_.pop_front();
  if (line.fingerprint != fingerprint_of(parameters))
    refuse("belongs to another policy, scenario or setting");
  add(parameters, line.costs);
  return std::move(line.costs);
}

void TuningLog::add(const PolicyParameters& parameters, const SimulatedCosts& costs) {
  if (file_.empty()) return;
  text_ += fmt::format("{:016x}", fingerprint_of(parameters));
  for (const std::vector<double>& of_sku : costs)
    for (const double cost : of_sku) fmt::format_to(std::back_inserter(text_), " {}", cost);
  text_ += '\n';
  is_written_ = false;
  if (known_.empty() && Clock::now() >= next_write_) flush();
}

void TuningLog::flush() {
  if (file_.empty() || is_written_ || !known_.empty()) return;
  const Clock::time_point start = Clock::now();
  write_file_atomically(file_, text_);
  is_written_ = true;
  next_write_ = Clock::now() + 20 * (Clock::now() - start);
}

std::uint64_t TuningLog::fingerprint_of(const PolicyParameters& parameters) {
  std::uint64_t hash = 0;
  const auto add = [&hash](std::uint64_t field) { hash = absorb(hash, field); };
  for (const char letter : parameters.policy) add(static_cast<unsigned char>(letter));
  for (const std::vector<double>& values : parameters.values)
    for (const double value : values) add(std::bit_cast<std::uint64_t>(value));
  for (const WeekdayValue& other : parameters.weekdays) {
    add(other.place.sku);
    add(other.place.parameter);
    add(static_cast<std::uint64_t>(other.weekday));
    add(std::bit_cast<std::uint64_t>(other.value));
  }
  for (const ParameterPlace& place : parameters.times_forecast) {
    add(place.sku);
    add(place.parameter);
  }
  return hash;
}

}  // namespace restock::policies
