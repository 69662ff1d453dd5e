// Comparisons in plain words. Every sentence of the report, of report.json and of the terminal about who wins
// is made here, so that they cannot contradict each other.
#pragma once

#include <string>

#include "experiments/comparison.h"

namespace restock::experiments {

/// Decimals at which a difference, its interval and that over weeks are printed.
int decimals_of(const PairedDifference& difference);

/// "−21.7 to −3.1" of the interval over pairs; "" where there is none.
std::string interval_text(const PairedDifference& difference);
/// The same of the interval over weeks.
std::string weeks_interval_text(const PairedDifference& difference);
/// "over 10 SKUs", "over 200 replications".
std::string pairs_text(const PairedDifference& difference);

/// Follows the name of the policy: "costs 12.4 less a day (−4.1 %, 95 % interval −21.7 to −3.1 over 10
/// SKUs)", or "is not distinguishable: …".
std::string words_of(const PairedDifference& difference);

/// One sentence about the best learned and the best classical policy, whichever way it falls; where one is
/// missing, about what there is.
std::string verdict_sentence(const Comparison& comparison);
/// How sure it is: the intervals, what they are over, whether they agree. Empty without a headline.
std::string certainty_sentence(const Comparison& comparison);
/// How the two policies were chosen. Empty without a headline.
std::string choice_sentence(const Comparison& comparison);

}  // namespace restock::experiments
