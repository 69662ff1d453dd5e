#include "forecasting/basket.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <span>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "env/core/csv.h"

namespace restock::forecasting {

namespace {

/// Places of names, in the order in which they came.
class Names {
 public:
  std::uint32_t place_of(const std::string& name) {
    const auto [entry, is_new] = places_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
    if (is_new) names_.push_back(name);
    return entry->second;
  }
  std::size_t size() const noexcept { return names_.size(); }
  const std::vector<std::string>& names() const noexcept { return names_; }

 private:
  std::unordered_map<std::string, std::uint32_t> places_;
  std::vector<std::string> names_;
};

/// One order line as (order, SKU).
using Line = std::pair<std::uint32_t, std::uint32_t>;

/// Lines without repetition, order by order; SKUs are numbered by their names.
std::vector<Line> read_lines(const std::string& file, const BasketConfig& config, Baskets& baskets) {
  CsvReader csv(file);
  const std::size_t order = config.order_column.empty()
                                ? csv.column({"order_id", "order", "ticket", "invoice"})
                                : csv.column(config.order_column);
  const std::size_t sku = config.sku_column.empty() ? csv.column({"sku", "unique_id", "item", "item_id"})
                                                    : csv.column(config.sku_column);
  Names orders;
  Names skus;
  std::vector<Line> lines;
  while (csv.next()) {
    for (const std::size_t column : {order, sku})
      if (csv.fields()[column].empty()) csv.fail(column, "is empty, expected the name of an order and a SKU");
    lines.emplace_back(orders.place_of(csv.fields()[order]), skus.place_of(csv.fields()[sku]));
  }
  baskets.lines = static_cast<std::int64_t>(lines.size());
  baskets.orders = static_cast<std::int64_t>(orders.size());
  baskets.skus = skus.names();
  std::ranges::sort(baskets.skus);
  std::vector<std::uint32_t> by_name(skus.size());
  for (std::size_t place = 0; place < skus.size(); ++place)
    by_name[place] = static_cast<std::uint32_t>(std::ranges::lower_bound(baskets.skus, skus.names()[place]) -
                                                baskets.skus.begin());
  for (Line& line : lines) line.second = by_name[line.second];
  std::ranges::sort(lines);
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  return lines;
}

/// Calls `visit` with the SKUs of each order.
template <class Visit>
void for_each_order(const std::vector<Line>& lines, const Visit& visit) {
  for (std::size_t first = 0, last = 0; first < lines.size(); first = last) {
    while (last < lines.size() && lines[last].first == lines[first].first) ++last;
    visit(std::span(lines).subspan(first, last - first));
  }
}

/// Limits of the mean of a Poisson variable that was observed, 2.5 % on either side.
std::pair<double, double> poisson_limits(double count) {
  constexpr double kZ = 1.959963984540054;
  const auto limit = [](double shape, double z) {
    const double root = 1 - 1 / (9 * shape) + z / (3 * std::sqrt(shape));
    return shape * root * root * root;
  };
  return {count > 0 ? limit(count, -kZ) : 0, limit(count + 1, kZ)};
}

using PairCounts = std::unordered_map<std::uint64_t, std::int64_t>;

/// Of SKUs that are frequent enough, since no pair is in more orders than either of its SKUs.
PairCounts count_pairs(const std::vector<Line>& lines, std::int64_t minimum_support, Baskets& baskets) {
  baskets.sku_orders.assign(baskets.skus.size(), 0);
  for (const Line& line : lines) ++baskets.sku_orders[line.second];
  PairCounts counts;
  std::vector<std::uint32_t> frequent;
  for_each_order(lines, [&](std::span<const Line> order) {
    baskets.widest = std::max(baskets.widest, static_cast<std::int64_t>(order.size()));
    if (order.size() > kMostSkusPerOrder) return void(++baskets.left_out);
    frequent.clear();
    for (const Line& line : order)
      if (baskets.sku_orders[line.second] >= minimum_support) frequent.push_back(line.second);
    for (std::size_t i = 0; i < frequent.size(); ++i)
      for (std::size_t j = i + 1; j < frequent.size(); ++j)
        ++counts[std::uint64_t{frequent[i]} << 32 | frequent[j]];
  });
  return counts;
}

}  // namespace

Baskets read_baskets(const std::string& file, const BasketConfig& config) {
  Baskets baskets;
  const std::vector<Line> lines = read_lines(file, config, baskets);
  for (const auto& [key, support] : count_pairs(lines, config.minimum_support, baskets)) {
    if (support < config.minimum_support) continue;
    BasketPair pair{static_cast<std::uint32_t>(key >> 32), static_cast<std::uint32_t>(key), support, 0, 0, 0};
    const double expected = static_cast<double>(baskets.sku_orders[pair.first]) *
                            static_cast<double>(baskets.sku_orders[pair.second]) /
                            static_cast<double>(baskets.orders);
    const auto [lower, upper] = poisson_limits(static_cast<double>(support));
    pair.lift = static_cast<double>(support) / expected;
    pair.lift_lower = lower / expected;
    pair.lift_upper = upper / expected;
    if (pair.lift_lower >= config.minimum_lift) baskets.pairs.push_back(pair);
  }
  std::ranges::sort(baskets.pairs, [](const BasketPair& a, const BasketPair& b) {
    return std::tuple(-a.lift_lower, a.first, a.second) < std::tuple(-b.lift_lower, b.first, b.second);
  });
  return baskets;
}

std::string baskets_csv(const Baskets& baskets) {
  std::string text = "first,second,support,confidence_first,confidence_second,lift,lift_lower,lift_upper\n";
  for (const BasketPair& pair : baskets.pairs)
    fmt::format_to(std::back_inserter(text), "{},{},{},{:.6g},{:.6g},{:.6g},{:.6g},{:.6g}\n",
                   csv_field(baskets.skus[pair.first]), csv_field(baskets.skus[pair.second]), pair.support,
                   baskets.confidence(pair, true), baskets.confidence(pair, false), pair.lift,
                   pair.lift_lower, pair.lift_upper);
  return text;
}

}  // namespace restock::forecasting
