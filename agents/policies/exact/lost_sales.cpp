#include "agents/policies/exact/lost_sales.h"

#include <algorithm>
#include <cmath>

#include "agents/policies/exact/checklist.h"
#include "agents/policies/exact/lost_sales_chain.h"
#include "agents/policies/exact/single_item.h"

namespace restock::exact {

namespace {

class LostSales final : public Problem {
 public:
  LostSales(std::shared_ptr<const WarehouseModel> warehouse, Cycle cycle, Cycle weekly_cycle)
      : warehouse_(std::move(warehouse)),
        cycle_(std::move(cycle)),
        weekly_cycle_(std::move(weekly_cycle)),
        sku_(warehouse_->skus.front()),
        terms_(sku_, sku_.regular()) {}

  std::string_view name() const override { return "lost_sales"; }

  std::unique_ptr<Process> process(const Limits& limits) const override {
    return std::make_unique<SingleItem>(*warehouse_, 0, cycle_, range(limits.enlargement), 0);
  }
  std::unique_ptr<Process> process_of_policy(Units level_limit, bool) const override {
    return std::make_unique<SingleItem>(*warehouse_, 0, weekly_cycle_, OrderRange{}, level_limit);
  }
  std::unique_ptr<Chain> chain(const Process& process, const Limits& limits) const override {
    if (cycle_.days() > 1 || terms_.lead_time() == 0 || !terms_.takes_single_units()) return nullptr;
    return std::make_unique<LostSalesChain>(dynamic_cast<const SingleItem&>(process), limits.maximum_bytes);
  }
  bool has_proven_bounds() const override {
    return cycle_.days() == 1 && terms_.is_linear() && terms_.maximum() == 0;
  }

 private:
  /// Of demand over so many days in a row, the largest quantile whatever day is the first.
  Units quantile_of_days(std::size_t days) const {
    const double shortage = sku_.rates.shortage_per_unit + sku_.rates.lost_sale_per_unit;
    const double both = shortage + sku_.rates.holding_per_unit_time;
    const double ratio = both > 0 ? shortage / both : 0;
    std::size_t largest = 0;
    for (std::size_t first = 0; first < cycle_.days(); ++first) {
      Masses sum{1.0};
      for (std::size_t day = 0; day < days; ++day)
        sum = sum_of(sum, cycle_.demand[(first + day) % cycle_.days()]);
      largest = std::max(largest, quantile(sum, ratio));
    }
    return static_cast<Units>(largest);
  }

  /// What the range is widened by where it is not proven.
  Units slack(int enlargement) const {
    if (has_proven_bounds()) return 0;
    double mean = 0;
    for (const Masses& demand : cycle_.demand) mean += mean_of(demand) / static_cast<double>(cycle_.days());
    const double holding = std::max(sku_.rates.holding_per_unit_time, 1e-9);
    const double economic = std::sqrt(2 * terms_.fixed() * mean / holding);
    const double once = std::ceil(economic) + terms_.lump() + 1;
    return static_cast<Units>(std::min(once * std::pow(2, enlargement), 1e6));
  }

  /// Days without a review before the next one: one order serves them all.
  std::size_t longest_gap() const {
    std::size_t longest = 1;
    std::size_t gap = 0;
    for (std::size_t day = 0; day < 2 * cycle_.days(); ++day) {
      gap = cycle_.may_order[day % cycle_.days()] ? 1 : gap + 1;
      longest = std::max(longest, gap);
    }
    return longest;
  }

  OrderRange range(int enlargement) const {
    OrderRange range;
    const Units more = slack(enlargement);
    const std::size_t gap = longest_gap();
    const auto lead = static_cast<std::size_t>(terms_.lead_time());
    for (std::size_t k = 1; k <= lead; ++k) range.newest.push_back(quantile_of_days(k + gap - 1) + more);
    range.position = quantile_of_days(lead + gap) + more;
    if (terms_.maximum() > 0 && lead > 0) range.newest[0] = std::min(range.newest[0], terms_.maximum());
    return range;
  }

  std::shared_ptr<const WarehouseModel> warehouse_;
  Cycle cycle_;
  Cycle weekly_cycle_;
  const SkuModel& sku_;
  OrderTerms terms_;
};

}  // namespace

Recognition recognise_lost_sales(const DecisionModel& model) {
  Recognition result;
  result.reasons = check(model, {.loses_sales = true, .has_cycle = true, .has_price_breaks = true});
  if (!result.reasons.empty()) return result;
  const SkuModel& sku = model.warehouse->skus.front();
  const OrderTerms terms(sku, sku.regular());
  check_initial_pipeline(sku, std::max(terms.lead_time() - 1, 0), result.reasons);
  Cycle cycle = cycle_of(*model.warehouse, 0, 1, result.reasons);
  if (!result.reasons.empty()) return result;
  Cycle as_policies_see = cycle.days() == 1 ? cycle : cycle_of(*model.warehouse, 0, 7, result.reasons);
  if (!result.reasons.empty()) return result;
  result.problem = std::make_unique<LostSales>(model.warehouse, std::move(cycle), std::move(as_policies_see));
  return result;
}

}  // namespace restock::exact
