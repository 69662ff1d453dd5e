#include "agents/policies/lost_sales.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace restock::policies {

LostSalesPlanner::LostSalesPlanner(const PlannedSku& sku)
    : lead_days_(std::llround(sku.figures.lead_time_days)),
      holding_(sku.figures.holding_per_unit_day),
      law_of_day_(sku.resolved().demand_of_day) {
  const SkuModel& model = sku.resolved();
  const double price =
      model.regular().purchase_per_unit + static_cast<double>(model.regular().freight_per_unit) / 1e6;
  shortage_ = std::max(0.0, model.rates.shortage_per_unit + model.rates.lost_sale_per_unit - price);
  for (const QuantileTable& table : model.demand) {
    DayLaw law;
    law.masses = masses_of(table);
    double sum = 0;
    for (std::size_t k = 0; k < law.masses.size(); ++k) {
      sum += law.masses[k];
      law.cdf.push_back(sum);
      law.mean += static_cast<double>(k) * law.masses[k];
    }
    law.cost.push_back(shortage_ * law.mean);
    for (std::size_t y = 0; y < law.cdf.size(); ++y)
      law.cost.push_back(law.cost.back() + (holding_ + shortage_) * law.cdf[y] - shortage_);
    laws_.push_back(std::move(law));
  }
  find_phases();
}

void LostSalesPlanner::find_phases() {
  constexpr std::size_t most = 30;
  std::map<std::vector<std::size_t>, std::int8_t> known;
  for (std::int64_t day = 0; day < static_cast<std::int64_t>(law_of_day_.size()); ++day) {
    std::vector<std::size_t> ahead;
    for (std::int64_t i = 0; i <= lead_days_ + 1; ++i) ahead.push_back(law_on(day + i));
    const auto next = static_cast<std::int8_t>(known.size());
    phases_.push_back(known.emplace(std::move(ahead), next).first->second);
    if (known.size() <= most) continue;
    phases_.clear();
    return;
  }
}

std::int64_t LostSalesPlanner::phase_on(std::int64_t day) const noexcept {
  if (law_of_day_.empty()) return 0;
  return phases_.empty() || day >= static_cast<std::int64_t>(phases_.size())
             ? -1
             : phases_[static_cast<std::size_t>(day)];
}

/// Beyond the horizon the last week goes on.
std::size_t LostSalesPlanner::law_on(std::int64_t day) const noexcept {
  if (law_of_day_.empty()) return 0;
  const auto days = static_cast<std::int64_t>(law_of_day_.size());
  if (day >= days) day = std::max<std::int64_t>(0, days - 7 + (day - days) % 7);
  return law_of_day_[static_cast<std::size_t>(std::min(day, days - 1))];
}

double LostSalesPlanner::at_most(std::size_t law, std::size_t level) const noexcept {
  const std::vector<double>& cdf = laws_[law].cdf;
  return level < cdf.size() ? cdf[level] : 1.0;
}

double LostSalesPlanner::cost_at(std::size_t law, std::size_t level) const noexcept {
  const std::vector<double>& cost = laws_[law].cost;
  if (level < cost.size()) return cost[level];
  return cost.back() + holding_ * static_cast<double>(level - cost.size() + 1);
}

/// The smallest order with P(D <= X + z) >= p / (p + h).
Quantity LostSalesPlanner::best_order(const Masses& met, std::size_t law) const {
  const double ratio = shortage_ / std::max(shortage_ + holding_, 1e-300);
  const auto covered = [&](Quantity order) {
    double sum = 0;
    for (std::size_t k = 0; k < met.size(); ++k)
      sum += met[k] * at_most(law, k + static_cast<std::size_t>(order));
    return sum >= ratio - 1e-12;
  };
  Quantity high = static_cast<Quantity>(laws_[law].cdf.size());
  Quantity low = -1;  // not covered, or not a quantity
  while (high - low > 1) {
    const Quantity middle = (low + high) / 2;
    (covered(middle) ? high : low) = middle;
  }
  return high;
}

double LostSalesPlanner::cost_of(const Masses& met, Quantity order, std::size_t law) const {
  double sum = 0;
  for (std::size_t k = 0; k < met.size(); ++k)
    sum += met[k] * cost_at(law, k + static_cast<std::size_t>(order));
  return sum;
}

Quantity LostSalesPlanner::myopic(std::int64_t day, Quantity on_hand, std::span<const Quantity> receipts,
                                  Workspace& work) const {
  work.stock.assign(static_cast<std::size_t>(on_hand) + 1, 0.0);
  work.stock.back() = 1;
  for (std::int64_t ahead = 0; ahead < lead_days_; ++ahead) {
    serve_day(work.stock, laws_[law_on(day + ahead)].masses, work.after);
    std::swap(work.stock, work.after);
    if (ahead + 1 < lead_days_) receive(work.stock, receipts[static_cast<std::size_t>(ahead)]);
  }
  return best_order(work.stock, law_on(day + lead_days_));
}

/// work.met[d]: the stock that an order of today meets where today's demand is d; the last one stands for all
/// demand that empties the shelf.
void LostSalesPlanner::look_ahead(std::int64_t day, Quantity on_hand, std::span<const Quantity> receipts,
                                  Workspace& work) const {
  work.met.resize(static_cast<std::size_t>(on_hand) + 1);
  for (Quantity demand = 0; demand <= on_hand; ++demand) {
    Masses& met = work.met[static_cast<std::size_t>(demand)];
    met.assign(static_cast<std::size_t>(on_hand - demand) + 1, 0.0);
    met.back() = 1;
    for (std::int64_t ahead = 1; ahead < lead_days_; ++ahead) {
      receive(met, receipts[static_cast<std::size_t>(ahead) - 1]);
      serve_day(met, laws_[law_on(day + ahead)].masses, work.after);
      std::swap(met, work.after);
    }
  }
}

/// Cost of the day on which the order arrives and, with the myopic order of tomorrow, of the day after.
double LostSalesPlanner::two_days(std::int64_t day, Quantity order, Workspace& work) const {
  const std::size_t today = law_on(day);
  const std::size_t first = law_on(day + lead_days_);
  const std::size_t second = law_on(day + lead_days_ + 1);
  const std::size_t last = work.met.size() - 1;
  double sum = 0;
  for (std::size_t demand = 0; demand <= last; ++demand) {
    const double below = demand == 0 ? 0.0 : at_most(today, demand - 1);
    const double mass = demand == last ? 1 - below : at_most(today, demand) - below;
    if (mass <= 0) continue;
    work.stock = work.met[demand];
    sum += mass * cost_of(work.stock, order, first);
    receive(work.stock, order);
    serve_day(work.stock, laws_[first].masses, work.tomorrow);
    sum += mass * cost_of(work.tomorrow, best_order(work.tomorrow, second), second);
  }
  return sum;
}

/// The cost is convex in the order, and the best order rarely far from the myopic one.
Quantity LostSalesPlanner::myopic_2(std::int64_t day, Quantity on_hand, std::span<const Quantity> receipts,
                                    Workspace& work) const {
  constexpr double kBetter = 1e-11;
  Quantity best = myopic(day, on_hand, receipts, work);
  look_ahead(day, on_hand, receipts, work);
  double least = two_days(day, best, work);
  for (const Quantity step : {-1, 1}) {
    const Quantity from = best;
    while (best + step >= 0) {
      const double cost = two_days(day, best + step, work);
      if (cost >= least - kBetter) break;
      least = cost;
      best += step;
    }
    if (best != from) break;
  }
  return best;
}

}  // namespace restock::policies
