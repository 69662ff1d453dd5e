// Finitely many values, each with its probability.
#include <fmt/format.h>

#include <algorithm>

#include "env/core/error.h"
#include "env/core/laws/atoms.h"
#include "env/core/laws/parameters.h"

namespace restock::laws {

namespace {

std::unique_ptr<Law> make_discrete(const LawSpec& spec) {
  const auto values = values_of(spec, "values");
  const auto weights = values_of(spec, "weights");
  if (values.size() != weights.size()) {
    throw InputError(
        fmt::format("law 'discrete': {} values but {} weights, expected one weight for each value",
                    values.size(), weights.size()));
  }
  if (*std::max_element(weights.begin(), weights.end()) <= 0) {
    throw InputError("law 'discrete': all weights are 0, expected at least one above 0");
  }
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  if (const auto twice = std::adjacent_find(sorted.begin(), sorted.end()); twice != sorted.end()) {
    throw InputError(
        fmt::format("law 'discrete': the value {} stands twice, expected each value once", *twice));
  }
  std::vector<std::pair<double, double>> weighted;
  for (std::size_t i = 0; i < values.size(); ++i) weighted.emplace_back(values[i], weights[i]);
  return std::make_unique<AtomsLaw>("discrete", std::move(weighted));
}

}  // namespace

LawDescription discrete() {
  return {"discrete",
          "one of the given values, with probabilities proportional to the weights",
          {{.name = "values", .meaning = "what can occur, each value once", .list = true},
           {.name = "weights",
            .meaning = "one weight for each value; they need not sum to 1",
            .list = true,
            .is_ratio = true}},
          make_discrete};
}

}  // namespace restock::laws
