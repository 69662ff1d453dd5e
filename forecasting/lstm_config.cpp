#include "forecasting/lstm_config.h"

#include <array>

namespace restock::forecasting {

std::span<const std::string_view> names_of(Device) {
  static constexpr std::array<std::string_view, 2> kNames{"cpu", "cuda"};
  return kNames;
}

void describe(FieldVisitor& visitor, LstmConfig& config) {
  visitor.field("units", config.units, {"memory cells of the LSTM", "", 1, 1024});
  visitor.field("embedding", config.embedding, {"numbers that tell series apart, learned", "", 1, 64});
  visitor.field("decoder_units", config.decoder_units, {"hidden units of the daily law", "", 1, 512});
  visitor.field("interval_units", config.interval_units,
                {"hidden units of the interval quantiles", "", 1, 512});
  visitor.field("maximum_lead_days", config.maximum_lead_days,
                {"days ahead that training looks at; longer intervals reuse its last", "days", 1, 400});
  visitor.field(
      "levels", config.levels,
      {"quantile levels that are learned, increasing; others are interpolated", "", 1e-4, 1 - 1e-4});
  visitor.field("seed", config.seed, {"root of initial weights and of the choice of windows", "", 0, 9e15});
  visitor.field("steps", config.steps, {"gradient steps at most", "", 1, 1e7});
  visitor.field("streams", config.streams,
                {"stretches of series that are learned from side by side", "", 1, 4096});
  visitor.field("stream_days", config.stream_days,
                {"days through which a gradient flows back", "days", 2, 1000});
  visitor.field("learning_rate", config.learning_rate,
                {"of Adam at the start; falls to 0 along a cosine", "", 1e-6, 1});
  visitor.field("gradient_norm", config.gradient_norm,
                {"gradients are scaled down to this norm", "", 1e-3, 1e3});
  visitor.field("weight_decay", config.weight_decay,
                {"decoupled weight decay, relative to the learning rate", "", 0, 1});
  visitor.field("dropout", config.dropout,
                {"share of memory and embedding hidden from the heads in training", "", 0, 0.9});
  visitor.field("averaging_rate", config.averaging_rate,
                {"share of a step in the running average of the weights that is kept", "", 1e-4, 1});
  visitor.field("validation_days", config.validation_days,
                {"last days of the training period, on which the best weights are chosen", "days", 1, 1000});
  visitor.field("validate_every_steps", config.validate_every_steps,
                {"steps between two validations", "", 1, 1e6});
  visitor.field("patience_validations", config.patience_validations,
                {"training stops after so many validations without a better one", "", 1, 1e6});
  describe_choice(visitor, "device", config.device, {"where training runs"});
}

}  // namespace restock::forecasting
