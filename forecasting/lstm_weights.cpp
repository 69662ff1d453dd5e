#include "forecasting/lstm_weights.h"

#include <algorithm>
#include <cmath>

#include "env/core/keyed_random.h"
#include "env/core/laws/portable_math.h"

namespace restock::forecasting {

namespace {

/// x with squareplus(x) = y: (x + √(x² + 4)) / 2 = y.
float inverse_squareplus(double y) {
  return static_cast<float>(y - 1 / y);
}

void fill_uniform(std::span<float> values, double bound, const Stream& stream, std::size_t part) {
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<float>(bound * (2 * stream.uniform(static_cast<std::int64_t>(part), i) - 1));
}

bool is_bias(std::string_view name) {
  return name.find("bias") != std::string_view::npos;
}

}  // namespace

std::array<PartLayout, kParts> layout_of(const LstmShape& s) {
  const std::size_t gates = 4 * s.units;
  std::array<PartLayout, kParts> parts{{{"item_embedding", s.series + 1, s.item},
                                        {"category_embedding", s.categories, LstmShape::kCategory},
                                        {"input", s.inputs(), gates},
                                        {"input_embedding", s.embedding(), gates},
                                        {"recurrent", s.units, gates},
                                        {"bias", 1, gates},
                                        {"decoder_state", s.units, s.decoder},
                                        {"decoder_level", SeriesLevels::kFeatures, s.decoder},
                                        {"decoder_known", s.known, s.decoder},
                                        {"decoder_lead", 2, s.decoder},
                                        {"decoder_phase", 1, s.decoder},
                                        {"decoder_embedding", s.embedding(), s.decoder},
                                        {"decoder_bias", 1, s.decoder},
                                        {"decoder_output", s.decoder, 2},
                                        {"decoder_output_bias", 1, 2},
                                        {"level_skip", 1, SeriesLevels::kLevels + 1},
                                        {"interval_state", s.units, s.interval},
                                        {"interval_feature", 3, s.interval},
                                        {"interval_embedding", s.embedding(), s.interval},
                                        {"interval_bias", 1, s.interval},
                                        {"interval_output", s.interval, s.levels},
                                        {"interval_output_bias", 1, s.levels}}};
  std::size_t offset = 0;
  for (PartLayout& part : parts) {
    part.offset = offset;
    offset += part.size();
  }
  return parts;
}

std::span<const float> LstmWeights::part(Part part) const {
  const PartLayout layout = layout_of(shape)[static_cast<std::size_t>(part)];
  return std::span(values).subspan(layout.offset, layout.size());
}

std::span<float> LstmWeights::part(Part part) {
  const PartLayout layout = layout_of(shape)[static_cast<std::size_t>(part)];
  return std::span(values).subspan(layout.offset, layout.size());
}

LstmWeights initial_weights(const LstmShape& shape, std::span<const double> levels, std::uint64_t seed) {
  const auto layout = layout_of(shape);
  LstmWeights weights{shape, std::vector<float>(layout.back().offset + layout.back().size())};
  const Stream stream({seed, Split::train, 0}, Purpose::initialisation, 0);
  for (std::size_t p = 0; p < kParts; ++p) {
    if (layout[p].size() == 0) continue;
    const double bound = 1 / std::sqrt(static_cast<double>(layout[p].rows));
    if (!is_bias(layout[p].name)) fill_uniform(weights.part(static_cast<Part>(p)), bound, stream, p);
  }
  fill_uniform(weights.part(Part::item_embedding), 0.2, stream, kParts);
  fill_uniform(weights.part(Part::category_embedding), 0.5, stream, kParts + 1);
  for (float& w : weights.part(Part::decoder_output)) w *= 0.3F;
  for (float& w : weights.part(Part::interval_output)) w *= 0.3F;
  const auto forget = weights.part(Part::bias).subspan(shape.units, shape.units);
  std::fill(forget.begin(), forget.end(), 1.0F);
  const auto skip = weights.part(Part::level_skip);
  std::fill(skip.begin(), skip.end(), 0.0F);
  skip.front() = 0.2F;
  skip.back() = 0.8F;
  weights.part(Part::decoder_output_bias)[1] = -1.5F;
  const auto quantiles = weights.part(Part::interval_output_bias);
  for (std::size_t q = 1; q < quantiles.size(); ++q)
    quantiles[q] =
        inverse_squareplus(portable::normal_quantile(levels[q]) - portable::normal_quantile(levels[q - 1]));
  return weights;
}

}  // namespace restock::forecasting
