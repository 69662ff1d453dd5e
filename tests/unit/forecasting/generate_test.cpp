#include "forecasting/generate.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "env/core/atomic_file.h"
#include "env/core/error.h"
#include "env/core/keyed_random.h"
#include "forecasting/read_history.h"
#include "tests/support/temporary_file.h"

using namespace restock;
using namespace restock::forecasting;

namespace {

/// One item without cycles, promotions or a wandering level: its days are independent and alike.
GenerateConfig plain_item() {
  GenerateConfig config;
  config.history_days = 20'000;
  config.heldout_days = 0;
  config.level_noise = 0;
  config.items = {{}};
  config.items[0].id = "plain";
  config.items[0].mean_units_per_day = 8;
  config.items[0].dispersion = 0.25;
  return config;
}

struct Moments {
  double mean = 0, variance = 0;
};

template <class Include>
Moments moments(const std::vector<float>& values, Include include) {
  double sum = 0, squares = 0, n = 0;
  for (std::size_t t = 0; t < values.size(); ++t) {
    if (!include(t)) continue;
    const auto y = static_cast<double>(values[t]);
    sum += y, squares += y * y, n += 1;
  }
  return {sum / n, squares / n - sum * sum / n / n};
}

std::uint64_t hash_of(const std::string& text) {
  std::uint64_t hash = 0;
  for (const char c : text) hash = absorb(hash, static_cast<unsigned char>(c));
  return hash;
}

std::string csv_of(const Panel& panel) {
  const TemporaryFile file;
  write_history_csv(panel, file.path());
  return read_file(file.path(), 1 << 24);
}

}  // namespace

TEST_CASE("generated demand has the mean and the variance of its law") {
  const GeneratedHistory history = generate_history(plain_item());
  const Moments m = moments(history.demand, [](std::size_t) { return true; });
  const double n = static_cast<double>(history.demand.size());
  CHECK(std::fabs(m.mean - 8) / std::sqrt(8 * (1 + 0.25 * 8) / n) < 4);
  CHECK(m.variance == Approx(8 * (1 + 0.25 * 8)).epsilon(0.06));
}

TEST_CASE("generated demand follows the week, the year, promotions and how often an item is asked for") {
  GenerateConfig config = plain_item();
  GeneratedItem& item = config.items[0];
  item.mean_units_per_day = 40;
  item.dispersion = 0;
  SECTION("week") {
    item.weekday_profile = {1, 1, 1, 1, 1, 2, 0};
    const auto demand = generate_history(config).demand;
    CHECK(moments(demand, [](std::size_t t) { return t % 7 == 5; }).mean == Approx(80).epsilon(0.01));
    CHECK(moments(demand, [](std::size_t t) { return t % 7 == 6; }).mean == 0);
  }
  SECTION("year") {
    item.yearly_amplitude = 0.5;
    item.yearly_peak_day = 2;  // the history starts on day 2
    const auto demand = generate_history(config).demand;
    const auto phase = [](std::size_t t) { return std::fmod(static_cast<double>(t), 365.25); };
    CHECK(moments(demand, [&](std::size_t t) { return phase(t) < 10; }).mean == Approx(60).epsilon(0.02));
    CHECK(moments(demand, [&](std::size_t t) { return std::fabs(phase(t) - 182) < 5; }).mean ==
          Approx(20).epsilon(0.02));
  }
  SECTION("promotion") {
    item.promotions_per_year = 10;
    item.discount = 0.2;
    item.elasticity = 2;
    item.display_lift = 1.5;
    item.dip_after_promotion = 0.3;
    const GeneratedHistory history = generate_history(config);
    const auto& promotion = history.panel.covariates[1].values;
    const auto promoted = [&](std::size_t t) { return promotion[t] > 0; };
    const auto after = [&](std::size_t t) { return t >= 7 && promotion[t] == 0 && promotion[t - 7] > 0; };
    CHECK(moments(promotion, [](std::size_t) { return true; }).mean ==
          Approx(10 / 52.0 / (1 + 10 / 52.0)).epsilon(0.1));
    CHECK(moments(history.demand, promoted).mean == Approx(40 * 1.5 / 0.64).epsilon(0.03));
    CHECK(moments(history.demand, after).mean == Approx(28).epsilon(0.02));
  }
  SECTION("intermittent") {
    item.asked_share = 0.25;
    const auto demand = generate_history(config).demand;
    const Moments zero = moments(demand, [&](std::size_t t) { return demand[t] == 0; });
    CHECK(zero.mean == 0);
    CHECK(moments(demand, [&](std::size_t t) { return demand[t] > 0; }).mean == Approx(160).epsilon(0.01));
    CHECK(moments(demand, [](std::size_t) { return true; }).mean == Approx(40).epsilon(0.05));
  }
}

TEST_CASE("generated sales are demand unless the shelf was empty, and always on held-out days") {
  const GenerateConfig config;
  const GeneratedHistory history = generate_history(config);
  const Panel& panel = history.panel;
  REQUIRE(panel.series() == 10);
  REQUIRE(panel.days == 1211);
  std::size_t stockouts = 0, lost = 0;
  for (std::size_t cell = 0; cell < panel.sales.size(); ++cell) {
    const bool heldout = cell % panel.days >= static_cast<std::size_t>(config.history_days);
    if (panel.stocked_out[cell] == 0) REQUIRE(panel.sales[cell] == history.demand[cell]);
    REQUIRE(panel.sales[cell] <= history.demand[cell]);
    REQUIRE((!heldout || panel.stocked_out[cell] == 0));
    stockouts += panel.stocked_out[cell];
    lost += panel.sales[cell] < history.demand[cell] ? 1 : 0;
  }
  const double days = static_cast<double>(10 * config.history_days);
  CHECK(static_cast<double>(stockouts) / days == Approx(0.045).margin(0.03));
  CHECK(lost > stockouts / 3);
}

TEST_CASE("a seed gives the same bytes on every machine, another one others") {
  GenerateConfig config;
  const std::string csv = csv_of(generate_history(config).panel);
  CHECK(hash_of(csv) == 0x4aa447e8151a80cbULL);
  config.seed = 2;
  CHECK(csv_of(generate_history(config).panel) != csv);
}

TEST_CASE("a generated history reads back as it was written") {
  GenerateConfig config;
  config.history_days = 60;
  config.heldout_days = 10;
  Panel panel = first_days(generate_history(config).panel, 65);
  const TemporaryFile file;
  write_history_csv(panel, file.path());
  const Panel again = read_history(file.path());
  CHECK(again.days == 65);
  CHECK(again.known_days == 70);
  CHECK(again.ids == panel.ids);
  CHECK(again.sales == panel.sales);
  CHECK(again.stocked_out == panel.stocked_out);
  CHECK(again.covariates[0].values == panel.covariates[0].values);
  CHECK(again.covariates[1].values == panel.covariates[1].values);
}

TEST_CASE("a generator that cannot start says why") {
  GenerateConfig config;
  config.start = "yesterday";
  CHECK_THROWS_AS(generate_history(config), InputError);
  config = plain_item();
  config.items[0].weekday_profile = {1, 2, 3};
  CHECK_THROWS_WITH(generate_history(config), Catch::Matchers::Contains("plain"));
}
