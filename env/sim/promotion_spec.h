// Promotions as a user plans them: on some days some SKUs sell more, perhaps at another price, and take part
// of the demand of others. The plan is known ahead.
//
// Lift and cannibalisation multiply the mean of a day's demand law (scaled() of law.h). Where demand comes
// from a history or from sampled futures, its units hold both already, and the price alone applies.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "env/core/description.h"
#include "env/core/time.h"
#include "env/sim/spec_bounds.h"

namespace restock {

/// SKUs that sell less while others are promoted.
struct CannibalisationSpec {
  std::vector<std::string> skus;
  double factor = 1;  ///< of their mean demand
};

struct PromotionSpec {
  std::vector<std::string> skus;
  std::string from;                    ///< date of the first day
  std::int64_t days = 0;               ///< 0: not set
  std::int64_t repeat_every_days = 0;  ///< from one start to the next; 0: once
  double lift = 1;                     ///< of the mean demand
  double price = kNotSet;
  CannibalisationSpec cannibalises;
};

/// On which days of the horizon a promotion runs.
struct PromotionDays {
  std::int64_t first_day = 0;
  std::int64_t days = 1;
  std::int64_t repeat_every_days = 0;  ///< 0: once

  bool covers(std::int64_t day) const noexcept {
    const std::int64_t since = day - first_day;
    if (since < 0) return false;
    return (repeat_every_days > 0 ? since % repeat_every_days : since) < days;
  }
};

/// `start` is the date of day 0.
PromotionDays days_of(const PromotionSpec& promotion, Date start);

void describe(FieldVisitor& visitor, CannibalisationSpec& cannibalises);
void describe(FieldVisitor& visitor, PromotionSpec& promotion);

}  // namespace restock
