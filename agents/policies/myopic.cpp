// Myopic and myopic-2 for lost sales: see lost_sales.h for the model and the sources. Neither has a
// parameter: both follow from the SKU's law of demand, its costs, and every order under way.
#include <algorithm>
#include <array>
#include <cmath>

#include "agents/policies/lost_sales.h"
#include "agents/policies/order_cache.h"
#include "agents/policies/registry.h"
#include "env/decision_process.h"

namespace restock::policies {

PolicyDescription myopic();
PolicyDescription myopic_2();

namespace {

/// Wider states take milliseconds an order.
constexpr double kMostUnits = 400;
/// More phases a planner does not tell apart.
constexpr Quantity kPhases = 32;

class Myopic final : public Policy {
 public:
  Myopic(const PolicyParameters& parameters, bool looks_at_two_days) : two_days_(looks_at_two_days) {
    for (std::size_t sku = 0; sku < parameters.skus.size(); ++sku)
      planners_.emplace_back(planned(*parameters.model, sku));
  }
  std::string_view name() const override { return two_days_ ? "myopic_2" : "myopic"; }
  bool needs_pipeline() const override { return true; }
  void decide(const DecisionBatch& batch, PolicyMemory&, OrderBatch& orders) const override {
    LostSalesPlanner::Workspace work;
    for (std::size_t row = 0; row < batch.rows; ++row) orders.quantity[row] = wanted(batch, row, work);
  }

 private:
  Quantity wanted(const DecisionBatch& batch, std::size_t row, LostSalesPlanner::Workspace& work) const {
    const LostSalesPlanner& planner = planners_[static_cast<std::size_t>(batch.sku[row])];
    const auto later = static_cast<std::size_t>(planner.lead_days() - 1);
    const auto pipeline = batch.pipeline_by_age.subspan(row * batch.pipeline_width, batch.pipeline_width);
    std::array<Quantity, LostSalesPlanner::kMostDays + 2> state{};
    const std::int64_t phase = planner.phase_on(batch.day[row]);
    state[0] = batch.sku[row] * kPhases + phase;
    state[1] = batch.on_hand[row];
    for (std::size_t j = 0; j < later; ++j) state[2 + j] = pipeline[later - 1 - j];
    const std::span<const Quantity> receipts(state.data() + 2, later);
    std::uint64_t key = 0;
    const bool is_kept = phase >= 0 && OrderCache::name({state.data(), 2 + later}, key);
    if (is_kept)
      if (const auto known = cache_.find(key)) return *known;
    const Quantity order = two_days_ ? planner.myopic_2(batch.day[row], state[1], receipts, work)
                                     : planner.myopic(batch.day[row], state[1], receipts, work);
    if (is_kept) cache_.store(key, order);
    return order;
  }

  bool two_days_;
  std::vector<LostSalesPlanner> planners_;
  mutable OrderCache cache_;
};

std::string obstacle_at(const WarehouseModel& warehouse, const SkuModel& sku) {
  const SourceModel& source = sku.regular();
  if (sku.unmet_demand != UnmetDemand::lost) return "demand that is not met waits; expected lost sales";
  if (sku.demand.empty()) return "it has no law of demand";
  if (sku.sources.size() > 1 || source.upstream >= 0 || !sku.downstream.empty())
    return "it is part of a network, or has several sources";
  if (source.yield || source.late_probability > 0 || sku.shelf_life_days > 0)
    return "what is delivered or kept varies";
  const double lead = mean_lead_time(source);
  if (source.lead_time_law->variance() > 1e-9 || lead != std::floor(lead) || lead < 1 ||
      lead > static_cast<double>(LostSalesPlanner::kMostDays))
    return "its lead time is not a fixed number of days from 1 to 64";
  const ReviewCalendar& calendar =
      warehouse.review_groups[static_cast<std::size_t>(source.review_group)].calendar;
  if (calendar.longest_gap_days() > 1) return "it is not reviewed every day";
  if (sku.mean_demand_per_day * (lead + 1) > kMostUnits)
    return "its demand over the protection interval is above 400 units; count in a larger unit";
  return "";
}

std::optional<std::string> obstacle_in(const DecisionModel& model) {
  const WarehouseModel& warehouse = *model.warehouse;
  if (model.paths) return "demand comes from a history or from sampled futures, expected a law";
  if (warehouse.arrivals != Arrivals::daily || warehouse.review != Review::periodic)
    return "expected arrivals: daily and review: periodic";
  for (const SkuModel& sku : warehouse.skus)
    if (const std::string obstacle = obstacle_at(warehouse, sku); !obstacle.empty())
      return "SKU '" + sku.id + "': " + obstacle;
  return std::nullopt;
}

ParameterSpace nothing_to_look_for(const PlannedSku&, std::span<const double>) {
  return {.axes = {}, .starts = {{}}, .values = [](const SearchPoint&) { return std::vector<double>(); }};
}

template <bool two_days>
PolicyDescription describe(std::string_view name, std::string_view meaning) {
  return {.name = name,
          .meaning = meaning,
          .needs_model = true,
          .space = nothing_to_look_for,
          .obstacle = obstacle_in,
          .make = [](const PolicyParameters& parameters) -> std::unique_ptr<Policy> {
            return std::make_unique<Myopic>(parameters, two_days);
          }};
}

}  // namespace

PolicyDescription myopic() {
  return describe<false>("myopic", "with lost sales, order what makes the day of its arrival cheapest");
}

PolicyDescription myopic_2() {
  return describe<true>(
      "myopic_2", "with lost sales, order what makes the day of its arrival and the one after it cheapest");
}

}  // namespace restock::policies
