#include "experiments/learned_normaliser.h"

#include <filesystem>

#include "agents/learning/bytes.h"
#include "env/core/atomic_file.h"
#include "env/core/error.h"

namespace restock::experiments {

namespace {

constexpr std::size_t kMaximumBytes = std::size_t{1} << 20;

Normaliser read_normaliser(const std::string& file, std::size_t columns) {
  const std::string bytes = read_file(file, kMaximumBytes);
  learning::ByteReader reader(bytes, file);
  Normaliser normaliser{std::vector<float>(columns), std::vector<float>(columns)};
  reader.section("normaliser");
  reader.values(std::span(normaliser.shift));
  reader.values(std::span(normaliser.factor));
  reader.finish();
  return normaliser;
}

void write_normaliser(const std::string& file, const Normaliser& normaliser) {
  learning::ByteWriter writer;
  writer.section("normaliser");
  writer.values(std::span<const float>(normaliser.shift));
  writer.values(std::span<const float>(normaliser.factor));
  write_file_atomically(file, writer.bytes());
}

}  // namespace

Normaliser normaliser_of_run(const Scenario& scenario, const std::shared_ptr<const EnvModel>& model,
                             const std::string& file) {
  if (scenario.normaliser == NormaliserKind::fixed) return {};
  if (std::filesystem::exists(file)) return read_normaliser(file, model->observation.width());
  Normaliser normaliser = learn_normaliser(model);
  write_normaliser(file, normaliser);
  return normaliser;
}

std::shared_ptr<const EnvModel> with_normaliser(const std::shared_ptr<const EnvModel>& model,
                                                const Normaliser& normaliser) {
  if (!normaliser.is_set()) return model;
  auto normalised = std::make_shared<EnvModel>(*model);
  normalised->observation.set_normaliser(normaliser);
  return normalised;
}

}  // namespace restock::experiments
