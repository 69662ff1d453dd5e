// What customers bring back. Of the units shipped on a day and not back yet, each comes back on a morning
// with the probability that its law gives now that it has not before. So nothing is drawn before the morning
// on which it shows, and a fork has nothing to draw anew.
#include <algorithm>

#include "env/core/laws/binomial.h"
#include "env/sim/simulator.h"

namespace restock {

/// Of the units shipped `delay` days before, those that come back on the morning of a day.
Quantity Simulator::draw_returns(std::int32_t sku, std::int64_t day, std::int64_t delay) const noexcept {
  const MarketModel& market = model_->skus[static_cast<std::size_t>(sku)].market;
  const double hazard = market.return_hazards[static_cast<std::size_t>(delay - 1)];
  Quantity left = *shipped_on(market, day + market.shipped_places() - delay);
  if (hazard == 0 || left == 0) return 0;
  const Stream stream(clock_->run, Purpose::returns, static_cast<std::uint64_t>(sku));
  Quantity returned = 0;
  for (std::uint64_t k = static_cast<std::uint64_t>(delay) << 32; left > 0; ++k) {
    const Quantity part = std::min(left, kMostInOneBinomialDraw);
    returned += binomial_quantile(part, hazard, stream.uniform(day, k));
    left -= part;
  }
  return returned;
}

Quantity Simulator::returns_of_next_morning(std::int32_t sku) const noexcept {
  const MarketModel& market = model_->skus[static_cast<std::size_t>(sku)].market;
  Quantity returned = 0;
  for (std::int64_t delay = 1; delay < market.shipped_places(); ++delay)
    returned += draw_returns(sku, clock_->day + 1, delay);
  return returned;
}

/// At the start of the day: what comes back serves those who wait, the rest goes on the shelf as fresh. The
/// price that was paid is given back.
void Simulator::receive_returns(std::int32_t sku) {
  const MarketModel& market = model_->skus[static_cast<std::size_t>(sku)].market;
  if (!market.has_returns()) return;
  SkuLedger& ledger = ledgers_[sku];
  const std::int64_t day = clock_->day;
  *shipped_on(market, day) = 0;  // what was shipped so long ago stays with the customers
  Quantity returned = 0;
  for (std::int64_t delay = 1; delay < market.shipped_places(); ++delay) {
    const Quantity units = draw_returns(sku, day, delay);
    *shipped_on(market, day + market.shipped_places() - delay) -= units;
    add_money(ledger.markdowns, -times(market.markdown_on(day - delay), units));
    returned += units;
  }
  if (returned == 0) return;
  integrate(sku);
  const Quantity to_backlog = serve_backlog(sku, returned);
  shelve(sku, returned - to_backlog);
  hand_over_backlog(sku, to_backlog);
  ledger.returned += returned;
  if (observer_) observer_->on_return(*this, sku, returned);
  if (states_[sku].owed > 0) allocate(sku);
  trigger(sku, Trigger::receipt);
}

}  // namespace restock
