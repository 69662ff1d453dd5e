// What a user says about the warehouse: plain data with defaults, as it stands in a scenario file.
// warehouse_model.h turns it into the numbers that the simulator works with.
//
// Sequence of a day: orders due are received; the policy is asked where a review is due; orders without lead
// time are received; demand; the policy is asked where review is continuous; the day closes (costs are
// counted). So an order of day t with a lead time of L days can serve the demand of day t + L.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "env/core/description.h"
#include "env/sim/demand_source.h"
#include "env/sim/facility_spec.h"
#include "env/sim/location_spec.h"
#include "env/sim/promotion_spec.h"
#include "env/sim/sku_spec.h"

namespace restock {

struct HorizonSpec {
  std::string start = "2026-01-05";  ///< date of day 0
  std::int64_t days = 0;             ///< 0: not set
  std::int64_t warm_up_days = 0;     ///< the first of these days, which no result counts
  double discount_factor = 1;        ///< of a day's cost against the day before, from the end of the warm-up
};

enum class Arrivals { daily, orders };
enum class Review { periodic, continuous };
/// After what a policy is asked with continuous review.
enum class Trigger { any, demand, receipt, position };
struct WarehouseSpec {
  HorizonSpec horizon;
  Arrivals arrivals = Arrivals::daily;
  Review review = Review::periodic;
  Trigger trigger = Trigger::any;
  DemandPhases demand;
  std::vector<LocationSpec> locations;
  std::vector<SupplierSpec> suppliers;
  FacilitySpec facility;
  SkuDefaults defaults;
  std::vector<SkuSpec> skus;
  std::vector<PromotionSpec> promotions;
};

std::span<const std::string_view> names_of(Arrivals);
std::span<const std::string_view> names_of(Review);
std::span<const std::string_view> names_of(Trigger);

/// The terms of all sources of a SKU, as they hold for it: what a SourceSpec leaves out is the SKU's own.
struct SourceTerms {
  SourceSpec source;
  const SupplierSpec* supply = nullptr;
};
/// Sources whose supplier is not known are left out.
std::vector<SourceTerms> sources_of(const WarehouseSpec& warehouse, const SkuSpec& sku);
/// The floor that a SKU lies on: of its location, or the warehouse's where it has none.
const FacilitySpec& facility_of(const WarehouseSpec& warehouse, const SkuSpec& sku);
/// The index of the SKU at a location, if it is kept there.
std::optional<std::size_t> sku_at(const WarehouseSpec& warehouse, const std::string& id,
                                  const std::string& location);

void describe(FieldVisitor& visitor, HorizonSpec& horizon);
/// Visits the fields of the warehouse as members of the scenario itself, and reports what does not fit
/// together.
void describe(FieldVisitor& visitor, WarehouseSpec& warehouse);

}  // namespace restock
