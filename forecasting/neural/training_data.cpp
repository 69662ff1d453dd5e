#include "forecasting/neural/training_data.h"

#include <algorithm>
#include <numeric>

#include "env/core/keyed_random.h"

namespace restock::forecasting {

namespace {

std::vector<std::int32_t> identity(std::size_t n) {
  std::vector<std::int32_t> rows(n);
  std::iota(rows.begin(), rows.end(), 0);
  return rows;
}

}  // namespace

TrainingData::TrainingData(const Panel& panel, std::size_t train_days, const LstmParameters& parameters)
    : days_(train_days),
      width_(LstmShape::kObserved),
      known_(parameters.covariates, panel, identity(panel.series())),
      scale_(parameters.sales_scale),
      listed_from_(panel.listed_from) {
  for (std::size_t s = 0; s < panel.series(); ++s) {
    SalesLevels levels;
    for (std::size_t t = 0; t < days_; ++t) {
      const float y = panel.sales_of(s)[t];
      const bool censored = panel.stocked_out_of(s)[t] != 0;
      if (t >= panel.listed_from[s]) levels.observe(y / scale_[s], censored);
      const float inputs[] = {logarithm(1 + y / scale_[s]), censored ? 1.0F : 0.0F, levels.log_fast(),
                              levels.log_slow()};
      observed_.insert(observed_.end(), std::begin(inputs), std::end(inputs));
      sales_.push_back(y);
      demand_.push_back(censored ? std::max(y, levels.slow * scale_[s]) : y);
      stocked_out_.push_back(censored ? 1 : 0);
    }
  }
}

TrainingBatch TrainingData::batch(std::span<const std::size_t> series, std::span<const std::size_t> first_day,
                                  std::size_t days, std::size_t leads, std::span<const std::size_t> from,
                                  std::size_t to) const {
  TrainingBatch batch;
  batch.size = series.size();
  batch.days = days;
  batch.leads = leads;
  batch.first_day.assign(first_day.begin(), first_day.end());
  for (std::size_t t = 0; t < days; ++t) {
    for (std::size_t b = 0; b < series.size(); ++b) {
      const auto seen = std::span(observed_).subspan(cell(series[b], first_day[b] + t) * width_, width_);
      const auto known = known_.at(series[b], first_day[b] + t);
      batch.inputs.insert(batch.inputs.end(), seen.begin(), seen.end());
      batch.inputs.insert(batch.inputs.end(), known.begin(), known.end());
    }
  }
  for (std::size_t b = 0; b < series.size(); ++b) {
    const std::size_t s = series[b];
    batch.series.push_back(static_cast<std::int64_t>(s));
    batch.scale.push_back(scale_[s]);
    for (std::size_t k = 0; k < days + leads - 1; ++k) {
      const std::size_t day = first_day[b] + 1 + k;
      const auto known = known_.at(s, day);
      const bool seen = day < days_;
      batch.known.insert(batch.known.end(), known.begin(), known.end());
      batch.demand.push_back(seen ? demand_[cell(s, day)] : 0.0F);
      batch.counts.push_back(day >= std::max(from[b], listed_from_[s]) && day < to && seen ? 1.0F : 0.0F);
      if (k >= days) continue;
      batch.sales.push_back(seen ? sales_[cell(s, day)] : 0.0F);
      batch.censored.push_back(seen && stocked_out_[cell(s, day)] != 0 ? 1.0F : 0.0F);
    }
  }
  return batch;
}

void TrainingData::impute(const TrainingBatch& batch, std::span<const float> mean,
                          std::span<const float> dispersion, std::uint64_t seed, std::uint64_t step) {
  for (std::size_t b = 0; b < batch.size; ++b) {
    const auto s = static_cast<std::size_t>(batch.series[b]);
    const Stream stream({seed, Split::train, step}, Purpose::resampling, s);
    for (std::size_t t = 0; t < batch.days; ++t) {
      const std::size_t i = b * batch.days + t;
      if (batch.censored[i] == 0) continue;
      const std::size_t day = batch.first_day[b] + 1 + t;
      const NegativeBinomial law{static_cast<double>(mean[i]), static_cast<double>(dispersion[i])};
      const auto bound = static_cast<std::int64_t>(sales_[cell(s, day)]);
      demand_[cell(s, day)] =
          static_cast<float>(law.quantile_from(stream.uniform(static_cast<std::int64_t>(day)), bound));
    }
  }
}

}  // namespace restock::forecasting
