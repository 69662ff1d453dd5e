#include "forecasting/neural/training_data.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "env/core/keyed_random.h"
#include "forecasting/lstm.h"

namespace restock::forecasting {

namespace {

std::vector<std::int32_t> identity(std::size_t n) {
  std::vector<std::int32_t> rows(n);
  std::iota(rows.begin(), rows.end(), 0);
  return rows;
}

/// 1 over the mean square of differences between known days side by side.
float precision_of(std::span<const float> sales, std::size_t from) {
  constexpr double kSmallest = 0.05;
  double squares = 0, count = 0;
  for (std::size_t t = from + 1; t < sales.size(); ++t) {
    const float difference = sales[t] - sales[t - 1];
    if (std::isnan(difference)) continue;
    squares += static_cast<double>(difference) * static_cast<double>(difference);
    ++count;
  }
  return static_cast<float>(1 / std::max(squares / std::max(count, 1.0), kSmallest));
}

}  // namespace

TrainingData::TrainingData(const Panel& panel, std::size_t train_days, const LstmParameters& parameters)
    : days_(train_days),
      season_(season_of(panel.frequency)),
      clock_(panel.clock(0)),
      known_(parameters.settings.covariates, panel, identity(panel.series()), parameters.settings.year),
      identities_(identities_of(panel, parameters.known)),
      listed_from_(panel.listed_from) {
  std::size_t row = 0;
  for (const CategoryColumn& column : parameters.known.columns) {
    unknown_categories_.push_back(row);
    row += column.values.size() + 1;
  }
  const SeriesLevels levels(panel.frequency, parameters.typical_sales);
  for (std::size_t s = 0; s < panel.series(); ++s) observe(panel, s, levels);
}

void TrainingData::observe(const Panel& panel, std::size_t s, const SeriesLevels& levels) {
  std::vector<float> memory(levels.size());
  levels.start(memory.data());
  const float unit = counting_unit(panel, s, days_);
  for (std::size_t t = 0; t < days_; ++t) {
    const bool listed = t >= listed_from_[s];
    const float y = listed ? panel.sales_of(s)[t] / unit : std::numeric_limits<float>::quiet_NaN();
    const bool censored = listed && panel.stocked_out_of(s)[t] != 0;
    const std::size_t phase = phase_of(t);
    float x[LstmShape::kObserved];
    observe_step(levels, y, censored, phase, memory.data(), x);
    observed_.insert(observed_.end(), std::begin(x), std::end(x));
    scale_.push_back(levels.scale(memory.data()));
    for (std::size_t p = 0; p < season_; ++p) phases_.push_back(levels.phase_feature(memory.data(), p));
    sales_.push_back(y);
    demand_.push_back(censored ? std::max(y, scale_.back()) : y);
    stocked_out_.push_back(censored ? 1 : 0);
  }
  precision_.push_back(precision_of(std::span(sales_).subspan(cell(s, 0), days_), listed_from_[s]));
}

TrainingBatch TrainingData::batch(const Stretch& stretch) const {
  TrainingBatch batch;
  batch.size = stretch.series.size();
  batch.days = stretch.days;
  batch.leads = stretch.leads;
  batch.learn_from = stretch.learn_from;
  batch.series.assign(stretch.series.begin(), stretch.series.end());
  batch.first_day.assign(stretch.first_day.begin(), stretch.first_day.end());
  for (std::size_t t = 0; t < batch.days; ++t) {
    for (std::size_t b = 0; b < batch.size; ++b) {
      const std::size_t s = batch.series[b], day = batch.first_day[b] + t;
      const auto seen =
          std::span(observed_).subspan(cell(s, day) * LstmShape::kObserved, LstmShape::kObserved);
      const auto known = known_.at(s, day);
      batch.inputs.insert(batch.inputs.end(), seen.begin(), seen.end());
      batch.inputs.insert(batch.inputs.end(), known.begin(), known.end());
    }
  }
  for (std::size_t b = 0; b < batch.size; ++b) {
    const std::size_t s = batch.series[b];
    batch.items.push_back(static_cast<std::int64_t>(identities_[s].series));
    for (const std::size_t row : identities_[s].categories)
      batch.categories.push_back(static_cast<std::int64_t>(row));
    batch.precision.push_back(precision_[s]);
    for (std::size_t t = batch.learn_from; t < batch.days; ++t)
      batch.scale.push_back(scale_[cell(s, batch.first_day[b] + t)]);
    for (std::size_t k = 0; k < batch.days + batch.leads - 1; ++k) {
      add_target(batch, s, batch.first_day[b] + 1 + k, stretch);
      if (k < batch.learn_from || k >= batch.days) continue;
      const std::size_t day = batch.first_day[b] + 1 + k;
      const bool known = day < days_ && !std::isnan(sales_[cell(s, day)]);
      batch.sales.push_back(known ? sales_[cell(s, day)] : 0.0F);
      batch.censored.push_back(known && stocked_out_[cell(s, day)] != 0 ? 1.0F : 0.0F);
    }
  }
  return batch;
}

void TrainingData::add_target(TrainingBatch& batch, std::size_t s, std::size_t day,
                              const Stretch& stretch) const {
  const auto known = known_.at(s, known_.index_of(day));
  batch.known.insert(batch.known.end(), known.begin(), known.end());
  const bool seen = day < days_ && !std::isnan(demand_[cell(s, day)]);
  batch.demand.push_back(seen ? demand_[cell(s, day)] : 0.0F);
  batch.counts.push_back(seen && day >= stretch.from && day < stretch.to ? 1.0F : 0.0F);
}

void TrainingData::look_ahead(TrainingBatch& batch) const {
  batch.phases.clear();
  for (std::size_t b = 0; b < batch.size; ++b) {
    for (const std::int64_t evening : batch.origins) {
      const std::size_t day = batch.first_day[b] + batch.learn_from + static_cast<std::size_t>(evening);
      const float* of_phase = phases_.data() + cell(batch.series[b], day) * season_;
      for (std::size_t j = 1; j <= batch.leads; ++j) batch.phases.push_back(of_phase[phase_of(day + j)]);
    }
  }
}

void TrainingData::impute(const TrainingBatch& batch, std::span<const float> mean,
                          std::span<const float> dispersion, std::uint64_t seed, std::uint64_t step) {
  for (std::size_t b = 0; b < batch.size; ++b) {
    const std::size_t s = batch.series[b];
    const Stream stream({seed, Split::train, step}, Purpose::resampling, s);
    for (std::size_t t = 0; t < batch.evenings(); ++t) {
      const std::size_t i = b * batch.evenings() + t;
      if (batch.censored[i] == 0) continue;
      const std::size_t day = batch.first_day[b] + batch.learn_from + 1 + t;
      const NegativeBinomial law{static_cast<double>(mean[i]), static_cast<double>(dispersion[i])};
      const auto bound = static_cast<std::int64_t>(sales_[cell(s, day)]);
      demand_[cell(s, day)] =
          static_cast<float>(law.quantile_from(stream.uniform(static_cast<std::int64_t>(day)), bound));
    }
  }
}

}  // namespace restock::forecasting
