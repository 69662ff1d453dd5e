#include "forecasting/lstm_config.h"

#include <array>

namespace restock::forecasting {

std::span<const std::string_view> names_of(Device) {
  static constexpr std::array<std::string_view, 2> kNames{"cpu", "cuda"};
  return kNames;
}

void describe(FieldVisitor& visitor, LstmConfig& config) {
  visitor.field("units", config.units, {"memory cells of the LSTM", "", 1, 1024});
  visitor.field("embedding", config.embedding,
                {"numbers that tell single series apart, learned; categories of a static table have theirs",
                 "", 0, 64});
  visitor.field("decoder_units", config.decoder_units, {"hidden units of the daily law", "", 1, 512});
  visitor.field("interval_units", config.interval_units,
                {"hidden units of the interval quantiles", "", 1, 512});
  visitor.field("maximum_lead_days", config.maximum_lead_days,
                {"steps ahead that training looks at, a sixth of the history at most; longer intervals "
                 "reuse its last",
                 "", 1, 400});
  visitor.field(
      "levels", config.levels,
      {"quantile levels that are learned, increasing; others are interpolated", "", 1e-4, 1 - 1e-4});
  visitor.field("seed", config.seed, {"root of initial weights and of the choice of windows", "", 0, 9e15});
  visitor.field("steps", config.steps, {"gradient steps at most", "", 1, 1e7});
  visitor.field("passes", config.passes,
                {"how often a step of the history is learned from at most, so that short histories are not "
                 "learned by heart",
                 "", 0.01, 1e6});
  visitor.field("windows", config.windows,
                {"stretches of series that are learned from side by side", "", 1, 4096});
  visitor.field("context_days", config.context_days,
                {"steps that fill the memory before those that are learned from", "", 1, 1000});
  visitor.field("window_days", config.window_days,
                {"steps of a stretch from which it is learned to look ahead", "", 1, 1000});
  visitor.field(
      "learning_rate", config.learning_rate,
      {"of Adam at its highest, after a tenth of the steps; falls to 0 along a cosine", "", 1e-6, 1});
  visitor.field("gradient_norm", config.gradient_norm,
                {"gradients are scaled down to this norm", "", 1e-3, 1e3});
  visitor.field("weight_decay", config.weight_decay,
                {"decoupled weight decay, relative to the learning rate", "", 0, 1});
  visitor.field("dropout", config.dropout,
                {"share of memory and embedding hidden from the heads in training", "", 0, 0.9});
  visitor.field("averaging_rate", config.averaging_rate,
                {"share of a step in the running average of the weights that is kept", "", 1e-4, 1});
  visitor.field(
      "squared_error_weight", config.squared_error_weight,
      {"of squared errors of means beside the likelihood, which trusts large errors less", "", 0, 1000});
  visitor.field("validation_days", config.validation_days,
                {"last steps of the training period, an eighth at most, on which the best weights are "
                 "chosen; 0: learn from all and keep the last",
                 "", 0, 1000});
  visitor.field("validate_every_steps", config.validate_every_steps,
                {"steps between two validations", "", 1, 1e6});
  visitor.field("patience_validations", config.patience_validations,
                {"training stops after so many validations without a better one", "", 1, 1e6});
  describe_choice(visitor, "device", config.device, {"where training runs"});
}

}  // namespace restock::forecasting
