#include "agents/learning/dqn/config.h"

namespace restock::learning {

namespace {

void describe_learning(FieldVisitor& visitor, DqnConfig& config) {
  visitor.field(
      "learning_rate", config.learning_rate,
      {.meaning = "of Adam at the start; falls to 0 along a straight line", .minimum = 1e-8, .maximum = 1});
  visitor.field("discount", config.discount,
                {.meaning = "of the reward one step later", .minimum = 0, .maximum = 1});
  visitor.field("return_steps", config.return_steps,
                {.meaning = "rewards added up before the rest is taken from the target network",
                 .minimum = 1,
                 .maximum = 255});
  visitor.field("minibatch", config.minibatch,
                {.meaning = "transitions of one move of the weights", .minimum = 1, .maximum = 1 << 20});
  visitor.field(
      "updates_per_step", config.updates_per_step,
      {.meaning = "moves of the weights for each step of all streams", .minimum = 1, .maximum = 1000});
  visitor.field(
      "target_rate", config.target_rate,
      {.meaning = "share by which the target network follows in each update", .minimum = 1e-6, .maximum = 1});
  visitor.field(
      "average_rate", config.average_rate,
      {.meaning = "share by which the network that will decide follows in each update; 1: no averaging",
       .minimum = 1e-6,
       .maximum = 1});
  describe_choice(visitor, "loss", config.loss,
                  {.meaning = "of the temporal difference; huber is biased where large costs are rare"});
  visitor.field(
      "huber_limit", config.huber_limit,
      {.meaning = "where huber turns linear, in deviations of a reward", .minimum = 1e-6, .maximum = 1e6});
  visitor.field("double_targets", config.double_targets,
                {.meaning = "the online network chooses the next action, the target network values it"});
  visitor.field("dueling", config.dueling,
                {.meaning = "separate outputs for a state's value and actions' advantages"});
  visitor.field("maximum_gradient_norm", config.maximum_gradient_norm,
                {.meaning = "longer gradients are scaled down to this", .minimum = 1e-6, .maximum = 1e6});
}

void describe_experience(FieldVisitor& visitor, DqnConfig& config) {
  visitor.field("streams", config.streams,
                {.meaning = "rows (SKU × environment) stepped together", .minimum = 1, .maximum = 1 << 20});
  visitor.field("exploration_first", config.exploration_first,
                {.meaning = "probability of trying another action at the start of training",
                 .minimum = 0,
                 .maximum = 1});
  visitor.field("exploration_last", config.exploration_last,
                {.meaning = "and at its end", .minimum = 0, .maximum = 1});
  visitor.field("exploration_uniform_share", config.exploration_uniform_share,
                {.meaning = "share of the trials that take any legal action", .minimum = 0, .maximum = 1});
  visitor.field("exploration_radius", config.exploration_radius,
                {.meaning = "the other trials lie at most so many actions from the best",
                 .minimum = 1,
                 .maximum = 1024});
  visitor.field("replay_capacity", config.replay_capacity,
                {.meaning = "transitions remembered", .minimum = 1, .maximum = 1e8});
  visitor.field("replay_warm_up", config.replay_warm_up,
                {.meaning = "transitions collected before learning begins", .minimum = 1, .maximum = 1e8});
  visitor.field(
      "settling_rewards", config.settling_rewards,
      {.meaning = "rewards of each SKU after which their scale stands still", .minimum = 1, .maximum = 1e12});
}

}  // namespace

void describe(FieldVisitor& visitor, DqnConfig& config) {
  describe(visitor, config.limits);
  visitor.field("hidden", config.hidden,
                {.meaning = "widths of the hidden layers", .minimum = 1, .maximum = 4096});
  describe_experience(visitor, config);
  describe_learning(visitor, config);
  if (config.hidden.size() > 8) visitor.problem("hidden", "more than 8 hidden layers, expected 0 to 8");
  if (config.replay_warm_up > config.replay_capacity)
    visitor.problem("replay_warm_up", "more than replay_capacity: learning would never begin");
}

}  // namespace restock::learning
