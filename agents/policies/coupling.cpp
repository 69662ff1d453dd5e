#include "agents/policies/coupling.h"

#include <numeric>

namespace restock::policies {

namespace {

/// Disjoint sets of SKUs; each is known by its first.
class Groups {
 public:
  explicit Groups(std::size_t skus) : first_(skus) {
    std::iota(first_.begin(), first_.end(), std::size_t{0});
  }

  std::size_t first_of(std::size_t sku) {
    while (first_[sku] != sku) sku = first_[sku] = first_[first_[sku]];
    return sku;
  }
  void join(std::size_t a, std::size_t b) {
    a = first_of(a);
    b = first_of(b);
    first_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::size_t> first_;
};

/// Joins all SKUs that give the same key; those with a negative one stay alone.
class Joiner {
 public:
  Joiner(Groups& groups, std::size_t keys) : groups_(groups), seen_(keys, kNone) {}
  void add(std::int32_t key, std::size_t sku) {
    if (key < 0) return;
    std::size_t& other = seen_[static_cast<std::size_t>(key)];
    if (other == kNone) other = sku;
    groups_.join(other, sku);
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  Groups& groups_;
  std::vector<std::size_t> seen_;
};

bool shares(const SupplierModel& supplier, const PolicyDescription& policy) {
  return policy.joins_skus || supplier.joint_order.costs() || supplier.joint_order.constrains();
}

}  // namespace

std::vector<std::vector<std::size_t>> coupled_skus(const WarehouseModel& warehouse,
                                                   const PolicyDescription& policy) {
  Groups groups(warehouse.skus.size());
  Joiner by_supplier(groups, warehouse.suppliers.size());
  Joiner by_facility(groups, warehouse.facilities.size());
  for (std::size_t index = 0; index < warehouse.skus.size(); ++index) {
    const SkuModel& sku = warehouse.skus[index];
    for (const SourceModel& source : sku.sources) {
      if (source.upstream >= 0) groups.join(index, static_cast<std::size_t>(source.upstream));
      if (shares(warehouse.suppliers[static_cast<std::size_t>(source.supplier)], policy))
        by_supplier.add(source.supplier, index);
    }
    if (sku.market.substitute >= 0) groups.join(index, static_cast<std::size_t>(sku.market.substitute));
    by_facility.add(sku.facility, index);
  }
  std::vector<std::vector<std::size_t>> members(warehouse.skus.size());
  for (std::size_t sku = 0; sku < members.size(); ++sku) members[groups.first_of(sku)].push_back(sku);
  std::erase_if(members, [](const auto& group) { return group.empty(); });
  return members;
}

}  // namespace restock::policies
