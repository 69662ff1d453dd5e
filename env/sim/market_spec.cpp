#include "env/sim/market_spec.h"

namespace restock {

void describe(FieldVisitor& visitor, SubstituteSpec& substitute) {
  visitor.field("sku", substitute.sku, {.meaning = "id of the SKU that is taken instead", .required = true});
  visitor.field("share", substitute.share,
                {.meaning = "share of the units that stock cannot serve whose customers take the other one",
                 .minimum = 0,
                 .maximum = 1,
                 .required = true});
}

void describe(FieldVisitor& visitor, CorrelationSpec& correlation) {
  visitor.field(
      "factor", correlation.factor,
      {.meaning = "name of what moves the demand of several SKUs, such as weather", .required = true});
  visitor.field("loading", correlation.loading,
                {.meaning = "1 to -1: how closely demand follows it; two SKUs correlate by the product of "
                            "theirs, before their laws are applied",
                 .minimum = -1,
                 .maximum = 1,
                 .required = true});
}

void describe(FieldVisitor& visitor, ReturnsSpec& returns) {
  visitor.field(
      "share", returns.share,
      {.meaning = "share of the units shipped that come back", .minimum = 0, .maximum = 1, .required = true});
  visitor.law("delay_days", returns.delay_days,
              {.meaning = "from the day of shipping to the morning of the return, rounded up to whole days",
               .unit = "days",
               .minimum = 1,
               .maximum = 365,
               .required = true});
}

void describe(FieldVisitor& visitor, MarketSpec& market) {
  visitor.field("demand_probability", market.demand_probability,
                {.meaning = "of a day on which there is demand at all, by the law above; 1: on all days",
                 .minimum = 0,
                 .maximum = 1});
  describe_object(visitor, "substitute", market.substitute,
                  {.meaning = "what customers take instead of a unit that stock cannot serve"});
  describe_object(visitor, "correlation", market.correlation,
                  {.meaning = "what moves demand together with that of other SKUs"});
  describe_object(visitor, "returns", market.returns, {.meaning = "what customers bring back"});
}

}  // namespace restock
