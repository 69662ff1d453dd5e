// A comparison for terminals: at most 100 characters wide.
#pragma once

#include <string>

#include "experiments/comparison.h"

namespace restock::experiments {

/// One line a policy (cost, fill rate, stockout days, difference against the baseline), then what wins and
/// how sure that is.
std::string comparison_text(const Comparison& comparison);

/// Plain text broken at spaces into lines of at most `width` characters; a word that is longer stands alone.
std::string wrapped(const std::string& text, std::size_t width);

}  // namespace restock::experiments
