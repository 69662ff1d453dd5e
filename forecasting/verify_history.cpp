#include "forecasting/verify_history.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <numeric>
#include <unordered_set>
#include <vector>

#include "env/core/csv.h"
#include "env/core/suggest.h"

namespace restock::forecasting {

namespace {

constexpr double kMostUnits = 1e9;

struct Row {
  std::size_t line = 0;
  Date date{};
  double units = 0;
  bool has_units = false;
  bool was_told = false;  ///< that its units are none
};

/// The rows of one series, in the order of the file.
struct Block {
  std::string id;
  std::vector<Row> rows;
};

/// A finite number, nothing else.
std::optional<double> number_in(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

double median_of(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

/// The step that fits most of the ascending dates: of days, weeks and months the longest that half of the
/// differences are.
Frequency step_of(const std::vector<Row>& rows) {
  std::size_t weeks = 0;
  std::size_t months = 0;
  std::size_t steps = 0;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto days = (rows[i].date - rows[i - 1].date).count();
    if (days <= 0) continue;
    ++steps;
    weeks += days % 7 == 0 ? 1 : 0;
    months += days >= 28 && steps_between(rows[i - 1].date, rows[i].date, Frequency::month) ? 1 : 0;
  }
  if (steps > 0 && 2 * months > steps) return Frequency::month;
  return steps > 0 && 2 * weeks > steps ? Frequency::week : Frequency::day;
}

class Verifier {
 public:
  Verifier(const std::string& file, const VerifyConfig& config, const std::function<void(const Fault&)>& tell)
      : file_(file),
        csv_(file),
        config_(config),
        tell_(tell),
        id_(csv_.column("unique_id")),
        ds_(csv_.column("ds")),
        y_(csv_.column("y")) {}

  VerifiedHistory run() {
    while (next_row())
      if (csv_.fields()[id_].empty())
        add(FaultKind::row, csv_.line(), "unique_id", "is empty, expected the name of a series");
      else
        take_row();
    finish_block();
    if (found_.rows == 0) throw InputError(file_ + ": no rows below the header");
    const auto most = std::ranges::max_element(steps_, {}, [](const auto& step) { return step.second; });
    if (most != steps_.end()) found_.frequency = most->first;
    return found_;
  }

 private:
  void add(FaultKind kind, std::size_t line, std::string_view column, std::string message) {
    ++found_.faults[static_cast<std::size_t>(kind)];
    tell_({kind, line, std::string(column), block_.id, std::move(message)});
  }

  /// Rows that are none (fields that lack or are too many, stray quotes) are told and passed over.
  bool next_row() {
    for (;;) {
      try {
        return csv_.next();
      } catch (const InputError& error) {
        if (broken_line_ == csv_.line()) throw;  // nothing is read any more
        broken_line_ = csv_.line();
        ++found_.rows;
        add(FaultKind::row, error.problems().front().line, {}, error.problems().front().message);
      }
    }
  }

  void take_row() {
    ++found_.rows;
    const std::string& id = csv_.fields()[id_];
    if (found_.series == 0 || id != block_.id) start_block(id);
    Row row{.line = csv_.line()};
    const bool has_date = read_date(row);
    read_units(row);
    if (has_date) block_.rows.push_back(row);
  }

  void start_block(const std::string& id) {
    finish_block();
    block_.id = id;
    if (seen_.insert(id).second)
      ++found_.series;
    else
      add(FaultKind::scattered, csv_.line(), "unique_id",
          in_quotes(id) + " stood further up already, expected all rows of a series together");
  }

  bool read_date(Row& row) {
    const std::string& text = csv_.fields()[ds_];
    const auto date = parse_date(text);
    if (!date) {
      add(FaultKind::date, row.line, "ds", in_quotes(text) + " is no date such as 2026-01-31");
      return false;
    }
    row.date = *date;
    found_.first = std::min(found_.first.value_or(*date), *date);
    found_.last = std::max(found_.last.value_or(*date), *date);
    return true;
  }

  void read_units(Row& row) {
    const std::string& text = csv_.fields()[y_];
    if (text.empty()) return;
    const auto value = number_in(text);
    row.has_units = value && *value >= 0 && *value <= kMostUnits;
    row.was_told = !row.has_units;
    if (!value || *value > kMostUnits)
      add(FaultKind::number, row.line, "y", in_quotes(text) + " is no number of units up to 1e9");
    else if (*value < 0)
      add(FaultKind::negative, row.line, "y", text + " units, expected 0 or more (net returns before)");
    row.units = value.value_or(0);
  }

  void finish_block() {
    if (block_.rows.empty()) return;
    check_missing();
    check_order();
    check_steps();
    check_outliers();
    block_.rows.clear();
  }

  /// Empty sales may stand at the end, for days to come.
  void check_missing() {
    std::size_t last = block_.rows.size();
    while (last > 0 && !block_.rows[last - 1].has_units) --last;
    for (std::size_t i = 0; i < last; ++i)
      if (!block_.rows[i].has_units && !block_.rows[i].was_told)
        add(FaultKind::missing, block_.rows[i].line, "y",
            "is empty, expected the units sold (0 where none were)");
  }

  void check_order() {
    for (std::size_t i = 1; i < block_.rows.size(); ++i)
      if (block_.rows[i].date < block_.rows[i - 1].date)
        add(FaultKind::unsorted, block_.rows[i].line, "ds",
            fmt::format("{} stands after {}, expected ascending dates", format_date(block_.rows[i].date),
                        format_date(block_.rows[i - 1].date)));
    std::ranges::stable_sort(block_.rows, {}, &Row::date);
    for (std::size_t i = 1; i < block_.rows.size(); ++i)
      if (block_.rows[i].date == block_.rows[i - 1].date)
        add(FaultKind::duplicate, block_.rows[i].line, "ds",
            fmt::format("{} stands in line {} too", format_date(block_.rows[i].date),
                        block_.rows[i - 1].line));
  }

  void check_steps() {
    const Frequency step = step_of(block_.rows);
    ++steps_[step];
    for (std::size_t i = 1; i < block_.rows.size(); ++i) {
      const Row& before = block_.rows[i - 1];
      const Row& row = block_.rows[i];
      const auto steps = steps_between(before.date, row.date, step);
      if (!steps)
        add(FaultKind::step, row.line, "ds",
            fmt::format("{} days after {}, expected whole {}s as in most of the series",
                        (row.date - before.date).count(), format_date(before.date), name_of(step)));
      else if (*steps > 1)
        add(FaultKind::gap, row.line, "ds",
            fmt::format("{} {}s are missing after {}", *steps - 1, name_of(step), format_date(before.date)));
    }
  }

  void check_outliers() {
    std::vector<double> logs;
    for (const Row& row : block_.rows)
      if (row.has_units && row.units > 0) logs.push_back(std::log1p(row.units));
    if (static_cast<std::int64_t>(logs.size()) < config_.fewest_for_outliers) return;
    const double median = median_of(logs);
    std::vector<double> deviations;
    for (const double value : logs) deviations.push_back(std::abs(value - median));
    constexpr double kNormal = 1.4826;
    constexpr double kLeast = 0.1;  // where most days sell alike
    const double deviation = std::max(kNormal * median_of(deviations), kLeast);
    for (const Row& row : block_.rows) {
      const double far = (std::log1p(row.units) - median) / deviation;
      if (row.has_units && far > config_.outlier_deviations)
        add(FaultKind::outlier, row.line, "y",
            fmt::format("{} units where {:.3g} are usual, {:.1f} robust deviations: look at it", row.units,
                        std::expm1(median), far));
    }
  }

  const std::string& file_;
  CsvReader csv_;
  const VerifyConfig& config_;
  const std::function<void(const Fault&)>& tell_;
  std::size_t id_, ds_, y_;
  std::size_t broken_line_ = 0;  ///< the latest row that is none
  Block block_;
  std::unordered_set<std::string> seen_;
  std::map<Frequency, std::size_t> steps_;
  VerifiedHistory found_;
};

}  // namespace

std::string_view name_of(FaultKind kind) noexcept {
  constexpr std::array<std::string_view, kFaultKinds> names{"row",     "date",      "number",   "negative",
                                                            "missing", "duplicate", "unsorted", "scattered",
                                                            "gap",     "step",      "outlier"};
  return names[static_cast<std::size_t>(kind)];
}

std::size_t VerifiedHistory::errors() const noexcept {
  return std::accumulate(faults.begin(), faults.end(), std::size_t{0}) - of(FaultKind::outlier);
}

VerifiedHistory verify_history(const std::string& file, const VerifyConfig& config,
                               const std::function<void(const Fault&)>& tell) {
  return Verifier(file, config, tell).run();
}

}  // namespace restock::forecasting
