// The normaliser of a run whose scenario says `normaliser: learned`: learned once, kept in the run folder, so
// that a training that is resumed goes on behind the same one.
#pragma once

#include <memory>
#include <string>

#include "env/normaliser.h"
#include "env/scenario.h"

namespace restock::experiments {

inline constexpr char kNormaliserFile[] = "checkpoints/normaliser.bin";

/// Not set where the scenario has a fixed one. Throws InputError where the file belongs to other
/// observations.
Normaliser normaliser_of_run(const Scenario& scenario, const std::shared_ptr<const EnvModel>& model,
                             const std::string& file);

/// The model whose observations are seen through the normaliser; itself where none is set.
std::shared_ptr<const EnvModel> with_normaliser(const std::shared_ptr<const EnvModel>& model,
                                                const Normaliser& normaliser);

}  // namespace restock::experiments
