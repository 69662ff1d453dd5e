// Settings of the LSTM forecaster: what it looks like and how it is trained.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "env/core/description.h"

namespace restock::forecasting {

enum class Device { cpu, cuda };
std::span<const std::string_view> names_of(Device);

struct LstmConfig {
  std::int64_t units = 48;
  std::int64_t embedding = 0;
  std::int64_t decoder_units = 64;
  std::int64_t interval_units = 32;
  std::int64_t maximum_lead_days = 28;
  std::vector<double> levels{0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995};

  std::int64_t seed = 1;
  std::int64_t steps = 600;
  double passes = 6;
  std::int64_t windows = 64;
  std::int64_t context_days = 84;
  std::int64_t window_days = 28;
  double learning_rate = 4e-3;
  double gradient_norm = 1;
  double weight_decay = 0.01;
  double dropout = 0.2;
  double averaging_rate = 0.02;
  double squared_error_weight = 1;
  std::int64_t validation_days = 0;
  std::int64_t validate_every_steps = 25;
  std::int64_t patience_validations = 8;
  Device device = Device::cpu;
};
void describe(FieldVisitor& visitor, LstmConfig& config);

}  // namespace restock::forecasting
