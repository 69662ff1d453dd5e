#include "forecasting/cleaning/change_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "env/core/csv.h"
#include "env/core/error.h"
#include "env/core/suggest.h"
#include "forecasting/problem_list.h"

namespace restock::forecasting {

namespace {

constexpr std::array<std::string_view, 4> kKinds{"value", "added", "removed", "moved"};
constexpr std::int64_t kMostRows = 1LL << 40;

bool has_place(ChangeKind kind) {
  return kind == ChangeKind::removed || kind == ChangeKind::moved;
}

/// Fields as one, as they stand in the log.
std::string packed(const std::vector<std::string>& fields) {
  std::string text;
  for (const std::string& field : fields) {
    if (&field != &fields.front()) text += kFieldSeparator;
    text += field;
  }
  return text;
}

std::vector<std::string> unpacked(const std::string& text) {
  std::vector<std::string> fields(1);
  for (const char c : text) {
    if (c == kFieldSeparator)
      fields.emplace_back();
    else
      fields.back() += c;
  }
  return fields;
}

class LogReader {
 public:
  explicit LogReader(const std::string& file)
      : csv_(file),
        id_(csv_.column("unique_id")),
        ds_(csv_.column("ds")),
        old_(csv_.column("old")),
        new_(csv_.column("new")),
        rule_(csv_.column("rule")),
        change_(csv_.column("change")),
        place_(csv_.column("place")),
        row_(csv_.column("row")) {}

  ChangeLog read() {
    ChangeLog log;
    ProblemList problems;
    problems.collect([&] {
      while (!problems.full() && csv_.next()) problems.collect([&] { log.push_back(change()); });
    });
    problems.throw_if_any();
    return log;
  }

 private:
  Change change() const {
    const std::vector<std::string>& fields = csv_.fields();
    Change one{fields[id_], fields[ds_], fields[old_], fields[new_], fields[rule_]};
    const auto kind = std::find(kKinds.begin(), kKinds.end(), fields[change_]);
    if (kind == kKinds.end())
      csv_.fail(change_, fmt::format("{}, expected {}", in_quotes(fields[change_]), fmt::join(kKinds, ", ")));
    one.kind = static_cast<ChangeKind>(kind - kKinds.begin());
    if (has_place(one.kind)) one.place = static_cast<std::size_t>(csv_.integer(place_, 0, kMostRows));
    if (one.kind == ChangeKind::removed) one.row = unpacked(fields[row_]);
    return one;
  }

  CsvReader csv_;
  std::size_t id_, ds_, old_, new_, rule_, change_, place_, row_;
};

class Undoing {
 public:
  Undoing(HistoryTable& table, const ChangeLog& log) : table_(table), log_(log) {}

  void run() {
    for (std::size_t r = 0; r < table_.rows.size(); ++r) {
      HistoryRow& row = table_.rows[r];
      if (!rows_.emplace(std::pair(table_.id_of(row), table_.date_of(row)), r).second)
        refuse(fmt::format("{} of {} stands twice, expected a cleaned history", table_.date_of(row),
                           in_quotes(table_.id_of(row))));
    }
    places_.resize(table_.rows.size());
    dropped_.resize(table_.rows.size());
    for (auto change = log_.rbegin(); change != log_.rend(); ++change) take_back(*change);
    put_in_place();
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw InputError(std::vector<Problem>{{table_.file, 0, 0, {}, what}});
  }

  void take_back(const Change& change) {
    if (change.kind == ChangeKind::removed) {
      if (change.row.size() != table_.header.size())
        refuse(fmt::format("the log's row of {} on {} has {} fields, expected {}", in_quotes(change.id),
                           change.date, change.row.size(), table_.header.size()));
      restored_.push_back({change.row, change.place, 0, {}, {}});
      return;
    }
    const std::size_t row = row_of(change);
    std::string& sales = table_.rows[row].fields[table_.y];
    if (change.kind == ChangeKind::moved) {
      places_[row] = change.place;
      return;
    }
    if (sales != change.after)
      refuse(fmt::format("sales of {} on {} are {}, but the log says {}", in_quotes(change.id), change.date,
                         in_quotes(sales), in_quotes(change.after)));
    sales = change.before;
    if (change.kind == ChangeKind::added) dropped_[row] = true;
  }

  std::size_t row_of(const Change& change) const {
    const auto found = rows_.find({change.id, change.date});
    if (found == rows_.end() || dropped_[found->second])
      refuse(fmt::format("no row of {} on {}, which the log names", in_quotes(change.id), change.date));
    return found->second;
  }

  /// Rows whose place is known go there, the others fill what is free, in their order.
  void put_in_place() {
    std::vector<HistoryRow> kept;
    for (std::size_t r = 0; r < table_.rows.size(); ++r) {
      if (dropped_[r]) continue;
      if (places_[r]) table_.rows[r].place = *places_[r];
      (places_[r] ? restored_ : kept).push_back(std::move(table_.rows[r]));
    }
    std::vector<HistoryRow> rows(kept.size() + restored_.size());
    std::vector<bool> taken(rows.size());
    for (HistoryRow& row : restored_) {
      if (row.place >= rows.size() || taken[row.place])
        refuse(fmt::format("the log puts a row at place {} of {}, which cannot be", row.place, rows.size()));
      taken[row.place] = true;
      rows[row.place] = std::move(row);
    }
    std::size_t next = 0;
    for (HistoryRow& row : kept) {
      while (taken[next]) ++next;
      rows[next++] = std::move(row);
    }
    table_.rows = std::move(rows);
  }

  HistoryTable& table_;
  const ChangeLog& log_;
  std::map<std::pair<std::string, std::string>, std::size_t> rows_;
  std::vector<std::optional<std::size_t>> places_;  ///< of moved rows
  std::vector<bool> dropped_;
  std::vector<HistoryRow> restored_;
};

}  // namespace

std::string_view name_of(ChangeKind kind) {
  return kKinds[static_cast<std::size_t>(kind)];
}

std::string csv_of(const ChangeLog& log) {
  std::string text = "unique_id,ds,old,new,rule,change,place,row\n";
  for (const Change& change : log) {
    const std::string place = has_place(change.kind) ? fmt::format("{}", change.place) : "";
    (text += csv_row({change.id, change.date, change.before, change.after, change.rule,
                      std::string(name_of(change.kind)), place, packed(change.row)})) += '\n';
  }
  return text;
}

ChangeLog read_change_log(const std::string& file) {
  return LogReader(file).read();
}

void undo(HistoryTable& table, const ChangeLog& log) {
  Undoing(table, log).run();
}

}  // namespace restock::forecasting
