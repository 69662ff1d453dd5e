// A classical forecasting method as a recursive filter of one series: a few numbers that are fitted once, a
// memory of constant size, one value in a step, the means of any number of coming steps out.
//
// What all methods share stands here and in recursive_model.h: steps whose value nobody knows, censored
// steps, the law of errors, saving and loading. A method adds its equations and its source.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace restock::forecasting {

/// The values of one series that a method is fitted to.
struct SeriesSample {
  std::span<const float> values;              ///< NaN where unknown
  std::span<const std::uint8_t> stocked_out;  ///< 1: the demand was at least the value
  std::int64_t clock = 0;                     ///< of values[0] (frequency.h)

  /// Whether the value of a step is the demand itself.
  bool known(std::size_t t) const;
  std::size_t count_known() const;
  /// Of the known values; of all that are no NaN where none is known; else 0.
  double mean() const;
};

/// Phase of a step in a season, 0 … season − 1.
constexpr std::size_t phase_of(std::int64_t clock, std::size_t season) noexcept {
  const auto length = static_cast<std::int64_t>(season);
  return static_cast<std::size_t>(((clock % length) + length) % length);
}

class RecursiveMethod {
 public:
  virtual ~RecursiveMethod() = default;
  virtual std::size_t parameter_count() const = 0;
  virtual std::size_t state_size() const = 0;
  /// Fits the numbers of a series and its memory before the first value. Any sample is allowed, also an empty
  /// one; what comes out is finite.
  virtual void fit(const SeriesSample& sample, std::span<float> parameters, std::span<float> start) const = 0;
  /// Takes in the value of the step at `clock`, which follows the last one.
  virtual void observe(std::span<const float> parameters, std::int64_t clock, float value,
                       std::span<float> state) const = 0;
  /// The step at `clock` passes and nobody knows its value: by default what was expected came true.
  virtual void skip(std::span<const float> parameters, std::int64_t clock, std::span<float> state) const;
  /// Means of the steps `clock`, `clock` + 1 …, the memory standing before `clock`. May be negative where the
  /// equations say so: the model cuts at 0.
  virtual void path(std::span<const float> parameters, std::int64_t clock, std::span<const float> state,
                    std::span<float> means) const = 0;

  /// Takes in a step as it was seen: NaN is passed over, and a censored value below what was expected too.
  void take(std::span<const float> parameters, std::int64_t clock, float value, bool stocked_out,
            std::span<float> state) const;
};

}  // namespace restock::forecasting
