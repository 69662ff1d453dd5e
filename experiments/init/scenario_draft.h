// What a demand history, a table of items and past receipts say of a warehouse: a scenario in which every
// value knows where it comes from, and whether it is a guess that its user must look at.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/init/item_table.h"
#include "experiments/init/receipt_table.h"
#include "forecasting/demand_profile.h"
#include "forecasting/panel.h"

namespace restock::experiments {

template <class Value>
struct Inferred {
  Value value{};
  std::string from;  ///< in words
  bool is_guess = false;
};

struct SkuDraft {
  std::string id;
  std::string supplier;
  forecasting::DemandProfile demand;
  Inferred<double> price;
  Inferred<double> unit_cost;
  Inferred<std::int64_t> initial_on_hand;
  Item item;  ///< packs, limits and shelf life as the table says
};

struct SupplierDraft {
  std::string id;
  Inferred<std::vector<std::int64_t>> lead_days;  ///< observations; one: a constant
  double mean_lead_days() const;
};

struct ScenarioDraft {
  std::string name;
  Date start{};
  std::int64_t days = 0;
  std::int64_t warm_up_days = 0;
  double carrying_rate = 0;          ///< a year
  bool trains_on_forecasts = true;   ///< else on each SKU's law
  std::string why_laws_train;        ///< where not
  bool is_judged_by_history = true;  ///< else by each SKU's law
  std::string why_laws_judge;        ///< where not
  std::vector<SupplierDraft> suppliers;
  std::vector<SkuDraft> skus;
  std::vector<std::string> notes;  ///< what was left out, and why
};

struct DraftConfig {
  std::string name;
  double carrying_rate = 0.25;
  std::int64_t evaluation_days = 0;  ///< 0: a sixth of the history, in whole weeks, 28 to 112 days
};

/// Tables may be empty. Throws InputError where the history is too short or none of its series can be used.
ScenarioDraft draft_scenario(const forecasting::Panel& sales, const ItemTable& items,
                             const ReceiptTable& receipts, const DraftConfig& config);

}  // namespace restock::experiments
