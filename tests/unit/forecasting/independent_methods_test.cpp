// ETS and ARIMA beside statsmodels, where that is installed.
#include <fmt/format.h>
#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "env/core/csv.h"
#include "forecasting/classical/exponential_smoothing.h"
#include "forecasting/forecasters.h"
#include "tests/support/temporary_file.h"
#include "tests/unit/forecasting/series_examples.h"

using namespace restock;
using namespace restock::forecasting;

namespace {

constexpr std::size_t kDays = 300, kSteps = 14;

std::string python() {
  if (const char* chosen = std::getenv("RESTOCK_PYTHON")) return chosen;
  const std::string own = RESTOCK_SOURCE_DIR "/build/python/bin/python";
  return std::filesystem::exists(own) ? own : "python3";
}

/// A level that wanders, weekdays, and noise that remembers, in different shares.
std::vector<float> mixed_series(std::uint64_t seed) {
  const std::vector<double> noise = normal_draws(kDays, seed), steps = normal_draws(kDays, 50 + seed);
  std::vector<float> y;
  double level = 200, rest = 0;
  for (std::size_t t = 0; t < kDays; ++t) {
    level += 0.6 * static_cast<double>(seed % 3) * steps[t];
    rest = 0.6 * rest + 4 * noise[t];
    y.push_back(static_cast<float>(
        level + 3 * static_cast<double>(t % 7) * static_cast<double>(seed % 2 + 1) + rest));
  }
  return y;
}

double deviation(std::span<const float> y) {
  double sum = 0, squares = 0;
  for (const float value : y) sum += static_cast<double>(value) / static_cast<double>(y.size());
  for (const float value : y) squares += std::pow(static_cast<double>(value) - sum, 2);
  return std::sqrt(squares / static_cast<double>(y.size()));
}

/// False where statsmodels is missing.
bool ask_statsmodels(const std::vector<std::vector<float>>& series, const std::string& answer) {
  std::string text = "unique_id,t,y\n";
  for (std::size_t s = 0; s < series.size(); ++s)
    for (std::size_t t = 0; t < kDays; ++t) text += fmt::format("s{},{},{}\n", s, t, series[s][t]);
  const TemporaryFile question(text);
  const int status = std::system(fmt::format("{} " RESTOCK_SOURCE_DIR
                                             "/tests/unit/forecasting/independent_methods.py '{}' '{}'",
                                             python(), question.path(), answer)
                                     .c_str());
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  if (code == 3 || code == 127) return false;
  REQUIRE(code == 0);
  return true;
}

}  // namespace

TEST_CASE("statsmodels forecasts what exponential smoothing and ARIMA do") {
  std::vector<std::vector<float>> series;
  for (std::uint64_t seed = 0; seed < 6; ++seed) series.push_back(mixed_series(seed));
  const TemporaryFile answer;
  if (!ask_statsmodels(series, answer.path())) {
    std::cout << "SKIPPED: statsmodels is not installed\n";
    SUCCEED();
    return;
  }
  const Panel panel = panel_of_series(series);
  CsvReader csv(answer.path());
  while (csv.next()) {
    const std::string& method = csv.fields()[1];
    const auto s = static_cast<std::size_t>(std::stoul(csv.fields()[0].substr(1)));
    INFO(method << " of series " << s);
    const auto said = ask(*fit_forecaster(method, panel, kDays, {})->bind(panel, kDays), kSteps, {});
    // Both search; the answers of two good searches differ by a fraction of the noise. Theirs of ARIMA has
    // the greatest likelihood, ours the least conditional sum of squares.
    const double margin = (method == "arima" ? 0.2 : 0.1) * deviation(series[s]);
    for (std::size_t h = 0; h < kSteps; ++h)
      CHECK(static_cast<double>(said.step_mean[s * kSteps + h]) ==
            Approx(csv.number(3 + h, 0, 1e6)).margin(margin));
    if (method == "arima") continue;
    const std::vector<std::uint8_t> whole(kDays, 0);
    const EtsFit fit = fit_ets({series[s], whole, panel.clock(0)}, {false, false, method == "ets"}, 7);
    CHECK(fit.squares <= csv.number(2, 0, 1e12) * 1.002);
  }
}
