#include "tests/statistical/law_examples.h"

#include <fmt/format.h>

#include "env/core/error.h"

namespace restock {

namespace {

using Values = std::vector<std::vector<double>>;

Values candidates(const LawParameter& parameter) {
  if (parameter.list) return {{0}, {1}, {0, 1}, {0.5, 3, 2, 8}, {7, 0, 1, 40}};
  return {{0}, {0.3}, {1}, {4}, {60}};
}

bool accepted(const LawSpec& spec) {
  try {
    make_law(spec);
    return true;
  } catch (const InputError&) {
    return false;
  }
}

}  // namespace

std::vector<LawSpec> example_specs(const LawDescription& law) {
  std::vector<LawSpec> partial = {{std::string(law.name), {}}};
  for (const LawParameter& parameter : law.parameters) {
    std::vector<LawSpec> longer;
    for (const LawSpec& spec : partial) {
      for (const std::vector<double>& values : candidates(parameter)) {
        longer.push_back(spec);
        longer.back().parameters.push_back({std::string(parameter.name), values});
      }
    }
    partial = std::move(longer);
  }
  std::erase_if(partial, [](const LawSpec& spec) { return !accepted(spec); });
  return partial;
}

std::string text_of(const LawSpec& spec) {
  std::string text;
  for (const LawSpec::Parameter& parameter : spec.parameters) {
    text +=
        fmt::format("{}{} {}", text.empty() ? "" : ", ", parameter.name, fmt::join(parameter.values, " "));
  }
  return fmt::format("{}({})", spec.name, text);
}

}  // namespace restock
