#include "forecasting/trees/tree_samples.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "env/core/keyed_random.h"

namespace restock::forecasting {

namespace {

constexpr std::size_t kLeadsPerOrigin = 5;  ///< where there are origins enough
constexpr std::size_t kMostLeads = 12;      ///< of one origin
constexpr std::size_t kMostRepeats = 2;     ///< errors learned from, for each step of the history

/// One lead out of each of `count` equal stretches.
std::size_t lead_of(std::uint64_t hash, std::size_t i, std::size_t count, std::size_t leads) {
  const std::size_t from = i * leads / count, to = (i + 1) * leads / count;
  return from + mix64(hash + i) % std::max<std::size_t>(1, to - from);
}

}  // namespace

TreeRows rows_of_fold(const TreeRows& rows, std::uint8_t fold) {
  TreeRows part{rows.columns, {}, {}, {}, {}};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows.folds[i] != fold) continue;
    const auto row = rows.features.begin() + static_cast<std::ptrdiff_t>(i * rows.columns);
    part.features.insert(part.features.end(), row, row + static_cast<std::ptrdiff_t>(rows.columns));
    part.targets.push_back(rows.targets[i]);
    part.weights.push_back(rows.weights[i]);
    part.folds.push_back(fold);
  }
  return part;
}

TreeSamples::TreeSamples(const StepFeatures& features, const Panel& seen, std::uint64_t seed)
    : features_(features), seen_(seen), seed_(seed), leads_(leads_of(seen.frequency)) {
  for (std::size_t s = 0; s < seen.series(); ++s) cells_ += seen.days - settled(s);
}

/// The first steps of a series say little of how it goes on.
std::size_t TreeSamples::settled(std::size_t s) const {
  const std::size_t first = std::min(seen_.listed_from[s], seen_.days);
  return first + std::min(features_.settings().window / 3, (seen_.days - first) / 3);
}

float TreeSamples::demand(std::size_t s, std::size_t t) const {
  return seen_.stocked_out_of(s)[t] != 0 ? std::numeric_limits<float>::quiet_NaN() : seen_.sales_of(s)[t];
}

void TreeSamples::visit(std::size_t origins, const std::function<void(const Origin&)>& take) const {
  const double chance = static_cast<double>(origins) / static_cast<double>(std::max<std::size_t>(1, cells_));
  std::vector<float> state(features_.state_size());
  StepFeatures::Past past;
  for (std::size_t s = 0; s < seen_.series(); ++s) {
    features_.forget(state);
    for (std::size_t t = std::min(seen_.listed_from[s], seen_.days); t < seen_.days; ++t) {
      const auto day = static_cast<std::int64_t>(t);
      const std::uint64_t hash = absorb(absorb(absorb(0, seed_), s), t);
      if (t >= settled(s) && unit_interval(hash) < chance) {
        features_.look_back(s, day, state, past);
        const std::size_t block = std::min(leads_ + leads_ / 2, seen_.days / 4 + 1);
        const auto fold = static_cast<std::uint8_t>(t / block % 2);
        if (past.level > 0) take({s, t, hash, fold, &past});
      }
      features_.remember(day, seen_.sales_of(s)[t], seen_.stocked_out_of(s)[t] != 0, state);
    }
  }
}

double TreeSamples::repeats(std::size_t rows) const {
  return std::max(1.0, static_cast<double>(rows) / static_cast<double>(std::max<std::size_t>(1, cells_)));
}

TreeRows TreeSamples::steps(std::size_t wanted) const {
  TreeRows rows{StepFeatures::columns(features_.settings()), {}, {}, {}, {}};
  const std::size_t most = std::min(kMostLeads, leads_), least = std::min(kLeadsPerOrigin, most);
  const std::size_t each = std::clamp(wanted / std::max<std::size_t>(1, cells_) + 1, least, most);
  std::vector<float> row(rows.columns);
  double total = 0;
  visit(wanted / each + 1, [&](const Origin& origin) {
    const float share = origin.past->level / features_.scale(origin.series);
    for (std::size_t i = 0; i < each; ++i) {
      const std::size_t lead = lead_of(origin.hash, i, each, leads_);
      if (origin.step + lead >= seen_.days) break;
      const float truth = demand(origin.series, origin.step + lead);
      if (std::isnan(truth)) continue;
      features_.write(origin.series, static_cast<std::int64_t>(origin.step), lead, *origin.past, row);
      rows.features.insert(rows.features.end(), row.begin(), row.end());
      rows.targets.push_back(truth / origin.past->level);
      rows.weights.push_back(share * share);
      rows.folds.push_back(origin.fold);
      total += static_cast<double>(rows.weights.back());
    }
  });
  for (float& weight : rows.weights) weight *= static_cast<float>(static_cast<double>(rows.size()) / total);
  return rows;
}

void TreeSamples::add_error(const Origin& origin, std::size_t lead, float truth, float forecast,
                            std::size_t steps, TreeRows& rows) const {
  std::vector<float> row(rows.columns);
  features_.write(origin.series, static_cast<std::int64_t>(origin.step), lead, *origin.past, row);
  write_forecast(*origin.past, forecast, steps, row);
  rows.features.insert(rows.features.end(), row.begin(), row.end());
  rows.targets.push_back((truth - forecast) / error_width(*origin.past, forecast, steps));
  rows.weights.push_back(1);
  rows.folds.push_back(origin.fold);
}

TreeSamples::ErrorRows TreeSamples::errors(std::size_t wanted, std::span<const TreeEnsemble> means) const {
  const std::size_t columns = StepFeatures::columns(features_.settings());
  TreeRows empty{columns + kOfForecast, {}, {}, {}, {}};
  ErrorRows rows{empty, empty};
  const std::size_t each = std::min(kLeadsPerOrigin, leads_);
  std::vector<float> row(columns), path(leads_), total(leads_), truths(leads_);
  visit(std::min(wanted, kMostRepeats * cells_) / each + 1, [&](const Origin& origin) {
    const std::size_t reach = std::min(leads_, seen_.days - origin.step);
    float sum = 0, truth = 0;
    for (std::size_t h = 0; h < reach; ++h) {
      features_.write(origin.series, static_cast<std::int64_t>(origin.step), h, *origin.past, row);
      means[origin.fold].evaluate(row, std::span(path).subspan(h, 1));
      path[h] = std::max(0.0F, path[h] * origin.past->level);
      total[h] = sum += path[h];
      truths[h] = truth += demand(origin.series, origin.step + h);
    }
    for (std::size_t i = 0; i < each; ++i) {
      const std::size_t h = lead_of(origin.hash, i, each, leads_);
      if (h >= reach) break;
      const float own = demand(origin.series, origin.step + h);
      if (!std::isnan(own)) add_error(origin, h, own, path[h], 1, rows.steps);
      if (!std::isnan(truths[h])) add_error(origin, h, truths[h], total[h], h + 1, rows.sums);
    }
  });
  return rows;
}

}  // namespace restock::forecasting
