#include "tools/history_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "env/core/csv.h"
#include "forecasting/calendar/calendar_covariates.h"
#include "forecasting/future_covariates.h"
#include "forecasting/static_table.h"

namespace restock::tools {

namespace {

void say_what_is_missing(const std::string& file, const forecasting::StaticTable& table) {
  constexpr std::size_t kMost = 5;
  if (table.unknown_rows > 0)
    fmt::print(stderr, "{}: {} rows of ids that the history does not have are ignored\n", file,
               table.unknown_rows);
  if (table.missing.empty()) return;
  const std::size_t shown = std::min(kMost, table.missing.size());
  const std::span<const std::string> first(table.missing.data(), shown);
  fmt::print(stderr, "{}: no row for {} series: {}{}\n", file, table.missing.size(), fmt::join(first, ", "),
             table.missing.size() > shown ? ", …" : "");
}

}  // namespace

void HistoryInput::add_to(CLI::App& verb) {
  const bool whole = format.gaps == forecasting::Gaps::refuse;
  verb.add_option(
          "history", file,
          fmt::format(
              "CSV with unique_id,ds,y and covariates, or timestamp,sku,quantity; rows may {}be missing",
              whole ? "not " : ""))
      ->required();
  verb.add_option("--covariates", format.covariates, "columns that are known in advance")->delimiter(',');
  verb.add_option("--static", static_table, "CSV with a row a series: its category, its store and the like");
  verb.add_option(
          "--holidays", holidays,
          "known in advance by rule: US, UK, DE, FR, NL, IT, ES; US/each apart, US/thanksgiving, 12-24, "
          "4-thu-11, easter-2; the days before with @-1")
      ->delimiter(',');
  verb.add_option("--future", future, "CSV with unique_id,ds and covariates of days to come");
  if (whole) return;
  const std::map<std::string, forecasting::RowStep> steps{{"auto", forecasting::RowStep::automatic},
                                                          {"day", forecasting::RowStep::day},
                                                          {"week", forecasting::RowStep::week},
                                                          {"month", forecasting::RowStep::month}};
  verb.add_option("--step", format.step, "what a row stands for")->transform(CLI::CheckedTransformer(steps));
}

forecasting::HistoryFormat HistoryInput::whole_format() const {
  forecasting::HistoryFormat whole = format;
  for (const std::string& name : forecasting::calendar_names(holidays)) whole.covariates.push_back(name);
  return whole;
}

forecasting::Panel HistoryInput::read() const {
  forecasting::Panel panel = forecasting::read_history(file, whole_format());
  if (!future.empty()) forecasting::apply_future(panel, forecasting::read_future(panel, file, future, 0));
  if (static_table.empty()) return panel;
  forecasting::StaticTable table = forecasting::read_static_table(static_table, panel);
  say_what_is_missing(static_table, table);
  panel.statics = std::move(table.columns);
  return panel;
}

HistoryPieces::HistoryPieces(const HistoryInput& input, std::size_t series_at_once) : input_(input) {
  if (input.future.empty() && CsvReader(input.file).find_column("unique_id"))
    stream_.emplace(input.file, input.whole_format(), series_at_once);
}

std::optional<forecasting::Panel> HistoryPieces::next() {
  if (!stream_) return std::exchange(done_, true) ? std::nullopt : std::optional(input_.read());
  std::optional<forecasting::Panel> panel = stream_->next();
  if (panel && !input_.static_table.empty())
    panel->statics = forecasting::read_static_table(input_.static_table, *panel).columns;
  return panel;
}

}  // namespace restock::tools
