#include "agents/learning/ppo/config.h"

namespace restock::learning {

namespace {

void describe_rollout(FieldVisitor& visitor, PpoConfig& config) {
  visitor.field("streams", config.streams,
                {.meaning = "rows (SKU × environment) stepped together", .minimum = 1, .maximum = 1 << 20});
  visitor.field(
      "rollout_length", config.rollout_length,
      {.meaning = "steps of each row between two rounds of learning", .minimum = 1, .maximum = 1 << 16});
  visitor.field("epochs", config.epochs,
                {.meaning = "passes over the samples of a round", .minimum = 1, .maximum = 100});
  visitor.field("minibatch", config.minibatch,
                {.meaning = "samples of one move of the weights", .minimum = 1, .maximum = 1 << 20});
  visitor.field(
      "settling_rewards", config.settling_rewards,
      {.meaning = "rewards of each SKU after which their scale stands still", .minimum = 1, .maximum = 1e12});
}

void describe_loss(FieldVisitor& visitor, PpoConfig& config) {
  visitor.field(
      "learning_rate", config.learning_rate,
      {.meaning = "of Adam at the start; falls to 0 along a straight line", .minimum = 1e-8, .maximum = 1});
  visitor.field("discount", config.discount,
                {.meaning = "of the reward one step later", .minimum = 0, .maximum = 1});
  visitor.field("advantage_decay", config.advantage_decay,
                {.meaning = "lambda of generalised advantage estimation", .minimum = 0, .maximum = 1});
  visitor.field("clip", config.clip,
                {.meaning = "how far a probability may move by its ratio before the gain counts no more",
                 .minimum = 0.001,
                 .maximum = 10});
  visitor.field(
      "entropy_first", config.entropy_first,
      {.meaning = "weight of the policy's entropy at the start of training", .minimum = 0, .maximum = 10});
  visitor.field("entropy_last", config.entropy_last,
                {.meaning = "and at its end", .minimum = 0, .maximum = 10});
  visitor.field("value_weight", config.value_weight,
                {.meaning = "weight of the critic's squared error", .minimum = 0, .maximum = 100});
  visitor.field("maximum_gradient_norm", config.maximum_gradient_norm,
                {.meaning = "longer gradients are scaled down to this", .minimum = 1e-6, .maximum = 1e6});
}

}  // namespace

void describe(FieldVisitor& visitor, PpoConfig& config) {
  describe(visitor, config.limits);
  visitor.field(
      "hidden", config.hidden,
      {.meaning = "widths of the hidden layers of actor and critic", .minimum = 1, .maximum = 4096});
  describe_rollout(visitor, config);
  describe_loss(visitor, config);
  if (config.hidden.size() > 8) visitor.problem("hidden", "more than 8 hidden layers, expected 0 to 8");
}

}  // namespace restock::learning
