// Lead times out of purchase orders that were received: days from the order to the receipt, by supplier.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace restock::experiments {

struct ReceiptTable {
  std::vector<std::int64_t> lead_days;                                        ///< of all receipts
  std::map<std::string, std::vector<std::int64_t>, std::less<>> by_supplier;  ///< where the file names one
  std::size_t unusable = 0;                 ///< rows without a date, or received before they were ordered
  std::vector<std::size_t> unusable_lines;  ///< the first of them, by their lines in the file
};

/// Columns: ordered (or order_date, po_sent), received (receipt_date, delivered), and supplier (vendor_name,
/// vendor) where there is one; dates as 2026-01-31. Rows that no lead time can be taken from are counted and
/// left out. Throws InputError where columns are missing, a date is none, or no row can be used.
ReceiptTable read_receipts(const std::string& file);

}  // namespace restock::experiments
