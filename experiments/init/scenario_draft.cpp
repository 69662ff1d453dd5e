#include "experiments/init/scenario_draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "env/core/error.h"
#include "experiments/init/supplier_names.h"

namespace restock::experiments {

namespace {

using forecasting::Panel;

constexpr std::int64_t kWeek = 7;
constexpr std::int64_t kFewestEvaluationDays = 28;
constexpr std::int64_t kMostEvaluationDays = 112;
constexpr std::int64_t kFewestTrainingDays = 56;
/// Forecasters sample futures and sums over so many days.
constexpr double kLongestProtection = 28;
/// Shorter histories do not train a forecaster.
constexpr std::int64_t kFewestForecastDays = 112;
constexpr std::int64_t kGuessedLeadDays = 7;
constexpr std::size_t kFewestReceipts = 5;
constexpr std::size_t kMostNamed = 5;
constexpr double kGuessedPrice = 10;
constexpr double kGuessedCostShare = 0.6;

class Draft {
 public:
  Draft(const Panel& sales, const ItemTable& items, const ReceiptTable& receipts, const DraftConfig& config)
      : sales_(sales), items_(items), receipts_(receipts), config_(config) {}

  ScenarioDraft run() {
    draft_.name = config_.name;
    draft_.carrying_rate = config_.carrying_rate;
    set_horizon();
    for (std::size_t series = 0; series < sales_.series(); ++series) add_sku(series);
    name_left_out();
    if (draft_.skus.empty())
      throw InputError(fmt::format("none of the {} series sells anything before {}; nothing can be planned",
                                   sales_.series(), format_date(draft_.start)));
    add_suppliers();
    for (SkuDraft& sku : draft_.skus) sku.initial_on_hand = initial_stock(sku);
    choose_sources();
    note_tables();
    return std::move(draft_);
  }

 private:
  void set_horizon() {
    const auto days = static_cast<std::int64_t>(sales_.days);
    const std::int64_t sixth = days / 6 / kWeek * kWeek;
    draft_.days = config_.evaluation_days > 0 ? config_.evaluation_days
                                              : std::clamp(sixth, kFewestEvaluationDays, kMostEvaluationDays);
    if (days < draft_.days + kFewestTrainingDays)
      throw InputError(fmt::format(
          "{} days of sales, expected at least {}: {} to judge policies by, and {} before them to learn from",
          days, draft_.days + kFewestTrainingDays, draft_.days, kFewestTrainingDays));
    before_ = static_cast<std::size_t>(days - draft_.days);
    draft_.start = sales_.date(before_);
    draft_.warm_up_days = draft_.days / 4 / kWeek * kWeek;
  }

  void add_sku(std::size_t series) {
    SkuDraft sku;
    sku.id = sales_.ids[series];
    sku.demand = forecasting::profile_of(sales_, series, 0, before_);
    if (sku.demand.days < static_cast<std::size_t>(kFewestEvaluationDays) || sku.demand.days_with_sales < 2)
      return left_out_.push_back(sku.id);
    if (const auto found = items_.items.find(sku.id); found != items_.items.end()) sku.item = found->second;
    sku.price = price_of(series, sku.item);
    sku.unit_cost = unit_cost_of(sku);
    draft_.skus.push_back(std::move(sku));
  }

  Inferred<double> price_of(std::size_t series, const Item& item) const {
    if (item.price && *item.price > 0) return {*item.price, "items", false};
    if (const forecasting::Covariate* const price = sales_.find_covariate("price")) {
      std::vector<float> recent;
      for (std::size_t day = before_ - static_cast<std::size_t>(kFewestEvaluationDays); day < before_; ++day)
        if (const float value = price->values[series * sales_.known_days + day]; value > 0)
          recent.push_back(value);
      if (!recent.empty()) {
        std::ranges::nth_element(recent, recent.begin() + static_cast<std::ptrdiff_t>(recent.size() / 2));
        return {static_cast<double>(recent[recent.size() / 2]), "median of the last four weeks of sales",
                false};
      }
    }
    return {kGuessedPrice, "no price is known", true};
  }

  static Inferred<double> unit_cost_of(const SkuDraft& sku) {
    const double guess = kGuessedCostShare * sku.price.value;
    if (!sku.item.unit_cost)
      return {guess, fmt::format("{:.0f} % of the price", 100 * kGuessedCostShare), true};
    if (*sku.item.unit_cost < sku.price.value) return {*sku.item.unit_cost, "items", false};
    return {guess,
            fmt::format("items say {:g}, which is no less than the price; {:.0f} % of it",
                        *sku.item.unit_cost, 100 * kGuessedCostShare),
            true};
  }

  void add_suppliers() {
    SupplierNames names;
    for (SkuDraft& sku : draft_.skus) {
      const std::string said = sku.item.supplier;
      sku.supplier = names.id_of(said);
      const auto same = [&](const SupplierDraft& supplier) { return supplier.id == sku.supplier; };
      if (std::ranges::none_of(draft_.suppliers, same))
        draft_.suppliers.push_back({sku.supplier, lead_days_of(said)});
    }
  }

  Inferred<std::vector<std::int64_t>> lead_days_of(const std::string& supplier) const {
    const auto own = receipts_.by_supplier.find(supplier);
    if (own != receipts_.by_supplier.end() && own->second.size() >= kFewestReceipts)
      return {own->second, fmt::format("{} receipts of this supplier", own->second.size()), false};
    if (!receipts_.lead_days.empty())
      return {receipts_.lead_days, fmt::format("{} receipts of all suppliers", receipts_.lead_days.size()),
              own == receipts_.by_supplier.end() && !supplier.empty() && !receipts_.by_supplier.empty()};
    return {{kGuessedLeadDays}, "no receipts are known", true};
  }

  double mean_lead_days(const std::string& supplier) const {
    for (const SupplierDraft& each : draft_.suppliers)
      if (each.id == supplier) return each.mean_lead_days();
    return 0;
  }

  /// Demand until an order of the first day arrives and a day more, in whole packs.
  Inferred<std::int64_t> initial_stock(const SkuDraft& sku) const {
    const double wanted = sku.demand.mean * (mean_lead_days(sku.supplier) + 1);
    const auto pack = static_cast<double>(sku.item.pack_size.value_or(1));
    return {static_cast<std::int64_t>(std::ceil(wanted / pack) * pack),
            "mean demand over the lead time and a day, in whole packs", true};
  }

  void choose_sources() {
    double longest = 0;
    for (const SupplierDraft& supplier : draft_.suppliers)
      longest = std::max(longest, supplier.mean_lead_days() + 1);
    if (longest > kLongestProtection)
      draft_.why_laws_train =
          fmt::format("the longest lead time and a day are {:.0f} days, forecasts reach {:.0f}",
                      std::ceil(longest), kLongestProtection);
    else if (static_cast<std::int64_t>(before_) < kFewestForecastDays)
      draft_.why_laws_train =
          fmt::format("{} days before the horizon, a forecaster needs {}", before_, kFewestForecastDays);
    draft_.trains_on_forecasts = draft_.why_laws_train.empty();
    for (std::size_t series = 0; series < sales_.series() && draft_.is_judged_by_history; ++series)
      for (std::size_t day = before_; day < sales_.days; ++day)
        if (sales_.stocked_out_of(series)[day] != 0) {
          draft_.is_judged_by_history = false;
          draft_.why_laws_judge = fmt::format("'{}' was stocked out on {}, so that its demand is not known",
                                              sales_.ids[series], format_date(sales_.date(day)));
          break;
        }
  }

  void name_left_out() {
    if (left_out_.empty()) return;
    const std::size_t shown = std::min(left_out_.size(), kMostNamed);
    draft_.notes.push_back(fmt::format(
        "{} of {} series are left out, with fewer than {} days or 2 sales before {}: {}{}", left_out_.size(),
        sales_.series(), kFewestEvaluationDays, format_date(draft_.start),
        fmt::join(left_out_.begin(), left_out_.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
        shown < left_out_.size() ? ", …" : ""));
  }

  void note_tables() {
    if (!items_.ignored.empty())
      draft_.notes.push_back(fmt::format("columns of the items that nothing was taken from: {}",
                                         fmt::join(items_.ignored, ", ")));
    std::size_t unknown = 0;
    for (const SkuDraft& sku : draft_.skus) unknown += items_.items.contains(sku.id) ? 0 : 1;
    if (!items_.items.empty() && unknown > 0)
      draft_.notes.push_back(
          fmt::format("{} of {} SKUs do not stand in the items", unknown, draft_.skus.size()));
    if (receipts_.unusable > 0)
      draft_.notes.push_back(fmt::format(
          "{} rows of the receipts are left out, with a date missing or received before they were "
          "ordered (lines {}{})",
          receipts_.unusable, fmt::join(receipts_.unusable_lines, ", "),
          receipts_.unusable > receipts_.unusable_lines.size() ? ", …" : ""));
  }

  const Panel& sales_;
  const ItemTable& items_;
  const ReceiptTable& receipts_;
  const DraftConfig& config_;
  std::size_t before_ = 0;  ///< days before the horizon
  std::vector<std::string> left_out_;
  ScenarioDraft draft_;
};

}  // namespace

double SupplierDraft::mean_lead_days() const {
  return static_cast<double>(
             std::accumulate(lead_days.value.begin(), lead_days.value.end(), std::int64_t{0})) /
         static_cast<double>(lead_days.value.size());
}

ScenarioDraft draft_scenario(const Panel& sales, const ItemTable& items, const ReceiptTable& receipts,
                             const DraftConfig& config) {
  return Draft(sales, items, receipts, config).run();
}

}  // namespace restock::experiments
