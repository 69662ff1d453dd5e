#include "experiments/report/sections.h"

#include <array>

// One line a section: name_section() is its function.
#define RESTOCK_REPORT_SECTIONS(SECTION)               \
  SECTION(verdict, "The result")                       \
  SECTION(policies, "The policies compared")           \
  SECTION(differences, "Who costs less, and how sure") \
  SECTION(costs, "Where the money goes")               \
  SECTION(skus, "SKU by SKU")                          \
  SECTION(inventory, "Stock over time")                \
  SECTION(kpis, "All indicators")                      \
  SECTION(training, "Training")                        \
  SECTION(tables, "Forecasts and more")                \
  SECTION(method, "How to read this")                  \
  SECTION(environment, "How it was made")

namespace restock::experiments {

#define RESTOCK_DECLARE(name, title) std::string name##_section(const ReportData& data);
RESTOCK_REPORT_SECTIONS(RESTOCK_DECLARE)

std::span<const ReportSection> report_sections() {
#define RESTOCK_LIST(name, title) ReportSection{#name, title, name##_section},
  static constexpr std::array sections{RESTOCK_REPORT_SECTIONS(RESTOCK_LIST)};
  return sections;
}

}  // namespace restock::experiments
