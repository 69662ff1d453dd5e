// The parts of the verb `forecast` that lie in files of their own.
#pragma once

#include <CLI/CLI.hpp>

namespace restock::tools {

/// `restock forecast verify`.
void add_forecast_verify(CLI::App& forecast);
/// `restock forecast basket`.
void add_forecast_basket(CLI::App& forecast);
/// `restock forecast evaluate`.
void add_forecast_evaluate(CLI::App& forecast);
/// `restock forecast profile`.
void add_forecast_profile(CLI::App& forecast);
/// `restock forecast covariates`.
void add_forecast_covariates(CLI::App& forecast);
/// `restock forecast clean`.
void add_forecast_clean(CLI::App& forecast);
/// `restock forecast update`.
void add_forecast_update(CLI::App& forecast);
/// `restock forecast value`.
void add_forecast_value(CLI::App& forecast);
/// `restock forecast predict`.
void add_forecast_predict(CLI::App& forecast);

}  // namespace restock::tools
