// What a fitted forecasting model is: it knows the series it was fitted on, is bound to a demand history to
// become a Forecaster, and is saved as one flat file. Adding one: a file of its own and a line in
// forecasters.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "env/core/forecaster.h"
#include "forecasting/panel.h"
#include "forecasting/tensor_file.h"

namespace restock::forecasting {

class ForecastModel {
 public:
  virtual ~ForecastModel() = default;
  /// Its name in the registry.
  virtual std::string_view name() const = 0;
  /// The series it was fitted on.
  virtual const std::vector<std::string>& ids() const = 0;
  /// A forecaster of the panel's series whose day 0 is the panel's day `origin`. Of the sales it sees only
  /// those before `origin`; of the covariates all that are known, the last ones standing for days beyond. It
  /// keeps no reference to the panel or the model. Throws InputError where the model does not know a series
  /// and keeps something for each (classical methods, the LSTM); pooled models take in strangers.
  virtual std::unique_ptr<Forecaster> bind(const Panel& panel, std::size_t origin) const = 0;
  /// Everything needed to bind again, with `name` in its metadata.
  virtual TensorFile tensors() const = 0;
};

/// The model's row of each series of the panel. Throws InputError that names what the model does not know.
std::vector<std::int32_t> rows_in_model(std::string_view model, std::span<const std::string> model_ids,
                                        std::span<const std::string> ids);

/// Throws InputError where the panel's step is not the one that was learned from.
void require_same_step(std::string_view model, Frequency learned, const Panel& panel);

/// Advances memories of all series of `panel` over its days [from, to), day numbers counted from `origin`.
/// Days before an item was offered are left out. state[series × state_size].
void replay(const Forecaster& forecaster, const Panel& panel, std::size_t from, std::size_t to,
            std::size_t origin, std::span<float> state);

/// One name a line, as kept in the metadata of a file.
std::string join_ids(std::span<const std::string> ids);
std::vector<std::string> split_ids(std::string_view text);

}  // namespace restock::forecasting
