#include <fmt/format.h>

#include <cmath>

#include "agents/bundle/folder.h"
#include "agents/bundle/golden.h"
#include "agents/bundle/json_node.h"
#include "env/core/json_writer.h"

namespace restock::bundle {

namespace {

constexpr std::size_t kMostExamples = 4096;
constexpr double kMostScore = 3e38;
constexpr std::int64_t kMostDays = 200'000;  // the longest horizon
constexpr double kMostDemand = static_cast<double>(kMaximumQuantity);

void write_floats(JsonWriter& json, std::string_view name, const std::vector<float>& values) {
  json.key(name).begin_array();
  for (const float value : values) json.value(static_cast<double>(value));
  json.end_array();
}

/// Reads the columns of one line and checks that they fit each other and the bundle.
class LineReader {
 public:
  LineReader(const JsonNode& line, const BundleMetadata& metadata) : line_(line), metadata_(metadata) {}

  GoldenExample read(std::size_t actions) {
    line_.expect_members({"sku", "day", "weekday", "on_hand", "backlog", "on_order", "pipeline_by_age",
                          "forecast_mean", "forecast_quantiles", "wanted", "order", "scores"});
    const std::vector<JsonNode> skus = line_.at("sku").items(kMostGoldenRows);
    if (skus.empty()) line_.at("sku").fail("is empty, expected at least one row");
    rows_ = skus.size();
    const std::size_t levels = metadata_.forecast_levels.size();
    constexpr std::int64_t most = 4 * kMaximumQuantity;
    GoldenExample golden;
    DecisionColumns& columns = golden.columns;
    columns.sku = integers<std::int32_t>("sku", 1, 0, static_cast<std::int64_t>(metadata_.skus.size()) - 1);
    columns.day = integers<std::int64_t>("day", 1, 0, kMostDays);
    for (const std::int64_t day : columns.day) columns.append_date(metadata_.start + std::chrono::days(day));
    columns.weekday = integers<std::int32_t>("weekday", 1, 0, 6);
    columns.on_hand = integers<Quantity>("on_hand", 1, 0, most);
    columns.backlog = integers<Quantity>("backlog", 1, 0, most);
    columns.on_order = integers<Quantity>("on_order", 1, 0, most);
    columns.pipeline_width = metadata_.pipeline_width;
    columns.pipeline = integers<Quantity>("pipeline_by_age", metadata_.pipeline_width, 0, most);
    columns.forecast_mean = floats("forecast_mean", levels == 0 ? 0 : 1, kMostDemand);
    columns.forecast_quantiles = floats("forecast_quantiles", levels, kMostDemand);
    golden.wanted = integers<Quantity>("wanted", 1, -most, most);
    golden.order = integers<Quantity>("order", 1, 0, most);
    golden.scores = floats("scores", actions, kMostScore);
    return golden;
  }

 private:
  template <class T>
  std::vector<T> integers(std::string_view name, std::size_t width, std::int64_t minimum,
                          std::int64_t maximum) const {
    std::vector<T> values;
    for (const std::int64_t number : line_.at(name).integers(rows_ * width, minimum, maximum))
      values.push_back(static_cast<T>(number));
    return values;
  }

  std::vector<float> floats(std::string_view name, std::size_t width, double most) const {
    const std::vector<double> numbers = line_.at(name).numbers(rows_ * width, -most, most);
    return {numbers.begin(), numbers.end()};
  }

  const JsonNode& line_;
  const BundleMetadata& metadata_;
  std::size_t rows_ = 0;
};

}  // namespace

std::string golden_text(const std::vector<GoldenExample>& examples) {
  std::string text;
  for (const GoldenExample& golden : examples) {
    const DecisionColumns& columns = golden.columns;
    JsonWriter json;
    json.begin_object();
    json.member("sku", columns.sku).member("day", columns.day).member("weekday", columns.weekday);
    json.member("on_hand", columns.on_hand)
        .member("backlog", columns.backlog)
        .member("on_order", columns.on_order);
    json.member("pipeline_by_age", columns.pipeline);
    write_floats(json, "forecast_mean", columns.forecast_mean);
    write_floats(json, "forecast_quantiles", columns.forecast_quantiles);
    json.member("wanted", golden.wanted).member("order", golden.order);
    write_floats(json, "scores", golden.scores);
    text += json.end_object().text() + "\n";
  }
  return text;
}

std::vector<GoldenExample> read_golden(const std::string& text, const std::string& file,
                                       const BundleMetadata& metadata, std::size_t actions) {
  std::vector<GoldenExample> examples;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const nlohmann::json document = parse_json(rest.substr(0, end), file, examples.size() + 1);
    examples.push_back(LineReader(JsonNode(document, file, examples.size() + 1), metadata).read(actions));
    if (examples.size() > kMostExamples)
      refuse(file, {}, fmt::format("holds more than {} examples", kMostExamples));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (examples.size() < kFewestGoldenExamples)
    refuse(file, {},
           fmt::format("holds {} examples, expected at least {}; export the policy again", examples.size(),
                       kFewestGoldenExamples));
  return examples;
}

}  // namespace restock::bundle
