// Lost sales with a fixed lead time of whole days and a review every day: what an order does to the cost of
// the day on which it arrives.
//
// An order of day t is received on day t + L, before that day's demand. The stock that it meets, X, depends
// on what is on hand, on the orders under way and on the demand of the days t … t + L − 1. Morton (1971,
// Operations Research 19(7)) orders z so that the expected cost of that one day,
//     q(z) = E[h (X + z − D)⁺ + p (D − X − z)⁺] + c z,
// is least (myopic); Zipkin (2008, Operations Research 56(5), section 4) looks at the following day as well,
// in which the myopic order is placed (myopic-2). What is left over is worth what it cost, so that of a unit
// short only p − c is lost.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "agents/policies/masses.h"
#include "agents/policies/planning.h"

namespace restock::policies {

class LostSalesPlanner {
 public:
  /// Longer lead times no table of pipelines holds.
  static constexpr std::int64_t kMostDays = 64;
  /// Room that the calculations of one thread need again and again.
  struct Workspace {
    std::vector<Masses> met;  ///< by demand of today: the stock that the order meets
    Masses stock, after, tomorrow;
    std::array<Quantity, kMostDays> receipts{};
  };

  explicit LostSalesPlanner(const PlannedSku& sku);

  std::int64_t lead_days() const noexcept { return lead_days_; }
  /// Days of one phase have the same laws of demand ahead, as far as an order looks; −1 where there are more
  /// than 30 phases.
  std::int64_t phase_on(std::int64_t day) const noexcept;
  /// receipts[j − 1]: what is received j days from today, 0 < j < L.
  Quantity myopic(std::int64_t day, Quantity on_hand, std::span<const Quantity> receipts,
                  Workspace& work) const;
  Quantity myopic_2(std::int64_t day, Quantity on_hand, std::span<const Quantity> receipts,
                    Workspace& work) const;

 private:
  void find_phases();
  std::size_t law_on(std::int64_t day) const noexcept;
  Quantity best_order(const Masses& met, std::size_t law) const;
  double cost_of(const Masses& met, Quantity order, std::size_t law) const;
  void look_ahead(std::int64_t day, Quantity on_hand, std::span<const Quantity> receipts,
                  Workspace& work) const;
  double two_days(std::int64_t day, Quantity order, Workspace& work) const;
  double at_most(std::size_t law, std::size_t level) const noexcept;
  double cost_at(std::size_t law, std::size_t level) const noexcept;

  /// One law of a day's demand.
  struct DayLaw {
    Masses masses;
    std::vector<double> cdf;   ///< P(D <= y)
    std::vector<double> cost;  ///< E[h (y − D)⁺ + p (D − y)⁺]
    double mean = 0;
  };

  std::int64_t lead_days_;
  double holding_;
  double shortage_;
  std::vector<DayLaw> laws_;
  std::vector<std::uint16_t> law_of_day_;
  std::vector<std::int8_t> phases_;  ///< by day; empty where there is one, or too many
};

}  // namespace restock::policies
