// Version, compiler, seed, device: what somebody needs who wants these numbers again.
#include <fmt/format.h>

#include "experiments/report/section_parts.h"
#include "experiments/report/sections.h"

namespace restock::experiments {

std::string environment_section(const ReportData& data) {
  std::string items;
  for (const auto& [name, value] : data.environment)
    items += element("dt", "", escape_html(name)) + element("dd", "", escape_html(value));
  for (const PolicyOutcome& policy : data.comparison.policies)
    items += element("dt", "", escape_html("Ledger hash, " + policy.label)) +
             element("dd", "mono", fmt::format("{:016x}", policy.evaluation.ledger_hash()));
  return element("dl", "definitions", items);
}

}  // namespace restock::experiments
