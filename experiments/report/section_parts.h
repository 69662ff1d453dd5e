// What several sections need: names with their colours, the two policies that the report is about, the SKUs
// worth showing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/report/html.h"
#include "experiments/report/report_data.h"

namespace restock::experiments {

/// The class that colours a policy.
std::string_view colour_of(PolicyKind kind);
/// A coloured dot and the label, as HTML.
std::string policy_name(const PolicyOutcome& policy);
/// The label as a sortable cell, with its description in small letters where asked for.
HtmlCell policy_cell(const PolicyOutcome& policy, bool with_description = false);

/// A number as a sortable cell.
HtmlCell number_cell(double value, int decimals, std::string_view css = "");
HtmlCell estimate_cell(const Estimate& estimate, int decimals, std::string_view css = "");

/// The two policies in the foreground: best classical and best learned; where one of them is missing, the
/// baseline and the first other policy. `second` is nullptr where only one policy was compared.
struct Foreground {
  const PolicyOutcome* first = nullptr;   ///< classical
  const PolicyOutcome* second = nullptr;  ///< learned
};
Foreground foreground_of(const Comparison& comparison);

/// Indices of the `most` SKUs that cost the baseline most, dearest first.
std::vector<std::size_t> dearest_skus(const Comparison& comparison, std::size_t most);

/// A table that somebody else filled, with its title and note.
std::string table_html(const Table& table);

/// "Shown are the 200 of 1,340 SKUs that cost most; …" or nothing where all are shown.
std::string shown_note(std::size_t shown, std::size_t all, std::string_view file);

/// Days of one replication that closed with a backlog or lost demand, averaged over replications.
double stockout_days(const Evaluation& evaluation, std::size_t sku);

}  // namespace restock::experiments
