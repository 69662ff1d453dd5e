// Which SKUs are bought together: co-purchases of order lines against what independent SKUs would show.
//
// Of N orders n_a hold a, n_b hold b and n_ab both. Support n_ab, confidence n_ab / n_a, and
// lift n_ab N / (n_a n_b) as usual (Agrawal, Imielinski and Swami 1993; Brin, Motwani, Ullman and Tsur 1997).
// Rare pairs have wild lifts, so pairs are ranked by the lower end of the lift's 95 % interval: n_ab is taken
// as a Poisson count (Wilson and Hilferty's approximation of its exact limits).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace restock::forecasting {

struct BasketConfig {
  std::string order_column = {};      ///< "": order_id, order, ticket or invoice
  std::string sku_column = {};        ///< "": sku, unique_id, item or item_id
  std::int64_t minimum_support = 10;  ///< fewer orders say nothing about a pair
  double minimum_lift = 1;            ///< lower end of its interval
};

struct BasketPair {
  std::uint32_t first = 0;  ///< places in Baskets::skus, first < second
  std::uint32_t second = 0;
  std::int64_t support = 0;  ///< orders with both
  double lift = 0;
  double lift_lower = 0;
  double lift_upper = 0;
};

struct Baskets {
  std::vector<std::string> skus;         ///< by name
  std::vector<std::int64_t> sku_orders;  ///< orders that hold it
  std::int64_t orders = 0;
  std::int64_t lines = 0;
  std::int64_t widest = 0;        ///< different SKUs of the largest order
  std::int64_t left_out = 0;      ///< orders of more than kMostSkusPerOrder SKUs: no baskets
  std::vector<BasketPair> pairs;  ///< by falling lift_lower

  double confidence(const BasketPair& pair, bool from_first) const noexcept {
    return static_cast<double>(pair.support) /
           static_cast<double>(sku_orders[from_first ? pair.first : pair.second]);
  }
};

inline constexpr std::size_t kMostSkusPerOrder = 2000;

/// One row an order line, in any order; a SKU that stands several times in an order counts once. Lines
/// without an order or a SKU are an InputError with their place.
Baskets read_baskets(const std::string& file, const BasketConfig& config);

/// first,second,support,confidence_first,confidence_second,lift,lift_lower,lift_upper
std::string baskets_csv(const Baskets& baskets);

}  // namespace restock::forecasting
