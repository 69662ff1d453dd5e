// A learned policy as an ONNX model, from the raw columns of a decision to the order: normaliser, network,
// mask, the meaning of the actions and the rounding to packs are all inside, so that any ONNX runtime orders
// what we order.
#pragma once

#include <memory>
#include <string>

#include "agents/learning/learned_policy.h"

namespace restock::bundle {

/// Inputs (only those that the policy reads): sku, weekday, month, day_of_year, on_hand, backlog, on_order
/// [rows], pipeline_by_age [rows × columns] as int64, forecast_mean [rows], forecast_quantiles [rows ×
/// levels] as float. Outputs: scores [rows × actions], legal [rows × actions], action [rows], order [rows].
std::string onnx_of(const learning::LearnedPolicy& policy, bool has_forecast);

}  // namespace restock::bundle
