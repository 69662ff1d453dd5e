#include "agents/policies/exact/scenario_closed_forms.h"

#include <algorithm>

#include "agents/policies/exact/checklist.h"
#include "agents/policies/exact/closed_forms.h"
#include "agents/policies/exact/terms.h"
#include "env/core/laws/parameters.h"

namespace restock::exact {

namespace {

bool is_known(const QuantileTable& demand) {
  return demand.minimum() == demand.maximum();
}

/// What all closed forms ask for, and what they need of costs and orders.
class OneItem {
 public:
  explicit OneItem(const DecisionModel& model)
      : warehouse_(*model.warehouse), sku_(warehouse_.skus.front()), terms_(sku_, sku_.regular()) {}

  bool waits() const { return sku_.unmet_demand == UnmetDemand::backlog; }
  bool takes_any_order() const {
    return terms_.takes_single_units() && terms_.maximum() == 0 && sku_.regular().price_breaks.empty();
  }
  bool reviews_daily() const {
    const ReviewCalendar& calendar = warehouse_.review_groups.front().calendar;
    return calendar.weekdays == 0 && calendar.period_days == 1 && calendar.first_day == 0;
  }

  void add_economic_order(std::vector<ClosedForm>& forms) const {
    const double holding = sku_.rates.holding_per_unit_time;
    const bool is_priced =
        terms_.fixed() > 0 && holding > 0 &&
        (!waits() || (sku_.rates.shortage_per_unit_time > 0 && sku_.rates.shortage_per_unit == 0));
    if (!is_priced || !sku_.demand_of_day.empty() || !is_known(sku_.demand.front())) return;
    const auto rate = static_cast<double>(sku_.demand.front().minimum());
    if (rate <= 0) return;
    const LotSize lot =
        waits() ? economic_order_quantity(terms_.fixed(), holding, rate, sku_.rates.shortage_per_unit_time)
                : economic_order_quantity(terms_.fixed(), holding, rate);
    if (!waits() && lost_unit() * rate < lot.cost + terms_.per_unit() * rate) return;
    forms.push_back({"economic_order_quantity", lot.quantity});
    forms.push_back({"economic_order_cost_per_day", lot.cost + terms_.per_unit() * rate});
  }

  void add_newsvendor(const SkuSpec& sku, std::vector<ClosedForm>& forms) const {
    constexpr double kDeviationsFromZero = 6;
    const CostRates& rates = sku_.rates;
    const LawSpec& demand = sku.demand;
    if (demand.name != "normal" || sku.market.demand_probability < 1 || !sku_.demand_of_day.empty() ||
        !waits() || terms_.fixed() > 0 || rates.shortage_per_unit > 0 ||
        !(rates.holding_per_unit_time > 0 && rates.shortage_per_unit_time > 0))
      return;
    const double mean = value_of(demand, "mean");
    const double deviation = value_of(demand, "standard_deviation");
    if (mean < kDeviationsFromZero * deviation) return;  // the scenario's law is cut at 0
    const BaseStockLevel best = normal_base_stock(mean, deviation, terms_.lead_time() + 1.0,
                                                  rates.holding_per_unit_time, rates.shortage_per_unit_time);
    forms.push_back({"newsvendor_level", best.level});
    forms.push_back({"newsvendor_cost_per_day", best.cost + terms_.per_unit() * mean});
  }

  void add_lot_sizing(std::vector<ClosedForm>& forms) const {
    if (waits() || terms_.lead_time() > 0 || terms_.fixed() <= 0 || sku_.initial_on_hand > 0 ||
        sku_.initial_on_order > 0 || warehouse_.warm_up_days > 0 || sku_.demand_of_day.empty() ||
        !std::ranges::all_of(sku_.demand, is_known))
      return;
    std::vector<double> demand;
    for (std::int64_t day = 0; day < warehouse_.days; ++day)
      demand.push_back(static_cast<double>(sku_.demand_on(day).minimum()));
    const auto is_worth_an_order = [&](double units) {
      return units == 0 || (lost_unit() - terms_.per_unit()) * units >= terms_.fixed();
    };
    if (!std::ranges::all_of(demand, is_worth_an_order)) return;
    const std::vector<double> prices(demand.size(), terms_.per_unit());
    forms.push_back({"lot_sizing_cost",
                     best_lots(demand, terms_.fixed(), sku_.rates.holding_per_unit_time, prices).cost});
  }

 private:
  double lost_unit() const { return sku_.rates.shortage_per_unit + sku_.rates.lost_sale_per_unit; }

  const WarehouseModel& warehouse_;
  const SkuModel& sku_;
  OrderTerms terms_;
};

}  // namespace

std::vector<ClosedForm> closed_forms_of(const DecisionModel& model, const SkuSpec& sku) {
  const Reasons reasons = check(model, {.loses_sales = true,
                                        .has_backlog = true,
                                        .has_cycle = true,
                                        .has_price_breaks = true,
                                        .has_discount = false});
  if (!reasons.empty()) return {};
  const OneItem item(model);
  std::vector<ClosedForm> forms;
  if (!item.takes_any_order() || !item.reviews_daily()) return forms;
  item.add_economic_order(forms);
  item.add_newsvendor(sku, forms);
  item.add_lot_sizing(forms);
  return forms;
}

}  // namespace restock::exact
