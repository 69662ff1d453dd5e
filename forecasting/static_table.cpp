#include "forecasting/static_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "env/core/csv.h"
#include "env/core/suggest.h"
#include "forecasting/problem_list.h"

namespace restock::forecasting {

namespace {

constexpr std::size_t kLongestValue = 200;

class TableReader {
 public:
  TableReader(const std::string& file, const Panel& panel)
      : csv_(file), panel_(panel), id_(csv_.column({"unique_id", "id", "sku", "item_id"})) {
    for (std::size_t s = 0; s < panel.series(); ++s) series_.emplace(panel.ids[s], s);
    for (std::size_t column = 0; column < csv_.header().size(); ++column) {
      if (column == id_) continue;
      columns_.push_back(column);
      table_.columns.push_back({csv_.header()[column], std::vector<std::string>(panel.series())});
    }
    if (columns_.empty())
      throw InputError(std::vector<Problem>{
          {file, 1, 0, {}, "no column beside the id, expected some such as category or store"}});
  }

  StaticTable read() {
    problems_.collect([&] {
      while (!problems_.full() && csv_.next()) problems_.collect([&] { take_row(); });
    });
    problems_.throw_if_any();
    for (const std::string& id : panel_.ids)
      if (!seen_.contains(id)) table_.missing.push_back(id);
    return std::move(table_);
  }

 private:
  void take_row() {
    const std::string& id = csv_.fields()[id_];
    if (id.empty()) csv_.fail(id_, "is empty, expected the id of a series");
    if (!seen_.insert(id).second) csv_.fail(id_, in_quotes(id) + " stands twice, expected one row a series");
    const auto found = series_.find(id);
    if (found == series_.end()) {
      ++table_.unknown_rows;
      return;
    }
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      check_value(columns_[c]);
      table_.columns[c].values[found->second] = csv_.fields()[columns_[c]];
    }
  }

  void check_value(std::size_t column) const {
    const std::string& value = csv_.fields()[column];
    const bool printable =
        std::all_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x20; });
    if (value.size() > kLongestValue || !printable)
      csv_.fail(column, fmt::format("{}, expected a text of up to {} bytes without control characters",
                                    in_quotes(value), kLongestValue));
  }

  CsvReader csv_;
  const Panel& panel_;
  std::size_t id_;
  std::vector<std::size_t> columns_;
  std::unordered_map<std::string_view, std::size_t> series_;
  std::unordered_set<std::string> seen_;
  StaticTable table_;
  ProblemList problems_;
};

}  // namespace

StaticTable read_static_table(const std::string& file, const Panel& panel) {
  return TableReader(file, panel).read();
}

}  // namespace restock::forecasting
