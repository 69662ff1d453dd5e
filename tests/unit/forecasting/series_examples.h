// Panels of one or more series for tests of forecasters, and how one is asked.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "env/core/forecaster.h"
#include "env/core/keyed_random.h"
#include "env/core/laws/portable_math.h"
#include "forecasting/negative_binomial.h"
#include "forecasting/panel.h"
#include "forecasting/stepwise.h"

namespace restock::forecasting {

/// Daily series from Monday, 2024-01-01.
inline Panel panel_of_series(const std::vector<std::vector<float>>& series) {
  Panel panel;
  panel.first_day = parse_date("2024-01-01").value();
  panel.days = panel.known_days = series.front().size();
  for (const std::vector<float>& one : series) {
    panel.ids.push_back(fmt::format("s{}", panel.ids.size()));
    panel.sales.insert(panel.sales.end(), one.begin(), one.end());
    panel.listed_from.push_back(0);
  }
  panel.stocked_out.assign(panel.sales.size(), 0);
  return panel;
}

/// Standard normal draws.
inline std::vector<double> normal_draws(std::size_t count, std::uint64_t entity = 0) {
  const Stream stream({11, Split::train, 0}, Purpose::generation, entity);
  std::vector<double> draws;
  for (std::size_t t = 0; t < count; ++t)
    draws.push_back(portable::normal_quantile(stream.uniform(static_cast<std::int64_t>(t))));
  return draws;
}

/// Independent negative binomial days.
inline std::vector<float> count_draws(std::size_t count, const NegativeBinomial& law,
                                      std::uint64_t entity = 0) {
  const Stream stream({12, Split::train, 0}, Purpose::generation, entity);
  std::vector<float> draws;
  for (std::size_t t = 0; t < count; ++t)
    draws.push_back(static_cast<float>(law.quantile(stream.uniform(static_cast<std::int64_t>(t)))));
  return draws;
}

/// Everything a forecaster says on the morning of its day 0.
struct Said {
  std::vector<float> mean, quantiles;            ///< of the sum over `days`
  std::vector<float> step_mean, step_quantiles;  ///< of each of these days
};
inline Said ask(const Forecaster& forecaster, std::size_t days, const std::vector<double>& levels) {
  std::vector<std::int32_t> all(forecaster.series_count());
  std::iota(all.begin(), all.end(), 0);
  std::vector<float> state(all.size() * forecaster.state_size());
  forecaster.start(all, state);
  Said said{std::vector<float>(all.size()), std::vector<float>(all.size() * levels.size()),
            std::vector<float>(all.size() * days), std::vector<float>(all.size() * days * levels.size())};
  const std::vector<std::int32_t> horizon(all.size(), static_cast<std::int32_t>(days));
  forecaster.predict(0, all, horizon, levels, state, said.mean, said.quantiles);
  const auto& stepwise = dynamic_cast<const StepwiseForecaster&>(forecaster);
  stepwise.predict_steps(0, all, days, levels, state, said.step_mean, said.step_quantiles);
  return said;
}

}  // namespace restock::forecasting
