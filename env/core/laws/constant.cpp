// Always the same value.
#include "env/core/laws/atoms.h"
#include "env/core/laws/parameters.h"

namespace restock::laws {

LawDescription constant() {
  return {
      "constant",
      "always the same value",
      {{.name = "value", .meaning = "the value"}},
      [](const LawSpec& spec) -> std::unique_ptr<Law> {
        return std::make_unique<AtomsLaw>("constant", std::vector{std::pair{value_of(spec, "value"), 1.0}});
      }};
}

}  // namespace restock::laws
