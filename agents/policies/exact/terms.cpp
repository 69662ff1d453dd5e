#include "agents/policies/exact/terms.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "agents/policies/exact/checklist.h"
#include "env/core/money.h"

namespace restock::exact {

OrderTerms::OrderTerms(const SkuModel& sku, const SourceModel& source)
    : source_(&source),
      fixed_(sku.rates.fixed_per_order + money_of(source.extra_per_order)),
      per_unit_(source.purchase_per_unit + money_of(source.freight_per_unit)),
      lead_time_(source.lead_time.empty() ? 0 : static_cast<Units>(source.lead_time.front().minimum())) {}

double OrderTerms::cost_of(Units quantity) const noexcept {
  if (quantity == 0) return 0;
  return fixed_ + source_->price_of(quantity) +
         static_cast<double>(quantity) * money_of(source_->freight_per_unit);
}

void OrderTerms::append_orders(Units most, std::vector<Units>& orders) const {
  orders.push_back(0);
  for (Units wanted = 1; wanted <= most;) {
    const Units quantity = legal(wanted);
    if (quantity < wanted || quantity > most) return;
    orders.push_back(quantity);
    wanted = quantity + 1;
  }
}

void OrderTerms::append_orders(Units least, Units most, std::vector<Units>& orders) const {
  const std::size_t first = orders.size();
  append_orders(most, orders);
  std::size_t enough = first;
  while (enough + 1 < orders.size() && orders[enough] < least) ++enough;
  orders.erase(orders.begin() + static_cast<std::ptrdiff_t>(first),
               orders.begin() + static_cast<std::ptrdiff_t>(enough));
}

Units OrderTerms::lump() const noexcept {
  const Quantity least = source_->pack_size - 1 + source_->minimum_order_quantity;
  const Quantity cheap = source_->price_breaks.empty() ? 0 : source_->price_breaks.back().from_quantity;
  return static_cast<Units>(std::max(least, cheap));
}

bool OrderTerms::takes_single_units() const noexcept {
  return source_->pack_size == 1 && source_->minimum_order_quantity <= 1;
}

bool OrderTerms::is_linear() const noexcept {
  return takes_single_units() && fixed_ == 0 && source_->price_breaks.empty();
}

void check_rates(const SkuModel& sku, Reasons& reasons) {
  const auto positive = [&](double rate, std::string_view key) {
    if (rate > 0) return;
    reasons.push_back(reason(fmt::format("skus.{}.costs.{}", sku.id, key), "0", "more than 0"));
  };
  positive(sku.rates.holding_per_unit_time, "holding_per_unit_day");
  positive(sku.rates.shortage_per_unit_time, "shortage_per_unit_day");
}

void check_capacity(Quantity most, double demand_per_review, std::string_view key, Reasons& reasons) {
  constexpr double kRounding = 1e-9;  // means of tables are sums
  if (most > 0 && static_cast<double>(most) <= demand_per_review * (1 + kRounding))
    reasons.push_back(
        reason(key, fmt::format("{}", most),
               fmt::format("more than the mean demand of a review, {:.4g}", demand_per_review)));
}

void check_initial_pipeline(const SkuModel& sku, Units mornings, Reasons& reasons) {
  for (auto i = static_cast<std::size_t>(mornings); i < sku.initial_pipeline.size(); ++i)
    if (sku.initial_pipeline[i] > 0)
      reasons.push_back(reason(fmt::format("skus.{}.initial_pipeline", sku.id),
                               fmt::format("units on morning {}", i + 1),
                               fmt::format("none after morning {}", mornings)));
}

namespace {

/// The smallest period with which the laws of the horizon's days repeat.
std::size_t period_of(const std::vector<std::uint16_t>& tables) {
  for (std::size_t period = 1; period <= kLongestCycle && 2 * period <= tables.size(); ++period) {
    bool repeats = true;
    for (std::size_t day = period; day < tables.size() && repeats; ++day)
      repeats = tables[day] == tables[day - period];
    if (repeats) return period;
  }
  return 0;
}

}  // namespace

Cycle cycle_of(const WarehouseModel& warehouse, std::size_t sku, std::size_t multiple_of, Reasons& reasons) {
  const SkuModel& model = warehouse.skus[sku];
  const ReviewCalendar& calendar =
      warehouse.review_groups[static_cast<std::size_t>(model.regular().review_group)].calendar;
  const std::size_t period = model.demand_of_day.empty() ? 1 : period_of(model.demand_of_day);
  if (period == 0) {
    reasons.push_back(
        reason(fmt::format("skus.{}.pattern", model.id), "no cycle within the horizon",
               fmt::format("demand that repeats after at most {} days, and a horizon of two cycles",
                           kLongestCycle)));
    return {};
  }
  if (calendar.weekdays == 0 && calendar.first_day >= calendar.period_days)
    reasons.push_back(
        reason("first_review_day", fmt::format("{}", calendar.first_day), "less than review_period_days"));
  const auto reviews = static_cast<std::size_t>(calendar.weekdays != 0 ? 7 : calendar.period_days);
  const std::size_t days = std::lcm(std::lcm(period, reviews), multiple_of);
  if (days > kLongestCycle) {
    reasons.push_back(reason("review_period_days", fmt::format("a cycle of {} days", days),
                             fmt::format("demand and reviews that repeat after at most {}", kLongestCycle)));
    return {};
  }
  Cycle cycle;
  for (std::size_t day = 0; day < days; ++day) {
    const auto table = model.demand_of_day.empty() ? 0 : model.demand_of_day[day % period];
    cycle.demand.push_back(masses_of(model.demand[table]));
    const auto date = static_cast<std::int64_t>(day);
    cycle.may_order.push_back(calendar.on_or_after(date) == date);
  }
  return cycle;
}

}  // namespace restock::exact
