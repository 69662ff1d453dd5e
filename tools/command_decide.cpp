#include <fmt/format.h>

#include "agents/bundle/decide.h"
#include "env/core/error.h"
#include "tools/command.h"

namespace restock::tools {

namespace {

struct Options {
  CommonOptions common;
  std::string folder;
  std::string state;
  std::string history;
  std::string date;
};

std::optional<Date> date_of(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto date = parse_date(text);
  if (!date) throw InputError(fmt::format("--date '{}', expected a date such as 2026-04-27", text));
  return date;
}

void run(const Options& options) {
  const bundle::Bundle policy = bundle::load_bundle(options.folder);
  const bundle::Orders orders =
      bundle::decide(policy, {.state = options.state, .history = options.history}, date_of(options.date));
  fmt::print("{}",
             options.common.json ? bundle::orders_json(policy, orders) + "\n" : bundle::orders_csv(orders));
}

}  // namespace

void add_decide(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb =
      add_verb(app, "decide", "today's orders, with the reason for each, as CSV",
               "restock decide shop.policy --state state.csv --history sales.csv > orders.csv", options, run);
  verb.add_option("bundle", options->folder, "the bundle's folder")->required();
  verb.add_option("--state", options->state,
                  "CSV: id,on_hand and, where there is any, backlog,on_order,ordered_1_days_ago,…")
      ->required();
  verb.add_option("--history", options->history,
                  "CSV with the sales up to yesterday, where the policy looks at forecasts");
  verb.add_option("--date", options->date, "today, YYYY-MM-DD; the day after the history's end by default");
}

}  // namespace restock::tools
