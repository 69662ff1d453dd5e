// What customers do beside asking for units: their number follows a shared factor, and some take a unit of
// another SKU instead.
#include <cmath>
#include <utility>

#include "env/core/laws/portable_math.h"
#include "env/sim/simulator.h"

namespace restock {

/// A one-factor Gaussian copula (Li 2000, "On Default Correlation", section 4, with one common factor): the
/// uniform Φ(loading · z_factor + √(1 − loading²) · z_own) of a day, as 64 bits for the quantile table.
std::uint64_t Simulator::correlated_bits(std::int32_t sku, std::int64_t day) const noexcept {
  const MarketModel& market = model_->skus[static_cast<std::size_t>(sku)].market;
  const Stream factor(clock_->run, Purpose::shared_factor, static_cast<std::uint64_t>(market.factor));
  const double shared = portable::normal_quantile(factor.uniform(day));
  const double own = portable::normal_quantile(streams_[sku].demand.uniform(day));
  const double share = portable::normal_cdf(market.loading * shared + market.own_loading * own);
  return share >= 1 ? ~std::uint64_t{0} : static_cast<std::uint64_t>(std::ldexp(share, 64));
}

/// Units leave the warehouse, at the price of the day; some of them may come back.
void Simulator::ship(std::int32_t sku, Quantity units) {
  ledgers_[sku].shipped += units;
  if (has_market_) book_shipment(sku, units);
}

/// The customer of this instant gets units: at once, or when somebody has picked them.
void Simulator::hand_over(std::int32_t sku, Quantity units) {
  model_->skus[static_cast<std::size_t>(sku)].facility < 0 ? ship(sku, units) : floor_.ship(sku, units);
}

/// The same for customers who have waited.
void Simulator::hand_over_backlog(std::int32_t sku, Quantity units) {
  model_->skus[static_cast<std::size_t>(sku)].facility < 0 ? ship(sku, units)
                                                           : floor_.ship_backlog(sku, units);
}

/// What is to be known of units shipped where prices change or units come back.
void Simulator::book_shipment(std::int32_t sku, Quantity units) {
  const MarketModel& market = model_->skus[static_cast<std::size_t>(sku)].market;
  add_money(ledgers_[sku].markdowns, times(market.markdown_on(clock_->day), units));
  if (market.has_returns()) *shipped_on(market, clock_->day) += units;
}

/// Of the units that stock could not serve some are taken of another SKU; the rest is waited for or lost.
void Simulator::settle_unserved(std::int32_t sku) {
  const Quantity unmet = std::exchange(substitutions_[sku].unserved, 0);
  if (unmet > 0) leave_unserved(sku, unmet - sell_substitutes(sku, unmet));
}

/// Each unit is a draw of its own, named by its number among those of the day, whether there is anything to
/// take or not.
Quantity Simulator::sell_substitutes(std::int32_t sku, Quantity unmet) {
  const MarketModel& market = model_->skus[static_cast<std::size_t>(sku)].market;
  SubstitutionState& state = substitutions_[sku];
  SkuState& other = states_[market.substitute];
  const Stream stream(clock_->run, Purpose::substitution, static_cast<std::uint64_t>(sku));
  const auto first = static_cast<std::uint64_t>(state.asked);
  state.asked += unmet;
  Quantity units = 0;
  for (Quantity i = 0; i < unmet && units < other.on_hand; ++i)
    units += stream.uniform(clock_->day, first + static_cast<std::uint64_t>(i)) < market.substitute_share;
  if (units == 0) return 0;
  integrate(market.substitute);
  issue(market.substitute, units, Taker::other);
  hand_over(market.substitute, units);
  state.substituted += units;
  substitutions_[market.substitute].sold += units;
  other.was_empty_today |= other.on_hand == 0;
  ledgers_[sku].substituted += units;
  ledgers_[market.substitute].substitutes_sold += units;
  if (observer_) observer_->on_substitution(*this, sku, market.substitute, units);
  trigger(market.substitute, Trigger::demand);
  return units;
}

}  // namespace restock
