#include "env/sim/promotion_spec.h"

#include <fmt/format.h>

#include "env/core/suggest.h"

namespace restock {

PromotionDays days_of(const PromotionSpec& promotion, Date start) {
  return {(parse_date(promotion.from).value() - start).count(), promotion.days, promotion.repeat_every_days};
}

void describe(FieldVisitor& visitor, CannibalisationSpec& cannibalises) {
  visitor.field("skus", cannibalises.skus, {.meaning = "ids of the SKUs that sell less meanwhile"});
  visitor.field("factor", cannibalises.factor,
                {.meaning = "of the mean of their demand on these days", .minimum = 0, .maximum = 1});
  if (!cannibalises.skus.empty() && cannibalises.factor == 1)
    visitor.problem("factor", "1 changes nothing, expected a number below 1");
  if (cannibalises.skus.empty() && cannibalises.factor != 1)
    visitor.problem("skus", "missing, expected the ids of the SKUs that sell less meanwhile");
}

void describe(FieldVisitor& visitor, PromotionSpec& promotion) {
  visitor.field("skus", promotion.skus, {.meaning = "ids of the SKUs promoted", .required = true});
  visitor.field("from", promotion.from, {.meaning = "date of the first day, YYYY-MM-DD", .required = true});
  visitor.field(
      "days", promotion.days,
      {.meaning = "how long it lasts", .unit = "days", .minimum = 1, .maximum = 366, .required = true});
  visitor.field("repeat_every_days", promotion.repeat_every_days,
                {.meaning = "from the start of one to the start of the next; 0: once",
                 .unit = "days",
                 .minimum = 0,
                 .maximum = 3660});
  visitor.field("lift", promotion.lift,
                {.meaning = "factor of the mean of demand on these days", .minimum = 0, .maximum = 100});
  visitor.field("price", promotion.price,
                {.meaning = "what a customer pays on these days; not given: the usual price",
                 .unit = "money/unit",
                 .minimum = 0,
                 .maximum = kMaximumMoney});
  describe_object(visitor, "cannibalises", promotion.cannibalises,
                  {.meaning = "what other SKUs lose to the promoted ones"});
  if (!promotion.from.empty() && !parse_date(promotion.from))
    visitor.problem("from", fmt::format("{}, expected a date such as 2026-03-02", in_quotes(promotion.from)));
  if (promotion.repeat_every_days > 0 && promotion.repeat_every_days < promotion.days)
    visitor.problem("repeat_every_days", fmt::format("{}, expected at least the {} days that it lasts",
                                                     promotion.repeat_every_days, promotion.days));
}

}  // namespace restock
