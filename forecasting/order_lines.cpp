#include "forecasting/order_lines.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "env/core/suggest.h"
#include "forecasting/problem_list.h"

namespace restock::forecasting {

namespace {

constexpr double kMaximumQuantityOfLine = 1e9;
constexpr std::int64_t kMaximumDays = 40'000;
constexpr std::size_t kMaximumCells = 200'000'000;

/// "2026-01-05", followed by nothing or by a time of day: " 14:30", "T14:30:05", "T14:30:05Z".
std::optional<Date> date_of(std::string_view timestamp) {
  constexpr std::string_view kDate = "2026-01-05";
  const auto date = parse_date(timestamp.substr(0, kDate.size()));
  if (!date || timestamp.size() == kDate.size()) return date;
  const std::string_view rest = timestamp.substr(kDate.size());
  const auto two_digits = [&](std::size_t at, int limit) {
    if (at + 1 >= rest.size() || rest[at] < '0' || rest[at] > '9' || rest[at + 1] < '0' || rest[at + 1] > '9')
      return false;
    return (rest[at] - '0') * 10 + (rest[at + 1] - '0') < limit;
  };
  if ((rest[0] != ' ' && rest[0] != 'T') || !two_digits(1, 24)) return std::nullopt;
  if (rest.size() < 6 || rest[3] != ':' || !two_digits(4, 60)) return std::nullopt;
  std::size_t end = 6;
  if (rest.size() > end && rest[end] == ':') {
    if (!two_digits(end + 1, 60)) return std::nullopt;
    end += 3;
  }
  if (rest.size() > end && rest[end] == 'Z') ++end;
  return end == rest.size() ? date : std::nullopt;
}

class LineReader {
 public:
  LineReader(const std::string& file, CsvReader& csv)
      : file_(file),
        csv_(csv),
        timestamp_(csv.column("timestamp")),
        sku_(csv.column("sku")),
        quantity_(csv.column("quantity")) {}

  Panel read() {
    problems_.collect([&] {
      while (!problems_.full() && csv_.next()) problems_.collect([&] { take_line(); });
    });
    if (problems_.empty() && daily_.empty())
      problems_.add({file_, 1, 0, {}, "no order lines below the header"});
    problems_.throw_if_any();
    return panel();
  }

 private:
  void take_line() {
    const std::string& text = csv_.fields()[timestamp_];
    const auto date = date_of(text);
    if (!date)
      csv_.fail(timestamp_, in_quotes(text) + ", expected a time such as 2026-01-05T14:30:00 or a date");
    const std::string& sku = csv_.fields()[sku_];
    if (sku.empty() || sku.size() > 200)
      csv_.fail(sku_, in_quotes(sku) + ", expected a name of 1 to 200 bytes");
    const double quantity = csv_.number(quantity_, 0, kMaximumQuantityOfLine);
    if (daily_.empty()) first_ = last_ = *date;
    if ((std::max(last_, *date) - std::min(first_, *date)).count() >= kMaximumDays) {
      csv_.fail(timestamp_, fmt::format("{} lies more than {} days from other lines", text, kMaximumDays));
    }
    first_ = std::min(first_, *date);
    last_ = std::max(last_, *date);
    const auto [row, fresh] = row_of_.emplace(sku, ids_.size());
    if (fresh) ids_.push_back(sku);
    daily_[{row->second, *date}] += quantity;
  }

  Panel panel() {
    Panel panel;
    panel.first_day = first_;
    panel.days = panel.known_days = static_cast<std::size_t>((last_ - first_).count()) + 1;
    if (panel.days * ids_.size() > kMaximumCells) {
      throw InputError(std::vector<Problem>{{file_,
                                             0,
                                             0,
                                             {},
                                             fmt::format("{} items × {} days are more than {} cells",
                                                         ids_.size(), panel.days, kMaximumCells)}});
    }
    panel.ids = ids_;
    panel.sales.assign(panel.days * ids_.size(), 0.0F);
    panel.stocked_out.assign(panel.sales.size(), 0);
    panel.listed_from.assign(ids_.size(), 0);
    for (const auto& [key, quantity] : daily_) {
      const auto day = static_cast<std::size_t>((key.second - first_).count());
      panel.sales[key.first * panel.days + day] = static_cast<float>(quantity);
    }
    return panel;
  }

  const std::string& file_;
  CsvReader& csv_;
  std::size_t timestamp_, sku_, quantity_;
  std::vector<std::string> ids_;
  std::unordered_map<std::string, std::size_t> row_of_;
  std::map<std::pair<std::size_t, Date>, double> daily_;
  Date first_{}, last_{};
  ProblemList problems_;
};

}  // namespace

Panel read_order_lines(const std::string& file, CsvReader& csv) {
  return LineReader(file, csv).read();
}

}  // namespace restock::forecasting
