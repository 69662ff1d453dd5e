#include <fmt/format.h>

#include <algorithm>

#include "env/core/atomic_file.h"
#include "env/core/json_writer.h"
#include "forecasting/basket.h"
#include "tools/command.h"
#include "tools/command_forecast.h"
#include "tools/terminal.h"

namespace restock::tools {

namespace {

struct Options {
  CommonOptions common;
  std::string lines;
  forecasting::BasketConfig config;
  std::string out;
  std::size_t most = 20;
};

void print_json(const forecasting::Baskets& baskets) {
  JsonWriter json(2);
  json.begin_object().member("orders", baskets.orders).member("lines", baskets.lines);
  json.member("skus", baskets.skus.size()).member("left_out", baskets.left_out).key("pairs").begin_array();
  for (const forecasting::BasketPair& pair : baskets.pairs)
    json.begin_object()
        .member("first", baskets.skus[pair.first])
        .member("second", baskets.skus[pair.second])
        .member("support", pair.support)
        .member("confidence_first", baskets.confidence(pair, true))
        .member("confidence_second", baskets.confidence(pair, false))
        .member("lift", pair.lift)
        .member("lift_lower", pair.lift_lower)
        .member("lift_upper", pair.lift_upper)
        .end_object();
  fmt::print("{}\n", json.end_array().end_object().text());
}

void print_text(const Options& options, const forecasting::Baskets& baskets) {
  fmt::print("{} orders, {:.1f} lines an order, {} SKUs, {} pairs bought together beyond chance\n",
             baskets.orders, static_cast<double>(baskets.lines) / static_cast<double>(baskets.orders),
             baskets.skus.size(), baskets.pairs.size());
  if (baskets.left_out > 0)
    fmt::print("{} orders of more than {} SKUs are left out\n", baskets.left_out,
               forecasting::kMostSkusPerOrder);
  fmt::print("{}\n", bold(fmt::format("{:<22.21}{:<22.21}{:>8}{:>10}{:>10}{:>8}  {}", "first", "second",
                                      "orders", "of first", "of second", "lift", "95 % interval")));
  for (std::size_t i = 0; i < std::min(options.most, baskets.pairs.size()); ++i) {
    const forecasting::BasketPair& pair = baskets.pairs[i];
    fmt::print("{:<22.21}{:<22.21}{:>8}{:>9.1f}%{:>9.1f}%{:>8.2f}  {:.2f} to {:.2f}\n",
               baskets.skus[pair.first], baskets.skus[pair.second], pair.support,
               100 * baskets.confidence(pair, true), 100 * baskets.confidence(pair, false), pair.lift,
               pair.lift_lower, pair.lift_upper);
  }
}

void run(const Options& options) {
  const forecasting::Baskets baskets = forecasting::read_baskets(options.lines, options.config);
  if (!options.out.empty()) write_file_atomically(options.out, forecasting::baskets_csv(baskets));
  options.common.json ? print_json(baskets) : print_text(options, baskets);
}

}  // namespace

void add_forecast_basket(CLI::App& forecast) {
  auto options = std::make_shared<Options>();
  CLI::App& verb = add_verb(forecast, "basket", "which SKUs are bought together",
                            "restock forecast basket lines.csv --out pairs.csv", options, run);
  forecasting::BasketConfig& config = options->config;
  verb.add_option("lines", options->lines, "CSV of order lines with the columns order_id and sku")
      ->required();
  verb.add_option("--order-column", config.order_column, "column that names the order");
  verb.add_option("--sku-column", config.sku_column, "column that names the SKU");
  verb.add_option("--support", config.minimum_support, "leave out pairs in fewer orders")
      ->check(CLI::Range(1, 1 << 30))
      ->capture_default_str();
  verb.add_option("--lift", config.minimum_lift, "leave out pairs whose lift may be less")
      ->check(CLI::Range(0.0, 1e9))
      ->capture_default_str();
  verb.add_option("--most", options->most, "pairs that are printed; --json and --out give all")
      ->capture_default_str();
  verb.add_option("--out", options->out, "write all pairs to this CSV");
}

}  // namespace restock::tools
