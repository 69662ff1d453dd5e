#include "tests/property/for_all.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <numeric>

#include "scenarios/resolved.h"
#include "tests/property/random_scenario.h"

namespace restock::property {

namespace {

constexpr int kMostTries = 50'000;
constexpr std::size_t kMostAnswersOfSku = 64;

/// A list of answers for which the property fails, made simpler step by step.
class Shrinking {
 public:
  Shrinking(const Property& property, std::vector<std::uint32_t> answers, std::string message)
      : property_(property), answers_(std::move(answers)), message_(std::move(message)) {}

  void run() {
    for (bool simpler = true; simpler && tries_ < kMostTries;) {
      simpler = false;
      for (std::size_t size = answers_.size(); size > 0; size /= 2) simpler = zero_blocks(size) || simpler;
      for (std::size_t size = kMostAnswersOfSku; size > 0; --size) simpler = leave_out(size) || simpler;
      simpler = lower_each() || simpler;
    }
  }
  Scenario scenario() const {
    Choices choose(answers_);
    return random_scenario(choose);
  }
  const std::string& message() const { return message_; }
  int simplifications() const { return simplifications_; }

 private:
  /// Fewer answers are simpler, then smaller ones.
  static bool is_simpler(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
    const auto sum = [](const auto& answers) { return std::accumulate(answers.begin(), answers.end(), 0U); };
    return std::pair(a.size(), sum(a)) < std::pair(b.size(), sum(b));
  }

  /// Keeps the answers where they are simpler and the property still fails with them.
  bool keep(const std::vector<std::uint32_t>& answers) {
    if (answers == answers_) return false;
    Choices choose(answers);
    const Scenario scenario = random_scenario(choose);
    if (!is_simpler(choose.taken(), answers_) || ++tries_ > kMostTries) return false;
    try {
      property_(scenario);
      return false;
    } catch (const std::exception& error) {
      message_ = error.what();
    }
    answers_ = choose.taken();
    ++simplifications_;
    return true;
  }

  bool zero_blocks(std::size_t size) {
    bool simpler = false;
    for (std::size_t first = 0; first < answers_.size(); first += size) {
      std::vector<std::uint32_t> answers = answers_;
      for (std::size_t i = first; i < std::min(first + size, answers.size()); ++i) answers[i] = 0;
      simpler = keep(answers) || simpler;
    }
    return simpler;
  }

  /// What follows moves up: so a SKU can go where others follow it.
  bool leave_out(std::size_t size) {
    bool simpler = false;
    for (std::size_t first = 0; first + size <= answers_.size(); ++first) {
      std::vector<std::uint32_t> answers = answers_;
      const auto from = answers.begin() + static_cast<std::ptrdiff_t>(first);
      answers.erase(from, from + static_cast<std::ptrdiff_t>(size));
      simpler = keep(answers) || simpler;
    }
    return simpler;
  }

  bool lower_each() {
    bool simpler = false;
    for (std::size_t i = 0; i < answers_.size(); ++i) {
      std::vector<std::uint32_t> answers = answers_;
      if (answers[i] == 0) continue;
      --answers[i];
      simpler = keep(answers) || simpler;
    }
    return simpler;
  }

  const Property& property_;
  std::vector<std::uint32_t> answers_;
  std::string message_;
  int tries_ = 0;
  int simplifications_ = 0;
};

std::optional<std::uint64_t> number_in(const char* variable) {
  const char* text = std::getenv(variable);
  if (text == nullptr) return std::nullopt;
  return std::strtoull(text, nullptr, 10);
}

}  // namespace

std::optional<Failure> find_failure(std::uint64_t first_seed, int count, const Property& property) {
  for (std::uint64_t seed = first_seed; seed < first_seed + static_cast<std::uint64_t>(count); ++seed) {
    Choices choose(seed);
    const Scenario scenario = random_scenario(choose);
    try {
      property(scenario);
    } catch (const std::exception& error) {
      Shrinking shrinking(property, choose.taken(), error.what());
      shrinking.run();
      return Failure{seed, shrinking.message(), shrinking.scenario(), shrinking.simplifications()};
    }
  }
  return std::nullopt;
}

void for_all(int count, const Property& property) {
  const auto seed = number_in("RESTOCK_PROPERTY_SEED");
  const auto runs = number_in("RESTOCK_PROPERTY_RUNS");
  if (runs) count = static_cast<int>(*runs);
  const auto failure = find_failure(seed.value_or(1), seed ? 1 : count, property);
  if (failure)
    FAIL("seed " << failure->seed << " (RESTOCK_PROPERTY_SEED=" << failure->seed << " tries it alone), "
                 << failure->simplifications << " times simplified: " << failure->message << "\n\n"
                 << scenarios::resolved_yaml(failure->scenario));
  SUCCEED();
}

}  // namespace restock::property
