#include "forecasting/generate.h"

namespace restock::forecasting {

void describe(FieldVisitor& visitor, GeneratedItem& item) {
  visitor.field("id", item.id, {.meaning = "name of the item", .required = true});
  visitor.field("mean_units_per_day", item.mean_units_per_day,
                {"mean demand of the first year, promotions aside", "units/day", 0, 1e6});
  visitor.field("weekday_profile", item.weekday_profile,
                {"demand from Monday to Sunday, relative to each other", "", 0, 1e3});
  visitor.field("trend_per_year", item.trend_per_year, {"growth of the mean in a year", "", -0.9, 10});
  visitor.field("yearly_amplitude", item.yearly_amplitude,
                {"how far the yearly cycle swings around the mean", "", 0, 0.95});
  visitor.field("yearly_peak_day", item.yearly_peak_day,
                {"day of the year on which the cycle is highest", "days", 1, 366});
  visitor.field("dispersion", item.dispersion, {"a in the variance m + a·m² of a day's demand", "", 0, 20});
  visitor.field("asked_share", item.asked_share,
                {"share of days on which anyone may ask for the item", "", 0.01, 1});
  visitor.field("price", item.price, {"usual price in the first year", "money/unit", 0.01, 1e6});
  visitor.field("promotions_per_year", item.promotions_per_year,
                {"mean number of promoted weeks", "1/year", 0, 26});
  visitor.field("discount", item.discount,
                {"price cut of a promotion, give or take a quarter of itself", "", 0, 0.7});
  visitor.field("elasticity", item.elasticity,
                {"percent of demand gained by a percent off the price", "", 0, 10});
  visitor.field("display_lift", item.display_lift,
                {"factor on demand in a promotion besides its price", "", 0.1, 10});
  visitor.field("dip_after_promotion", item.dip_after_promotion,
                {"share of demand missing in the week after one", "", 0, 1});
}

void describe(FieldVisitor& visitor, GenerateConfig& config) {
  visitor.field("seed", config.seed, {"root of all draws", "", 0, 9e15});
  visitor.field("start", config.start, {"date of the first day"});
  visitor.field("history_days", config.history_days,
                {"days that a shop has seen, stockouts included", "days", 1, 20'000});
  visitor.field("heldout_days", config.heldout_days,
                {"days after these, stocked without limit so that sales are demand", "days", 0, 20'000});
  visitor.field("level_noise", config.level_noise,
                {"standard deviation of the wandering log level", "", 0, 2});
  visitor.field("level_memory", config.level_memory,
                {"how much of the log level's deviation stays after a day", "", 0, 0.9999});
  visitor.field("price_increase_per_year", config.price_increase_per_year,
                {"rise of usual prices each new year", "", 0, 1});
  visitor.field("review_days", config.review_days, {"the shop orders every so many days", "days", 1, 365});
  visitor.field("lead_time_days", config.lead_time_days,
                {"days until an order of the shop arrives", "days", 0, 365});
  visitor.field("safety_factor", config.safety_factor,
                {"safety stock of the shop in standard deviations", "", -5, 10});
  visitor.field("promotion_foresight", config.promotion_foresight,
                {"share of a promotion's lift the shop stocks for", "", 0, 1});
  describe_list(visitor, "items", config.items, {"what is sold; empty: ten items of a corner grocery"});
}

std::vector<GeneratedItem> corner_grocery_items() {
  using Week = std::vector<double>;
  const Week staple{0.95, 0.9, 0.9, 0.95, 1.15, 1.3, 0.85};
  const Week weekend{0.75, 0.75, 0.85, 0.95, 1.35, 1.6, 0.75};
  const Week fresh{1.05, 1.0, 0.95, 0.95, 1.1, 1.2, 0.75};
  const Week flat{0.95, 0.95, 1.0, 1.0, 1.1, 1.2, 0.8};
  // id, units/day, week, trend, amplitude, peak day, dispersion, asked, price, promotions, discount,
  // elasticity, lift, dip
  return {{"milk-1l", 38, staple, -0.01, 0.05, 15, 0.03, 1, 1.29, 4, 0.15, 1.2, 1.1, 0},
          {"rye-loaf", 14, weekend, 0.02, 0.08, 20, 0.06, 1, 3.20, 3, 0.20, 1.5, 1.15, 0},
          {"oats-500", 4.5, flat, 0.08, 0.25, 10, 0.15, 1, 1.79, 6, 0.25, 2.5, 1.25, 0.15},
          {"eggs-10", 11, weekend, 0.03, 0.08, 95, 0.08, 1, 2.99, 5, 0.20, 1.8, 1.2, 0.05},
          {"bananas-kg", 24, fresh, 0.01, 0.08, 150, 0.07, 1, 1.79, 8, 0.30, 2.0, 1.1, 0},
          {"coffee-250", 6, flat, 0.02, 0.12, 345, 0.20, 1, 4.99, 8, 0.30, 2.8, 1.2, 0.30},
          {"pasta-500", 9, flat, 0.00, 0.05, 300, 0.15, 1, 1.49, 8, 0.30, 2.8, 1.25, 0.20},
          {"yoghurt-500", 12, fresh, 0.05, 0.15, 190, 0.10, 1, 1.99, 7, 0.25, 2.2, 1.15, 0},
          {"olive-oil", 1.1, flat, 0.04, 0.10, 180, 0.40, 0.75, 8.99, 4, 0.25, 3.0, 1.3, 0.25},
          {"dish-soap", 0.7, flat, 0.00, 0.00, 1, 0.50, 0.60, 2.29, 3, 0.30, 2.5, 1.3, 0.25}};
}

}  // namespace restock::forecasting
