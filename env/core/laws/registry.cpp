#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "env/core/check.h"
#include "env/core/error.h"
#include "env/core/laws/law.h"
#include "env/core/laws/parameters.h"
#include "env/core/suggest.h"

// Every law, one line each: the function restock::laws::NAME of NAME.cpp.
#define RESTOCK_LAWS(LAW) \
  LAW(constant)           \
  LAW(discrete)           \
  LAW(empirical)          \
  LAW(poisson)            \
  LAW(negative_binomial)  \
  LAW(geometric)          \
  LAW(two_moment)         \
  LAW(discrete_uniform)   \
  LAW(uniform)            \
  LAW(normal)             \
  LAW(gamma)              \
  LAW(lognormal)          \
  LAW(weibull)            \
  LAW(lomax)              \
  LAW(exponential)

namespace restock {

namespace laws {
#define RESTOCK_DECLARE_LAW(name) LawDescription name();
RESTOCK_LAWS(RESTOCK_DECLARE_LAW)
#undef RESTOCK_DECLARE_LAW
}  // namespace laws

namespace {

constexpr std::size_t kMaximumListLength = 100'000;

const LawParameter* find_parameter(const LawDescription& law, std::string_view name) {
  const auto found = std::find_if(law.parameters.begin(), law.parameters.end(),
                                  [&](const LawParameter& parameter) { return parameter.name == name; });
  return found == law.parameters.end() ? nullptr : &*found;
}

std::string listed(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

std::string range_of(const LawParameter& parameter) {
  return fmt::format("{} in {}{}, {}]", parameter.list ? "a list of numbers" : "a number",
                     parameter.above_minimum ? "(" : "[", parameter.minimum, parameter.maximum);
}

bool in_range(const LawParameter& parameter, double value) {
  const bool high_enough = parameter.above_minimum ? value > parameter.minimum : value >= parameter.minimum;
  return high_enough && value <= parameter.maximum;  // false for NaN
}

/// Collects what is wrong with a spec, each with the law's name in front.
class SpecChecker {
 public:
  SpecChecker(const LawDescription& law, const LawSpec& spec) : law_(law), spec_(spec) {}

  void check() {
    for (std::size_t i = 0; i < spec_.parameters.size(); ++i) check_given(i);
    for (const LawParameter& parameter : law_.parameters) {
      if (!parameter.optional && !is_given(parameter.name, spec_.parameters.size())) {
        add(fmt::format("'{}' is missing, expected {} ({})", parameter.name, range_of(parameter),
                        parameter.meaning));
      }
    }
    if (!problems_.empty()) throw InputError(std::move(problems_));
  }

 private:
  void add(const std::string& message) {
    problems_.push_back({{}, 0, 0, {}, fmt::format("law '{}': {}", law_.name, message)});
  }

  bool is_given(std::string_view name, std::size_t before) const {
    return std::any_of(spec_.parameters.begin(),
                       spec_.parameters.begin() + static_cast<std::ptrdiff_t>(before),
                       [&](const LawSpec::Parameter& given) { return given.name == name; });
  }

  void check_given(std::size_t index) {
    const LawSpec::Parameter& given = spec_.parameters[index];
    const LawParameter* parameter = find_parameter(law_, given.name);
    if (parameter == nullptr) return add_unknown(given.name);
    if (is_given(given.name, index)) return add(fmt::format("'{}' is given twice", given.name));
    if (given.values.empty() || (!parameter->list && given.values.size() > 1)) {
      return add(fmt::format("'{}' has {} values, expected {}", given.name, given.values.size(),
                             range_of(*parameter)));
    }
    if (given.values.size() > kMaximumListLength) {
      return add(fmt::format("'{}' has {} values, expected at most {}", given.name, given.values.size(),
                             kMaximumListLength));
    }
    for (const double value : given.values) {
      if (in_range(*parameter, value)) continue;
      return add(fmt::format("'{}' = {}, expected {} ({})", given.name, value, range_of(*parameter),
                             parameter->meaning));
    }
  }

  void add_unknown(std::string_view name) {
    std::vector<std::string_view> names;
    for (const LawParameter& parameter : law_.parameters) names.push_back(parameter.name);
    const std::string hint = did_you_mean(name, names);
    add(fmt::format("unknown parameter {}{}; it takes {}", in_quotes(name), hint, listed(names)));
  }

  const LawDescription& law_;
  const LawSpec& spec_;
  std::vector<Problem> problems_;
};

[[noreturn]] void refuse_unknown_law(std::string_view name) {
  std::vector<std::string_view> names;
  for (const LawDescription& law : law_registry()) names.push_back(law.name);
  throw InputError(fmt::format("unknown law {}{}; there are {}", in_quotes(name), did_you_mean(name, names),
                               listed(names)));
}

}  // namespace

std::span<const LawDescription> law_registry() {
#define RESTOCK_CALL_LAW(name) laws::name(),
  static const std::vector<LawDescription> registry = {RESTOCK_LAWS(RESTOCK_CALL_LAW)};
#undef RESTOCK_CALL_LAW
  return registry;
}

const LawDescription* find_law(std::string_view name) {
  const auto registry = law_registry();
  const auto found = std::find_if(registry.begin(), registry.end(),
                                  [&](const LawDescription& law) { return law.name == name; });
  return found == registry.end() ? nullptr : &*found;
}

std::unique_ptr<Law> make_law(const LawSpec& spec) {
  if (!spec.is_set())
    throw InputError("no law is given, expected a number or {law: NAME, PARAMETER: VALUE, …}");
  const LawDescription* law = find_law(spec.name);
  if (law == nullptr) refuse_unknown_law(spec.name);
  SpecChecker(*law, spec).check();
  return law->make(spec);
}

LawSpec scaled(const LawSpec& spec, double factor) {
  const LawDescription* law = find_law(spec.name);
  RESTOCK_CHECK(law != nullptr, "law '{}'", spec.name);
  if (factor == 0) return LawSpec::constant(0);
  LawSpec result = spec;
  for (LawSpec::Parameter& given : result.parameters) {
    const LawParameter* parameter = find_parameter(*law, given.name);
    if (parameter == nullptr || parameter->is_ratio) continue;
    for (double& value : given.values)
      value = parameter->is_whole ? std::floor(value * factor + 0.5) : value * factor;
  }
  return result;
}

double quantile_beyond(const Law& law, double beyond, double u) {
  const double passed = beyond <= 0 ? 0 : law.cdf(beyond);
  return law.quantile(std::min(passed + (1 - passed) * u, 1 - 0x1p-53));
}

std::span<const double> values_of(const LawSpec& spec, std::string_view parameter) {
  for (const LawSpec::Parameter& given : spec.parameters) {
    if (given.name == parameter) return given.values;
  }
  return {};
}

double value_of(const LawSpec& spec, std::string_view parameter) {
  const auto values = values_of(spec, parameter);
  RESTOCK_CHECK(values.size() == 1, "law '{}': parameter '{}' has {} values", spec.name, parameter,
                values.size());
  return values.front();
}

}  // namespace restock
