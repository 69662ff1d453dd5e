// What was observed, each observation as likely as any other.
#include "env/core/laws/atoms.h"
#include "env/core/laws/parameters.h"

namespace restock::laws {

namespace {

std::unique_ptr<Law> make_empirical(const LawSpec& spec) {
  std::vector<std::pair<double, double>> weighted;
  for (const double value : values_of(spec, "values")) weighted.emplace_back(value, 1.0);
  return std::make_unique<AtomsLaw>("empirical", std::move(weighted));
}

}  // namespace

LawDescription empirical() {
  return {"empirical",
          "one of the given observations, all equally likely",
          {{.name = "values", .meaning = "the observations; a value may stand several times", .list = true}},
          make_empirical};
}

}  // namespace restock::laws
