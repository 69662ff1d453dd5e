#include <algorithm>

#include "agents/learning/dqn/learner.h"

namespace restock::learning {

namespace {

class DqnAgent final : public Agent {
 public:
  std::string_view name() const override { return "dqn"; }
  void describe(FieldVisitor& visitor) override { learning::describe(visitor, config_); }
  std::size_t environments(std::size_t rows_per_environment) const override {
    return std::max<std::size_t>(1, static_cast<std::size_t>(config_.streams) / rows_per_environment);
  }
  TrainingLimits& limits() override { return config_.limits; }
  std::unique_ptr<Agent> clone() const override { return std::make_unique<DqnAgent>(*this); }
  std::unique_ptr<Learner> make_learner(const LearnerSetup& setup) const override {
    return std::make_unique<DqnLearner>(config_, setup);
  }

 private:
  DqnConfig config_;
};

}  // namespace

std::unique_ptr<Agent> make_dqn_agent() {
  return std::make_unique<DqnAgent>();
}

}  // namespace restock::learning
