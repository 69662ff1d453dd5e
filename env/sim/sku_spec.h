// A SKU as a user describes it: its demand, what its stock, shortages and orders cost, how long it keeps and
// who replenishes it.
#pragma once

#include <cstdint>
#include <string>

#include "env/core/description.h"
#include "env/sim/demand_pattern.h"
#include "env/sim/market_spec.h"
#include "env/sim/source_spec.h"
#include "env/sim/spec_bounds.h"
#include "env/sim/supplier_spec.h"

namespace restock {

enum class UnmetDemand { lost, backlog };
enum class ShortageRule { per_unit, lost_margin };
/// Which of the units on the shelf customers take: those that expire first, or last; a share of each; or each
/// customer as it likes.
enum class Issuing { fifo, lifo, mixed, by_customer };
/// Who pays for holding units that are on their way: nobody, who sent them, or who waits for them.
enum class InTransit { none, upstream, downstream };

struct CostSpec {
  double holding_per_unit_day = kNotSet;
  double holding_rate_per_year = kNotSet;  ///< of unit_cost
  ShortageRule shortage = ShortageRule::per_unit;
  double shortage_per_unit = kNotSet;
  double shortage_per_unit_day = kNotSet;
  InTransit in_transit = InTransit::none;  ///< holding cost on the way to this SKU
  double purchase_per_unit = 0;
  double disposal_per_unit = 0;
  double lost_sale_per_unit = 0;  ///< beside shortage_per_unit, where some wait and others go
  double substitution_per_unit = 0;
  double late_per_unit = 0;             ///< of a unit that is picked after the cut-off of its due day
  double write_off_per_unit = kNotSet;  ///< of a unit that a count finds missing; not set: unit_cost
};

struct SkuSpec {
  std::string id;
  std::string location;
  LawSpec demand;
  DemandPattern pattern;
  MarketSpec market;
  LawSpec order_size;
  UnmetDemand unmet_demand = UnmetDemand::lost;
  double backlog_share = 1;        ///< of the units that stock cannot serve, with unmet_demand: backlog
  std::int64_t patience_days = 0;  ///< 0: customers wait for ever
  CostSpec costs;
  std::string supplier;
  SupplierSpec supply;
  std::vector<SourceSpec> sources;  ///< instead of one supplier; the regular one first
  double price = kNotSet;
  double unit_cost = kNotSet;
  double volume_m3 = kNotSet;
  std::int64_t pack_size = 1;
  std::int64_t minimum_order_quantity = 0;
  std::int64_t maximum_order_quantity = 0;  ///< 0: no limit
  std::int64_t initial_on_hand = 0;
  std::vector<std::int64_t> initial_pipeline;  ///< units that arrive on the mornings of day 1, 2, …
  std::int64_t trigger_level = 0;              ///< with trigger: position
  std::int64_t shelf_life_days = 0;            ///< 0: keeps for ever
  Issuing issuing = Issuing::fifo;
  double fifo_share = 0.5;  ///< of the units that are asked for at once, with issuing: mixed
  /// With issuing: by_customer: of those who take the units that expire last; `demand` is then of the others.
  LawSpec freshest_demand;
};

/// What SKUs have in common unless they say otherwise.
struct SkuDefaults {
  UnmetDemand unmet_demand = UnmetDemand::lost;
  CostSpec costs;
  SupplierSpec supply;
};

std::span<const std::string_view> names_of(UnmetDemand);
std::span<const std::string_view> names_of(ShortageRule);
std::span<const std::string_view> names_of(Issuing);
std::span<const std::string_view> names_of(InTransit);
/// "id", or "id@location".
std::string stocking_point_of(const SkuSpec& sku);
void describe(FieldVisitor& visitor, CostSpec& costs);
void describe(FieldVisitor& visitor, SkuSpec& sku);
void describe(FieldVisitor& visitor, SkuDefaults& defaults);

/// Reports, at `at`, what does not fit together within one SKU.
void check_sku(FieldVisitor& visitor, const SkuSpec& sku, const std::string& at);

}  // namespace restock
