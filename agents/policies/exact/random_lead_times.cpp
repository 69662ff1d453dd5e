#include "agents/policies/exact/random_lead_times.h"

#include "agents/policies/exact/checklist.h"
#include "agents/policies/exact/poisson_customers.h"
#include "agents/policies/exact/terms.h"
#include "env/core/time.h"

namespace restock::exact {

namespace {

class RandomLeadTimes final : public Problem {
 public:
  RandomLeadTimes(std::shared_ptr<const WarehouseModel> warehouse, PoissonCustomers customers)
      : warehouse_(std::move(warehouse)), customers_(std::move(customers)), sku_(warehouse_->skus.front()) {}

  std::string_view name() const override { return "random_lead_times"; }
  std::unique_ptr<Process> process(const Limits&) const override { return nullptr; }
  std::unique_ptr<Process> process_of_policy(Units, bool) const override { return nullptr; }
  bool has_proven_bounds() const override { return true; }
  std::string_view policies_with_a_cost() const override { return "base_stock without a largest order"; }

  std::optional<double> cost_of_policy(const Policy& policy) const override {
    const auto rule = policy.order_rule(0);
    const auto* levels = rule ? std::get_if<period::OrderUpTo<Quantity>>(&*rule) : nullptr;
    const auto largest = static_cast<Quantity>(customers_.size.size()) - 1;
    if (levels == nullptr || levels->maximum_order < largest) return std::nullopt;
    const SourceModel& source = sku_.regular();
    const Masses open = poisson_sum(customers_.per_day * source.lead_time_law->mean(), customers_.size);
    const Masses then = sum_of(open, customers_.size);
    const auto waiting = [&](const Masses& on_order) { return expected_short(levels->level, on_order); };
    const CostRates& rates = sku_.rates;
    const OrderTerms terms(sku_, source);
    double of_customer = rates.shortage_per_unit * (waiting(then) - waiting(open));
    for (std::size_t size = 1; size < customers_.size.size(); ++size)
      of_customer += customers_.size[size] * terms.cost_of(static_cast<Units>(size));
    return static_cast<double>(kMillisecondsPerDay) *
               (rates.holding_per_unit_time * expected_left(levels->level, open) +
                rates.shortage_per_unit_time * waiting(open)) +
           customers_.per_day * of_customer;
  }

 private:
  std::shared_ptr<const WarehouseModel> warehouse_;
  PoissonCustomers customers_;
  const SkuModel& sku_;
};

}  // namespace

Recognition recognise_random_lead_times(const DecisionModel& model) {
  Recognition result;
  result.reasons = check(model, {.continuous = true,
                                 .has_backlog = true,
                                 .has_random_lead_time = true,
                                 .has_price_breaks = true,
                                 .has_order_sizes = true,
                                 .has_discount = false,
                                 .has_initial_pipeline = false,
                                 .most_sources = kMostSources});
  if (!result.reasons.empty()) return result;
  const SkuModel& sku = model.warehouse->skus.front();
  const OrderTerms terms(sku, sku.regular());
  auto customers = poisson_customers(sku, result.reasons);
  if (!customers) return result;
  const auto largest = static_cast<Units>(customers->size.size()) - 1;
  if (!terms.takes_single_units() || (terms.maximum() > 0 && terms.maximum() < largest))
    result.reasons.push_back(reason("maximum_order_quantity", "orders in packs, or smaller than a customer's",
                                    "any number of units"));
  if (result.reasons.empty())
    result.problem = std::make_unique<RandomLeadTimes>(model.warehouse, std::move(*customers));
  return result;
}

}  // namespace restock::exact
