// Learns the scale of each column of an observation from what an environment shows before any training.
#pragma once

#include <memory>

#include "env/replenishment_env.h"

namespace restock {

/// Mean and deviation of each column over some ten thousand rows of the training split, under actions of
/// which every second one is the typical one and the others are drawn from the legal ones. A column that does
/// not vary is only shifted. Depends on the model alone.
Normaliser learn_normaliser(const std::shared_ptr<const EnvModel>& model);

}  // namespace restock
