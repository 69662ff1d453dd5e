#include "agents/bundle/stock_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>
#include <unordered_map>

#include "env/core/csv.h"
#include "env/core/error.h"
#include "env/core/suggest.h"
#include "forecasting/problem_list.h"

namespace restock::bundle {

namespace {

constexpr std::size_t kOldestOrder = 3650;
constexpr std::string_view kOrderedPrefix = "ordered_";
constexpr std::string_view kOrderedSuffix = "_days_ago";

/// k of "ordered_k_days_ago"; 0 where the name is another one.
std::size_t age_of_column(std::string_view name) {
  if (!name.starts_with(kOrderedPrefix) || !name.ends_with(kOrderedSuffix)) return 0;
  name.remove_prefix(kOrderedPrefix.size());
  name.remove_suffix(std::min(name.size(), kOrderedSuffix.size()));
  std::size_t age = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), age);
  return error == std::errc{} && end == name.data() + name.size() && age <= kOldestOrder ? age : 0;
}

class StateReader {
 public:
  StateReader(const std::string& file, const BundleMetadata& metadata)
      : file_(file), metadata_(metadata), csv_(file), line_of_(metadata.skus.size(), 0) {
    for (std::size_t sku = 0; sku < metadata.skus.size(); ++sku) {
      names_.push_back(metadata.skus[sku].id);
      sku_of_.emplace(metadata.skus[sku].id, static_cast<std::int32_t>(sku));
    }
    state_.file = file;
  }

  StockState read() {
    problems_.collect([&] { find_columns(); });
    problems_.throw_if_any();
    const bool whole = problems_.collect([&] {
      while (!problems_.full() && csv_.next()) read_row();
    });
    if (whole) report_missing();
    problems_.throw_if_any();
    return std::move(state_);
  }

 private:
  void add(std::size_t line, const std::string& message) { problems_.add({file_, line, 0, {}, message}); }

  void find_columns() {
    id_ = csv_.column("id");
    on_hand_ = csv_.column("on_hand");
    backlog_ = csv_.find_column("backlog");
    on_order_ = csv_.find_column("on_order");
    date_ = csv_.find_column("date");
    for (std::size_t column = 0; column < csv_.header().size(); ++column) find_column(column);
    std::string missing;
    for (std::size_t age = 1; age <= metadata_.pipeline_width; ++age)
      if (std::none_of(ages_.begin(), ages_.end(), [&](const auto& each) { return each.first == age; }))
        missing += fmt::format("{}{}{}{}", missing.empty() ? "" : ", ", kOrderedPrefix, age, kOrderedSuffix);
    if (!missing.empty())
      add(1, fmt::format("the policy looks at open orders by age: the columns {} are missing", missing));
  }

  void find_column(std::size_t column) {
    constexpr std::array<std::string_view, 6> known{"id",       "on_hand", "backlog",
                                                    "on_order", "date",    "ordered_1_days_ago"};
    const std::string& name = csv_.header()[column];
    if (const std::size_t age = age_of_column(name); age > 0) {
      ages_.emplace_back(age, column);
    } else if (std::find(known.begin(), known.end(), name) == known.end()) {
      add(1, fmt::format("unknown column {}{}; expected id, on_hand and, where there is something to say, "
                         "backlog, on_order, "
                         "ordered_1_days_ago, ordered_2_days_ago, … and date",
                         in_quotes(name), did_you_mean(name, known)));
    }
  }

  void read_row() {
    StockRow row;
    const std::size_t before = rows_with_problems_;
    row.sku = sku();
    collect([&] {
      row.on_hand = quantity(on_hand_, "write what customers still wait for into the column backlog");
    });
    if (backlog_) collect([&] { row.backlog = quantity(*backlog_, "write it as a positive number"); });
    if (on_order_) collect([&] { row.on_order = quantity(*on_order_, "write it as a positive number"); });
    read_ages(row);
    if (date_) collect([&] { read_date(); });
    if (rows_with_problems_ == before) state_.rows.push_back(std::move(row));
  }

  template <class Read>
  void collect(const Read& read) {
    if (!problems_.collect(read)) ++rows_with_problems_;
  }

  std::int32_t sku() {
    const std::string& id = csv_.fields()[id_];
    const auto found = sku_of_.find(id);
    if (found == sku_of_.end()) {
      ++rows_with_problems_;
      add(csv_.line(),
          fmt::format("SKU {} is not in the bundle{}; remove the row, or export a policy that knows it",
                      in_quotes(id), did_you_mean(id, names_)));
      return -1;
    }
    std::size_t& line = line_of_[static_cast<std::size_t>(found->second)];
    if (line != 0) {
      ++rows_with_problems_;
      add(csv_.line(),
          fmt::format("SKU {} stands in line {} already; keep one of the two", in_quotes(id), line));
    }
    line = csv_.line();
    return found->second;
  }

  Quantity quantity(std::size_t column, std::string_view advice) const {
    const Quantity units = csv_.integer(column, -kMaximumQuantity, kMaximumQuantity);
    if (units < 0) csv_.fail(column, fmt::format("{} is negative; {}", units, advice));
    return units;
  }

  void read_ages(StockRow& row) {
    if (ages_.empty()) return;
    row.ordered_days_ago.assign(std::max<std::size_t>(1, metadata_.pipeline_width), 0);
    Quantity sum = 0;
    bool whole = true;
    for (const auto& [age, column] : ages_) {
      const bool read = problems_.collect([&, age = age, column = column] {
        const Quantity units = quantity(column, "write it as a positive number");
        row.ordered_days_ago[std::min(age, row.ordered_days_ago.size()) - 1] += units;
        sum += units;
      });
      whole = whole && read;
    }
    if (!whole) ++rows_with_problems_;
    if (whole && on_order_ && sum != row.on_order) {
      ++rows_with_problems_;
      add(csv_.line(),
          fmt::format("on_order is {}, and the columns ordered_…_days_ago add up to {}; they must agree",
                      row.on_order, sum));
    }
    row.on_order = sum;
  }

  void read_date() {
    const std::string& text = csv_.fields()[*date_];
    const std::optional<Date> date = parse_date(text);
    if (!date) csv_.fail(*date_, fmt::format("{}, expected a date such as 2026-01-05", in_quotes(text)));
    if (state_.date && *state_.date != *date)
      csv_.fail(*date_, fmt::format("{}, and {} above; expected one date for all rows", text,
                                    format_date(*state_.date)));
    state_.date = date;
  }

  void report_missing() {
    for (std::size_t sku = 0; sku < line_of_.size(); ++sku)
      if (line_of_[sku] == 0)
        add(0, fmt::format("SKU {} of the bundle is missing; add its row (0 where there is no stock)",
                           in_quotes(names_[sku])));
  }

  const std::string& file_;
  const BundleMetadata& metadata_;
  CsvReader csv_;
  std::unordered_map<std::string_view, std::int32_t> sku_of_;
  std::vector<std::string_view> names_;
  std::vector<std::size_t> line_of_;  ///< [SKU] 0: not seen yet
  forecasting::ProblemList problems_;
  std::size_t rows_with_problems_ = 0;
  std::size_t id_ = 0, on_hand_ = 0;
  std::optional<std::size_t> backlog_, on_order_, date_;
  std::vector<std::pair<std::size_t, std::size_t>> ages_;  ///< age in days, column
  StockState state_;
};

}  // namespace

StockState read_stock_state(const std::string& file, const BundleMetadata& metadata) {
  return StateReader(file, metadata).read();
}

}  // namespace restock::bundle
