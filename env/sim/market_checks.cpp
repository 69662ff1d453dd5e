#include "env/sim/market_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "env/core/suggest.h"

namespace restock {

namespace {

/// Money a unit: what customers save is counted in whole millionths.
constexpr double kMostMarkdown = 1e6;
constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

class MarketChecker {
 public:
  MarketChecker(FieldVisitor& visitor, const WarehouseSpec& warehouse)
      : visitor_(visitor), warehouse_(warehouse), start_(parse_date(warehouse.horizon.start)) {
    for (const SkuSpec& sku : warehouse.skus) ids_.emplace_back(sku.id);
    named_.resize(ids_.size());
  }

  void check() {
    for (std::size_t i = 0; i < warehouse_.promotions.size(); ++i) check_promotion(i);
    for (std::size_t i = 0; i < warehouse_.skus.size(); ++i) {
      check_overlaps(i);
      check_substitute(i);
      check_factor(i);
    }
  }

 private:
  /// Some days on which a SKU is promoted, and where in which promotion it stands.
  struct Spell {
    std::int64_t first = 0, last = 0;
    std::size_t promotion = 0, place = 0;
  };

  std::size_t find(const std::string& id) const {
    const auto found = std::find(ids_.begin(), ids_.end(), id);
    return found == ids_.end() ? kNowhere : static_cast<std::size_t>(found - ids_.begin());
  }

  /// The SKU's place; reports an id that is none.
  std::size_t require(const std::string& id, const std::string& at) {
    const std::size_t place = find(id);
    if (place == kNowhere && !id.empty())
      visitor_.problem(at, fmt::format("{} is not among the SKUs{}", in_quotes(id), did_you_mean(id, ids_)));
    return place;
  }

  void check_promotion(std::size_t index) {
    const PromotionSpec& promotion = warehouse_.promotions[index];
    const std::string at = fmt::format("promotions[{}]", index);
    const bool has_days = start_ && parse_date(promotion.from) && promotion.days > 0;
    if (has_days) check_dates(promotion, at);
    for (std::size_t k = 0; k < promotion.skus.size(); ++k) {
      const std::string at_sku = fmt::format("{}.skus[{}]", at, k);
      const std::size_t sku = require(promotion.skus[k], at_sku);
      if (sku == kNowhere) continue;
      for (const SkuSpec& point : warehouse_.skus)
        if (point.id == promotion.skus[k]) check_price(promotion, point, at + ".price");
      if (has_days) named_[sku].emplace_back(index, k);
    }
    for (std::size_t k = 0; k < promotion.cannibalises.skus.size(); ++k) {
      const std::string& id = promotion.cannibalises.skus[k];
      const std::string at_sku = fmt::format("{}.cannibalises.skus[{}]", at, k);
      require(id, at_sku);
      if (std::find(promotion.skus.begin(), promotion.skus.end(), id) != promotion.skus.end())
        visitor_.problem(at_sku, fmt::format("{} is itself promoted here", in_quotes(id)));
    }
  }

  void check_price(const PromotionSpec& promotion, const SkuSpec& sku, const std::string& at) {
    if (!is_set(promotion.price)) return;
    if (!is_set(sku.price))
      visitor_.problem(at, fmt::format("SKU '{}' has no usual price beside it", sku.id));
    else if (!(std::abs(promotion.price - sku.price) <= kMostMarkdown))
      visitor_.problem(at, fmt::format("{}, expected at most {} away from the usual price of SKU '{}'",
                                       promotion.price, kMostMarkdown, sku.id));
  }

  void check_dates(const PromotionSpec& promotion, const std::string& at) {
    const PromotionDays days = days_of(promotion, *start_);
    if (days.first_day >= 0 && days.first_day < warehouse_.horizon.days) return;
    if (warehouse_.horizon.days <= 0) return;  // reported already
    const Date last = *start_ + std::chrono::days(warehouse_.horizon.days - 1);
    visitor_.problem(at + ".from", fmt::format("{}, expected a day of the horizon, {} to {}", promotion.from,
                                               warehouse_.horizon.start, format_date(last)));
  }

  /// The spells of one SKU within the horizon; no more than would have to overlap.
  std::vector<Spell> spells_of(std::size_t sku) const {
    std::vector<Spell> spells;
    for (const auto& [index, place] : named_[sku]) {
      const PromotionDays days = days_of(warehouse_.promotions[index], *start_);
      for (std::int64_t first = days.first_day; first < warehouse_.horizon.days;
           first += days.repeat_every_days) {
        spells.push_back({first, first + days.days - 1, index, place});
        if (days.repeat_every_days <= 0) break;
        if (static_cast<std::int64_t>(spells.size()) > warehouse_.horizon.days + 1) return spells;
      }
    }
    return spells;
  }

  void check_overlaps(std::size_t sku) {
    std::vector<Spell> spells = spells_of(sku);
    const auto earlier = [](const Spell& a, const Spell& b) {
      return std::tie(a.first, a.promotion, a.place) < std::tie(b.first, b.promotion, b.place);
    };
    std::sort(spells.begin(), spells.end(), earlier);
    for (std::size_t i = 1; i < spells.size(); ++i)
      if (spells[i].first <= spells[i - 1].last) return report_overlap(spells[i - 1], spells[i]);
  }

  void report_overlap(const Spell& one, const Spell& other) {
    const auto of_promotion = [](const Spell& a, const Spell& b) {
      return std::tie(a.promotion, a.place) < std::tie(b.promotion, b.place);
    };
    const auto [above, below] = std::minmax(one, other, of_promotion);  // as they stand in the file
    if (above.promotion == below.promotion && above.place == below.place) return;  // repeats too early
    const Date day = *start_ + std::chrono::days(other.first);
    visitor_.problem(
        fmt::format("promotions[{}].skus[{}]", below.promotion, below.place),
        above.promotion == below.promotion
            ? std::string("stands twice in this promotion")
            : fmt::format("is promoted by promotions[{}] as well on {}", above.promotion, format_date(day)));
  }

  void check_substitute(std::size_t index) {
    const SubstituteSpec& substitute = warehouse_.skus[index].market.substitute;
    const std::string at = fmt::format("skus[{}].substitute.sku", index);
    const SkuSpec& sku = warehouse_.skus[index];
    if (require(substitute.sku, at) == kNowhere) return;
    if (substitute.sku == sku.id)
      visitor_.problem(at, "is the SKU itself, expected another one");
    else if (!sku_at(warehouse_, substitute.sku, sku.location))
      visitor_.problem(
          at, fmt::format("{} is not kept at location '{}'", in_quotes(substitute.sku), sku.location));
  }

  void check_factor(std::size_t index) {
    const std::string& factor = warehouse_.skus[index].market.correlation.factor;
    const auto same = [&](const SkuSpec& sku) { return sku.market.correlation.factor == factor; };
    if (!factor.empty() && std::count_if(warehouse_.skus.begin(), warehouse_.skus.end(), same) == 1)
      visitor_.problem(
          fmt::format("skus[{}].correlation.factor", index),
          fmt::format("{} stands at no other SKU, expected at least two that share it", in_quotes(factor)));
  }

  FieldVisitor& visitor_;
  const WarehouseSpec& warehouse_;
  std::optional<Date> start_;
  std::vector<std::string_view> ids_;
  /// By SKU: the promotions that name it, and where in them.
  std::vector<std::vector<std::pair<std::size_t, std::size_t>>> named_;
};

}  // namespace

void check_market(FieldVisitor& visitor, const WarehouseSpec& warehouse) {
  MarketChecker(visitor, warehouse).check();
}

}  // namespace restock
