#include "forecasting/cleaning/cleaning.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "env/core/suggest.h"
#include "forecasting/cleaning/series_cleaner.h"

namespace restock::forecasting {

namespace {

constexpr std::array<std::string_view, 4> kDuplicates{"refuse", "sum", "first", "last"};
constexpr std::array<std::string_view, 3> kReturns{"refuse", "zero", "net"};
constexpr std::array<std::string_view, 4> kAnomalies{"leave", "flag", "cap", "replace"};
constexpr std::array<std::string_view, 4> kHoles{"leave", "zero", "last", "usual"};

/// Rows that stay, where they stay, and what follows them.
class Cleaning {
 public:
  Cleaning(HistoryTable& table, const CleaningConfig& config)
      : table_(table), config_(config), slots_(table.rows.size()), added_(table.rows.size()) {}

  ChangeLog run() {
    const Frequency frequency = config_.step == RowStep::automatic ? detect_frequency(table_.file)
                                                                   : static_cast<Frequency>(config_.step);
    for (std::vector<std::size_t>& rows : rows_by_series()) {
      if (problems_.full()) break;
      clean_series(rows, frequency);
    }
    problems_.throw_if_any();
    assemble();
    return std::move(log_);
  }

 private:
  std::vector<std::vector<std::size_t>> rows_by_series() const {
    std::unordered_map<std::string_view, std::size_t> index;
    std::vector<std::vector<std::size_t>> series;
    for (std::size_t r = 0; r < table_.rows.size(); ++r) {
      const auto [found, fresh] = index.emplace(table_.id_of(table_.rows[r]), series.size());
      if (fresh) series.emplace_back();
      series[found->second].push_back(r);
    }
    return series;
  }

  void clean_series(std::vector<std::size_t>& rows, Frequency frequency) {
    std::stable_sort(rows.begin(), rows.end(),
                     [&](std::size_t a, std::size_t b) { return table_.rows[a].date < table_.rows[b].date; });
    resolve_duplicates(rows);
    put_in_order(rows);
    std::vector<HistoryRow*> pointers;
    for (const std::size_t r : rows) pointers.push_back(&table_.rows[r]);
    SeriesCleaner cleaner(table_, pointers, config_, frequency, log_, problems_);
    cleaner.run();
    for (SeriesCleaner::Added& one : cleaner.added())
      added_[static_cast<std::size_t>(one.after - table_.rows.data())].push_back(std::move(one.row));
  }

  /// Leaves one row of each date in `rows`.
  void resolve_duplicates(std::vector<std::size_t>& rows) {
    std::vector<std::size_t> kept;
    for (std::size_t from = 0, to = 0; from < rows.size(); from = to) {
      while (to < rows.size() && table_.rows[rows[to]].date == table_.rows[rows[from]].date) ++to;
      kept.push_back(keep_one({rows.begin() + static_cast<std::ptrdiff_t>(from), to - from}));
    }
    rows = std::move(kept);
  }

  std::size_t keep_one(std::span<const std::size_t> same) {
    if (same.size() == 1) return same.front();
    const std::size_t kept = config_.duplicates == Duplicates::last ? same.back() : same.front();
    HistoryRow& row = table_.rows[kept];
    if (config_.duplicates == Duplicates::refuse) {
      problems_.add({table_.file,
                     table_.rows[same[1]].line,
                     0,
                     {},
                     fmt::format("column 'ds': {} of series {} stands twice; choose a rule for duplicates",
                                 table_.date_of(row), in_quotes(table_.id_of(row)))});
      return kept;
    }
    for (const std::size_t r : same)
      if (r != kept) remove(table_.rows[r]);
    if (config_.duplicates == Duplicates::sum) sum_up(row, same);
    return kept;
  }

  void remove(const HistoryRow& row) {
    log_.push_back({table_.id_of(row), table_.date_of(row), row.fields[table_.y], "", "duplicate_removed",
                    ChangeKind::removed, row.place, row.fields});
  }

  void sum_up(HistoryRow& row, std::span<const std::size_t> same) {
    std::optional<double> sum;
    for (const std::size_t r : same)
      if (table_.rows[r].sales) sum = sum.value_or(0) + *table_.rows[r].sales;
    if (!sum) return;
    std::string& field = row.fields[table_.y];
    std::string after = row.sales == sum ? field : fmt::format("{}", *sum);
    log_.push_back({table_.id_of(row), table_.date_of(row), field, after, "duplicates_summed"});
    field = std::move(after);
    row.sales = sum;
  }

  /// The rows, in the order of time, take the places that they have among them.
  void put_in_order(const std::vector<std::size_t>& rows) {
    std::vector<std::size_t> places = rows;
    std::sort(places.begin(), places.end());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      HistoryRow& row = table_.rows[rows[i]];
      slots_[places[i]] = &row;
      if (places[i] != row.place)
        log_.push_back({table_.id_of(row), table_.date_of(row), row.fields[table_.y], row.fields[table_.y],
                        "put_in_order", ChangeKind::moved, row.place});
    }
  }

  void assemble() {
    std::vector<HistoryRow> rows;
    for (HistoryRow* row : slots_) {
      if (row == nullptr) continue;
      auto& followers = added_[static_cast<std::size_t>(row - table_.rows.data())];
      rows.push_back(std::move(*row));
      std::move(followers.begin(), followers.end(), std::back_inserter(rows));
    }
    table_.rows = std::move(rows);
  }

  HistoryTable& table_;
  const CleaningConfig& config_;
  std::vector<HistoryRow*> slots_;              ///< by place; nullptr where the row is taken out
  std::vector<std::vector<HistoryRow>> added_;  ///< by row, behind it
  ChangeLog log_;
  ProblemList problems_;
};

}  // namespace

std::span<const std::string_view> names_of(Duplicates) {
  return kDuplicates;
}
std::span<const std::string_view> names_of(Returns) {
  return kReturns;
}
std::span<const std::string_view> names_of(Anomalies) {
  return kAnomalies;
}
std::span<const std::string_view> names_of(Holes) {
  return kHoles;
}

void describe(FieldVisitor& visitor, CleaningConfig& config) {
  describe_choice(visitor, "duplicates", config.duplicates, {"rows of the same series and date"});
  describe_choice(visitor, "returns", config.returns, {"negative sales"});
  visitor.field("return_steps", config.return_steps,
                {"how far back a return looks for its sale", "steps", 1, 1000});
  describe_choice(visitor, "anomalies", config.anomalies, {"sales far from what is usual"});
  visitor.field("deviations", config.deviations, {"beyond which sales are an anomaly", "", 1, 1000});
  visitor.field("seasons", config.seasons,
                {"before and after, from which what is usual is taken", "seasons", 1, 100});
  visitor.field("season", config.season, {"0: 7 days, 12 months, 1 week", "steps", 0, 400});
  describe_choice(visitor, "holes", config.holes, {"steps without sales, and rows that are left out"});
  describe_choice(visitor, "step", config.step, {"what a row stands for"});
}

ChangeLog clean(HistoryTable& table, const CleaningConfig& config) {
  return Cleaning(table, config).run();
}

}  // namespace restock::forecasting
