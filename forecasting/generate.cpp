#include "forecasting/generate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "env/core/calendar_wave.h"
#include "env/core/error.h"
#include "env/core/keyed_random.h"
#include "env/core/laws/portable_math.h"
#include "forecasting/negative_binomial.h"

namespace restock::forecasting {

namespace {

/// What the k-th draw of a day is for.
enum Draw : std::uint64_t { kDemand = 0, kAsked = 1, kLevel = 2, kPromotion = 3, kDiscount = 4 };

double power(double base, double exponent) {
  return portable::exp(exponent * portable::log(base));
}
double in_cents(double price) {
  return std::floor(price * 100 + 0.5) / 100;
}

/// One item's days: the plan (price, promotion), what was asked for, and what the shop sold of it.
class ItemHistory {
 public:
  ItemHistory(const GenerateConfig& config, const GeneratedItem& item, std::uint64_t index, Date first_day)
      : config_(config),
        item_(item),
        first_day_(first_day),
        stream_({static_cast<std::uint64_t>(config.seed), Split::train, 0}, Purpose::generation, index),
        days_(config.history_days + config.heldout_days) {
    plan_promotions();
    draw_demand();
    run_shop();
  }

  std::vector<float> price, promotion, demand, sales;
  std::vector<std::uint8_t> stocked_out;

 private:
  Date date(std::int64_t day) const { return first_day_ + std::chrono::days(day); }

  void plan_promotions() {
    const auto first_year = static_cast<int>(std::chrono::year_month_day(first_day_).year());
    bool promoted = false;
    double reduction = 0;
    for (std::int64_t t = 0; t < days_; ++t) {
      if (weekday_of(date(t)) == 0) {
        promoted = !promoted && stream_.uniform(t, kPromotion) < item_.promotions_per_year / 52.0;
        reduction = item_.discount * (0.75 + 0.5 * stream_.uniform(t, kDiscount));
      }
      const auto year = static_cast<int>(std::chrono::year_month_day(date(t)).year()) - first_year;
      const double usual = in_cents(item_.price * power(1 + config_.price_increase_per_year, year));
      const double now = promoted ? in_cents(usual * (1 - reduction)) : usual;
      price.push_back(static_cast<float>(now));
      promotion.push_back(promoted ? 1.0F : 0.0F);
      push_.push_back(promoted ? item_.display_lift * power(now / usual, -item_.elasticity)
                               : after_promotion(t));
    }
  }

  /// 1 − dip in the week after a promotion: customers have stocked up.
  double after_promotion(std::int64_t t) const {
    for (std::int64_t before = std::max<std::int64_t>(0, t - 7); before < t; ++before) {
      if (promotion[static_cast<std::size_t>(before)] > 0) return 1 - item_.dip_after_promotion;
    }
    return 1;
  }

  void draw_demand() {
    const auto& profile = item_.weekday_profile;
    const double profile_mean = std::accumulate(profile.begin(), profile.end(), 0.0) / 7;
    const double memory = config_.level_memory;
    const double innovation = config_.level_noise * std::sqrt(1 - memory * memory);
    double level = config_.level_noise * portable::normal_quantile(stream_.uniform(-1, kLevel));
    for (std::int64_t t = 0; t < days_; ++t) {
      const auto weekday = static_cast<std::size_t>(weekday_of(date(t)));
      const double year = (day_of_year(date(t)) - item_.yearly_peak_day) / 365.25;
      const double season = 1 + item_.yearly_amplitude * cosine_of_turns(year);
      const double trend = power(1 + item_.trend_per_year, static_cast<double>(t) / 365.0);
      level = memory * level + innovation * portable::normal_quantile(stream_.uniform(t, kLevel));
      const double mean = item_.mean_units_per_day * trend * season * profile[weekday] / profile_mean *
                          portable::exp(level) * push_[static_cast<std::size_t>(t)];
      demand.push_back(static_cast<float>(draw(t, mean)));
    }
  }

  std::int64_t draw(std::int64_t t, double mean) const {
    if (stream_.uniform(t, kAsked) >= item_.asked_share) return 0;
    return NegativeBinomial{mean / item_.asked_share, item_.dispersion}.quantile(stream_.uniform(t, kDemand));
  }

  void run_shop() {
    const auto lead = static_cast<std::size_t>(config_.lead_time_days);
    std::vector<double> arriving(static_cast<std::size_t>(days_) + lead + 1, 0.0);
    double on_hand = order_up_to_level(0);
    double on_order = 0;
    for (std::int64_t t = 0; t < days_; ++t) {
      const auto day = static_cast<std::size_t>(t);
      if (t % config_.review_days == 0) {
        const double order = std::max(0.0, order_up_to_level(t) - on_hand - on_order);
        arriving[day + lead] += order;
        on_order += order;
      }
      on_hand += arriving[day];
      on_order -= arriving[day];
      const double asked = static_cast<double>(demand[day]);
      const bool limited = t < config_.history_days;
      stocked_out.push_back(limited && asked >= on_hand ? 1 : 0);
      sales.push_back(static_cast<float>(limited ? std::min(asked, on_hand) : asked));
      on_hand = std::max(0.0, on_hand - asked);
    }
  }

  /// What the shop believes it needs until the next delivery but one: its mean sales of the last four weeks
  /// (the true level before the first), raised for promotions as far as it foresees them, and a safety stock.
  double order_up_to_level(std::int64_t t) const {
    const std::int64_t from = std::max<std::int64_t>(0, t - 28);
    double mean = item_.mean_units_per_day;
    if (t - from >= 7) {
      mean = 0;
      for (std::int64_t day = from; day < t; ++day)
        mean += static_cast<double>(sales[static_cast<std::size_t>(day)]);
      mean /= static_cast<double>(t - from);
    }
    const std::int64_t end = std::min(days_, t + config_.review_days + config_.lead_time_days);
    double need = 0;
    for (std::int64_t day = t; day < end; ++day) {
      const double push = push_[static_cast<std::size_t>(day)];
      need += mean * (1 + config_.promotion_foresight * std::max(0.0, push - 1));
    }
    return std::ceil(need +
                     config_.safety_factor * std::sqrt(NegativeBinomial{need, item_.dispersion}.variance()));
  }

  const GenerateConfig& config_;
  const GeneratedItem& item_;
  Date first_day_;
  Stream stream_;
  std::int64_t days_;
  std::vector<double> push_;
};

Date start_of(const GenerateConfig& config) {
  if (const auto date = parse_date(config.start)) return *date;
  throw InputError(fmt::format("start: '{}', expected a date such as 2023-01-02", config.start));
}

void check(const GeneratedItem& item) {
  const auto& profile = item.weekday_profile;
  const bool positive = std::all_of(profile.begin(), profile.end(), [](double w) { return w >= 0; });
  if (profile.size() == 7 && positive && std::accumulate(profile.begin(), profile.end(), 0.0) > 0) return;
  throw InputError(
      fmt::format("weekday_profile of item '{}': {} values, expected 7 that are not negative, Monday first",
                  item.id, profile.size()));
}

template <class T>
void append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

GeneratedHistory generate_history(const GenerateConfig& config) {
  const std::vector<GeneratedItem> items = config.items.empty() ? corner_grocery_items() : config.items;
  GeneratedHistory history;
  Panel& panel = history.panel;
  panel.first_day = start_of(config);
  panel.days = panel.known_days = static_cast<std::size_t>(config.history_days + config.heldout_days);
  panel.covariates = {{"price", {}}, {"promotion", {}}};
  for (std::size_t i = 0; i < items.size(); ++i) {
    check(items[i]);
    const ItemHistory item(config, items[i], i, panel.first_day);
    panel.ids.push_back(items[i].id);
    panel.listed_from.push_back(0);
    append(panel.sales, item.sales);
    append(panel.stocked_out, item.stocked_out);
    append(panel.covariates[0].values, item.price);
    append(panel.covariates[1].values, item.promotion);
    append(history.demand, item.demand);
  }
  return history;
}

}  // namespace restock::forecasting
