// Parameters to test every law of the registry with, found from the descriptions of its parameters alone.
#pragma once

#include <string>
#include <vector>

#include "env/core/laws/law.h"

namespace restock {

/// All combinations of a few values per parameter (0, 1, many, fractions) that the law accepts.
std::vector<LawSpec> example_specs(const LawDescription& law);

/// "poisson(mean 5)".
std::string text_of(const LawSpec& spec);

}  // namespace restock
