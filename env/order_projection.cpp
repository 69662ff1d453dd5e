#include "env/order_projection.h"

#include <algorithm>
#include <limits>

namespace restock {

namespace {

/// Large changes go in steps of this part of what is missing for each line, so that they end soon.
constexpr Quantity kStepsPerLine = 64;
/// How far from its wish the search looks for an order of a SKU, packs.
constexpr int kPacksAway = 16;
/// Totals times SKUs beyond which it does not look.
constexpr double kLargestSearch = 1e6;

/// The total that fits full trucks and the maximum, sought in the direction that `rounding` gives.
Quantity feasible_total(const JointOrderSpec& joint, Quantity total) {
  const Quantity most = joint.maximum_units == 0 ? std::numeric_limits<Quantity>::max() : joint.maximum_units;
  if (!joint.full_trucks_only) return std::min(total, most);
  const Quantity truck = joint.truck_units;
  const Quantity down = total / truck * truck;
  const Quantity up = down == total ? total : down + truck;
  const Quantity largest = most / truck * truck;
  const bool goes_up =
      joint.rounding == Rounding::up || (joint.rounding == Rounding::nearest && up - total <= total - down);
  return std::min(goes_up ? up : down, largest);
}

}  // namespace

OrderProjection::OrderProjection(const WarehouseModel& warehouse) {
  for (std::size_t i = 0; i < warehouse.suppliers.size(); ++i)
    if (warehouse.suppliers[i].joint_order.constrains()) suppliers_.push_back(static_cast<std::int32_t>(i));
}

/// The next larger order, by at most about `most` units; 0 where there is none.
Quantity OrderProjection::Line::step_up(Quantity most) const noexcept {
  const Quantity packs = std::max<Quantity>(1, most / terms->pack_size);
  return std::max<Quantity>(0, legal_order_quantity(*terms, quantity + packs * terms->pack_size) - quantity);
}

/// The next smaller order, by at most about `most` units; it may be none at all.
Quantity OrderProjection::Line::step_down(Quantity most) const noexcept {
  const Quantity packs = std::max<Quantity>(1, most / terms->pack_size);
  const Quantity left = quantity - packs * terms->pack_size;
  return left < std::max<Quantity>(1, terms->minimum_order_quantity) ? quantity : packs * terms->pack_size;
}

Quantity OrderProjection::total() const noexcept {
  Quantity sum = 0;
  for (const Line& line : lines_) sum += line.quantity;
  return sum;
}

double OrderProjection::value() const noexcept {
  double sum = 0;
  for (const Line& line : lines_) {
    const bool is_priced = line.terms->value_per_unit == line.terms->purchase_per_unit;
    sum += is_priced ? line.terms->price_of(line.quantity)
                     : static_cast<double>(line.quantity) * line.terms->value_per_unit;
  }
  return sum;
}

void OrderProjection::restore_wishes() noexcept {
  for (Line& line : lines_) line.quantity = line.wanted;
}

void OrderProjection::cancel() noexcept {
  for (Line& line : lines_) line.quantity = 0;
}

/// Whose quantity changes next to make up for `missing` units (below 0: there are too many); nullptr where
/// nobody's can. `ratio` is the total sought over the total wanted.
OrderProjection::Line* OrderProjection::next_line(const JointOrderSpec& joint, Quantity missing,
                                                  double ratio) {
  Line* best = nullptr;
  double best_score = 0;
  const bool grows = missing > 0;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    Line& line = lines_[i];
    const Quantity step = grows ? line.step_up(1) : line.step_down(1);
    if (step == 0 || step > (grows ? missing : -missing)) continue;
    double score = static_cast<double>(i);  // priority
    if (joint.sharing == Sharing::cover)
      score = static_cast<double>(line.position + line.quantity) / std::max(line.mean_demand_per_day, 1e-9);
    if (joint.sharing == Sharing::proportional)
      score = static_cast<double>(line.quantity) - static_cast<double>(line.wanted) * ratio;
    if (best == nullptr || (grows ? score < best_score : score > best_score)) {
      best = &line;
      best_score = score;
    }
  }
  return best;
}

/// The legal order that is so many packs away from the wish, −1 where there is none.
Quantity OrderProjection::Line::near(int packs) const noexcept {
  if (packs == -kPacksAway) return 0;
  const Quantity sought = wanted / terms->pack_size * terms->pack_size + packs * terms->pack_size;
  return sought >= 0 && legal_order_quantity(*terms, sought) == sought ? sought : -1;
}

/// Looks for the orders of a total that are nearest to the wishes, by dynamic programming over totals.
bool OrderProjection::search(Quantity total_sought) {
  constexpr int kChoices = 2 * kPacksAway + 1;
  constexpr Quantity kNone = std::numeric_limits<Quantity>::max();
  const auto totals = static_cast<std::size_t>(total_sought) + 1;
  if (static_cast<double>(totals) * static_cast<double>(lines_.size()) > kLargestSearch) return false;
  std::vector<Quantity> change(totals, kNone);  // least change of the lines so far, by their total
  std::vector<std::int8_t> chosen(totals * lines_.size(), -1);
  change[0] = 0;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    std::vector<Quantity> next(totals, kNone);
    for (int choice = 0; choice < kChoices; ++choice) {
      const Quantity quantity = lines_[i].near(choice - kPacksAway);
      if (quantity < 0) continue;
      const Quantity moved = std::abs(quantity - lines_[i].wanted);
      for (std::size_t before = 0; before + static_cast<std::size_t>(quantity) < totals; ++before) {
        const std::size_t at = before + static_cast<std::size_t>(quantity);
        if (change[before] == kNone || change[before] + moved >= next[at]) continue;
        next[at] = change[before] + moved;
        chosen[i * totals + at] = static_cast<std::int8_t>(choice);
      }
    }
    change = std::move(next);
  }
  if (change.back() == kNone) return false;
  std::size_t at = totals - 1;
  for (std::size_t i = lines_.size(); i-- > 0;) {
    lines_[i].quantity = lines_[i].near(chosen[i * totals + at] - kPacksAway);
    at -= static_cast<std::size_t>(lines_[i].quantity);
  }
  return true;
}

/// Brings the wishes to a total; false where that cannot be done.
bool OrderProjection::reach(const JointOrderSpec& joint, Quantity total_sought) {
  return share(joint, total_sought) || search(total_sought);
}

/// The same by the sharing rule, step by step.
bool OrderProjection::share(const JointOrderSpec& joint, Quantity total_sought) {
  restore_wishes();
  Quantity missing = total_sought - total();
  const double ratio =
      static_cast<double>(total_sought) / static_cast<double>(std::max<Quantity>(1, total()));
  const auto lines = static_cast<Quantity>(lines_.size());
  while (missing != 0) {
    Line* const line = next_line(joint, missing, ratio);
    if (line == nullptr) return false;
    const Quantity size = std::abs(missing);
    const Quantity coarse = size / (kStepsPerLine * lines);
    Quantity step = missing > 0 ? line->step_up(coarse) : line->step_down(coarse);
    if (step > size) step = missing > 0 ? line->step_up(1) : line->step_down(1);
    line->quantity += missing > 0 ? step : -step;
    missing -= missing > 0 ? step : -step;
  }
  return true;
}

/// Fills the order until it has its minimum value, by whole trucks where only those are delivered.
bool OrderProjection::reach_value(const JointOrderSpec& joint) {
  const auto has_value = [&](Quantity units) {
    return reach(joint, units) && value() >= joint.minimum_value;
  };
  const Quantity unit = joint.full_trucks_only ? joint.truck_units : 1;
  const Quantity most = joint.maximum_units == 0 ? kMaximumQuantity : joint.maximum_units;
  Quantity low = total() / unit;  // too little
  Quantity high = low + 1;        // doubled until it is enough, then the least that is
  while (high * unit <= most && !has_value(high * unit)) {
    low = high;
    high *= 2;
  }
  if (high * unit > most && !has_value(high = most / unit)) return false;
  while (high - low > 1) {
    const Quantity middle = low + (high - low) / 2;
    (has_value(middle * unit) ? high : low) = middle;
  }
  return has_value(high * unit);
}

void OrderProjection::gather(const Simulator& simulator, std::int32_t supplier,
                             std::span<const std::int32_t> skus, std::span<const Quantity> quantities) {
  lines_.clear();
  for (std::size_t place = 0; place < quantities.size(); ++place) {
    const std::int32_t sku = skus[place % skus.size()];
    const std::size_t source = place / skus.size();
    const SkuModel& model = simulator.model().skus[static_cast<std::size_t>(sku)];
    if (source >= model.sources.size() || model.sources[source].supplier != supplier) continue;
    if (!simulator.is_open(sku, static_cast<std::int32_t>(source))) continue;
    lines_.push_back({place, &model.sources[source], model.mean_demand_per_day,
                      simulator.state(sku).inventory_position(), quantities[place], quantities[place]});
  }
}

void OrderProjection::fit(const JointOrderSpec& joint) {
  const Quantity wanted = total();
  if (wanted == 0) return;
  const Quantity fits = feasible_total(joint, wanted);
  if (fits != wanted && !reach(joint, fits)) {
    const Quantity other = fits > wanted ? fits - joint.truck_units : fits + joint.truck_units;
    const bool in_bounds = joint.maximum_units == 0 || other <= joint.maximum_units;
    if (!joint.full_trucks_only || !in_bounds || !reach(joint, other)) cancel();
  }
  const double reached = value();
  if (total() == 0 || reached >= joint.minimum_value) return;
  const bool fills = joint.rounding == Rounding::up ||
                     (joint.rounding == Rounding::nearest && 2 * reached >= joint.minimum_value);
  if (!fills || !reach_value(joint)) cancel();
}

void OrderProjection::apply(const Simulator& simulator, std::span<const std::int32_t> skus,
                            std::span<Quantity> quantities) {
  for (const std::int32_t supplier : suppliers_) {
    gather(simulator, supplier, skus, quantities);
    fit(simulator.model().suppliers[static_cast<std::size_t>(supplier)].joint_order);
    for (const Line& line : lines_) quantities[line.place] = line.quantity;
  }
}

}  // namespace restock
