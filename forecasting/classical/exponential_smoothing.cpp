#include "forecasting/classical/exponential_smoothing.h"

#include <algorithm>
#include <cmath>

#include "forecasting/classical/fitting.h"

namespace restock::forecasting {

namespace {

constexpr double kSmallest = 1e-4, kLargest = 0.9999;
constexpr int kEvaluations = 120;  ///< of each of the searches

/// Fits one form; values are divided by their mean size, so that nothing depends on the unit.
class EtsSearch {
 public:
  EtsSearch(const SeriesSample& sample, EtsForm form, std::size_t season)
      : sample_(sample), form_(form), season_(season), known_(sample.count_known()) {
    if (known_ < 2 * season || season < 2) form_.seasonal = false;
    if (known_ < 10) form_.trend = false;
    scale_ = sample.mean() > 0 ? sample.mean() : 1;
    for (std::size_t t = 0; t < sample.values.size(); ++t) {
      phases_.push_back(phase_of(sample.clock + static_cast<std::int64_t>(t), season));
      values_.push_back(sample.known(t) ? static_cast<double>(sample.values[t]) / scale_ : std::nan(""));
    }
  }

  EtsFit run() {
    EtsFit fit;
    fit.start = first_guess();
    std::vector<double> searched = start_numbers();
    fit.numbers = numbers_of(searched);
    if (known_ < 3) return scaled(fit);
    for (int round = 0; round < 2; ++round) {
      minimise([&](std::span<const double> tried) { return squares(numbers_of(tried), fit.start); }, box(),
               searched, kEvaluations);
      fit.numbers = numbers_of(searched);
      improve_start(fit);
    }
    return scaled(fit);
  }

 private:
  using Numbers = std::array<double, 4>;

  // What is searched: α, then β/α, γ/(1 − α) and φ where the form has them.
  std::vector<double> start_numbers() const {
    std::vector<double> start{0.2};
    if (form_.trend) start.push_back(0.1);
    if (form_.seasonal) start.push_back(0.1);
    if (form_.trend && form_.damped) start.push_back(0.95);
    return start;
  }
  SearchBox box() const {
    const std::size_t shares = 1 + (form_.trend ? 1 : 0) + (form_.seasonal ? 1 : 0);
    SearchBox box{std::vector<double>(shares, kSmallest), std::vector<double>(shares, kLargest)};
    if (form_.trend && form_.damped) box.lower.push_back(0.8), box.upper.push_back(0.98);
    return box;
  }
  Numbers numbers_of(std::span<const double> searched) const {
    std::size_t at = 0;
    Numbers numbers{searched[at++], 0, 0, 1};
    if (form_.trend) numbers[1] = numbers[0] * searched[at++];
    if (form_.seasonal) numbers[2] = (1 - numbers[0]) * searched[at++];
    if (form_.trend && form_.damped) numbers[3] = searched[at++];
    return numbers;
  }

  /// The level of the first values and what each phase differs from the mean.
  std::vector<double> first_guess() const {
    std::vector<double> start(2 + season_), count(season_);
    double sum = 0, early = 0, seen = 0;
    const double enough = static_cast<double>(std::max<std::size_t>(2 * season_, 8));
    for (std::size_t t = 0; t < values_.size(); ++t) {
      if (std::isnan(values_[t])) continue;
      sum += values_[t];
      if (seen < enough) early += values_[t], ++seen;
      start[2 + phases_[t]] += values_[t], ++count[phases_[t]];
    }
    const double mean = known_ > 0 ? sum / static_cast<double>(known_) : sample_.mean() / scale_;
    start[0] = seen > 0 ? early / seen : mean;
    for (std::size_t p = 0; p < season_; ++p)
      start[2 + p] = form_.seasonal && count[p] > 0 ? start[2 + p] / count[p] - mean : 0;
    return start;
  }

  double squares(const Numbers& n, const std::vector<double>& start) const {
    const auto [alpha, beta, gamma, phi] = n;
    std::vector<double> season(start.begin() + 2, start.end());
    double level = start[0], trend = start[1], sum = 0;
    for (std::size_t t = 0; t < values_.size(); ++t) {
      double& s = season[phases_[t]];
      level += phi * trend;
      trend *= phi;
      const double error = values_[t] - level - s;
      if (std::isnan(error)) continue;
      level += alpha * error;
      trend += beta * error;
      s += gamma * error;
      sum += error * error;
    }
    return sum;
  }

  /// Errors are linear in the first level, trend and season: least squares finds the best ones.
  void improve_start(EtsFit& fit) const {
    std::vector<std::size_t> moved{0};
    if (form_.trend) moved.push_back(1);
    for (std::size_t p = 0; form_.seasonal && p < season_; ++p) moved.push_back(2 + p);
    const std::vector<double> change = best_change(fit, moved);
    std::vector<double> start = fit.start;
    for (std::size_t j = 0; j < moved.size(); ++j) start[moved[j]] += change[j];
    const double before = squares(fit.numbers, fit.start), after = squares(fit.numbers, start);
    if (after < before) fit.start = start;
    fit.squares = std::min(before, after);
  }

  /// Runs the filter and, beside it, how its error answers to a change of each start number.
  std::vector<double> best_change(const EtsFit& fit, const std::vector<std::size_t>& moved) const {
    const auto [alpha, beta, gamma, phi] = fit.numbers;
    const std::size_t width = 2 + season_, columns = moved.size() + 1;
    std::vector<double> states(columns * width), row(columns);
    std::copy(fit.start.begin(), fit.start.end(), states.begin());
    for (std::size_t j = 0; j + 1 < columns; ++j) states[(j + 1) * width + moved[j]] = 1;
    LeastSquares system(moved.size());
    for (std::size_t t = 0; t < values_.size(); ++t) {
      const bool known = !std::isnan(values_[t]);
      for (std::size_t j = 0; j < columns; ++j) {
        double* s = states.data() + j * width;
        s[0] += phi * s[1];
        s[1] *= phi;
        const double error = known ? (j == 0 ? values_[t] : 0) - s[0] - s[2 + phases_[t]] : 0;
        s[0] += alpha * error;
        s[1] += beta * error;
        s[2 + phases_[t]] += gamma * error;
        row[j] = j == 0 ? error : -error;
      }
      if (known) system.add(std::span<const double>(row).subspan(1), row[0]);
    }
    return system.solve(1e-6).x;
  }

  EtsFit scaled(EtsFit fit) const {
    const std::size_t fitted =
        start_numbers().size() + 1 + (form_.trend ? 1 : 0) + (form_.seasonal ? season_ - 1 : 0);
    fit.squares = squares(fit.numbers, fit.start);
    fit.akaike = corrected_akaike(fit.squares, known_, fitted, 1);
    for (double& number : fit.start) number *= scale_;
    fit.squares *= scale_ * scale_;
    return fit;
  }

  const SeriesSample& sample_;
  EtsForm form_;
  std::size_t season_, known_;
  double scale_ = 1;
  std::vector<std::size_t> phases_;
  std::vector<double> values_;
};

}  // namespace

EtsFit fit_ets(const SeriesSample& sample, EtsForm form, std::size_t season) {
  return EtsSearch(sample, form, season).run();
}

std::vector<EtsForm> every_ets_form(std::size_t season) {
  std::vector<EtsForm> forms;
  for (const bool seasonal : {false, true}) {
    if (seasonal && season < 2) continue;
    for (const auto& [trend, damped] :
         {std::pair{false, false}, std::pair{true, true}, std::pair{true, false}})
      forms.push_back({trend, damped, seasonal});
  }
  return forms;
}

void ExponentialSmoothing::fit(const SeriesSample& sample, std::span<float> parameters,
                               std::span<float> start) const {
  EtsFit best;
  for (std::size_t i = 0; i < forms_.size(); ++i) {
    EtsFit fit = fit_ets(sample, forms_[i], season_);
    if (i == 0 || fit.akaike < best.akaike) best = std::move(fit);
  }
  std::transform(best.numbers.begin(), best.numbers.end(), parameters.begin(),
                 [](double x) { return static_cast<float>(x); });
  std::transform(best.start.begin(), best.start.end(), start.begin(),
                 [](double x) { return static_cast<float>(x); });
}

void ExponentialSmoothing::observe(std::span<const float> parameters, std::int64_t clock, float value,
                                   std::span<float> state) const {
  float& season = state[2 + phase_of(clock, season_)];
  state[0] += parameters[3] * state[1];
  state[1] *= parameters[3];
  const float error = value - state[0] - season;
  state[0] += parameters[0] * error;
  state[1] += parameters[1] * error;
  season += parameters[2] * error;
}

void ExponentialSmoothing::path(std::span<const float> parameters, std::int64_t clock,
                                std::span<const float> state, std::span<float> means) const {
  float level = state[0], trend = state[1];
  std::size_t phase = phase_of(clock, season_);
  for (float& mean : means) {
    trend *= parameters[3];
    level += trend;
    mean = level + state[2 + phase];
    if (++phase == season_) phase = 0;
  }
}

}  // namespace restock::forecasting
