#include "forecasting/combination/combination.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "env/core/check.h"
#include "env/core/error.h"
#include "forecasting/accuracy.h"
#include "forecasting/combination/combined_forecaster.h"
#include "forecasting/combination/simplex.h"
#include "forecasting/evaluation/scores.h"

namespace restock::forecasting {

namespace {

constexpr std::string_view kName = "combination";
constexpr std::size_t kMostMembers = 64;
constexpr std::size_t kLongestHorizon = 28;
constexpr double kSmallestRoot = 0.1;  ///< in units of RMSSE's scale
const std::vector<double> kLevels{0.5, 0.9, 0.95, 0.99};

struct Fitted {
  std::vector<std::unique_ptr<ForecastModel>> members;
  CombinationWeights weights;
};

std::string prefix_of(std::size_t member) {
  return fmt::format("{}/", member);
}

class Combination final : public ForecastModel {
 public:
  explicit Combination(Fitted fitted) : fitted_(std::move(fitted)) {}
  std::string_view name() const override { return kName; }
  const std::vector<std::string>& ids() const override { return fitted_.members.front()->ids(); }
  std::unique_ptr<Forecaster> bind(const Panel& panel, std::size_t origin) const override {
    std::vector<std::unique_ptr<Forecaster>> bound;
    for (const auto& member : fitted_.members) bound.push_back(member->bind(panel, origin));
    return std::make_unique<CombinedForecaster>(std::move(bound), fitted_.weights);
  }
  TensorFile tensors() const override {
    TensorFile file;
    file.metadata["name"] = kName;
    file.set_number("members", static_cast<std::int64_t>(fitted_.members.size()));
    const auto save = [&](const char* name, const std::vector<double>& weights) {
      file.set(name, {weights.size()}, {weights.begin(), weights.end()});
    };
    save("weights_of_means", fitted_.weights.means);
    save("weights_of_quantiles", fitted_.weights.quantiles);
    for (std::size_t m = 0; m < fitted_.members.size(); ++m) {
      TensorFile own = fitted_.members[m]->tensors();
      for (auto& [key, text] : own.metadata) file.metadata[prefix_of(m) + key] = std::move(text);
      for (auto& [key, tensor] : own.tensors) file.tensors[prefix_of(m) + key] = std::move(tensor);
    }
    return file;
  }

 private:
  Fitted fitted_;
};

/// Past forecasts of the members from some origins, and what came.
class PastForecasts {
 public:
  PastForecasts(const Panel& seen, std::size_t members, std::size_t horizon)
      : seen_(seen), horizon_(horizon) {
    means_.members = quantiles_.members = members;
  }

  void add(const std::vector<std::unique_ptr<ForecastModel>>& members, std::size_t origin) {
    const std::size_t cells = seen_.series() * horizon_;
    std::vector<std::vector<float>> means, quantiles;
    std::vector<std::int32_t> all(seen_.series());
    std::iota(all.begin(), all.end(), 0);
    for (const auto& member : members) {
      const auto bound = member->bind(first_days(seen_, origin), origin);
      std::vector<float> state(all.size() * bound->state_size());
      bound->start(all, state);
      means.emplace_back(cells);
      quantiles.emplace_back(cells * kLevels.size());
      stepwise_of(*bound).predict_steps(0, all, horizon_, kLevels, state, means.back(), quantiles.back());
    }
    for (std::size_t s = 0; s < seen_.series(); ++s) add_series(s, origin, means, quantiles);
  }

  CombinationWeights weights() {
    level_out();
    return {best_weights(means_), best_weights(quantiles_)};
  }

 private:
  using Said = std::vector<std::vector<float>>;

  void add_series(std::size_t s, std::size_t origin, const Said& means, const Said& quantiles) {
    const std::vector<float> demand = known_demand(seen_, s);
    const LagOneScale scale = lag_one_scale(std::span<const float>(demand).first(origin));
    if (!(scale.root_mean_square > 0)) return;
    // RMSSE is a mean of roots: a square counts over the root of its series and origin under equal weights.
    const double root = equal_root(s, std::span<const float>(demand).subspan(origin), means);
    const double square = scale.root_mean_square * std::max(root, kSmallestRoot * scale.root_mean_square);
    std::vector<float> said(means.size());
    const auto gather = [&](const Said& from, std::size_t cell) {
      for (std::size_t m = 0; m < from.size(); ++m) said[m] = from[m][cell];
    };
    for (std::size_t h = 0; h < horizon_ && origin + h < demand.size(); ++h) {
      const float truth = demand[origin + h];
      if (std::isnan(truth)) continue;
      const std::size_t cell = s * horizon_ + h;
      gather(means, cell);
      means_.add(said, truth, static_cast<float>(1 / square), 0);
      for (std::size_t q = 0; q < kLevels.size(); ++q) {
        gather(quantiles, cell * kLevels.size() + q);
        quantiles_.add(said, truth, static_cast<float>(1 / scale.mean_absolute),
                       static_cast<float>(kLevels[q]));
      }
    }
  }

  /// Root mean square error of equal weights; 0 where nothing is known.
  double equal_root(std::size_t s, std::span<const float> truths, const Said& means) const {
    RunningMean squares;
    for (std::size_t h = 0; h < std::min(horizon_, truths.size()); ++h) {
      double mean = 0;
      for (const std::vector<float>& own : means)
        mean += static_cast<double>(own[s * horizon_ + h]) / static_cast<double>(means.size());
      const double error = static_cast<double>(truths[h]) - mean;
      if (!std::isnan(error)) squares.add(error * error);
    }
    return squares.count() > 0 ? std::sqrt(squares.value()) : 0;
  }

  /// Gives every level the same say: each counts relative to what equal weights lose at it.
  void level_out() {
    const std::vector<double> equal(quantiles_.members, 1 / static_cast<double>(quantiles_.members));
    for (const double level : kLevels) {
      CombinedCases one{quantiles_.members, {}, {}, {}, {}};
      const auto members = static_cast<std::ptrdiff_t>(quantiles_.members);
      for (std::size_t i = 0; i < quantiles_.size(); ++i) {
        if (quantiles_.levels[i] != static_cast<float>(level)) continue;
        const auto said = quantiles_.forecasts.begin() + static_cast<std::ptrdiff_t>(i) * members;
        one.add({said, said + members}, quantiles_.truths[i], quantiles_.weights[i], quantiles_.levels[i]);
      }
      const double loss = one.size() > 0 ? combined_loss(one, equal) : 0;
      if (!(loss > 0)) continue;
      for (std::size_t i = 0; i < quantiles_.size(); ++i)
        if (quantiles_.levels[i] == static_cast<float>(level))
          quantiles_.weights[i] /= static_cast<float>(loss);
    }
  }

  const Panel& seen_;
  std::size_t horizon_;
  CombinedCases means_, quantiles_;
};

std::vector<std::unique_ptr<ForecastModel>> fit_members(const CombinationConfig& config, const Panel& panel,
                                                        std::size_t train_days, const FitMember& fit) {
  std::vector<std::unique_ptr<ForecastModel>> members;
  for (const std::string& name : config.members) members.push_back(fit(name, panel, train_days));
  return members;
}

/// Equal where there is too little history to judge members on.
CombinationWeights fit_weights(const CombinationConfig& config, const Panel& seen, const FitMember& fit) {
  const std::size_t horizon = std::min(kLongestHorizon, seen.days / 6);
  const auto origins = static_cast<std::size_t>(config.origins);
  const std::size_t spacing = std::max<std::size_t>(1, horizon / 2);
  const std::size_t needed = horizon + (origins - 1) * spacing;
  const std::size_t n = config.members.size();
  const std::vector<double> equal(n, 1 / static_cast<double>(n));
  if (n == 1 || horizon == 0 || needed >= seen.days) return {equal, equal};
  const std::size_t first = seen.days - needed;
  const auto members = fit_members(config, first_days(seen, first), first, fit);
  PastForecasts past(seen, n, horizon);
  for (std::size_t i = 0; i < origins; ++i) past.add(members, first + i * spacing);
  return past.weights();
}

void check_members(const CombinationConfig& config) {
  if (config.members.empty())
    throw InputError("a combination of no forecasters; name some in combination.members");
  if (config.members.size() > kMostMembers)
    throw InputError(fmt::format("a combination of {} forecasters, expected at most {}",
                                 config.members.size(), kMostMembers));
  if (std::find(config.members.begin(), config.members.end(), kName) != config.members.end())
    throw InputError("a combination cannot be a member of a combination; name its members instead");
}

/// What of a combination's file belongs to one member.
TensorFile part_of(const TensorFile& file, std::size_t member) {
  const std::string prefix = prefix_of(member);
  TensorFile own;
  own.origin = file.origin;
  for (const auto& [key, text] : file.metadata)
    if (key.starts_with(prefix)) own.metadata[key.substr(prefix.size())] = text;
  for (const auto& [key, tensor] : file.tensors)
    if (key.starts_with(prefix)) own.tensors[key.substr(prefix.size())] = tensor;
  return own;
}

std::vector<double> load_weights(const TensorFile& file, const std::string& name, std::size_t members) {
  std::vector<double> weights;
  double sum = 0;
  for (const float weight : file.get(name, {members})) {
    weights.push_back(static_cast<double>(weight));
    sum += weights.back();
    if (weight < 0) file.fail("tensor '" + name + "' holds a negative weight");
  }
  if (std::fabs(sum - 1) > 1e-3) file.fail("the weights of tensor '" + name + "' do not sum to 1");
  return weights;
}

}  // namespace

void describe(FieldVisitor& visitor, CombinationConfig& config) {
  visitor.field("members", config.members, {"forecasters that are combined"});
  visitor.field("origins", config.origins, {"past origins that weights are fitted on", "", 1, 100});
}

std::unique_ptr<ForecastModel> fit_combination(const Panel& panel, std::size_t train_days,
                                               const CombinationConfig& config, const FitMember& fit) {
  RESTOCK_CHECK(train_days <= panel.days, "{} days of a history of {}", train_days, panel.days);
  check_members(config);
  if (train_days == 0) throw InputError("forecaster 'combination' has no history to learn from");
  Fitted fitted;
  fitted.weights = fit_weights(config, first_days(panel, train_days), fit);
  fitted.members = fit_members(config, panel, train_days, fit);
  return std::make_unique<Combination>(std::move(fitted));
}

std::unique_ptr<ForecastModel> load_combination(const TensorFile& file, const LoadMember& load) {
  const auto members = static_cast<std::size_t>(file.number("members", 1, kMostMembers));
  Fitted fitted;
  fitted.weights = {load_weights(file, "weights_of_means", members),
                    load_weights(file, "weights_of_quantiles", members)};
  for (std::size_t m = 0; m < members; ++m) {
    const TensorFile own = part_of(file, m);
    if (own.text("name") == kName) file.fail("a combination is a member of a combination");
    fitted.members.push_back(load(own));
    if (fitted.members.back()->ids() != fitted.members.front()->ids())
      file.fail("members of a combination have learned from different series");
  }
  return std::make_unique<Combination>(std::move(fitted));
}

}  // namespace restock::forecasting
