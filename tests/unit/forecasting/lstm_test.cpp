#include "forecasting/lstm.h"

#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "env/core/error.h"
#include "env/core/keyed_random.h"
#include "env/core/parallel.h"
#include "forecasting/forecasters.h"
#include "forecasting/generate.h"
#include "tests/support/temporary_file.h"
#include "tests/unit/forecasting/series_examples.h"

using namespace restock;
using namespace restock::forecasting;

namespace {

constexpr std::size_t kOrigin = 150;

Panel history() {
  GenerateConfig config;
  config.history_days = kOrigin;
  config.heldout_days = 50;
  return generate_history(config).panel;
}

/// Weights that are larger than those training starts from, so that everything has its say.
LstmModel some_model(const Panel& panel, std::int64_t units = 48) {
  LstmConfig config;
  config.units = units;
  LstmParameters parameters = LstmModel::untrained(panel, kOrigin, config);
  for (float& w : parameters.weights.values) w *= 1.5F;
  return LstmModel(std::move(parameters));
}

struct Forecasts {
  std::vector<float> mean, quantiles;
  bool operator==(const Forecasts&) const = default;
};

const std::vector<double> kLevels{0.001, 0.02, 0.1, 0.5, 0.77, 0.95, 0.999};

Forecasts predict(const Forecaster& f, std::int64_t day, const std::vector<std::int32_t>& series,
                  const std::vector<std::int32_t>& days, const std::vector<float>& state) {
  Forecasts said{std::vector<float>(series.size()), std::vector<float>(series.size() * kLevels.size())};
  f.predict(day, series, days, kLevels, state, said.mean, said.quantiles);
  return said;
}

/// Rows of a batch after some days of random sales.
struct Batch {
  explicit Batch(const Forecaster& f, std::size_t n) : state(n * f.state_size()) {
    const Stream stream({9, Split::train, 0}, Purpose::generation, 0);
    for (std::size_t i = 0; i < n; ++i) {
      series.push_back(static_cast<std::int32_t>(stream.below(f.series_count(), 0, i)));
      days.push_back(static_cast<std::int32_t>(stream.below(40, 1, i)));
    }
    f.start(series, state);
    for (std::int64_t day = 0; day < 5; ++day) {
      sales.clear();
      stocked_out.clear();
      for (std::size_t i = 0; i < n; ++i) {
        sales.push_back(static_cast<float>(stream.below(30, 10 + day, i)));
        stocked_out.push_back(static_cast<std::uint8_t>(stream.below(5, 20 + day, i) == 0));
      }
      f.advance(day, series, sales, stocked_out, state);
    }
  }
  std::vector<std::int32_t> series, days;
  std::vector<float> sales, state;
  std::vector<std::uint8_t> stocked_out;
};

}  // namespace

TEST_CASE("rows of a batch do not know of each other") {
  const Panel panel = history();
  for (const std::int64_t units : {48, 13}) {
    const auto f = some_model(panel, units).bind(panel, kOrigin);
    Batch batch(*f, 131);
    const Forecasts together = predict(*f, 5, batch.series, batch.days, batch.state);
    std::vector<float> advanced = batch.state;
    f->advance(5, batch.series, batch.sales, batch.stocked_out, advanced);
    for (std::size_t i = 0; i < batch.series.size(); ++i) {
      const auto from = batch.state.begin() + static_cast<std::ptrdiff_t>(i * f->state_size());
      std::vector<float> own(from, from + static_cast<std::ptrdiff_t>(f->state_size()));
      const Forecasts alone = predict(*f, 5, {batch.series[i]}, {batch.days[i]}, own);
      REQUIRE(alone.mean[0] == together.mean[i]);
      for (std::size_t q = 0; q < kLevels.size(); ++q)
        REQUIRE(alone.quantiles[q] == together.quantiles[i * kLevels.size() + q]);
      f->advance(5, std::span(batch.series).subspan(i, 1), std::span(batch.sales).subspan(i, 1),
                 std::span(batch.stocked_out).subspan(i, 1), own);
      REQUIRE(std::equal(own.begin(), own.end(),
                         advanced.begin() + static_cast<std::ptrdiff_t>(i * f->state_size())));
    }
  }
}

TEST_CASE("quantiles never cross and are never negative, whatever the level and the interval") {
  const Panel panel = history();
  const auto f = some_model(panel).bind(panel, kOrigin);
  Batch batch(*f, 300);
  const Forecasts said = predict(*f, 5, batch.series, batch.days, batch.state);
  for (std::size_t i = 0; i < batch.series.size(); ++i) {
    const auto q = std::span(said.quantiles).subspan(i * kLevels.size(), kLevels.size());
    REQUIRE(std::is_sorted(q.begin(), q.end()));
    REQUIRE(q[0] >= 0);
    REQUIRE(std::isfinite(q.back()));
    REQUIRE(said.mean[i] >= 0);
    if (batch.days[i] == 0) REQUIRE((said.mean[i] == 0 && q.back() == 0));
  }
}

TEST_CASE("a forecaster may be asked by many threads at once") {
  const Panel panel = history();
  const auto f = some_model(panel).bind(panel, kOrigin);
  const Batch batch(*f, 100);
  const Forecasts alone = predict(*f, 5, batch.series, batch.days, batch.state);
  std::vector<Forecasts> said(24);
  parallel_for(said.size(), 4,
               [&](std::size_t i, int) { said[i] = predict(*f, 5, batch.series, batch.days, batch.state); });
  for (const Forecasts& one : said) CHECK(one == alone);
}

TEST_CASE("the same weights give the same bits with every compiler and level") {
  const Panel panel = history();
  const auto f = some_model(panel).bind(panel, kOrigin);
  const Batch batch(*f, 50);
  const Forecasts said = predict(*f, 5, batch.series, batch.days, batch.state);
  std::uint64_t hash = 0;
  for (const float x : said.mean) hash = absorb(hash, std::bit_cast<std::uint32_t>(x));
  for (const float x : said.quantiles) hash = absorb(hash, std::bit_cast<std::uint32_t>(x));
  CHECK(hash == 0xad2b8c82e0ff2446ULL);
}

TEST_CASE("a saved LSTM forecasts the same bit by bit, also for a selection of its series") {
  const Panel panel = history();
  const LstmModel model = some_model(panel);
  const TemporaryFile file;
  save_forecaster(model, file.path());
  const auto loaded = load_forecaster(file.path());
  CHECK(loaded->name() == "lstm");
  const auto f = model.bind(panel, kOrigin), g = loaded->bind(panel, kOrigin);
  const Batch batch(*f, 40), again(*g, 40);
  CHECK(predict(*f, 5, batch.series, batch.days, batch.state) ==
        predict(*g, 5, again.series, again.days, again.state));

  const std::vector<std::string> ids{"coffee-250", "milk-1l"};
  const auto few = loaded->bind(select_series(panel, ids), kOrigin);
  std::vector<float> one(few->state_size()), other(f->state_size());
  few->start(std::vector<std::int32_t>{0}, one);
  f->start(std::vector<std::int32_t>{5}, other);
  CHECK(predict(*few, 0, {0}, {7}, one) == predict(*f, 0, {5}, {7}, other));
}

TEST_CASE("a damaged LSTM file is refused or harmless") {
  const Panel panel = history();
  const std::string whole = tensor_file_bytes(some_model(panel, 4).tensors());
  const Stream stream({4, Split::train, 0}, Purpose::generation, 0);
  std::size_t refused = 0;
  for (std::int64_t i = 0; i < 400; ++i) {
    std::string bytes = whole;
    const std::size_t reach = i % 2 == 0 ? 3000 : bytes.size();
    for (std::uint64_t k = 0; k < 3; ++k)
      bytes[stream.below(reach, i, 2 * k)] = static_cast<char>(stream.below(256, i, 2 * k + 1));
    try {
      const auto model = find_forecaster("lstm").load(parse_tensor_file(bytes, "x"));
      model->bind(panel, kOrigin);
    } catch (const InputError&) {
      ++refused;
    }
  }
  CHECK(refused > 100);
}

TEST_CASE("a missing trainer is the user's to mend") {
  CHECK_THROWS_WITH(fit_forecaster("lstm", history(), kOrigin, {}), Catch::Matchers::Contains("LibTorch"));
}

TEST_CASE("a series that was not learned from is taken for one of its category with its own past") {
  Panel panel = history();
  panel.statics.push_back({"shelf", {"a", "b", "a", "b", "a", "b", "a", "b", "a", "b"}});
  LstmConfig config;
  config.embedding = 2;
  LstmParameters parameters = LstmModel::untrained(panel, kOrigin, config);
  const auto item = parameters.weights.part(Part::item_embedding);
  std::fill(item.begin(), item.end(), 0.0F);  // so that it makes no difference who is known
  const LstmModel model(parameters);
  Panel renamed = panel;
  renamed.ids[3] = std::string("newcomer");
  Panel elsewhere = renamed;
  elsewhere.statics[0].values[3] = std::string("a");
  Panel nowhere = renamed;
  nowhere.statics.clear();
  const auto said = [](const ForecastModel& by, const Panel& of) {
    const auto f = by.bind(of, kOrigin);
    std::vector<float> state(f->state_size());
    f->start(std::vector<std::int32_t>{3}, state);
    return predict(*f, 0, {3}, {7}, state);
  };
  CHECK(said(model, renamed) == said(model, panel));
  CHECK_FALSE(said(model, elsewhere) == said(model, panel));
  CHECK_FALSE(said(model, nowhere) == said(model, panel));
  nowhere.ids[3] = panel.ids[3];
  CHECK(said(model, nowhere) == said(model, panel));  // remembered
  item[2 * 4] = 1;  // the row of the fourth series: known no longer means the same as unknown
  CHECK_FALSE(said(LstmModel(parameters), panel) == said(LstmModel(parameters), renamed));
}

TEST_CASE("categories of a damaged file are refused") {
  Panel panel = history();
  panel.statics.push_back({"shelf", {"a", "b", "a", "b", "a", "b", "a", "b", "a", "b"}});
  for (const float wrong : {-1.0F, 0.5F, 3.0F}) {
    TensorFile file = some_model(panel, 4).tensors();
    CHECK_NOTHROW(find_forecaster("lstm").load(file));
    file.tensors["series_categories"].values[2] = wrong;
    CHECK_THROWS_WITH(find_forecaster("lstm").load(file), Catch::Matchers::Contains("no row of its column"));
  }
}

TEST_CASE("sales are counted in units that suit them") {
  Panel panel;
  panel.days = panel.known_days = 4;
  panel.ids = {"whole", "fractions", "large", "nothing"};
  const float unknown = std::numeric_limits<float>::quiet_NaN();
  panel.sales = {0, 3, 7, 2, 0, 0.25F, 1.5F, unknown, 4e6F, 2e6F, 0, 0, 0, 0, 0, 0};
  panel.listed_from = {0, 0, 0, 0};
  CHECK(counting_unit(panel, 0, 4) == 1);
  CHECK(counting_unit(panel, 1, 4) == 0.25F);
  CHECK(counting_unit(panel, 2, 4) == 3000);
  CHECK(counting_unit(panel, 3, 4) == 1);
  CHECK(counting_unit(panel, 1, 1) == 1);
}

TEST_CASE("a planned promotion moves the forecasts of its own days only") {
  Panel panel = history();
  const LstmModel model = some_model(panel);
  const auto f = model.bind(panel, kOrigin);
  constexpr std::size_t kPromoted = kOrigin + 10;
  panel.covariates[1].values[kPromoted] = 1 - panel.covariates[1].values[kPromoted];
  const auto g = model.bind(panel, kOrigin);
  std::vector<float> state(f->state_size()), other(f->state_size());
  f->start(std::vector<std::int32_t>{0}, state);
  g->start(std::vector<std::int32_t>{0}, other);
  CHECK(state == other);
  CHECK(predict(*f, 0, {0}, {10}, state) == predict(*g, 0, {0}, {10}, other));
  CHECK_FALSE(predict(*f, 0, {0}, {11}, state) == predict(*g, 0, {0}, {11}, other));
}

TEST_CASE("days beyond the known covariates and long after are forecast from the calendar") {
  Panel panel = history();
  const LstmModel model = some_model(panel);
  const auto f = model.bind(panel, kOrigin);
  std::vector<float> state(f->state_size());
  f->start(std::vector<std::int32_t>{3}, state);
  for (const std::int64_t day : {49, 51, 469, 471, 5000, 123'456}) {
    const Forecasts said = predict(*f, day, {3}, {60}, state);
    CHECK(said.mean[0] > 0);
    CHECK(std::isfinite(said.quantiles.back()));
  }
  panel.covariates.clear();
  CHECK(model.bind(panel, kOrigin)->series_count() == 10);
}

TEST_CASE("single steps are those that sums are made of, with the law of the next day") {
  const Panel panel = history();
  const LstmModel model = some_model(panel);
  const auto f = model.bind(panel, kOrigin);
  const Said said = ask(*f, 9, {0.1, 0.5, 0.95});
  std::vector<std::int32_t> all(panel.series());
  std::iota(all.begin(), all.end(), 0);
  std::vector<float> state(all.size() * f->state_size());
  f->start(all, state);
  std::vector<NegativeBinomial> laws(all.size());
  dynamic_cast<const GenerativeForecaster&>(*f).next_day(0, all, state, laws);
  for (std::size_t s = 0; s < all.size(); ++s) {
    CHECK(said.step_quantiles[s * 27 + 2] == static_cast<float>(laws[s].quantile(0.95)));
    double sum = 0;
    for (std::size_t h = 0; h < 9; ++h) sum += static_cast<double>(said.step_mean[s * 9 + h]);
    CHECK(static_cast<double>(said.mean[s]) == Approx(sum).epsilon(1e-5));
  }
}
