// Laws of non-negative random variables, chosen by name.
//
// A law knows its distribution function; sampling is inversion of one uniform (table.h), so that a change of
// a parameter keeps draws coupled. Nothing here uses libm where a result could differ between platforms:
// logarithms and exponentials come from portable_math.h.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace restock {

class Law {
 public:
  virtual ~Law() = default;
  /// Its name in the registry.
  virtual std::string_view name() const = 0;
  virtual double mean() const = 0;
  virtual double variance() const = 0;
  /// P(X <= x).
  virtual double cdf(double x) const = 0;
  /// The smallest x with cdf(x) >= u, for 0 < u < 1.
  virtual double quantile(double u) const = 0;
  /// Whether every value is a whole number.
  virtual bool integer_valued() const = 0;
};

/// A quantile of X given X > beyond, for 0 < u < 1.
double quantile_beyond(const Law& law, double beyond, double u);

/// More whole values than this no law may take with a noticeable probability: it bounds memory and time.
inline constexpr std::size_t kMaximumLawValues = std::size_t{1} << 21;

/// A law as a user writes it: {law: name, parameter: value…}. A list-valued parameter has several values.
struct LawSpec {
  struct Parameter {
    std::string name;
    std::vector<double> values;
  };
  std::string name;  ///< "" where not set
  std::vector<Parameter> parameters;

  bool is_set() const noexcept { return !name.empty(); }
  static LawSpec constant(double value) { return {"constant", {{"value", {value}}}}; }
};

/// One parameter of a law: bounds are inclusive unless `above_minimum`.
struct LawParameter {
  std::string_view name;
  std::string_view meaning;
  double minimum = 0;
  double maximum = 1e9;
  bool above_minimum = false;  ///< the minimum itself is not allowed
  bool list = false;
  bool optional = false;
  bool is_whole = false;  ///< takes whole numbers only
  bool is_ratio = false;  ///< has no unit of the variable: stays as it is where the law is scaled
};

/// One law of the registry.
struct LawDescription {
  std::string_view name;
  std::string_view meaning;
  std::vector<LawParameter> parameters;
  /// Throws InputError where the parameters do not fit together (their ranges have been checked before).
  std::unique_ptr<Law> (*make)(const LawSpec& spec);
};

/// Every law, in the order in which documentation lists them. To add one: a file here and a line in
/// registry.cpp.
std::span<const LawDescription> law_registry();
const LawDescription* find_law(std::string_view name);
/// Builds a law. Throws InputError that names the law, the parameter, its value and what is expected.
std::unique_ptr<Law> make_law(const LawSpec& spec);
/// The law of a demand that is `factor` ≥ 0 times as large: every parameter with the unit of the variable is
/// multiplied (and rounded where it takes whole numbers only), the variance of counts as well, as if they
/// came from more or fewer customers. Factor 0: no demand.
LawSpec scaled(const LawSpec& spec, double factor);
/// The values of a parameter of a spec; empty where it is not given.
std::span<const double> values_of(const LawSpec& spec, std::string_view parameter);

}  // namespace restock
