#include "env/sim/trace.h"

#include <fmt/format.h>

#include "env/sim/kpis.h"

namespace restock {

namespace {

/// "2026-01-05 00:00:00.000"
std::string clock_text(const WarehouseModel& model, SimTime time) {
  const std::int64_t in_day = time.in_milliseconds() % kMillisecondsPerDay;
  return fmt::format("{} {:02}:{:02}:{:02}.{:03}", format_date(model.start + std::chrono::days(time.day())),
                     in_day / 3'600'000, in_day / 60'000 % 60, in_day / 1000 % 60, in_day % 1000);
}

/// What is neither on the shelf nor shipped, where there is something.
std::string on_floor_at_close(const Simulator& simulator, std::int32_t sku) {
  std::string text;
  if (simulator.model().skus[static_cast<std::size_t>(sku)].facility < 0) return text;
  const Quantity allocated = simulator.floor().allocated(sku);
  const Quantity unseen = simulator.state(sku).unseen;
  if (allocated > 0) text += fmt::format("to be picked {}, ", allocated);
  if (unseen > 0) text += fmt::format("missing unseen {}, ", unseen);
  return text;
}

/// " (promoted at 0.99)", or nothing.
std::string promoted(const MarketModel& market, std::int64_t day) {
  const PromotionModel* const promotion = market.promotion_on(day);
  if (promotion == nullptr) return "";
  if (promotion->markdown == 0) return " (promoted)";
  return fmt::format(" (promoted at {:.2f})", market.price - money_of(promotion->markdown));
}

std::string revenue_so_far(const SkuLedger& ledger, const MarketModel& market) {
  return is_set(market.price) ? fmt::format(", revenue so far {:.2f}", revenue_of(ledger, market)) : "";
}

}  // namespace

void TraceWriter::line(const Simulator& simulator, const std::string& who, const std::string& what) {
  out_ << fmt::format("{}  {:<14} {}\n", clock_text(simulator.model(), simulator.now()), who, what);
}

void TraceWriter::line(const Simulator& simulator, std::int32_t sku, const std::string& what) {
  line(simulator, simulator.model().skus[static_cast<std::size_t>(sku)].id, what);
}

void TraceWriter::on_order(const Simulator& simulator, std::int32_t sku, std::int32_t source,
                           Quantity quantity, SimTime due) {
  const WarehouseModel& model = simulator.model();
  const SkuModel& ordered = model.skus[static_cast<std::size_t>(sku)];
  const SourceModel& terms = ordered.sources[static_cast<std::size_t>(source)];
  const std::string when = clock_text(model, due).substr(0, 16);
  if (terms.upstream >= 0)
    return line(simulator, terms.upstream, fmt::format("send {} to {}, due {}", quantity, ordered.id, when));
  const std::string& supplier = model.suppliers[static_cast<std::size_t>(terms.supplier)].id;
  const std::string from = ordered.sources.size() > 1 ? fmt::format(" from {}", supplier) : "";
  line(simulator, sku, fmt::format("order {}{}, due {}", quantity, from, when));
}

void TraceWriter::on_request(const Simulator& simulator, std::int32_t sku, std::int32_t upstream,
                             Quantity quantity) {
  line(simulator, sku,
       fmt::format("ask {} for {}", simulator.model().skus[static_cast<std::size_t>(upstream)].id, quantity));
}

void TraceWriter::on_joint_order(const Simulator& simulator, std::int32_t supplier, std::int64_t lines,
                                 Quantity trucks) {
  const std::string in_trucks = trucks > 0 ? fmt::format(", {} truck{}", trucks, trucks > 1 ? "s" : "") : "";
  line(simulator, simulator.model().suppliers[static_cast<std::size_t>(supplier)].id,
       fmt::format("joint order of {} SKU{}{}", lines, lines > 1 ? "s" : "", in_trucks));
}

void TraceWriter::on_adjustment(const Simulator& simulator, std::int32_t sku, Quantity wanted,
                                Quantity ordered) {
  line(simulator, sku, fmt::format("wants {}, orders {} to fit the joint order", wanted, ordered));
}

void TraceWriter::on_receipt(const Simulator& simulator, std::int32_t sku, Quantity quantity) {
  line(simulator, sku, fmt::format("receive {}", quantity));
}

void TraceWriter::on_demand(const Simulator& simulator, std::int32_t sku, Quantity demanded,
                            Quantity served) {
  const MarketModel& market = simulator.model().skus[static_cast<std::size_t>(sku)].market;
  line(simulator, sku,
       fmt::format("demand {}, served {}{}", demanded, served, promoted(market, simulator.day())));
}

void TraceWriter::on_substitution(const Simulator& simulator, std::int32_t out, std::int32_t taken,
                                  Quantity quantity) {
  line(simulator, out,
       fmt::format("{} take {} instead", quantity,
                   simulator.model().skus[static_cast<std::size_t>(taken)].id));
}

void TraceWriter::on_return(const Simulator& simulator, std::int32_t sku, Quantity quantity) {
  line(simulator, sku, fmt::format("take back {}", quantity));
}

void TraceWriter::on_giving_up(const Simulator& simulator, std::int32_t sku, Quantity quantity) {
  line(simulator, sku, fmt::format("{} have waited long enough", quantity));
}

void TraceWriter::on_expiry(const Simulator& simulator, std::int32_t sku, Quantity quantity) {
  line(simulator, sku, fmt::format("expire {}", quantity));
}

void TraceWriter::on_floor(const Simulator& simulator, std::int32_t sku, FloorEvent event,
                           Quantity quantity) {
  const auto text = [&]() -> std::string {
    switch (event) {
      case FloorEvent::arrival:
        return fmt::format("{} arrive at the dock", quantity);
      case FloorEvent::unloaded:
        return fmt::format("{} unloaded", quantity);
      case FloorEvent::no_room:
        return fmt::format("{} wait on the dock for room", quantity);
      case FloorEvent::refused:
        return fmt::format("{} sent back for want of room", quantity);
      case FloorEvent::picked:
        return fmt::format("pick {}", quantity);
      case FloorEvent::picked_late:
        return fmt::format("pick {}, late", quantity);
      case FloorEvent::vanished:
        return fmt::format("{} vanish unseen", quantity);
      case FloorEvent::written_off:
        return fmt::format("{} found missing and written off", quantity);
    }
    return {};
  };
  line(simulator, sku, text());
}

void TraceWriter::on_day_close(const Simulator& simulator, std::int64_t day) {
  const WarehouseModel& model = simulator.model();
  for (std::int32_t sku = 0; sku < static_cast<std::int32_t>(model.skus.size()); ++sku) {
    const SkuState& state = simulator.state(sku);
    const SkuModel& model_of_sku = model.skus[static_cast<std::size_t>(sku)];
    const SkuLedger& ledger = simulator.lifetime_ledger(sku);
    const Costs costs = costs_of(ledger, model_of_sku.rates);
    line(simulator, sku,
         fmt::format(
             "close of day {}: on hand {}, backlog {}, on order {}, lost today {}, {}cost so far {:.2f}{}",
             day, state.on_hand, state.waited_for(), state.on_order, state.lost_today,
             on_floor_at_close(simulator, sku), costs.total(), revenue_so_far(ledger, model_of_sku.market)));
  }
}

}  // namespace restock
