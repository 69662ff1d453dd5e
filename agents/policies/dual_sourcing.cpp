// Two suppliers, a regular one and one that is faster and dearer: index policies.
//
// What an order from the fast supplier can be expected to meet is the expedited index: net stock, what the
// fast supplier has under way, and those regular orders that arrive within its lead time. The regular index
// is the whole inventory position.
// - single index: both suppliers look at the position, with a level each (Scheller-Wolf, Veeraraghavan and
//   van Houtum 2007).
// - dual index: the fast supplier lifts the expedited index to its level, the regular one then the position
//   to its own (Veeraraghavan and Scheller-Wolf 2008, Operations Research 56(4)).
// - capped dual index: at most so much from the regular supplier (Sun and Van Mieghem 2019, MSOM 21(4)).
// - tailored base-surge: a constant regular order, and base-stock on the expedited index (Allon and Van
//   Mieghem 2010, Management Science 56(1)); the constant is a real average (whole_orders.h).
#include <algorithm>
#include <cmath>

#include "agents/policies/position_policy.h"
#include "agents/policies/registry.h"
#include "agents/policies/whole_orders.h"
#include "env/decision_process.h"

namespace restock::policies {

PolicyDescription single_index();
PolicyDescription dual_index();
PolicyDescription capped_dual_index();
PolicyDescription tailored_base_surge();

namespace {

enum class Index { single, dual, capped_dual, tailored_base_surge };

constexpr std::int64_t kStepsToMean = 50;  ///< of the tuning grid of the constant order

class IndexPolicy final : public Policy {
 public:
  IndexPolicy(const PolicyParameters& parameters, Index index)
      : index_(index), name_(find_policy(parameters.policy).name), values_(parameters) {
    for (const SkuModel& sku : parameters.model->warehouse->skus) {
      lead_days_.push_back({sku.sources[0].lead_time_days, sku.sources[1].lead_time_days});
      whole_.emplace_back(sku.regular());
      looks_ahead_ |= index_ != Index::single && lead_days_.back().expedited > 0;
    }
  }
  std::string_view name() const override { return name_; }
  std::size_t memory_size() const override { return index_ == Index::tailored_base_surge ? 1 : 0; }
  bool needs_pipeline() const override { return looks_ahead_; }
  bool needs_forecast() const override { return values_.needs_forecast(); }
  void decide(const DecisionBatch& batch, PolicyMemory& memory, OrderBatch& orders) const override {
    for (std::size_t row = 0; row < batch.rows; ++row) {
      const auto values = values_.of(batch, row);
      const Quantity position = batch.inventory_position(row);
      const Quantity seen = index_ == Index::single ? position : expedited_index(batch, row);
      const Quantity expedited = is_open(batch, row, 1) ? std::max<Quantity>(0, units(values[0]) - seen) : 0;
      orders.quantity[batch.rows + row] = expedited;
      orders.quantity[row] =
          is_open(batch, row, 0) ? regular(batch.sku[row], position + expedited, values, memory) : 0;
    }
  }

 private:
  struct LeadDays {
    std::int64_t regular = 0;
    std::int64_t expedited = 0;
  };

  static bool is_open(const DecisionBatch& batch, std::size_t row, unsigned source) {
    return batch.open_sources.empty() ? source == 0 : (batch.open_sources[row] >> source & 1) != 0;
  }

  Quantity regular(std::int32_t index, Quantity position, const RowParameters::Values& values,
                   PolicyMemory& memory) const {
    const auto sku = static_cast<std::size_t>(index);
    if (index_ == Index::tailored_base_surge) return whole_[sku].take(memory.values[sku], values[1]);
    const Quantity most = index_ == Index::capped_dual ? largest_order(values[2]) : kMaximumQuantity;
    return std::clamp<Quantity>(units(values[1]) - position, 0, most);
  }

  /// A regular order of at least `lead time − expedited lead time` days ago arrives in time.
  Quantity expedited_index(const DecisionBatch& batch, std::size_t row) const {
    Quantity index = batch.on_hand[row] - batch.backlog[row];
    if (!looks_ahead_) return index;
    const LeadDays& lead = lead_days_[static_cast<std::size_t>(batch.sku[row])];
    const std::size_t width = batch.pipeline_width;
    const auto ages = batch.pipeline_by_source.subspan(row * batch.sources * width, 2 * width);
    for (std::size_t age = 0; age < width; ++age) {
      index += ages[width + age];
      if (static_cast<std::int64_t>(age) + 1 >= lead.regular - lead.expedited) index += ages[age];
    }
    return index;
  }

  Index index_;
  std::string_view name_;
  RowParameters values_;
  std::vector<LeadDays> lead_days_;
  std::vector<WholeOrders> whole_;
  bool looks_ahead_ = false;
};

/// The newsvendor's level with the fast supplier's lead time.
Quantity expedited_level(const PlannedSku& sku) {
  const SkuFigures& figures = sku.figures;
  return newsvendor_level(
      figures.with(mean_lead_time(sku.resolved().sources[1]), figures.review_period_days));
}

/// Coordinates: the expedited level, and what the regular level is above it.
ParameterSpace space_of_levels(const PlannedSku& sku, std::span<const double>) {
  const SkuFigures& figures = sku.figures;
  const SourceModel& fast = sku.resolved().sources[1];
  const double between = figures.mean_demand_per_day * (figures.lead_time_days - mean_lead_time(fast));
  const Quantity highest = highest_level(figures);
  const Quantity level = expedited_level(sku);
  ParameterSpace space;
  space.axes = {{0, highest, search_step(figures.interval_deviation / 2)},
                {0, highest, search_step(between / 4)}};
  for (const double share : {1.0, 0.7, 1.3}) space.starts.push_back({level, std::llround(share * between)});
  space.values = [](const SearchPoint& point) {
    return std::vector<double>{static_cast<double>(point[0]), static_cast<double>(point[0] + point[1])};
  };
  return space;
}

/// And the largest regular order in packs, where the last one stands for none.
ParameterSpace space_of_capped(const PlannedSku& sku, std::span<const double> given) {
  ParameterSpace space = space_of_levels(sku, given);
  const SkuFigures& figures = sku.figures;
  const double mean = figures.demand_per_review();
  const double deviation =
      std::sqrt(figures.demand_variance_per_day * std::max(1.0, figures.review_period_days));
  const auto pack = static_cast<double>(figures.pack_size);
  const auto none = static_cast<std::int64_t>(std::ceil((mean + 4 * deviation) / pack)) + 1;
  space.axes.push_back({1, none, search_step(static_cast<double>(none) / 8)});
  const std::vector<SearchPoint> plain = space.starts;
  space.starts.clear();
  for (const std::int64_t most : {none, std::clamp<std::int64_t>(std::llround(mean / pack), 1, none)})
    for (SearchPoint start : plain) {
      start.push_back(most);
      space.starts.push_back(std::move(start));
    }
  space.values = [none, pack](const SearchPoint& point) {
    return std::vector<double>{static_cast<double>(point[0]), static_cast<double>(point[0] + point[1]),
                               point[2] == none ? 0.0 : static_cast<double>(point[2]) * pack};
  };
  return space;
}

ParameterSpace space_of_surge(const PlannedSku& sku, std::span<const double>) {
  const double mean = sku.figures.mean_demand_per_day * std::max(1.0, sku.figures.review_period_days);
  const Quantity level = expedited_level(sku);
  return {.axes = {{0, highest_level(sku.figures), search_step(sku.figures.interval_deviation / 2)},
                   {0, kStepsToMean, 8}},
          .starts = {{level, 40}, {level, 25}, {level, 46}},
          .values = [mean](const SearchPoint& point) {
            return std::vector<double>{static_cast<double>(point[0]), mean * static_cast<double>(point[1]) /
                                                                          static_cast<double>(kStepsToMean)};
          }};
}

std::optional<std::string> obstacle_in(const DecisionModel& model) {
  for (const SkuModel& sku : model.warehouse->skus) {
    if (sku.sources.size() != 2)
      return "SKU '" + sku.id + "' has another number of sources than two, a regular and a faster one";
    if (mean_lead_time(sku.sources[1]) >= mean_lead_time(sku.sources[0]))
      return "the second source of SKU '" + sku.id + "' is not faster than the first, expected a faster one";
  }
  return std::nullopt;
}

PolicyParameter level(std::string_view name, std::string_view meaning) {
  return {.name = name, .unit = "units", .meaning = meaning};
}

template <Index index>
std::unique_ptr<Policy> make(const PolicyParameters& parameters) {
  return std::make_unique<IndexPolicy>(parameters, index);
}

std::string levels_problem(std::span<const double> values) {
  return values[0] <= values[1] ? "" : "expedited_level is above regular_level, expected at most that level";
}

}  // namespace

PolicyDescription single_index() {
  return {.name = "single_index",
          .meaning = "both suppliers look at the inventory position, with an order-up-to level each",
          .needs_model = true,
          .parameters = {level("expedited_level", "position up to which the fast supplier delivers"),
                         level("regular_level", "position up to which the regular supplier delivers")},
          .space = space_of_levels,
          .problem = levels_problem,
          .obstacle = obstacle_in,
          .make = make<Index::single>};
}

PolicyDescription dual_index() {
  return {.name = "dual_index",
          .meaning =
              "the fast supplier lifts what is at hand within its lead time to a level, the regular one the "
              "inventory position to another",
          .needs_model = true,
          .parameters = {level("expedited_level", "aimed at within the fast supplier's lead time"),
                         level("regular_level", "the position aimed at")},
          .space = space_of_levels,
          .problem = levels_problem,
          .obstacle = obstacle_in,
          .make = make<Index::dual>};
}

PolicyDescription capped_dual_index() {
  return {.name = "capped_dual_index",
          .meaning = "dual index with a largest order from the regular supplier",
          .needs_model = true,
          .parameters = {level("expedited_level", "aimed at within the fast supplier's lead time"),
                         level("regular_level", "the position aimed at"),
                         level("maximum_regular_order", "largest regular order; 0: no limit")},
          .space = space_of_capped,
          .problem = levels_problem,
          .obstacle = obstacle_in,
          .make = make<Index::capped_dual>};
}

PolicyDescription tailored_base_surge() {
  return {.name = "tailored_base_surge",
          .meaning =
              "a constant order from the regular supplier at each review, and base-stock with the fast one",
          .needs_model = true,
          .parameters = {level("expedited_level", "aimed at within the fast supplier's lead time"),
                         {.name = "regular_order",
                          .unit = "units",
                          .meaning = "average regular order",
                          .whole_number = false}},
          .space = space_of_surge,
          .obstacle = obstacle_in,
          .make = make<Index::tailored_base_surge>};
}

}  // namespace restock::policies
