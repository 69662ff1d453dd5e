#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "env/core/atomic_file.h"
#include "env/core/csv.h"
#include "forecasting/generate.h"

namespace restock::forecasting {

namespace {

/// Prices with two digits, flags and counts without.
std::string shown(const Covariate& covariate, std::size_t cell) {
  const float value = covariate.values[cell];
  return covariate.name == "price" ? fmt::format("{:.2f}", value) : fmt::format("{}", value);
}

}  // namespace

void write_history_csv(const Panel& panel, const std::string& file) {
  std::string text = "unique_id,ds,y";
  for (const Covariate& covariate : panel.covariates) (text += ",") += csv_field(covariate.name);
  text += ",stocked_out\n";
  const auto out = std::back_inserter(text);
  for (std::size_t s = 0; s < panel.series(); ++s) {
    for (std::size_t day = 0; day < panel.known_days; ++day) {
      const bool sold = day < panel.days;
      fmt::format_to(out, "{},{},", csv_field(panel.ids[s]), format_date(panel.date(day)));
      if (sold && !std::isnan(panel.sales_of(s)[day])) fmt::format_to(out, "{}", panel.sales_of(s)[day]);
      for (const Covariate& covariate : panel.covariates) {
        text += ",";
        if (day >= panel.listed_from[s]) text += shown(covariate, s * panel.known_days + day);
      }
      fmt::format_to(out, ",{}\n", sold ? fmt::format("{}", panel.stocked_out_of(s)[day]) : "");
    }
  }
  write_file_atomically(file, text);
}

void write_demand_csv(const GeneratedHistory& history, const std::string& file) {
  const Panel& panel = history.panel;
  std::string text = "unique_id,ds,demand\n";
  for (std::size_t cell = 0; cell < history.demand.size(); ++cell) {
    fmt::format_to(std::back_inserter(text), "{},{},{}\n", csv_field(panel.ids[cell / panel.days]),
                   format_date(panel.date(cell % panel.days)), history.demand[cell]);
  }
  write_file_atomically(file, text);
}

}  // namespace restock::forecasting
