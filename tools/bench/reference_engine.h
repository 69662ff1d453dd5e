// The yardstick for the event engine: the same warehouse as anybody would write it at first. Events of 24
// bytes with a time in double lie in a std::priority_queue, customers among them; state lies in structs. It
// makes the same draws and must come to the same ledgers.
//
// It knows what the comparison needs: `arrivals: orders`, periodic review, base-stock; nothing is hashed or
// checked.
#pragma once

#include <cstdint>
#include <memory>
#include <queue>
#include <vector>

#include "env/core/keyed_random.h"
#include "env/sim/ledger.h"
#include "env/sim/warehouse_model.h"

namespace restock::bench {

class ReferenceEngine {
 public:
  explicit ReferenceEngine(std::shared_ptr<const WarehouseModel> model);

  /// One replication with the same order-up-to level for every SKU.
  void run(const RunKey& run, Quantity order_up_to_level);
  const SkuLedger& ledger(std::size_t sku) const { return skus_[sku].ledger; }
  /// Events of the latest run.
  std::int64_t events() const { return events_; }

 private:
  enum class Kind : std::int32_t { receipt, review, customer, close };
  struct Event {
    double time;  ///< milliseconds
    Kind kind;
    std::int32_t sku;
    std::int32_t k;
    std::int32_t quantity;
  };
  static_assert(sizeof(Event) == 24);
  struct Later {
    bool operator()(const Event& a, const Event& b) const;
  };
  struct Sku {
    Quantity on_hand = 0;
    Quantity backlog = 0;
    Quantity on_order = 0;
    Quantity lost_today = 0;
    double counted_until = 0;
    bool stockout_in_cycle = false;
    SkuLedger ledger;
    Stream demand, lead_time, customer_time, order_size;
  };

  void start(const RunKey& run);
  void start_day(std::int64_t day);
  void integrate(Sku& sku, double until);
  void on_receipt(const Event& event);
  void on_review(const Event& event, Quantity level);
  void on_customer(const Event& event);
  void on_close(const Event& event);
  double lead_time(std::int32_t sku, std::int64_t day);

  std::shared_ptr<const WarehouseModel> model_;
  std::vector<Sku> skus_;
  std::priority_queue<Event, std::vector<Event>, Later> queue_;
  std::int64_t events_ = 0;
};

}  // namespace restock::bench
