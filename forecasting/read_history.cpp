#include "forecasting/read_history.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "env/core/csv.h"
#include "env/core/suggest.h"
#include "forecasting/order_lines.h"
#include "forecasting/problem_list.h"

namespace restock::forecasting {

namespace {

constexpr double kMaximumSales = 1e9;
constexpr double kMaximumCovariate = 1e9;
constexpr float kNotOffered = std::numeric_limits<float>::quiet_NaN();

/// One series while its rows come in.
struct Rows {
  std::string id;
  std::size_t first_line = 0;
  Date first{};
  Date last{};
  std::size_t days = 0;  ///< rows
  std::size_t sold = 0;  ///< rows with sales, all before the rows without
  std::size_t listed_from = 0;
  std::vector<float> sales;
  std::vector<std::uint8_t> stocked_out;
  std::vector<std::vector<float>> covariates;
};

class SeriesReader {
 public:
  SeriesReader(const std::string& file, CsvReader& csv, const HistoryFormat& format)
      : file_(file),
        csv_(csv),
        id_(csv.column("unique_id")),
        ds_(csv.column("ds")),
        y_(csv.column("y")),
        stocked_out_(csv.find_column("stocked_out")) {
    choose_covariates(format);
  }

  Panel read() {
    const bool whole = problems_.collect([&] {
      while (!problems_.full() && csv_.next()) read_row();
    });
    if (whole && rows_.empty()) problems_.add({file_, 1, 0, {}, "no rows below the header"});
    if (problems_.empty()) check_common_days();
    problems_.throw_if_any();
    return panel();
  }

 private:
  void choose_covariates(const HistoryFormat& format) {
    for (const std::string& name : format.covariates) {
      problems_.collect([&] { covariates_.push_back({name, csv_.column(name)}); });
    }
    problems_.throw_if_any();
    if (!format.covariates.empty()) return;
    for (const char* name : {"price", "promotion"}) {
      if (const auto column = csv_.find_column(name)) covariates_.push_back({name, *column});
    }
  }

  void read_row() {
    Rows& rows = rows_of(csv_.fields()[id_]);
    problems_.collect([&] { take_date(rows); });
    problems_.collect([&] { take_sales(rows); });
    problems_.collect([&] { take_stock_out(rows); });
    for (std::size_t c = 0; c < covariates_.size(); ++c) {
      problems_.collect([&] { take_covariate(rows, c); });
    }
    ++rows.days;
  }

  Rows& rows_of(const std::string& id) {
    if (last_ < rows_.size() && rows_[last_].id == id) return rows_[last_];
    const auto [found, fresh] = index_.emplace(id, rows_.size());
    if (fresh) {
      problems_.collect([&] { check_id(id); });
      rows_.push_back({});
      rows_.back().id = id;
      rows_.back().first_line = csv_.line();
      rows_.back().covariates.resize(covariates_.size());
    }
    last_ = found->second;
    return rows_[last_];
  }

  void check_id(const std::string& id) const {
    const bool printable =
        std::all_of(id.begin(), id.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x20; });
    if (id.empty() || id.size() > 200 || !printable)
      csv_.fail(id_, in_quotes(id) + ", expected a name of 1 to 200 bytes without control characters");
  }

  void take_date(Rows& rows) const {
    const std::string& text = csv_.fields()[ds_];
    const auto date = parse_date(text);
    if (!date) csv_.fail(ds_, in_quotes(text) + ", expected a date such as 2026-01-05");
    if (rows.days == 0) rows.first = rows.last = *date;
    if (rows.days == 0) return;
    const Date previous = std::exchange(rows.last, *date);
    const auto step = (*date - previous).count();
    if (step == 1) return;
    const std::string of = fmt::format("{} of series {}", text, in_quotes(rows.id));
    if (step == 0) csv_.fail(ds_, of + " stands twice, expected one row a day");
    if (step < 0)
      csv_.fail(ds_, fmt::format("{} follows {}, expected the days in order", of, format_date(previous)));
    csv_.fail(ds_, fmt::format("{} follows {}: {} days are missing; write days without sales with y = 0", of,
                               format_date(previous), step - 1));
  }

  void take_sales(Rows& rows) const {
    if (csv_.fields()[y_].empty()) return;
    const double sold = csv_.number(y_, 0, kMaximumSales);
    if (rows.sold < rows.days) {
      rows.sold = rows.days;
      csv_.fail(y_, "sales after days without; y may be empty at the end only, for days to come");
    }
    ++rows.sold;
    rows.sales.push_back(static_cast<float>(sold));
  }

  void take_stock_out(Rows& rows) const {
    if (csv_.fields()[y_].empty()) return;
    rows.stocked_out.push_back(0);
    if (stocked_out_) rows.stocked_out.back() = static_cast<std::uint8_t>(csv_.integer(*stocked_out_, 0, 1));
  }

  void take_covariate(Rows& rows, std::size_t c) const {
    std::vector<float>& values = rows.covariates[c];
    const bool offered_before = !values.empty() && !std::isnan(values.back());
    values.push_back(kNotOffered);
    if (csv_.fields()[covariates_[c].column].empty() && !offered_before) {
      rows.listed_from = rows.days + 1;
    } else {
      values.back() =
          static_cast<float>(csv_.number(covariates_[c].column, -kMaximumCovariate, kMaximumCovariate));
    }
  }

  void check_common_days() {
    const Rows& model = rows_.front();
    for (const Rows& rows : rows_) {
      if (problems_.full()) return;
      const std::string which = fmt::format("series {} has ", in_quotes(rows.id));
      const std::string but = fmt::format(" but series {} has ", in_quotes(model.id));
      if (rows.first != model.first || rows.days != model.days) {
        problems_.add({file_,
                       rows.first_line,
                       0,
                       {},
                       fmt::format("{}the days {} … {}{}{} … {}; expected the same days for all", which,
                                   format_date(rows.first), format_date(rows.last), but,
                                   format_date(model.first), format_date(model.last))});
      } else if (rows.sold != model.sold) {
        problems_.add({file_,
                       rows.first_line,
                       0,
                       {},
                       fmt::format("{}{} days with sales{}{}; expected the same for all", which, rows.sold,
                                   but, model.sold)});
      }
    }
    if (problems_.empty() && model.sold == 0)
      problems_.add({file_, 0, 0, {}, "no row has sales in column y"});
  }

  Panel panel() {
    Panel panel;
    panel.first_day = rows_.front().first;
    panel.days = rows_.front().sold;
    panel.known_days = rows_.front().days;
    for (const Chosen& c : covariates_) panel.covariates.push_back({c.name, {}});
    for (Rows& rows : rows_) {
      panel.ids.push_back(rows.id);
      panel.listed_from.push_back(std::min(rows.listed_from, panel.days));
      panel.sales.insert(panel.sales.end(), rows.sales.begin(), rows.sales.end());
      panel.stocked_out.insert(panel.stocked_out.end(), rows.stocked_out.begin(), rows.stocked_out.end());
      for (std::size_t c = 0; c < covariates_.size(); ++c) {
        std::vector<float>& values = rows.covariates[c];
        fill_before_listing(values);
        panel.covariates[c].values.insert(panel.covariates[c].values.end(), values.begin(), values.end());
      }
      rows = {};
    }
    return panel;
  }

  /// Days before an item was offered take the covariate of its first day.
  static void fill_before_listing(std::vector<float>& values) {
    const auto known = std::find_if(values.begin(), values.end(), [](float v) { return !std::isnan(v); });
    std::fill(values.begin(), known, known == values.end() ? 0.0F : *known);
  }

  struct Chosen {
    std::string name;
    std::size_t column;
  };
  const std::string& file_;
  CsvReader& csv_;
  std::size_t id_, ds_, y_;
  std::optional<std::size_t> stocked_out_;
  std::vector<Chosen> covariates_;
  std::vector<Rows> rows_;
  std::unordered_map<std::string, std::size_t> index_;
  std::size_t last_ = 0;
  ProblemList problems_;
};

}  // namespace

void describe(FieldVisitor& visitor, HistoryFormat& format) {
  visitor.field("covariates", format.covariates,
                {"columns that are known in advance; empty: price and promotion where the file has them"});
}

Panel read_history(const std::string& file, const HistoryFormat& format) {
  CsvReader csv(file);
  if (csv.find_column("timestamp") && csv.find_column("sku")) return read_order_lines(file, csv);
  return SeriesReader(file, csv, format).read();
}

}  // namespace restock::forecasting
