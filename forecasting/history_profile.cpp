#include "forecasting/history_profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "env/core/csv.h"
#include "forecasting/accuracy.h"
#include "forecasting/classical/recursive_method.h"
#include "forecasting/evaluation/scores.h"

namespace restock::forecasting {

namespace {

constexpr double kSuspicious = 0.001;  ///< probability of a run without sales

/// Known demand of a series from its first listed step on, with the phases of the season.
struct Sample {
  std::vector<float> demand;  ///< NaN where it is not demand
  std::vector<std::size_t> phases;
  std::size_t season;
};

Sample sample_of(const Panel& panel, std::size_t s, std::size_t season) {
  const std::vector<float> demand = known_demand(panel, s);
  const std::size_t first = std::min(panel.listed_from[s], panel.days);
  Sample sample{{demand.begin() + static_cast<std::ptrdiff_t>(first), demand.end()}, {}, season};
  for (std::size_t t = first; t < panel.days; ++t) sample.phases.push_back(phase_of(panel.clock(t), season));
  return sample;
}

double variance_of(const std::vector<double>& values) {
  RunningMean mean, squares;
  for (const double value : values) mean.add(value);
  for (const double value : values) squares.add(std::pow(value - mean.value(), 2));
  return squares.value();
}

/// Sales less the centred mean of one season around them.
std::vector<double> without_trend(const Sample& sample) {
  const std::size_t half = sample.season / 2, n = sample.demand.size();
  std::vector<double> rest(n, std::nan(""));
  for (std::size_t t = half; t + half < n; ++t) {
    RunningMean around;
    for (std::size_t i = t - half; i <= t + half; ++i)
      if (!std::isnan(sample.demand[i])) around.add(static_cast<double>(sample.demand[i]));
    if (!std::isnan(sample.demand[t])) rest[t] = static_cast<double>(sample.demand[t]) - around.value();
  }
  return rest;
}

double season_strength(const Sample& sample) {
  if (sample.season < 2 || sample.demand.size() < 2 * sample.season) return std::nan("");
  const std::vector<double> rest = without_trend(sample);
  std::vector<RunningMean> means(sample.season);
  for (std::size_t t = 0; t < rest.size(); ++t)
    if (!std::isnan(rest[t])) means[sample.phases[t]].add(rest[t]);
  std::vector<double> both, remainder;
  for (std::size_t t = 0; t < rest.size(); ++t) {
    if (std::isnan(rest[t])) continue;
    both.push_back(rest[t]);
    remainder.push_back(rest[t] - means[sample.phases[t]].value());
  }
  const double variance = variance_of(both);
  return variance > 0 ? std::max(0.0, 1 - variance_of(remainder) / variance) : 0;
}

/// Share of the steps of each phase that sold.
std::vector<double> shares_with_sales(const Sample& sample) {
  std::vector<RunningMean> shares(sample.season);
  for (std::size_t t = 0; t < sample.demand.size(); ++t)
    if (!std::isnan(sample.demand[t])) shares[sample.phases[t]].add(sample.demand[t] > 0 ? 1 : 0);
  std::vector<double> values;
  for (const RunningMean& share : shares) values.push_back(share.count() > 0 ? share.value() : 0);
  return values;
}

void count_suspicions(const Sample& sample, SeriesProfile& profile) {
  const std::vector<double> shares = shares_with_sales(sample);
  double chance = 1;
  std::size_t run = 0;
  const auto close = [&] {
    if (chance < kSuspicious) ++profile.suspected_runs, profile.suspected_steps += run;
    chance = 1;
    run = 0;
  };
  for (std::size_t t = 0; t < sample.demand.size(); ++t) {
    if (sample.demand[t] == 0) {
      chance *= 1 - shares[sample.phases[t]];
      ++run;
    } else {
      close();
    }
  }
  close();
}

}  // namespace

SeriesProfile profile_series(const Panel& panel, std::size_t s, std::size_t season) {
  const Sample sample = sample_of(panel, s, season > 0 ? season : season_of(panel.frequency));
  SeriesProfile profile;
  profile.id = panel.ids[s];
  profile.steps = sample.demand.size();
  RunningMean all, sold, squares;
  for (std::size_t t = panel.days - profile.steps; t < panel.days; ++t) {
    profile.missing += std::isnan(panel.sales_of(s)[t]) ? 1 : 0;
    profile.sold_out += panel.stocked_out_of(s)[t];
  }
  for (const float value : sample.demand) {
    if (!std::isnan(value)) all.add(static_cast<double>(value));
    if (value > 0) sold.add(static_cast<double>(value));
  }
  for (const float value : sample.demand)
    if (value > 0) squares.add(std::pow(static_cast<double>(value) / sold.value() - 1, 2));
  const auto known = static_cast<double>(all.count()), with_sales = static_cast<double>(sold.count());
  profile.mean = all.value();
  profile.zeros = known > 0 ? 1 - with_sales / known : std::nan("");
  profile.interval = with_sales > 0 ? known / with_sales : std::numeric_limits<double>::infinity();
  profile.squared_variation = with_sales > 0 ? squares.value() : 0;
  profile.demand_class = class_of(profile.interval, profile.squared_variation);
  profile.season_strength = season_strength(sample);
  count_suspicions(sample, profile);
  return profile;
}

std::vector<SeriesProfile> profile_history(const Panel& panel, std::size_t season) {
  std::vector<SeriesProfile> profiles;
  for (std::size_t s = 0; s < panel.series(); ++s) profiles.push_back(profile_series(panel, s, season));
  return profiles;
}

std::string profile_csv(const std::vector<SeriesProfile>& profiles) {
  std::string text =
      "unique_id,steps,missing,sold_out,zeros,mean,adi,cv2,class,season_strength,suspected_runs,suspected_"
      "steps\n";
  const auto shown = [](double value) { return std::isfinite(value) ? fmt::format("{:.6g}", value) : ""; };
  for (const SeriesProfile& p : profiles)
    text +=
        fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\n", csv_field(p.id), p.steps, p.missing, p.sold_out,
                    shown(p.zeros), shown(p.mean), shown(p.interval), shown(p.squared_variation),
                    name_of(p.demand_class), shown(p.season_strength), p.suspected_runs, p.suspected_steps);
  return text;
}

void write_json(JsonWriter& json, const SeriesProfile& p) {
  json.begin_object().member("unique_id", p.id).member("steps", p.steps).member("missing", p.missing);
  json.member("sold_out", p.sold_out)
      .member("zeros", p.zeros)
      .member("mean", p.mean)
      .member("adi", p.interval);
  json.member("cv2", p.squared_variation).member("class", name_of(p.demand_class));
  json.member("season_strength", p.season_strength).member("suspected_runs", p.suspected_runs);
  json.member("suspected_steps", p.suspected_steps).end_object();
}

}  // namespace restock::forecasting
