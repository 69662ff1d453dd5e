// From whom a stocking point gets its units: a supplier outside or another stocking point, when it may be
// asked, how long it needs and what it charges. Constant; resolved from a SupplierSpec.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "env/core/laws/law.h"
#include "env/core/laws/table.h"
#include "env/core/money.h"
#include "env/core/quantity.h"
#include "env/sim/joint_order_spec.h"

namespace restock {

/// A stocking point asks at most this many sources.
inline constexpr std::size_t kMostSources = 8;

/// Requests of a stocking point that wait at another one; more of them are counted with the latest.
inline constexpr std::int32_t kMostWaitingRequests = 64;

/// On which days, and when on them, a policy is asked.
struct ReviewCalendar {
  std::int64_t period_days = 1;
  std::int64_t first_day = 0;
  std::uint8_t weekdays = 0;          ///< bit w: reviews on weekday w (0 = Monday); 0: every period_days
  std::int64_t milliseconds = 0;      ///< after midnight
  std::int32_t weekday_of_day_0 = 0;  ///< 0 = Monday

  /// The first review on `day` or later.
  std::int64_t on_or_after(std::int64_t day) const noexcept;
  /// The longest time between two reviews, days.
  std::int64_t longest_gap_days() const noexcept;
  bool operator==(const ReviewCalendar&) const = default;
};

/// The price of orders, or of the part of an order, of at least so many units.
struct PriceBreak {
  Quantity from_quantity = 0;
  double purchase_per_unit = 0;
};

/// One of the sources of a SKU: its terms for this SKU.
struct SourceModel {
  std::int32_t supplier = 0;   ///< index into WarehouseModel::suppliers
  std::int32_t upstream = -1;  ///< the SKU that delivers, in a network; -1: a supplier outside, which has all
  std::int32_t review_group = 0;
  Quantity pack_size = 1;
  Quantity minimum_order_quantity = 0;
  Quantity maximum_order_quantity = 0;        ///< 0: no limit
  std::int32_t lead_time_days = 0;            ///< mean, rounded up: what a planner reckons with
  std::int32_t protection_interval_days = 1;  ///< lead_time_days + the longest time between two reviews
  std::vector<QuantileTable> lead_time;       ///< whole days; one table with `arrivals: daily`
  std::shared_ptr<const Law> lead_time_law;   ///< days
  std::shared_ptr<const Law> yield;           ///< share of an order that arrives; nullptr: all of it
  bool orders_cross = true;
  double late_probability = 0;           ///< of an order to come in two parts
  double share_on_time = 1;              ///< of such an order, on its due day
  std::shared_ptr<const Law> late_days;  ///< from then to the rest
  double purchase_per_unit = 0;          ///< of orders below the first price break
  std::vector<PriceBreak> price_breaks;  ///< by growing quantity
  bool discounts_all_units = true;       ///< a price break holds for the whole order
  double value_per_unit = 0;             ///< for the minimum value of an order
  Micros freight_per_unit = 0;
  /// What an order costs beyond the SKU's CostRates, which hold for its regular source.
  Micros extra_per_order = 0;

  /// The price of so many units.
  double price_of(Quantity quantity) const noexcept;
};

/// SKUs that are reviewed together, each with the source that takes orders then.
struct ReviewGroup {
  struct Member {
    std::int32_t sku = 0;
    std::int32_t source = 0;  ///< index into SkuModel::sources
  };
  ReviewCalendar calendar;
  std::vector<Member> members;  ///< ascending
};

/// Who delivers to one or more SKUs.
struct SupplierModel {
  std::string id;  ///< of its SKU where that has a supplier to itself
  JointOrderSpec joint_order;
  std::shared_ptr<const Law> days_between;  ///< from one outage to the next; nullptr: no outages
  std::shared_ptr<const Law> days_to_repair;
};

/// What is ordered where `wanted` units are asked for: nothing, or at least the minimum, in whole packs
/// (rounded up), at most the maximum (rounded down).
Quantity legal_order_quantity(const SourceModel& source, Quantity wanted) noexcept;

}  // namespace restock
