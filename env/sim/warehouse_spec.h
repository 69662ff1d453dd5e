// What a user says about the warehouse: plain data with defaults, as it stands in a scenario file.
// warehouse_model.h turns it into the numbers that the simulator works with.
//
// Sequence of a day: orders due are received; the policy is asked where a review is due; orders without lead
// time are received; demand; the policy is asked where review is continuous; the day closes (costs are
// counted). So an order of day t with a lead time of L days can serve the demand of day t + L.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "env/core/description.h"

namespace restock {

inline constexpr double kNotSet = std::numeric_limits<double>::quiet_NaN();

struct HorizonSpec {
  std::string start = "2026-01-05";  ///< date of day 0
  std::int64_t days = 0;             ///< 0: not set
  std::int64_t warm_up_days = 0;     ///< the first of these days, which no result counts
};

enum class Arrivals { daily, orders };
enum class Review { periodic, continuous };
enum class UnmetDemand { lost, backlog };
enum class ShortageRule { per_unit, lost_margin };
enum class DemandOrigin { law, forecast_paths, history };

/// Where demand comes from in one phase.
struct DemandSourceSpec {
  DemandOrigin source = DemandOrigin::law;
  std::string file;        ///< history: a CSV beside the scenario
  std::string forecaster;  ///< forecast_paths: whose futures are sampled
};

struct DemandPhases {
  DemandSourceSpec training;
  DemandSourceSpec evaluation;
};

struct SupplierSpec {
  std::string id;
  LawSpec lead_time_days;
  std::int64_t review_period_days = 1;
  std::int64_t first_review_day = 0;
  double fixed_cost_per_order = 0;  ///< for each order of each SKU
};

struct CostSpec {
  double holding_per_unit_day = kNotSet;
  double holding_rate_per_year = kNotSet;  ///< of unit_cost
  ShortageRule shortage = ShortageRule::per_unit;
  double shortage_per_unit = kNotSet;
  double shortage_per_unit_day = kNotSet;
  double purchase_per_unit = 0;
};

struct SkuSpec {
  std::string id;
  LawSpec demand;
  LawSpec order_size;
  UnmetDemand unmet_demand = UnmetDemand::lost;
  CostSpec costs;
  std::string supplier;
  SupplierSpec supply;
  double price = kNotSet;
  double unit_cost = kNotSet;
  std::int64_t pack_size = 1;
  std::int64_t minimum_order_quantity = 0;
  std::int64_t maximum_order_quantity = 0;  ///< 0: no limit
  std::int64_t initial_on_hand = 0;
};

/// What SKUs have in common unless they say otherwise.
struct SkuDefaults {
  UnmetDemand unmet_demand = UnmetDemand::lost;
  CostSpec costs;
  SupplierSpec supply;
};

struct WarehouseSpec {
  HorizonSpec horizon;
  Arrivals arrivals = Arrivals::daily;
  Review review = Review::periodic;
  DemandPhases demand;
  std::vector<SupplierSpec> suppliers;
  SkuDefaults defaults;
  std::vector<SkuSpec> skus;
};

std::span<const std::string_view> names_of(Arrivals);
std::span<const std::string_view> names_of(Review);
std::span<const std::string_view> names_of(UnmetDemand);
std::span<const std::string_view> names_of(ShortageRule);
std::span<const std::string_view> names_of(DemandOrigin);

void describe(FieldVisitor& visitor, HorizonSpec& horizon);
void describe(FieldVisitor& visitor, DemandSourceSpec& source);
void describe(FieldVisitor& visitor, DemandPhases& phases);
void describe(FieldVisitor& visitor, SupplierSpec& supplier);
void describe(FieldVisitor& visitor, CostSpec& costs);
void describe(FieldVisitor& visitor, SkuSpec& sku);
void describe(FieldVisitor& visitor, SkuDefaults& defaults);
/// Visits the fields of the warehouse as members of the scenario itself, and reports what does not fit
/// together.
void describe(FieldVisitor& visitor, WarehouseSpec& warehouse);

}  // namespace restock
