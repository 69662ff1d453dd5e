#include <algorithm>

#include "agents/learning/ppo/learner.h"

namespace restock::learning {

namespace {

class PpoAgent final : public Agent {
 public:
  std::string_view name() const override { return "ppo"; }
  void describe(FieldVisitor& visitor) override { learning::describe(visitor, config_); }
  std::size_t environments(std::size_t rows_per_environment) const override {
    return std::max<std::size_t>(1, static_cast<std::size_t>(config_.streams) / rows_per_environment);
  }
  TrainingLimits& limits() override { return config_.limits; }
  std::unique_ptr<Agent> clone() const override { return std::make_unique<PpoAgent>(*this); }
  std::unique_ptr<Learner> make_learner(const LearnerSetup& setup) const override {
    return std::make_unique<PpoLearner>(config_, setup);
  }

 private:
  PpoConfig config_;
};

}  // namespace

std::unique_ptr<Agent> make_ppo_agent() {
  return std::make_unique<PpoAgent>();
}

}  // namespace restock::learning
