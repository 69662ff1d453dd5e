// Realistic retail demand from a documented law and a seed; the same bytes on every machine.
//
// Demand of item i on day t is negative binomial with dispersion a_i and mean
//
//   m_i(t) = level · (1 + trend)^(t / 365) · weekday(t) · (1 + A cos 2π(day of year − peak)/365.25) ·
//   e^{z(t)} · push(t),
//
// z an autoregression of order one that lets the level wander, push(t) = display_lift · (price / usual
// price)^(−elasticity) during a promotion and 1 − dip in the week after one. An item asked for on a share p
// of days only is 0 on the others and has mean m / p on these. Promotions last a week from Monday to Sunday
// and are drawn week by week.
//
// Sales are what a shop has on its shelf: every `review_days` it orders up to a level by its own past sales,
// delivered `lead_time_days` later, and what it lacks is lost. So it runs out now and then, more so in
// promotions, and then sales understate demand (stocked_out = 1: the shelf was empty at the close). The last
// `heldout_days` are stocked without limit: there y is demand, and policies can be judged by it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "env/core/description.h"
#include "forecasting/panel.h"

namespace restock::forecasting {

struct GeneratedItem {
  std::string id;
  double mean_units_per_day = 10;
  std::vector<double> weekday_profile{1, 1, 1, 1, 1, 1, 1};  ///< Monday to Sunday; scaled to mean 1
  double trend_per_year = 0;
  double yearly_amplitude = 0;
  double yearly_peak_day = 1;
  double dispersion = 0.1;
  double asked_share = 1;
  double price = 1;
  double promotions_per_year = 0;
  double discount = 0.2;
  double elasticity = 1.5;
  double display_lift = 1.2;
  double dip_after_promotion = 0;
};

struct GenerateConfig {
  std::int64_t seed = 1;
  std::string start = "2023-01-02";
  std::int64_t history_days = 1099;
  std::int64_t heldout_days = 112;
  double level_noise = 0.12;
  double level_memory = 0.98;
  double price_increase_per_year = 0.02;
  std::int64_t review_days = 3;
  std::int64_t lead_time_days = 2;
  double safety_factor = 1.0;
  double promotion_foresight = 0.6;
  std::vector<GeneratedItem> items;  ///< empty: ten items of a corner grocery
};

void describe(FieldVisitor& visitor, GeneratedItem& item);
void describe(FieldVisitor& visitor, GenerateConfig& config);

/// The ten items of a corner grocery that ship with the project: fast, slow and intermittent ones.
std::vector<GeneratedItem> corner_grocery_items();

struct GeneratedHistory {
  Panel panel;                ///< sales, stock-outs, price and promotion
  std::vector<float> demand;  ///< [series × days] what was asked for, sold or not
};

/// Throws InputError where the configuration makes no sense.
GeneratedHistory generate_history(const GenerateConfig& config);

/// `unique_id,ds,y,price,promotion,stocked_out`: what a shop knows.
void write_history_csv(const Panel& panel, const std::string& file);
/// `unique_id,ds,demand`: what nobody knows outside a simulation.
void write_demand_csv(const GeneratedHistory& history, const std::string& file);

}  // namespace restock::forecasting
