#include "agents/bundle/golden.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "agents/learning/masked_softmax.h"
#include "env/core/check.h"
#include "env/core/error.h"
#include "env/core/suggest.h"

namespace restock::bundle {

namespace {

constexpr std::size_t kInstantsBetween = 3;  ///< no divisor of 7, so that all weekdays come up
constexpr std::uint64_t kMostReplications = 64;
constexpr double kClearMargin = 1e-4;

std::vector<Quantity> decide(const Policy& policy, const DecisionBatch& batch) {
  std::vector<Quantity> wanted(batch.rows);
  OrderBatch orders{wanted};
  PolicyMemory none;
  policy.decide(batch, none, orders);
  return wanted;
}

std::vector<Quantity> legal_orders(const DecisionBatch& batch, std::span<const Quantity> wanted,
                                   const BundleMetadata& metadata) {
  std::vector<Quantity> orders(batch.rows);
  for (std::size_t row = 0; row < batch.rows; ++row)
    orders[row] = legal_order_quantity(metadata.skus[static_cast<std::size_t>(batch.sku[row])], wanted[row]);
  return orders;
}

/// Whether the best legal action of a row stands out.
bool is_clear(const learning::LearnedPolicy& policy, const DecisionBatch& batch, std::size_t row,
              std::span<const float> scores) {
  const auto actions = static_cast<int>(policy.action().actions());
  std::vector<std::uint8_t> mask(policy.action().actions());
  policy.action().write_mask(batch, row, mask);
  const float* values = scores.data() + row * mask.size();
  const int best = learning::best_action(values, mask.data(), actions);
  mask[static_cast<std::size_t>(best)] = 0;
  if (learning::count_legal(mask.data(), actions) == 0) return true;
  const int second = learning::best_action(values, mask.data(), actions);
  return std::fabs(values[best] - values[second]) >
         kClearMargin * std::max(1.0, std::fabs(double{values[best]}));
}

/// Up to kMostGoldenRows rows of the batch, beginning with another one each time.
GoldenExample example_of(const DecisionBatch& batch, const Policy& policy,
                         const learning::LearnedPolicy* network, const BundleMetadata& metadata,
                         std::size_t first, bool only_clear) {
  GoldenExample example;
  const std::vector<float> scores = network ? scores_of(*network, batch) : std::vector<float>();
  for (std::size_t i = 0; i < batch.rows && example.columns.rows() < kMostGoldenRows; ++i) {
    const std::size_t row = (first + i) % batch.rows;
    if (network && only_clear && !is_clear(*network, batch, row, scores)) continue;
    example.columns.append_row(batch, row);
  }
  const DecisionBatch kept = example.columns.batch(batch.forecast_levels);
  if (kept.rows == 0) return example;
  example.wanted = decide(policy, kept);
  example.order = legal_orders(kept, example.wanted, metadata);
  if (network) example.scores = scores_of(*network, kept);
  return example;
}

std::vector<GoldenExample> record(std::shared_ptr<const DecisionModel> model, const Policy& policy,
                                  const learning::LearnedPolicy* network, const BundleMetadata& metadata,
                                  bool only_clear) {
  std::vector<GoldenExample> examples;
  DecisionProcess process(
      std::move(model), {.pipeline = policy.needs_pipeline(), .forecast = !metadata.forecast_levels.empty()});
  for (std::uint64_t replication = 0; replication < kMostReplications; ++replication) {
    process.reset({1, Split::tune, replication});
    for (std::size_t instant = 0; process.advance(); ++instant) {
      const DecisionBatch& batch = process.batch();
      const std::vector<Quantity> wanted = decide(policy, batch);
      if (instant % kInstantsBetween == 0) {
        GoldenExample example =
            example_of(batch, policy, network, metadata, examples.size() * kMostGoldenRows, only_clear);
        if (example.columns.rows() > 0) examples.push_back(std::move(example));
        if (examples.size() == kGoldenExamples) return examples;
      }
      if (instant > kGoldenExamples * kInstantsBetween * 4) break;
      process.order(process.due(), wanted);
    }
  }
  return examples;
}

[[noreturn]] void differs(const std::string& file, std::size_t example, std::size_t row,
                          const BundleMetadata& metadata, const GoldenExample& golden,
                          const std::string& what) {
  const std::string& id = metadata.skus[static_cast<std::size_t>(golden.columns.sku[row])].id;
  throw InputError(std::vector<Problem>{
      {file, example + 1, 0, "SKU " + in_quotes(id),
       fmt::format(
           "{} when it was exported: the policy decides differently here; export it again with this version",
           what)}});
}

}  // namespace

DecisionBatch DecisionColumns::batch(std::span<const double> levels) const {
  DecisionBatch batch;
  batch.rows = rows();
  batch.sku = sku;
  batch.day = day;
  batch.weekday = weekday;
  batch.month = month;
  batch.day_of_year = day_of_year;
  batch.on_hand = on_hand;
  batch.backlog = backlog;
  batch.on_order = on_order;
  batch.pipeline_by_age = pipeline;
  batch.pipeline_width = pipeline_width;
  batch.forecast_mean = forecast_mean;
  batch.forecast_quantiles = forecast_quantiles;
  if (!forecast_mean.empty()) batch.forecast_levels = levels;
  return batch;
}

void DecisionColumns::append_date(Date date) {
  weekday.push_back(weekday_of(date));
  month.push_back(month_of(date));
  day_of_year.push_back(restock::day_of_year(date));
}

void DecisionColumns::append_row(const DecisionBatch& batch, std::size_t row) {
  sku.push_back(batch.sku[row]);
  weekday.push_back(batch.weekday[row]);
  month.push_back(batch.month[row]);
  day_of_year.push_back(batch.day_of_year[row]);
  day.push_back(batch.day[row]);
  on_hand.push_back(batch.on_hand[row]);
  backlog.push_back(batch.backlog[row]);
  on_order.push_back(batch.on_order[row]);
  pipeline_width = batch.pipeline_width;
  const auto ages = batch.pipeline_by_age.subspan(row * pipeline_width, pipeline_width);
  pipeline.insert(pipeline.end(), ages.begin(), ages.end());
  if (batch.forecast_levels.empty()) return;
  forecast_mean.push_back(batch.forecast_mean[row]);
  const std::size_t levels = batch.forecast_levels.size();
  const auto quantiles = batch.forecast_quantiles.subspan(row * levels, levels);
  forecast_quantiles.insert(forecast_quantiles.end(), quantiles.begin(), quantiles.end());
}

std::vector<float> scores_of(const learning::LearnedPolicy& policy, const DecisionBatch& batch) {
  std::vector<float> observations(batch.rows * policy.observation().width());
  policy.observation().write(batch, observations);
  std::vector<float> scores(batch.rows * policy.action().actions());
  policy.network().outputs(observations, scores);
  return scores;
}

std::vector<GoldenExample> record_examples(std::shared_ptr<const DecisionModel> model, const Policy& policy,
                                           const learning::LearnedPolicy* network,
                                           const BundleMetadata& metadata) {
  std::vector<GoldenExample> examples = record(model, policy, network, metadata, true);
  if (examples.size() < kFewestGoldenExamples) examples = record(model, policy, network, metadata, false);
  if (examples.size() < kFewestGoldenExamples)
    throw InputError(fmt::format(
        "the scenario '{}' asks for {} decisions in {} replications, a bundle needs {} as examples; use a "
        "longer horizon",
        metadata.scenario, examples.size(), kMostReplications, kFewestGoldenExamples));
  return examples;
}

void replay_examples(const std::vector<GoldenExample>& examples, const Policy& policy,
                     const learning::LearnedPolicy* network, const BundleMetadata& metadata,
                     const std::string& file) {
  for (std::size_t i = 0; i < examples.size(); ++i) {
    const GoldenExample& golden = examples[i];
    const DecisionBatch batch = golden.columns.batch(metadata.forecast_levels);
    const std::vector<float> scores = network ? scores_of(*network, batch) : std::vector<float>();
    for (std::size_t k = 0; k < scores.size(); ++k) {
      const double allowed = kScoreTolerance * std::max(1.0, std::fabs(double{golden.scores[k]}));
      if (!(std::fabs(double{scores[k]} - double{golden.scores[k]}) <= allowed))
        differs(file, i, k * batch.rows / scores.size(), metadata, golden,
                fmt::format("an action has the score {}, and had {}", scores[k], golden.scores[k]));
    }
    const std::vector<Quantity> wanted = decide(policy, batch);
    const std::vector<Quantity> orders = legal_orders(batch, wanted, metadata);
    for (std::size_t row = 0; row < batch.rows; ++row)
      if (wanted[row] != golden.wanted[row] || orders[row] != golden.order[row])
        differs(file, i, row, metadata, golden,
                fmt::format("orders {} (asked for {}), and ordered {} (asked for {})", orders[row],
                            wanted[row], golden.order[row], golden.wanted[row]));
  }
}

}  // namespace restock::bundle
