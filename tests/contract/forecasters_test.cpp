// What every forecaster of the registry keeps to.
#include "forecasting/forecasters.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "forecasting/generate.h"
#include "tests/support/quick_forecasters.h"
#include "tests/support/temporary_file.h"

using namespace restock;
using namespace restock::forecasting;

namespace {

constexpr std::size_t kOrigin = 170;

Panel generated() {
  GenerateConfig generate;
  generate.history_days = 200;
  generate.heldout_days = 0;
  return generate_history(generate).panel;
}

/// What a forecaster says on the mornings of the days [origin, last] while it is shown what was sold.
std::vector<float> forecasts(const Forecaster& forecaster, const Panel& panel, std::size_t last) {
  const std::vector<double> levels{0.05, 0.5, 0.95, 0.99};
  std::vector<std::int32_t> all(panel.series());
  std::iota(all.begin(), all.end(), 0);
  const std::vector<std::int32_t> days(all.size(), 5);
  std::vector<float> state(all.size() * forecaster.state_size()), mean(all.size()),
      quantiles(all.size() * levels.size()), sales(all.size()), said;
  std::vector<std::uint8_t> out(all.size());
  forecaster.start(all, state);
  for (std::size_t t = kOrigin; t <= last; ++t) {
    const auto day = static_cast<std::int64_t>(t - kOrigin);
    forecaster.predict(day, all, days, levels, state, mean, quantiles);
    said.insert(said.end(), mean.begin(), mean.end());
    said.insert(said.end(), quantiles.begin(), quantiles.end());
    for (std::size_t s = 0; s < all.size(); ++s) {
      CHECK(mean[s] >= 0);
      const auto of_series = std::span(quantiles).subspan(s * levels.size(), levels.size());
      CHECK(of_series[0] >= 0);
      CHECK(std::is_sorted(of_series.begin(), of_series.end()));
      sales[s] = panel.sales_of(s)[t];
      out[s] = panel.stocked_out_of(s)[t];
    }
    forecaster.advance(day, all, sales, out, state);
  }
  return said;
}

}  // namespace

TEST_CASE("no forecast uses anything that was not known in the morning of its day") {
  const Panel panel = generated();
  for (const ForecasterDescription& entry : forecaster_registry()) {
    INFO(entry.name);
    for (const std::size_t changed : {kOrigin, kOrigin + 10}) {
      Panel other = panel;
      for (std::size_t s = 0; s < panel.series(); ++s) {
        for (std::size_t t = changed; t < panel.days; ++t) {
          other.sales[s * panel.days + t] += 50;
          other.stocked_out[s * panel.days + t] ^= 1;
        }
      }
      const auto said = [&](const Panel& seen) {
        return forecasts(*entry.fit(seen, kOrigin, quick_forecasters(), untrained_lstm)->bind(seen, kOrigin),
                         seen, changed);
      };
      CHECK(said(panel) == said(other));
    }
  }
}

TEST_CASE("a forecaster that is saved and loaded says the same, and quantiles never cross") {
  const Panel panel = generated();
  for (const ForecasterDescription& entry : forecaster_registry()) {
    INFO(entry.name);
    CHECK_FALSE(entry.meaning.empty());
    const auto model = entry.fit(panel, kOrigin, quick_forecasters(), untrained_lstm);
    CHECK(model->name() == entry.name);
    CHECK(model->ids() == panel.ids);
    const TemporaryFile file;
    save_forecaster(*model, file.path());
    const auto again = load_forecaster(file.path());
    CHECK(again->name() == entry.name);
    CHECK(forecasts(*model->bind(panel, kOrigin), panel, kOrigin + 20) ==
          forecasts(*again->bind(panel, kOrigin), panel, kOrigin + 20));
  }
}
