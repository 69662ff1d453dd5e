// Decisions that were taken when a policy was exported, kept so that it can be seen that it still decides the
// same: on another machine, with another version, or with a file that has been tampered with.
//
// One example is one instant: raw columns (forecasts included) of up to kMostGoldenRows rows, what the policy
// wanted, the legal order, and for networks the score of every action.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agents/bundle/bundle.h"

namespace restock::bundle {

inline constexpr std::size_t kGoldenExamples = 32;
inline constexpr std::size_t kFewestGoldenExamples = 20;
inline constexpr std::size_t kMostGoldenRows = 16;
inline constexpr std::size_t kMostGoldenBytes = std::size_t{64} << 20;
/// Of scores, relative to their size where that is above 1.
inline constexpr double kScoreTolerance = 1e-5;

/// The columns of a DecisionBatch, owned.
struct DecisionColumns {
  std::vector<std::int32_t> sku, weekday, month, day_of_year;
  std::vector<std::int64_t> day;
  std::vector<Quantity> on_hand, backlog, on_order;
  std::vector<Quantity> pipeline;  ///< [rows × pipeline_width]
  std::size_t pipeline_width = 0;
  std::vector<float> forecast_mean;
  std::vector<float> forecast_quantiles;  ///< [rows × levels]

  std::size_t rows() const noexcept { return sku.size(); }
  /// Refers to these columns and to the levels.
  DecisionBatch batch(std::span<const double> levels) const;
  void append_row(const DecisionBatch& batch, std::size_t row);
  /// Adds the calendar's columns of one more row.
  void append_date(Date date);
};

struct GoldenExample {
  DecisionColumns columns;
  std::vector<Quantity> wanted;
  std::vector<Quantity> order;
  std::vector<float> scores;  ///< [rows × actions]; empty for rules
};

/// Scores of all actions, as the policy's network sees the batch.
std::vector<float> scores_of(const learning::LearnedPolicy& policy, const DecisionBatch& batch);

/// Lets the policy decide in simulations of the model and keeps every third instant. Rows whose two best
/// actions are closer than any machine can be trusted to tell apart are left out, unless there are no others.
std::vector<GoldenExample> record_examples(std::shared_ptr<const DecisionModel> model, const Policy& policy,
                                           const learning::LearnedPolicy* network,
                                           const BundleMetadata& metadata);

std::string golden_text(const std::vector<GoldenExample>& examples);
/// Throws InputError. `actions` is 0 for rules.
std::vector<GoldenExample> read_golden(const std::string& text, const std::string& file,
                                       const BundleMetadata& metadata, std::size_t actions);
/// Decides all examples again. Throws InputError at the first that comes out differently.
void replay_examples(const std::vector<GoldenExample>& examples, const Policy& policy,
                     const learning::LearnedPolicy* network, const BundleMetadata& metadata,
                     const std::string& file);

}  // namespace restock::bundle
