#include "agents/bundle/onnx_policy.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "agents/bundle/onnx_graph.h"
#include "env/core/check.h"

namespace restock::bundle {

namespace {

using Value = OnnxGraph::Value;

/// Row i is SKU i, and nothing else is known of it.
struct AllSkus {
  explicit AllSkus(std::size_t count) : index(count) {
    std::iota(index.begin(), index.end(), 0);
    batch.rows = count;
    batch.sku = index;
  }
  std::vector<std::int32_t> index;
  DecisionBatch batch;
};

class PolicyExport {
 public:
  PolicyExport(const learning::LearnedPolicy& policy, bool has_forecast)
      : policy_(policy), has_forecast_(has_forecast), graph_("policy") {}

  std::string run() {
    const auto actions = policy_.action().actions();
    const Value scores = network(observation());
    graph_.output(scores, "scores", OnnxType::float32, actions, "of each action, before the mask");
    const Value legal = mask();
    graph_.output(legal, "legal", OnnxType::boolean, actions, "actions that the row may take");
    constexpr float kLowest = -std::numeric_limits<float>::infinity();
    const Value masked =
        graph_.op("Where", {legal, scores, graph_.constant({1}, std::vector<float>{kLowest})});
    const Value action = graph_.op("ArgMax", {masked}, {{"axis", 1}, {"keepdims", 0}});
    graph_.output(action, "action", OnnxType::int64, 0,
                  "the legal action with the largest score, the first of equals");
    graph_.output(legal_order(decoded(action)), "order", OnnxType::int64, 0,
                  "units to order, in whole packs");
    graph_.describe("restock.policy", policy_.name());
    graph_.describe("restock.sku", "the input sku counts the SKUs of policy.json from 0");
    return graph_.bytes();
  }

 private:
  /// One number a SKU, picked by the row's SKU.
  template <class T>
  Value of_sku(const std::vector<T>& values) {
    const Value table = graph_.constant({static_cast<std::int64_t>(values.size())}, values);
    return graph_.op("Gather", {table, sku()}, {{"axis", 0}});
  }

  template <class T, class Get>
  Value of_sku(const Get& get) {
    std::vector<T> values(skus());
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = get(i);
    return of_sku(values);
  }

  std::size_t skus() const { return policy_.action().limits().size(); }
  Value sku() { return graph_.input("sku", OnnxType::int64, 0, "index into the SKUs of policy.json"); }
  Value units(std::string_view name) { return graph_.input(name, OnnxType::int64, 0, "units"); }
  Value forecast_mean() {
    return graph_.input("forecast_mean", OnnxType::float32, 0, "units over the protection interval");
  }

  Value position() {
    if (position_.empty())
      position_ =
          graph_.op("Sub", {graph_.op("Add", {units("on_hand"), units("on_order")}), units("backlog")});
    return position_;
  }

  /// units · scale − 1 with one scale a row; [rows × columns].
  Value scaled(const Value& columns, float SkuScale::*scale) {
    const auto& scales = policy_.observation().scales();
    const Value factor = graph_.as_column(of_sku<float>([&](std::size_t i) { return scales[i].*scale; }));
    return graph_.op("Sub",
                     {graph_.op("Mul", {columns, factor}), graph_.constant({1}, std::vector<float>{1})});
  }

  Value in_days(const Value& quantity) {
    return scaled(graph_.cast(quantity, OnnxType::float32), &SkuScale::per_day);
  }
  Value in_intervals(const Value& quantity) {
    return scaled(graph_.cast(quantity, OnnxType::float32), &SkuScale::per_interval);
  }

  /// A feature that depends on nothing but the SKU, as the observation spec itself computes it.
  Value constant_feature(const Feature& feature) {
    const ObservationSpec alone({feature}, policy_.observation().scales());
    std::vector<float> values(skus());
    alone.write(AllSkus(skus()).batch, values);
    return graph_.as_column(of_sku(values));
  }

  /// One column for each value first … first + width − 1, 1 where it is the row's.
  Value one_hot(const Value& value, std::int64_t first, std::size_t width) {
    std::vector<std::int64_t> all(width);
    std::iota(all.begin(), all.end(), first);
    const Value columns = graph_.constant({1, static_cast<std::int64_t>(width)}, all);
    return graph_.cast(graph_.op("Equal", {graph_.as_column(value), columns}), OnnxType::float32);
  }

  Value day_of_year() {
    std::vector<float> table;
    for (const auto& waves : waves_of_year()) table.insert(table.end(), waves.begin(), waves.end());
    const Value rows = graph_.constant({static_cast<std::int64_t>(waves_of_year().size()), 2}, table);
    return graph_.op("Gather", {rows, graph_.input("day_of_year", OnnxType::int64, 0, "1 … 366")},
                     {{"axis", 0}});
  }

  Value pipeline_by_age(std::size_t width) {
    return graph_.input(
        "pipeline_by_age", OnnxType::int64, width,
        "units ordered 1, 2 … days ago and still on their way; the last column: all older ones");
  }

  /// The columns by age in an order of each SKU's own; what is beyond its lead time is taken from a column of
  /// 0.
  Value pipeline_by_due_day(const Feature& feature) {
    const auto width = static_cast<std::int64_t>(feature.width);
    std::vector<std::int64_t> ages;
    for (const SkuScale& scale : policy_.observation().scales())
      for (std::int64_t i = 0; i < width; ++i) {
        const std::int64_t age = scale.lead_time_days - 2 - i;
        ages.push_back(age >= 0 && age < width ? age : width);
      }
    const Value table = graph_.constant({static_cast<std::int64_t>(skus()), width}, ages);
    const Value wanted = graph_.op("Gather", {table, sku()}, {{"axis", 0}});
    const Value zero = graph_.constant({1}, std::vector<std::int64_t>{0});
    const Value nothing = graph_.op("Mul", {graph_.as_column(sku()), zero});
    const Value columns = graph_.op("Concat", {pipeline_by_age(feature.width), nothing}, {{"axis", 1}});
    return graph_.op("GatherElements", {columns, wanted}, {{"axis", 1}});
  }

  Value feature(const Feature& feature) {
    if (feature.name == "on_hand" || feature.name == "backlog")
      return in_days(graph_.as_column(units(feature.name)));
    if (feature.name == "on_order") return in_intervals(graph_.as_column(units(feature.name)));
    if (feature.name == "inventory_position") return in_intervals(graph_.as_column(position()));
    if (feature.name == "pipeline_by_age") return in_days(pipeline_by_age(feature.width));
    if (feature.name == "pipeline_by_due_day") return in_days(pipeline_by_due_day(feature));
    if (feature.name == "forecast_mean") return in_intervals(graph_.as_column(forecast_mean()));
    if (feature.name == "forecast_quantiles")
      return in_intervals(graph_.input(feature.name, OnnxType::float32, feature.width,
                                       "units over the protection interval, at the levels of policy.json"));
    if (feature.name == "weekday")
      return one_hot(graph_.input("weekday", OnnxType::int64, 0, "0 = Monday"), 0, feature.width);
    if (feature.name == "month")
      return one_hot(graph_.input("month", OnnxType::int64, 0, "1 = January"), 1, feature.width);
    if (feature.name == "sku") return one_hot(sku(), 0, feature.width);
    if (feature.name == "day_of_year") return day_of_year();
    RESTOCK_CHECK(feature.name == "mean_demand", "no ONNX form of the feature {}", feature.name);
    return constant_feature(feature);
  }

  Value observation() {
    const std::vector<Feature>& features = policy_.observation().features();
    std::vector<Value> parts;
    for (const Feature& each : features) parts.push_back(feature(each));
    return parts.size() == 1 ? parts.front() : graph_.op("Concat", parts, {{"axis", 1}});
  }

  Value network(Value values) {
    const std::vector<learning::PlainLayer> layers = policy_.network().layers();
    const char* activation = policy_.network().activation() == learning::Activation::tanh ? "Tanh" : "Relu";
    for (std::size_t k = 0; k < layers.size(); ++k) {
      const Value weights = graph_.constant({layers[k].inputs, layers[k].outputs}, layers[k].weights);
      values = graph_.op("Gemm", {values, weights, graph_.constant({layers[k].outputs}, layers[k].biases)});
      if (k + 1 < layers.size()) values = graph_.op(activation, {values});
    }
    return values;
  }

  std::int64_t actions() const { return static_cast<std::int64_t>(policy_.action().actions()); }

  /// Of order quantities: a table by SKU. Otherwise what lies above the position, and action 0.
  Value mask() {
    if (policy_.action().kind() == ActionKind::order_quantity) return table_mask();
    std::vector<std::uint8_t> nothing(policy_.action().actions(), 0);
    nothing.front() = 1;
    const Value above = graph_.op("Greater", {targets(), graph_.as_column(position())});
    return graph_.op("Or", {above, graph_.truth({1, actions()}, nothing)});
  }

  Value table_mask() {
    const AllSkus all(skus());
    const std::size_t width = policy_.action().actions();
    std::vector<std::uint8_t> masks(skus() * width);
    for (std::size_t row = 0; row < skus(); ++row)
      policy_.action().write_mask(all.batch, row, std::span(masks).subspan(row * width, width));
    const Value table = graph_.truth({static_cast<std::int64_t>(skus()), actions()}, masks);
    return graph_.op("Gather", {table, sku()}, {{"axis", 0}});
  }

  /// The inventory position that each action aims at: int64, [1 or rows × actions].
  Value targets() {
    if (!targets_.empty()) return targets_;
    std::vector<double> levels(policy_.action().actions());
    for (std::size_t i = 0; i < levels.size(); ++i)
      levels[i] =
          policy_.action().maximum() * static_cast<double>(i) / static_cast<double>(levels.size() - 1);
    Value exact = graph_.constant({1, actions()}, levels);
    if (policy_.action().kind() == ActionKind::cover) {
      const auto& limits = policy_.action().limits();
      const Value expected =
          has_forecast_ ? graph_.cast(forecast_mean(), OnnxType::float64)
                        : of_sku<double>([&](std::size_t i) { return limits[i].mean_over_interval; });
      exact = graph_.op("Mul", {exact, graph_.as_column(expected)});
    }
    // Halves are rounded up, as std::llround does; ONNX's own Round goes to the even neighbour.
    const Value half = graph_.constant({1}, std::vector<double>{0.5});
    targets_ = graph_.cast(graph_.op("Floor", {graph_.op("Add", {exact, half})}), OnnxType::int64);
    return targets_;
  }

  /// Units that the chosen action asks for.
  Value decoded(const Value& action) {
    const auto& limits = policy_.action().limits();
    if (policy_.action().kind() == ActionKind::order_quantity)
      return graph_.op("Mul",
                       {action, of_sku<std::int64_t>([&](std::size_t i) { return limits[i].pack_size; })});
    const Value column = graph_.as_column(action);
    const Value zero = graph_.constant({1}, std::vector<std::int64_t>{0});
    const Value one_row_each = graph_.op("Add", {targets(), graph_.op("Mul", {column, zero})});
    const Value target = graph_.op("GatherElements", {one_row_each, column}, {{"axis", 1}});
    const Value flat = graph_.op("Squeeze", {target, graph_.constant({1}, std::vector<std::int64_t>{1})});
    const Value missing = graph_.op("Sub", {flat, position()});
    return graph_.op("Where", {graph_.op("Greater", {action, zero}), missing, zero});
  }

  /// legal_order_quantity(): nothing, or at least the minimum in whole packs, at most the maximum.
  Value legal_order(const Value& wanted) {
    const auto& limits = policy_.action().limits();
    const Value pack = of_sku<std::int64_t>([&](std::size_t i) { return limits[i].pack_size; });
    const Value minimum =
        of_sku<std::int64_t>([&](std::size_t i) { return limits[i].minimum_order_quantity; });
    const Value most_packs = of_sku<std::int64_t>([&](std::size_t i) {
      const SkuActionLimits& sku = limits[i];
      return sku.maximum_order_quantity == 0 ? 4 * kMaximumQuantity
                                             : sku.maximum_order_quantity / sku.pack_size;
    });
    const Value one = graph_.constant({1}, std::vector<std::int64_t>{1});
    const Value zero = graph_.constant({1}, std::vector<std::int64_t>{0});
    const Value at_least = graph_.op("Max", {wanted, minimum});
    const Value packs = graph_.op("Div", {graph_.op("Sub", {graph_.op("Add", {at_least, pack}), one}), pack});
    const Value order = graph_.op("Mul", {graph_.op("Min", {packs, most_packs}), pack});
    return graph_.op("Where", {graph_.op("Greater", {wanted, zero}), order, zero});
  }

  const learning::LearnedPolicy& policy_;
  bool has_forecast_;
  OnnxGraph graph_;
  Value position_;
  Value targets_;
};

}  // namespace

std::string onnx_of(const learning::LearnedPolicy& policy, bool has_forecast) {
  return PolicyExport(policy, has_forecast).run();
}

}  // namespace restock::bundle
