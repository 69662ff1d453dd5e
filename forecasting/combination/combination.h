// A combination of forecasters: means and quantiles are weighted means of what its members say (quantiles
// averaged level by level: Vincent 1912, Psychological Review 19(6); Bates and Granger 1969, OR Quarterly
// 20(4)), with weights >= 0 that sum to 1. There is one set of weights for means and one for quantiles, each
// the best on past origins: members are fitted on a shorter history, judged on what came after it, and then
// fitted on all of it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "env/core/description.h"
#include "forecasting/model.h"

namespace restock::forecasting {

struct CombinationConfig {
  std::vector<std::string> members{"boosted_trees", "random_forest", "ridge"};
  std::int64_t origins = 3;  ///< past ones that weights are fitted on
};
void describe(FieldVisitor& visitor, CombinationConfig& config);

/// Of any forecaster of the registry but a combination.
using FitMember = std::function<std::unique_ptr<ForecastModel>(const std::string& name, const Panel& panel,
                                                               std::size_t train_days)>;
using LoadMember = std::function<std::unique_ptr<ForecastModel>(const TensorFile& file)>;

/// Throws InputError.
std::unique_ptr<ForecastModel> fit_combination(const Panel& panel, std::size_t train_days,
                                               const CombinationConfig& config, const FitMember& fit);
std::unique_ptr<ForecastModel> load_combination(const TensorFile& file, const LoadMember& load);

}  // namespace restock::forecasting
